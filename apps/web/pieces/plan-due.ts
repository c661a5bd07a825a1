import type { Plan } from './plan-words';

const WEEKS = 30;
const OVER = new Set<Plan['status']['status']>(['graduated', 'ended']);

/** Weeks of the plan, counted from 1: the one that its day is in. */
export function weekOf({ day }: Pick<Plan, 'day'>): number {
  return Math.min(WEEKS, Math.max(1, Math.ceil(day / 7)));
}

export interface PlanDue {
  /** A gate is past its day. */
  readonly overdue: boolean;
  /** The first gate that is not passed has all its evidence, and waits for the coach's word. */
  readonly toJudge: boolean;
  /** This week's talk has not been held. */
  readonly toTalk: boolean;
}

const NOTHING: PlanDue = { overdue: false, toJudge: false, toTalk: false };

/** What a plan waits for; one that is paused or over waits for nothing. */
export function dueOfPlan(plan: Pick<Plan, 'day' | 'status' | 'gates' | 'reviews'>): PlanDue {
  const { status } = plan.status;
  if (OVER.has(status) || status === 'paused') return NOTHING;
  const next = plan.gates.find(({ state }) => state !== 'passed');
  return {
    overdue: plan.gates.some(({ state }) => state === 'overdue'),
    toJudge: next !== undefined && next.missing.length === 0,
    toTalk: plan.reviews[0]?.week !== weekOf(plan),
  };
}
