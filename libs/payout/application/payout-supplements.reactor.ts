import { isSubjectId, type SubjectId } from '#kernel';
import { type AppraisalEvent, parseAppraisalId } from '#libs/appraisal/contracts';
import { asOfTable, type AnyReactor, defineReactor, dispatch, type ReactorCommand, type ReactorContext } from '#libs/projections';
import { payoutBatchId, type PayoutBatchRow, type PayoutEvent, type StartPayout } from '../contracts';
import { payoutDecider } from '../domain/payout.decider';
import type { DepositEvent } from '../domain/deposit.decider';
import { depositReleaseProjection } from '../read/deposit-release.projection';
import { payoutBatchProjection } from '../read/payout-batch.projection';
import { payoutCandidateProjection, type PayoutCandidateRow } from '../read/payout-candidate.projection';
import { payoutLineProjection } from '../read/payout-line.projection';
import { createPayoutReader } from '../read/payout.reader';
import { PAYOUT_WORK_LIMITS, type PayoutParts } from './payout-parts';
import { differencesOf, waitForReadModels } from './payout-work';

type Trigger =
  | Extract<PayoutEvent, { type: 'PayoutComputed' | 'PayoutReleased' | 'PayoutHoldLifted' | 'PayoutCancelled' }>
  | Extract<AppraisalEvent, { type: 'AppraisalAmended' | 'AppraisalPublished' }>
  | DepositEvent;

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
    reads: [payoutBatchProjection, payoutLineProjection, payoutCandidateProjection, depositReleaseProjection],
    on: {
      PayoutComputed: (event, context) => supplement(parts, event.data.cycleId, event.position, context),
      PayoutReleased: (event, context) => supplement(parts, event.data.cycleId, event.position, context),
      PayoutHoldLifted: (event, context) => supplement(parts, event.data.cycleId, event.position, context),
      PayoutCancelled: (event, context) => supplement(parts, event.data.cycleId, event.position, context),
      DepositReleased: (event, context) => supplement(parts, event.data.cycleId, event.position, context),
      AppraisalAmended: async (event, context) => {
        const ids = parseAppraisalId(event.streamId.slice('appraisal-'.length));
        return ids ? supplement(parts, ids.cycleId, event.position, context) : [];
      },
      // By a person: late. The publishing sweep acts as the system and its people are in the regular batch.
      AppraisalPublished: async (event, context) => {
        const ids = isSubjectId(event.metadata.actor) ? parseAppraisalId(event.streamId.slice('appraisal-'.length)) : undefined;
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
  const subjects = await subjectsWithDifference(parts, context, { cycleId, round, asOf });
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

interface Look {
  readonly cycleId: string;
  readonly round: number;
  readonly asOf: number;
}

/** Every candidate is looked at, page by page, so that none waits behind others that are settled. */
async function subjectsWithDifference(
  parts: SupplementParts,
  { read }: ReactorContext,
  { cycleId, round, asOf }: Look,
): Promise<readonly SubjectId[]> {
  const found: SubjectId[] = [];
  let after = '';
  for (let more = true; more && found.length < MOST_SUBJECTS;) {
    const rows = await read.query<Pick<PayoutCandidateRow, 'subject'>>(
      `SELECT subject FROM ${asOfTable(payoutCandidateProjection, asOf)} c WHERE cycle_id = $1 AND subject > $2 ORDER BY subject LIMIT $3`,
      [cycleId, after, PAYOUT_WORK_LIMITS.people],
    );
    const subjects = rows.map(({ subject }) => subject);
    const differences = await differencesOf({ ...parts, read }, { cycleId, round, subjects, asOf });
    found.push(...differences.filter(({ lines }) => lines.length > 0).map(({ subject }) => subject));
    after = subjects.at(-1) ?? after;
    more = subjects.length === PAYOUT_WORK_LIMITS.people;
  }
  return found.slice(0, MOST_SUBJECTS);
}
