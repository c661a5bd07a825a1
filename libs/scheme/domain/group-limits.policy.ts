import { multiplyFraction, wholeFraction } from '#kernel';
import type { CompiledScheme } from './compile';
import { distributionTargets } from './distribution.policy';

/** One person's grade in a cycle, with the department they stood in. */
export interface GradedPerson {
  readonly department: string;
  readonly grade: string | null;
}

/** Shown before publication, never corrected by itself. */
export type GroupFinding = GradeOverLimit | DistributionOffTarget;

interface OfGroup {
  readonly grade: string;
  /** Null where it is about the whole cycle. */
  readonly department: string | null;
  readonly people: number;
  readonly have: number;
}

/** More people of a group have a grade than the scheme allows. */
export interface GradeOverLimit extends OfGroup {
  readonly code: 'grade-over-limit';
  readonly atMost: number;
}

/** More or fewer people of a group have a grade than the distribution is meant to have. */
export interface DistributionOffTarget extends OfGroup {
  readonly code: 'distribution-off-target';
  readonly target: number;
}

/** Limits in the order of the scheme, then grades off their targets from the best to the last; each by department. */
export function groupFindings(scheme: CompiledScheme, people: readonly GradedPerson[]): readonly GroupFinding[] {
  return [...overLimits(scheme, people), ...offTargets(scheme, people)];
}

/** Limits are people × share, cut to a whole number (templates.md 4). */
function overLimits(scheme: CompiledScheme, people: readonly GradedPerson[]): readonly GradeOverLimit[] {
  const findings: GradeOverLimit[] = [];
  for (const limit of scheme.groupLimits) {
    for (const [department, members] of groupsOf(people, limit.per)) {
      const share = multiplyFraction(limit.atMost, wholeFraction(members.length));
      const atMost = Number(share.num / share.den);
      const have = countOf(limit.grade, members);
      if (have > atMost) findings.push({ code: 'grade-over-limit', grade: limit.grade, department, people: members.length, atMost, have });
    }
  }
  return findings;
}

function offTargets(scheme: CompiledScheme, people: readonly GradedPerson[]): readonly DistributionOffTarget[] {
  const findings: DistributionOffTarget[] = [];
  for (const [department, members] of groupsOf(people, scheme.distribution?.per ?? 'cycle')) {
    for (const { grade, people: target } of distributionTargets(scheme, members.length) ?? []) {
      const have = countOf(grade, members);
      if (have !== target) findings.push({ code: 'distribution-off-target', grade, department, people: members.length, target, have });
    }
  }
  return findings;
}

function countOf(grade: string, members: readonly GradedPerson[]): number {
  return members.filter((member) => member.grade === grade).length;
}

function groupsOf(
  people: readonly GradedPerson[],
  per: 'department' | 'cycle',
): readonly (readonly [string | null, readonly GradedPerson[]])[] {
  if (per === 'cycle') return [[null, people]];
  const groups = new Map<string, GradedPerson[]>();
  for (const person of people) {
    const group = groups.get(person.department);
    if (group) group.push(person);
    else groups.set(person.department, [person]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}
