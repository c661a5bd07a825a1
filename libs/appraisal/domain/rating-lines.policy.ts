import { periodKind } from '#libs/calendar';
import { type CompiledScheme, type Rater, type RatingLine, ratingLines } from '#libs/scheme';
import type { TaskOfAppraisal } from '../contracts';
import type { Appraisal } from './appraisal.state';
import { levelOf } from './review-tasks.policy';

/** Whose ratings a task asks for. */
export function raterOf({ step, department, group }: Pick<TaskOfAppraisal, 'step' | 'department' | 'group'>): Rater {
  if (step === 'self-review') return 'self';
  if (step === 'second-review') return 'second';
  return group ?? (department === undefined ? 'manager' : 'department');
}

/** The lines that somebody fills in to do a task on this person's appraisal; of second reviews the first level fills in all. */
export function linesOfTask(
  scheme: CompiledScheme,
  { period, employee }: Pick<Appraisal, 'period' | 'employee'>,
  task: Pick<TaskOfAppraisal, 'step' | 'department' | 'group' | 'level'>,
): readonly RatingLine[] {
  if (task.step === 'second-review' && levelOf(task) > 1) return [];
  const lines = ratingLines(scheme, periodKind(period), raterOf(task), employee);
  return task.department === undefined ? lines : lines.filter(({ department }) => department === null || department === task.department);
}
