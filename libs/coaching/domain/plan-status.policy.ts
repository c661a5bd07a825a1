import type { Instant } from '#kernel';
import type { StatusWithReason } from '../contracts';
import { missingFor } from './gate.policy';
import type { Plan } from './plan-state';

/**
 * From facts, never typed: what holds now and why (coaching.md "Status"). The activity rule (under 80 % of plan in the
 * last ten working days) is not in yet.
 */
export function planStatus(plan: Plan, now: Instant): StatusWithReason {
  if (plan.stage === 'graduated') return { status: 'graduated', reason: 'all-passed' };
  if (plan.stage === 'ended') return { status: 'ended', reason: plan.outcome ?? 'stopped' };
  if (plan.stage === 'paused') return { status: 'paused', reason: plan.pause?.cause === 'leave' ? 'on-leave' : 'paused' };
  const open = plan.gates.filter(({ state }) => state !== 'passed');
  const overdue = open.find(({ state, dueAt }) => state === 'overdue' || now >= dueAt);
  if (overdue) return { status: 'behind', reason: 'gate-overdue', stage: overdue.stage, missing: missingOf(plan, overdue.stage) };
  for (const { stage, atRiskFrom } of open) {
    const missing = missingOf(plan, stage);
    if (now >= atRiskFrom && missing.length > 0) return { status: 'at-risk', reason: 'evidence-missing', stage, missing };
  }
  return { status: 'on-track', reason: open.length === 0 ? 'assessment-missing' : 'gates-passed' };
}

function missingOf(plan: Plan, stage: number): readonly string[] {
  const asked = plan.stages.find((candidate) => candidate.stage === stage);
  return asked ? missingFor(asked, plan.evidence) : [];
}
