import { deadline } from '#libs/calendar';
import { APPEAL_STAGES } from '#libs/appeal/contracts';
import { calendarOfCycle } from '#libs/cycle/contracts';
import type { PayoutCursor } from '#libs/payout/contracts';
import type { AppealActivities, CoachingActivities, PayoutActivities, PayoutBatchActivities } from '#workflows/contracts';
import { appealOrigin, batchStanding, planOrigin } from './case-records';
import { cycleRecord } from './cycle-record';
import { withHeartbeat } from './heartbeat';
import { outcomeFrom, outcomeOf } from './outcome';
import type { WorkerServices } from './services';

/** Working days that whoever has the next act on a batch takes before being reminded. */
const PAYOUT_REMIND_DAYS = 2;

export function appealActivities({ runner, appealWork }: WorkerServices): AppealActivities {
  return {
    async loadAppeal({ appealId }) {
      const [progress, { state: origin }] = await Promise.all([appealWork.progress(appealId), runner.load(appealOrigin, appealId)]);
      const { stage, terminal, round, dueAt, decideBy, decisionOverdueRecorded, duty } = progress;
      return {
        cycleId: origin?.cycleId ?? 'none',
        region: origin?.region ?? 'none',
        stage,
        terminal,
        round,
        dueAt,
        decideBy,
        decisionOverdueRecorded,
        duty,
      };
    },
    doAppealDuty: async (input) => outcomeFrom(await appealWork.doDuty(input)),
    async passAppealDeadline({ appealId, stage, requestKey }) {
      const known = APPEAL_STAGES.find((name) => name === stage);
      if (known === undefined) return { kind: 'refused', code: 'appeal.unknown-stage' };
      return outcomeFrom(await appealWork.passDeadline({ appealId, stage: known, requestKey }));
    },
    recordDecisionOverdue: async (input) => outcomeFrom(await appealWork.recordDecisionOverdue(input)),
  };
}

export function payoutActivities(services: WorkerServices): PayoutActivities & PayoutBatchActivities {
  const { payoutWork, logger } = services;
  return {
    async loadPayout({ batchId }) {
      const { stage, terminal, round, duty } = await payoutWork.progress(batchId);
      const waiting = await payoutReminder(services, batchId);
      return {
        cycleId: waiting.cycleId,
        region: waiting.region,
        stage,
        terminal,
        round,
        duty,
        remindAt: terminal || duty !== null ? null : waiting.remindAt,
      };
    },
    async remindPayout({ batchId, stage }) {
      logger.warn({ batchId, stage }, 'a payout batch waits for its next act');
      return { kind: 'done' };
    },
    computePayout: ({ batchId }) =>
      withHeartbeat(payoutCursor, ({ resumed, beat }) =>
        outcomeOf(() => payoutWork.compute({ batchId, ...(resumed ? { from: resumed } : {}) }, beat)),
      ),
  };
}

/** On the calendar of the batch's cycle. */
async function payoutReminder({ runner, organisation }: WorkerServices, batchId: string) {
  const { state: batch } = await runner.load(batchStanding, batchId);
  if (batch === undefined) throw new Error(`no payout batch ${batchId} in this log`);
  const { cycleId, since } = batch;
  const { state: record } = await runner.load(cycleRecord, cycleId);
  if (record === undefined) return { cycleId, region: 'none', remindAt: null };
  const { region, dayLengthMs } = record.cycle;
  const { at } = deadline({
    start: since,
    workingDays: PAYOUT_REMIND_DAYS,
    calendar: await calendarOfCycle(region, organisation),
    zone: record.zone,
    dayLengthMs: dayLengthMs ?? undefined,
  });
  return { cycleId, region, remindAt: at };
}

function payoutCursor(details: unknown): PayoutCursor | undefined {
  if (typeof details !== 'object' || details === null) return undefined;
  if (!(
    'chunks' in details &&
    'statements' in details &&
    'lines' in details &&
    'total' in details &&
    'withoutScore' in details &&
    'afterSubject' in details
  )) {
    return undefined;
  }
  const { chunks, statements, lines, total, withoutScore, afterSubject } = details;
  if (typeof chunks !== 'number' || typeof statements !== 'number' || typeof lines !== 'number' || typeof withoutScore !== 'number')
    return undefined;
  if (typeof total !== 'string' || (afterSubject !== null && typeof afterSubject !== 'string')) return undefined;
  return { chunks, statements, lines, total, withoutScore, afterSubject };
}

export function coachingActivities({ runner, coachingWork }: WorkerServices): CoachingActivities {
  return {
    async loadPlan({ planId }) {
      const [progress, { state: origin }] = await Promise.all([coachingWork.progress(planId), runner.load(planOrigin, planId)]);
      const { terminal, paused, round, next } = progress;
      return { cycleId: origin?.cycleId ?? null, region: origin?.region ?? 'none', terminal, paused, round, next };
    },
    recordGateOverdue: async (input) => outcomeFrom(await coachingWork.recordGateOverdue(input)),
  };
}
