import { actorId, isSubjectId } from '#kernel';
import { cycleDecider } from '#libs/cycle';
import type { CycleCommand, SweepProgress } from '#libs/cycle/contracts';
import type { CommandContext } from '#libs/event-store';
import type { CohortProgress, CycleActivities, CycleBatchActivities, CycleUnsettled } from '#workflows/contracts';
import { type CycleRecord, cycleRecord } from './cycle-record';
import { withHeartbeat } from './heartbeat';
import { outcomeOf } from './outcome';
import type { WorkerServices } from './services';

const ACTOR = actorId('system:cycle-workflow');

/** Stages of a batch from which money has gone out, or never will. */
const SETTLED: ReadonlySet<string> = new Set(['released', 'acknowledged', 'cancelled']);

export function cycleActivities(services: WorkerServices): CycleActivities & CycleBatchActivities {
  const { runner, clock, cyclePhases, payoutWork, log } = services;
  const context = (requestKey: string): CommandContext => ({ now: clock.now(), actor: ACTOR, requestKey });
  const run = (cycleId: string, command: CycleCommand, requestKey: string, intent: object) =>
    outcomeOf(() => runner.run(cycleDecider, cycleId, command, { ...context(requestKey), intent }));
  return {
    async loadCycle({ cycleId }) {
      const { cycle } = await recordOf(services, cycleId);
      if (!cycle.published) return { ...cycle, payoutStarted: false, unsettled: null };
      const { payoutStarted, unsettled } = await standing(services, cycleId);
      return { ...cycle, payoutStarted, unsettled };
    },
    openCyclePhase: ({ cycleId, phase, requestKey }) => outcomeOf(() => cyclePhases.open(cycleId, phase, context(requestKey))),
    closeCyclePhase: ({ cycleId, phase, cause, requestKey }) =>
      run(cycleId, { type: 'CloseCyclePhase', data: { phase, cause } }, requestKey, { phase, cause }),
    publishCycle: ({ cycleId, requestKey }) => beating(() => outcomeOf(() => cyclePhases.publish(cycleId, context(requestKey)))),
    closeCycle: ({ cycleId, requestKey }) => outcomeOf(() => cyclePhases.close(cycleId, context(requestKey))),
    startPayout: ({ cycleId, requestKey }) => outcomeOf(() => payoutWork.startRegular({ cycleId, requestKey })),
    async planSweep({ cycleId }) {
      const { cohorts } = await recordOf(services, cycleId);
      return { cohorts, asOf: (await log.head()).position };
    },
    recordSweep: ({ cycleId, requestKey, ...sweep }) => run(cycleId, { type: 'RecordCycleSweep', data: sweep }, requestKey, sweep),
    sweepCohort: (request) => sweepCohort(services, request),
  };
}

/** Thrown when the cycle has no events: the workflow of another company's log, or one started by hand. */
async function recordOf({ runner }: WorkerServices, cycleId: string): Promise<CycleRecord> {
  const { state } = await runner.load(cycleRecord, cycleId);
  if (state === undefined) throw new Error(`no cycle ${cycleId} in this log`);
  return state;
}

async function standing(
  { appeals, payouts }: WorkerServices,
  cycleId: string,
): Promise<{ readonly payoutStarted: boolean; readonly unsettled: CycleUnsettled }> {
  const [openAppeals, heldLines, batches] = await Promise.all([
    appeals.openCount(cycleId),
    payouts.heldCount(cycleId),
    payouts.batchesOf(cycleId),
  ]);
  const unpaidBatches = batches.filter(({ stage }) => !SETTLED.has(stage)).length;
  return {
    payoutStarted: batches.some(({ kind, stage }) => kind === 'regular' && stage !== 'cancelled'),
    unsettled: { openAppeals, heldLines, unpaidBatches },
  };
}

async function beating<T>(work: () => Promise<T>): Promise<T> {
  return withHeartbeat(() => undefined, work);
}

const sweepCohort: (
  services: WorkerServices,
  request: Parameters<CycleBatchActivities['sweepCohort']>[0],
) => ReturnType<CycleBatchActivities['sweepCohort']> = ({ sweeps }, request) =>
  withHeartbeat(
    (details) => cohortProgress(details, request.cohort),
    async ({ resumed, beat }) => {
      const afterSubject = resumed?.afterSubject;
      const from =
        resumed && afterSubject !== null && afterSubject !== undefined && isSubjectId(afterSubject)
          ? { afterSubject, before: resumed }
          : {};
      const count = await sweeps.sweepCohort({ ...request, ...from }, (progress: SweepProgress) =>
        beat({ ...progress, cohort: request.cohort }),
      );
      const accounted = count.excluded.reduce((sum, { count: excluded }) => sum + excluded, count.handled);
      if (accounted !== count.members)
        throw new Error(`cohort ${request.cohort} has ${count.members} members and accounts for ${accounted}`);
      return count;
    },
  );

/** What an earlier try left; it may be of another version of this worker, so it is looked at before it is believed. */
function cohortProgress(details: unknown, cohort: number): CohortProgress | undefined {
  if (typeof details !== 'object' || details === null) return undefined;
  if (!('cohort' in details && 'afterSubject' in details && 'members' in details && 'handled' in details && 'excluded' in details))
    return undefined;
  const { afterSubject, members, handled, excluded } = details;
  if (details.cohort !== cohort || typeof afterSubject !== 'string' || typeof members !== 'number' || typeof handled !== 'number')
    return undefined;
  if (!Array.isArray(excluded)) return undefined;
  const reasons: { reason: string; count: number }[] = [];
  for (const item of excluded as readonly unknown[]) {
    if (typeof item !== 'object' || item === null || !('reason' in item && 'count' in item)) return undefined;
    if (typeof item.reason !== 'string' || typeof item.count !== 'number') return undefined;
    reasons.push({ reason: item.reason, count: item.count });
  }
  return { cohort, afterSubject, members, handled, excluded: reasons };
}
