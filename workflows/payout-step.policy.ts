import type { RecordedPayout } from './contracts';
import type { Action, Next } from './follow-record';

export type PayoutAction = Action & { readonly kind: 'compute' | 'remind'; readonly stage: string; readonly round: number };

/** The batch computes itself; everything after is people's, who are reminded once a stage. */
export function nextPayoutStep(payout: RecordedPayout, nowMs: number, done: ReadonlySet<string>): Next<PayoutAction> {
  const { stage, round } = payout;
  if (payout.terminal) return { kind: 'end' };
  if (payout.duty === 'compute') return { kind: 'do', action: { kind: 'compute', key: 'compute', stage, round } };
  const key = `${stage}/remind/${round}/${payout.remindAt ?? ''}`;
  if (payout.remindAt === null || done.has(key)) return { kind: 'wait', untilMs: undefined };
  const remindAt = Date.parse(payout.remindAt);
  return nowMs >= remindAt ? { kind: 'do', action: { kind: 'remind', key, stage, round } } : { kind: 'wait', untilMs: remindAt };
}
