import { Rejection, type SubjectId } from '#kernel';
import { STEPS, type Step } from '../contracts';
import { type Appraisal, type StepInAppraisal, tasksOf } from './appraisal.state';

/* Which task of an appraisal somebody acts on, and what has to be done before it. */

/** Of second reviews; the first where none is given. */
export const levelOf = ({ level }: Pick<StepInAppraisal, 'level'>): number => level ?? 1;
const partOf = ({ part }: StepInAppraisal): number => part ?? 1;

/** Reviews go step by step; second reviews level by level; everything else of a step side by side. */
export function comesBefore(one: StepInAppraisal, other: StepInAppraisal): boolean {
  if (one.step !== other.step) return STEPS.indexOf(one.step) < STEPS.indexOf(other.step);
  return one.step === 'second-review' && levelOf(one) < levelOf(other);
}

/** The person named, or any holder of the role; `roles` absent: looked at before. */
export function mayAct(task: StepInAppraisal, person: SubjectId, roles: readonly string[] | undefined): boolean {
  if (task.reviewer !== undefined) return task.reviewer === person;
  return task.role !== undefined && (roles?.includes(task.role) ?? true);
}

/** Thrown: Rejection `appraisal.no-such-step`. */
export function mustHave(appraisal: Appraisal, step: Step): readonly StepInAppraisal[] {
  const found = tasksOf(appraisal, step);
  if (found.length === 0) throw new Rejection('appraisal.no-such-step', { step });
  return found;
}

/** The manager's own lines of a part, or those of a department. Thrown: Rejection `appraisal.unknown-part`, `appraisal.no-such-department`. */
export function managerTask(appraisal: Appraisal, part: number, department: string | undefined): StepInAppraisal {
  const tasks = mustHave(appraisal, 'manager-review');
  if (part > appraisal.parts) throw new Rejection('appraisal.unknown-part', { part, parts: appraisal.parts });
  const found = tasks.find(
    (task) => task.group === undefined && task.department === department && (department !== undefined || partOf(task) === part),
  );
  if (found) return found;
  if (department !== undefined) throw new Rejection('appraisal.no-such-department');
  throw new Rejection('appraisal.no-such-step', { step: 'manager-review' });
}

/** Who answers for the score to the person: the manager of the last part. */
export function assignedManager(appraisal: Appraisal): SubjectId | undefined {
  const own = tasksOf(appraisal, 'manager-review').filter(({ group, department }) => group === undefined && department === undefined);
  return own.reduce<StepInAppraisal | undefined>((last, task) => (last && partOf(last) > partOf(task) ? last : task), undefined)?.reviewer;
}

/** Everyone who rated in the manager's step: none of them reviews it. */
export function scoredBy(appraisal: Appraisal): ReadonlySet<SubjectId> {
  const done = tasksOf(appraisal, 'manager-review').filter(({ submissions }) => submissions.length > 0);
  // Whoever had it done by a delegate, too.
  const raters = done.flatMap(({ reviewer, submissions }) => [reviewer ?? [], submissions.at(-1)?.by ?? []].flat());
  return new Set([...raters, ...(appraisal.peerRound?.answered ?? []).map(({ peer }) => peer)]);
}

export function mustBeOpen(appraisal: Appraisal, task: StepInAppraisal): void {
  const { step, state } = task;
  if (appraisal.status === 'cancelled') throw new Rejection('appraisal.cancelled');
  if (appraisal.status !== 'open') throw new Rejection('appraisal.not-open', { status: appraisal.status });
  if (state === 'submitted') throw new Rejection('appraisal.step-already-submitted', { step });
  if (state === 'skipped') throw new Rejection('appraisal.step-closed', { step });
  const earlier = appraisal.steps.find((other) => other.state === 'open' && comesBefore(other, task));
  if (earlier) throw new Rejection('appraisal.earlier-step-open', { step, waitsFor: earlier.step });
}

/** How an event names its task, and that others of the step are still to be done when it is. */
export function taskMark(
  appraisal: Appraisal,
  task: StepInAppraisal,
  alsoDone: readonly StepInAppraisal[] = [],
): { task?: number; complete?: false } {
  const others = tasksOf(appraisal, task.step).filter((other) => other !== task);
  if (others.length === 0) return {};
  const isWaiting = others.some((other) => other.state === 'open' && !alsoDone.includes(other));
  return { task: appraisal.steps.indexOf(task), ...(isWaiting ? { complete: false } : {}) };
}
