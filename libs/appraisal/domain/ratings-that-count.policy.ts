import type { PeriodKind } from '#libs/calendar';
import { type CompiledScheme, type Rater, type RatingLine, ratingLines } from '#libs/scheme';
import type { LateRule, Ratings, Step } from '../contracts';
import { type Appraisal, countingRatings, type StepInAppraisal, tasksOf } from './appraisal.state';

const STEP_OF_RATER: Readonly<Record<Rater, Step>> = {
  self: 'self-review',
  manager: 'manager-review',
  second: 'second-review',
  department: 'manager-review',
  peers: 'manager-review',
  customers: 'manager-review',
};
const RATERS: readonly Rater[] = ['self', 'manager', 'second', 'department', 'peers', 'customers'];

/**
 * The ratings that count, by whose rating the scheme says counts; `part`: only that part's, where a transfer split the period. Of
 * a task that nobody did: `manager-substitutes` takes the manager's; `facts-alone` gives a line of points its lowest and a list
 * nothing, so that only facts score; a word can't be guessed and stays missing, which is a named error. A group of raters
 * that did not answer stays absent: the scheme says to whom its share goes.
 */
export function ratingsThatCount(appraisal: Appraisal, scheme: CompiledScheme, kind: PeriodKind, part?: number): Ratings {
  const counted: Ratings = {};
  for (const rater of RATERS) {
    const step = STEP_OF_RATER[rater];
    const lines = ratingLines(scheme, kind, rater, appraisal.employee).filter(({ counts }) => counts);
    if (lines.length === 0) continue;
    const given = countingRatings(appraisal, step, part) ?? {};
    const managers = step === 'manager-review' ? given : (countingRatings(appraisal, 'manager-review', part) ?? {});
    for (const line of lines) {
      const rule = ruleOf(taskOf(appraisal, step, line, part));
      const substitute = rule === 'manager-substitutes' ? managers[line.key] : undefined;
      const value = given[line.key] ?? substitute ?? (rule === 'facts-alone' ? nothingOf(line) : undefined);
      if (value !== undefined) counted[line.key] = value;
    }
  }
  return counted;
}

/** Whose task a line belongs to: a department's own, a group's, else the step's, of that part. */
function taskOf(appraisal: Appraisal, step: Step, line: RatingLine, part = 1): StepInAppraisal | undefined {
  const tasks = tasksOf(appraisal, step);
  if (line.department !== null) return tasks.find(({ department }) => department === line.department);
  const own = tasks.filter(({ department, group }) => department === undefined && group === undefined);
  return own.find((task) => (task.part ?? 1) === part) ?? own[0];
}

function ruleOf(task: StepInAppraisal | undefined): LateRule | undefined {
  return task?.state === 'skipped' ? task.rule : undefined;
}

function nothingOf({ type, from, group }: RatingLine): string | string[] | undefined {
  if (group !== null || type === 'word') return undefined;
  if (type === 'points') return from ?? '0';
  return type === 'occurrences' ? '0' : [];
}
