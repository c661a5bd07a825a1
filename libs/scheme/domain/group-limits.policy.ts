import { multiplyFraction } from '#kernel';
import type { CompiledScheme } from './compile';

/** One person's grade in a cycle, with the department they stood in. */
export interface GradedPerson {
  readonly department: string;
  readonly grade: string | null;
}

/** More people of a group have a grade than the scheme allows: shown before publication, never corrected by itself. */
export interface GroupFinding {
  readonly code: 'grade-over-limit';
  readonly grade: string;
  /** Null where the limit is for the whole cycle. */
  readonly department: string | null;
  readonly people: number;
  readonly atMost: number;
  readonly have: number;
}

/** Limits are people × share, cut to a whole number (templates.md 4). By department, then in the order of the scheme. */
export function groupFindings(scheme: CompiledScheme, people: readonly GradedPerson[]): readonly GroupFinding[] {
  const findings: GroupFinding[] = [];
  for (const limit of scheme.groupLimits) {
    for (const [department, members] of groupsOf(people, limit.per)) {
      const share = multiplyFraction(limit.atMost, { num: BigInt(members.length), den: 1n });
      const atMost = Number(share.num / share.den);
      const have = members.filter(({ grade }) => grade === limit.grade).length;
      if (have > atMost) findings.push({ code: 'grade-over-limit', grade: limit.grade, department, people: members.length, atMost, have });
    }
  }
  return findings;
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
