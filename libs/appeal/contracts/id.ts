import { derivedUuid } from '#kernel';

/** One stream per appraisal and round: so one appeal at a time, and another only after a withdrawal. */
export function appealIdOf(appraisalId: string, round: number): string {
  return derivedUuid('appeal', appraisalId, '1', String(round));
}
