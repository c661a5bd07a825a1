import type { SubjectId } from '#kernel';
import type { SchemeDocument } from '#libs/scheme';
import { STEPS, type Step, type TaskOfAppraisal } from '../contracts';

type ReviewStep = SchemeDocument['review'][number];

/** Roles that review where the chain names nobody by name, by the words of the scheme language. */
const ROLE_OF: Readonly<Record<Exclude<ReviewStep['by'], 'self'>, string>> = {
  'direct-manager': 'hr',
  'manager-of-manager': 'hr',
  planning: 'planning',
  'head-of-planning': 'planning',
  'sales-vp': 'second-reviewer',
  hr: 'hr',
  'general-manager': 'general-manager',
  chair: 'general-manager',
  'department-head': 'hr',
};

export interface LineOfPerson {
  readonly manager: SubjectId;
  /** Null at the top of the line. */
  readonly managerOfManager: SubjectId | null;
  /** The department that the person stands in. */
  readonly department?: string;
  /** By the department's name; a department without one known head is absent. */
  readonly heads?: ReadonlyMap<string, SubjectId>;
  /** Undefined where there is none, or no telling. */
  readonly headOfPlanning?: SubjectId | undefined;
  /** After a transfer inside the period: who managed each part; otherwise the manager for the whole. */
  readonly parts?: readonly { readonly part: number; readonly manager: SubjectId }[];
}

/** Who rates beside the manager, as the scheme asks it of this person. */
export interface AskedRaters {
  /** Departments with lines of their own. */
  readonly departments: readonly string[];
  /** Groups of many raters about all lines. */
  readonly groups: readonly ('peers' | 'customers')[];
}

const NOBODY_ELSE: AskedRaters = { departments: [], groups: [] };

/**
 * The tasks of an appraisal, as the scheme's relations say for this person: a named reviewer, or any holder of a role. Where
 * the line ends before the manager's manager, HR does it; nobody reviews themselves. `review`: the steps that hold for the person.
 * A department that has lines of its own rates them beside the manager, who does it where the department has no one head.
 */
export function stepsFor(
  review: readonly ReviewStep[],
  subject: SubjectId,
  line: LineOfPerson,
  asked: AskedRaters = NOBODY_ELSE,
): readonly TaskOfAppraisal[] {
  const isDepartments = ({ step, by, department }: ReviewStep): boolean =>
    step === 'manager-review' && by === 'department-head' && department !== undefined && asked.departments.includes(department);
  const own = review.filter((step) => !isDepartments(step));
  const manager = own.find(({ step }) => step === 'manager-review');
  const tasks: TaskOfAppraisal[] = own.flatMap((entry) => {
    const { step, by, late } = entry;
    if (step === 'self-review') return [{ step, late }];
    // Lines are rated once: of several manager's steps that hold the first.
    if (step === 'manager-review') return entry === manager ? managerTasks(entry, subject, line) : [];
    return [{ step, ...reviewerOf(by, entry.department, subject, line), late }];
  });
  const reviews = review.some(({ step }) => step === 'manager-review');
  if (reviews) tasks.push(...besideTheManager(review, subject, line, asked));
  return numbered(tasks.sort((a, b) => STEPS.indexOf(a.step) - STEPS.indexOf(b.step)));
}

function managerTasks({ step, by, department, late }: ReviewStep, subject: SubjectId, line: LineOfPerson): readonly TaskOfAppraisal[] {
  const { parts } = line;
  if (by !== 'direct-manager' || !parts || parts.length < 2) return [{ step, ...reviewerOf(by, department, subject, line), late }];
  return parts.map(({ part, manager }) => ({ step, part, ...named(manager, subject, ROLE_OF['direct-manager']), late }));
}

function besideTheManager(
  review: readonly ReviewStep[],
  subject: SubjectId,
  line: LineOfPerson,
  { departments, groups }: AskedRaters,
): readonly TaskOfAppraisal[] {
  const step = 'manager-review';
  const late = lateRuleOf(review, step);
  const ofDepartments = departments.map((department): TaskOfAppraisal => {
    const own = review.find((entry) => entry.step === step && entry.by === 'department-head' && entry.department === department);
    const head = line.heads?.get(department);
    return { step, department, ...named(head === subject ? line.manager : (head ?? line.manager), subject, 'hr'), late: own?.late ?? late };
  });
  // Too few answers are merged by the scheme itself, so nobody waits for a group.
  const ofGroups = groups.map((group): TaskOfAppraisal => ({ step, group, role: 'hr', late: 'facts-alone' }));
  return [...ofDepartments, ...ofGroups];
}

function reviewerOf(
  by: ReviewStep['by'],
  department: string | undefined,
  subject: SubjectId,
  line: LineOfPerson,
): { reviewer: SubjectId } | { role: string } {
  switch (by) {
    case 'self':
      return { reviewer: subject };
    case 'direct-manager':
      return named(line.manager, subject, ROLE_OF[by]);
    case 'manager-of-manager':
      return named(line.managerOfManager ?? undefined, subject, ROLE_OF[by]);
    case 'head-of-planning':
      return named(line.headOfPlanning, subject, ROLE_OF[by]);
    case 'department-head':
      return named(line.heads?.get(department ?? line.department ?? ''), subject, ROLE_OF[by]);
    default:
      return { role: ROLE_OF[by] };
  }
}

function named(person: SubjectId | undefined, subject: SubjectId, role: string): { reviewer: SubjectId } | { role: string } {
  return person === undefined || person === subject ? { role } : { reviewer: person };
}

/** Second reviews get their levels in the order of the scheme; one alone needs none. Who scored would be refused: HR then. */
function numbered(tasks: readonly TaskOfAppraisal[]): readonly TaskOfAppraisal[] {
  const scorers = new Set(tasks.flatMap(({ step, reviewer }) => (step === 'manager-review' ? (reviewer ?? []) : [])));
  const seconds = tasks.filter(({ step }) => step === 'second-review');
  return tasks.map((task) => {
    if (task.step !== 'second-review') return task;
    const level = seconds.length > 1 ? { level: seconds.indexOf(task) + 1 } : {};
    const { reviewer, ...rest } = task;
    if (reviewer !== undefined && scorers.has(reviewer)) return { ...rest, role: 'hr', ...level };
    return { ...task, ...level };
  });
}

/** What of the organisation has to be looked up for a chain. */
export function needsManagerOfManager(review: readonly ReviewStep[]): boolean {
  return review.some(({ by }) => by === 'manager-of-manager');
}

export function needsHeadOfPlanning(review: readonly ReviewStep[]): boolean {
  return review.some(({ by }) => by === 'head-of-planning');
}

/** Departments whose heads a scheme may name; `own`: also that of each person. */
export function headsNamed({ review, ratings }: Pick<SchemeDocument, 'review' | 'ratings'>): {
  readonly departments: readonly string[];
  readonly own: boolean;
} {
  const heads = review.filter(({ by }) => by === 'department-head');
  const named = heads.flatMap(({ department }) => department ?? []);
  const rating = Object.values(ratings).flatMap(({ by, department }) => (by === 'department' ? (department ?? []) : []));
  return { departments: [...new Set([...named, ...rating])], own: heads.some(({ department }) => department === undefined) };
}

export interface MemberOfUnit {
  readonly subject: SubjectId;
  readonly manager: SubjectId | null;
}

/**
 * Who heads a unit: of its members the one whose manager stands outside of it; of several such the one with the most direct
 * reports inside. Undefined where that is not one person.
 */
export function headOf(members: readonly MemberOfUnit[]): SubjectId | undefined {
  const inside = new Set(members.map(({ subject }) => subject));
  const reports = new Map<SubjectId, number>();
  for (const { manager } of members) if (manager !== null) reports.set(manager, (reports.get(manager) ?? 0) + 1);
  const top = members
    .filter(({ manager }) => manager === null || !inside.has(manager))
    .map(({ subject }) => ({ subject, reports: reports.get(subject) ?? 0 }))
    .sort((a, b) => b.reports - a.reports);
  const [first, second] = top;
  return first && first.reports !== second?.reports ? first.subject : undefined;
}

/** The scheme's rule for a step that nobody did in time. */
export function lateRuleOf(review: readonly ReviewStep[], step: Step): ReviewStep['late'] {
  return review.find((candidate) => candidate.step === step)?.late ?? 'facts-alone';
}
