import { isUuid, isSubjectId, type SubjectId } from '#kernel';

/** One person in one cycle has one stream: so nobody is in a cycle twice. */
export function appraisalIdOf(cycleId: string, subject: SubjectId): string {
  return `${cycleId}.${subject}`;
}

/** Undefined when the text is no appraisal id. */
export function parseAppraisalId(id: string): { readonly cycleId: string; readonly subject: SubjectId } | undefined {
  const [cycleId, subject, ...rest] = id.split('.');
  if (cycleId === undefined || subject === undefined || rest.length > 0 || !isUuid(cycleId) || !isSubjectId(subject)) return undefined;
  return { cycleId, subject };
}
