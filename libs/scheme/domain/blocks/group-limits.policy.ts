import { type Fraction, multiplyFraction, wholeFraction } from '#kernel';
import type { CompiledScheme } from '../compile';
import { distributionTargets } from './distribution.policy';

/** So many people of a department have that grade in a cycle; null for those who have none. */
export interface GradeCount {
  readonly department: string;
  readonly grade: string | null;
  readonly people: number;
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

/**
 * Limits in the order of the scheme, then grades off their targets from the best to the last; each by department. Counted
 * where the grades are stored: 100 000 people are as many numbers as there are departments and grades.
 */
export function groupFindings(scheme: CompiledScheme, counts: readonly GradeCount[]): readonly GroupFinding[] {
  return [...overLimits(scheme, counts), ...offTargets(scheme, counts)];
}

/** One grade in a group: how many have it, how many are meant to, and how many may at most. */
export interface GradeInGroup {
  /** Null for those who have none. */
  readonly grade: string | null;
  readonly have: number;
  readonly target?: number;
  readonly atMost?: number;
}

export interface GradeGroup {
  /** Null for the whole cycle. */
  readonly department: string | null;
  readonly people: number;
  /** From the best to the last, then those without one. */
  readonly grades: readonly GradeInGroup[];
}

/** The whole cycle and each department, with the targets and limits that the scheme has for such a group. */
export function gradeGroups(scheme: CompiledScheme, counts: readonly GradeCount[]): readonly GradeGroup[] {
  const inOrder = scheme.document.bands?.list.map(({ key }) => key) ?? [];
  return [...groupsOf(counts, 'cycle'), ...groupsOf(counts, 'department')].map(({ department, people, withGrade }) => {
    const per = department === null ? 'cycle' : 'department';
    const targets = scheme.distribution?.per === per ? (distributionTargets(scheme, people) ?? []) : [];
    const others = [...withGrade.keys()].filter((grade) => grade === null || !inOrder.includes(grade));
    return {
      department,
      people,
      grades: [...inOrder, ...others].map((grade): GradeInGroup => {
        const target = targets.find((item) => item.grade === grade)?.people;
        const limit = scheme.groupLimits.find((item) => item.grade === grade && item.per === per);
        return {
          grade,
          have: withGrade.get(grade) ?? 0,
          ...(target === undefined ? {} : { target }),
          ...(limit ? { atMost: mostOf(limit.atMost, people) } : {}),
        };
      }),
    };
  });
}

function mostOf(atMost: Fraction, people: number): number {
  const share = multiplyFraction(atMost, wholeFraction(people));
  return Number(share.num / share.den);
}

/** Limits are people × share, cut to a whole number (templates.md 4). */
function overLimits(scheme: CompiledScheme, counts: readonly GradeCount[]): readonly GradeOverLimit[] {
  const findings: GradeOverLimit[] = [];
  for (const limit of scheme.groupLimits) {
    for (const { department, people, withGrade } of groupsOf(counts, limit.per)) {
      const atMost = mostOf(limit.atMost, people);
      const have = withGrade.get(limit.grade) ?? 0;
      if (have > atMost) findings.push({ code: 'grade-over-limit', grade: limit.grade, department, people, atMost, have });
    }
  }
  return findings;
}

function offTargets(scheme: CompiledScheme, counts: readonly GradeCount[]): readonly DistributionOffTarget[] {
  const findings: DistributionOffTarget[] = [];
  for (const { department, people, withGrade } of groupsOf(counts, scheme.distribution?.per ?? 'cycle')) {
    for (const { grade, people: target } of distributionTargets(scheme, people) ?? []) {
      const have = withGrade.get(grade) ?? 0;
      if (have !== target) findings.push({ code: 'distribution-off-target', grade, department, people, target, have });
    }
  }
  return findings;
}

interface Group {
  /** Null for the whole cycle. */
  readonly department: string | null;
  readonly people: number;
  readonly withGrade: ReadonlyMap<string | null, number>;
}

/** By department. */
function groupsOf(counts: readonly GradeCount[], per: 'department' | 'cycle'): readonly Group[] {
  const groups = new Map<string | null, Map<string | null, number>>();
  for (const { department, grade, people } of counts) {
    const group = per === 'cycle' ? null : department;
    const withGrade = groups.get(group) ?? new Map<string | null, number>();
    groups.set(group, withGrade.set(grade, (withGrade.get(grade) ?? 0) + people));
  }
  return [...groups]
    .map(([department, withGrade]) => ({ department, withGrade, people: [...withGrade.values()].reduce((sum, people) => sum + people, 0) }))
    .sort((a, b) => ((a.department ?? '') < (b.department ?? '') ? -1 : 1));
}
