import type { RecordedPlan } from './contracts';
import type { Action, Next } from './follow-record';

export type PlanAction = Action & { readonly stage: number; readonly round: number };

/** Gates are passed by people; what the plan owes by itself is to say when one is overdue. A pause stops the clock. */
export function nextPlanStep(plan: RecordedPlan, nowMs: number): Next<PlanAction> {
  if (plan.terminal) return { kind: 'end' };
  if (plan.paused || plan.next === null) return { kind: 'wait', untilMs: undefined };
  const { stage, dueAt } = plan.next;
  const dueMs = Date.parse(dueAt);
  if (nowMs < dueMs) return { kind: 'wait', untilMs: dueMs };
  return { kind: 'do', action: { key: `gate-${stage}/overdue/${plan.round}`, stage, round: plan.round } };
}

/** The gate that is worked at, for finding plans by it. */
export function gateShown(plan: RecordedPlan): string {
  if (plan.paused) return 'paused';
  return plan.next === null ? 'no-gate-ahead' : `gate-${plan.next.stage}`;
}
