import type { SubjectId } from '#kernel';
import { type AppraisalEvent, parseAppraisalId } from '#libs/appraisal/contracts';
import { asOfTable, type AnyReactor, defineReactor, dispatch, type ReactorCommand, type ReactorContext } from '#libs/projections';
import { payoutBatchId, type PayoutBatchRow, type PayoutEvent, type StartPayout } from '../contracts';
import { payoutDecider } from '../domain/payout.decider';
import { payoutBatchProjection } from '../read/payout-batch.projection';
import { payoutCandidateProjection, type PayoutCandidateRow } from '../read/payout-candidate.projection';
import { payoutLineProjection } from '../read/payout-line.projection';
import { createPayoutReader } from '../read/payout.reader';
import type { PayoutParts } from './payout-parts';
import { differencesOf, waitForReadModels } from './payout-work';

type Trigger =
  | Extract<PayoutEvent, { type: 'PayoutComputed' | 'PayoutReleased' | 'PayoutHoldLifted' | 'PayoutCancelled' }>
  | Extract<AppraisalEvent, { type: 'AppraisalAmended' }>;

export type SupplementParts = Pick<PayoutParts, 'appraisals'>;

/** People in one supplementary batch started by itself; the rest is in the next one. */
const MOST_SUBJECTS = 2_000;

/**
 * What was paid is never recomputed: once the regular batch is out, whoever has a difference gets it in a supplementary
 * batch. Each event only makes it look again; what it finds is computed from what is due and what is settled.
 */
export function payoutSupplementsReactor(parts: SupplementParts): AnyReactor {
  return defineReactor<Trigger>({
    name: 'payout-supplements',
    version: 1,
    reads: [payoutBatchProjection, payoutLineProjection, payoutCandidateProjection],
    on: {
      PayoutComputed: (event, context) => supplement(parts, event.data.cycleId, event.position, context),
      PayoutReleased: (event, context) => supplement(parts, event.data.cycleId, event.position, context),
      PayoutHoldLifted: (event, context) => supplement(parts, event.data.cycleId, event.position, context),
      PayoutCancelled: (event, context) => supplement(parts, event.data.cycleId, event.position, context),
      AppraisalAmended: async (event, context) => {
        const ids = parseAppraisalId(event.streamId.slice('appraisal-'.length));
        return ids ? supplement(parts, ids.cycleId, event.position, context) : [];
      },
    },
  });
}

async function supplement(
  parts: SupplementParts,
  cycleId: string,
  position: number,
  context: ReactorContext,
): Promise<readonly ReactorCommand[]> {
  const { read } = context;
  const batches = await createPayoutReader(read).batchesOf(cycleId);
  const live = batches.filter(({ stage }) => stage !== 'cancelled');
  const [regular] = live;
  // One that is being computed asks again when it is done.
  if (!regular || !isOut(regular) || live.some(({ stage }) => stage === 'computing')) return [];
  const asOf = Math.max(position, ...batches.map((batch) => batch.position));
  await waitForReadModels({ read }, asOf);
  const round = batches.length + 1;
  const candidates = await candidatesOf(context, cycleId, asOf);
  const differences = await differencesOf({ ...parts, read }, { cycleId, round, subjects: candidates, asOf });
  const subjects = differences.filter(({ lines }) => lines.length > 0).map(({ subject }) => subject);
  if (subjects.length === 0) return [];
  const batchId = payoutBatchId(cycleId, round);
  const data: StartPayout['data'] = {
    batchId,
    cycleId,
    period: regular.period,
    kind: 'supplementary',
    round,
    supplements: live.map((batch) => batch.batchId),
    subjects,
    currency: regular.currency,
    asOf,
  };
  return [dispatch(payoutDecider, batchId, { type: 'StartPayout', data })];
}

function isOut({ kind, stage }: PayoutBatchRow): boolean {
  return kind === 'regular' && (stage === 'released' || stage === 'acknowledged');
}

async function candidatesOf({ read }: ReactorContext, cycleId: string, asOf: number): Promise<readonly SubjectId[]> {
  const rows = await read.query<PayoutCandidateRow>(
    `SELECT * FROM ${asOfTable(payoutCandidateProjection, asOf)} c WHERE cycle_id = $1 ORDER BY position DESC LIMIT ${MOST_SUBJECTS}`,
    [cycleId],
  );
  return rows.map(({ subject }) => subject);
}
