import type { AppealDuty, RecordedAppeal } from './contracts';
import type { Action, Next } from './follow-record';

export type AppealAction = Action & { readonly round: number; readonly stage: string } & (
    { readonly kind: 'duty'; readonly duty: AppealDuty } | { readonly kind: 'deadline' } | { readonly kind: 'decision-overdue' }
  );

/** The system's own duty first, then what is overdue, else the earlier of the two clocks. A stopped clock has no instant. */
export function nextAppealStep(appeal: RecordedAppeal, nowMs: number, done: ReadonlySet<string>): Next<AppealAction> {
  const { stage, round } = appeal;
  if (appeal.terminal) return { kind: 'end' };
  if (appeal.duty !== null)
    return { kind: 'do', action: { kind: 'duty', key: `${stage}/${appeal.duty}/${round}`, duty: appeal.duty, stage, round } };

  const overdue: AppealAction = { kind: 'decision-overdue', key: `${stage}/decision-overdue`, stage, round };
  const decideBy = appeal.decisionOverdueRecorded || done.has(overdue.key) ? undefined : toMs(appeal.decideBy);
  if (decideBy !== undefined && nowMs >= decideBy) return { kind: 'do', action: overdue };

  const deadline: AppealAction = { kind: 'deadline', key: `${stage}/deadline/${round}/${appeal.dueAt ?? ''}`, stage, round };
  const dueAt = done.has(deadline.key) ? undefined : toMs(appeal.dueAt);
  if (dueAt !== undefined && nowMs >= dueAt) return { kind: 'do', action: deadline };

  if (decideBy === undefined || dueAt === undefined) return { kind: 'wait', untilMs: decideBy ?? dueAt };
  return { kind: 'wait', untilMs: Math.min(decideBy, dueAt) };
}

function toMs(instant: string | null): number | undefined {
  return instant === null ? undefined : Date.parse(instant);
}
