import type { AppealEvent, AppealRow } from '#libs/appeal/contracts';
import { type AppraisalEvent, parseAppraisalId } from '#libs/appraisal/contracts';
import type { RecordedEvent } from '#libs/event-store';
import { type AnyReactor, defineReactor, dispatch, type ReactorCommand, type ReactorContext } from '#libs/projections';
import { type HoldCause, holdKey, type LiftPayoutHold, PAYOUT_LIMITS, type PayoutEvent } from '../contracts';
import { payoutDecider } from '../domain/payout.decider';
import { payoutBatchProjection } from '../read/payout-batch.projection';
import { payoutLineProjection } from '../read/payout-line.projection';
import { createPayoutReader } from '../read/payout.reader';
import { holdsFor } from './hold-lines';
import { PAYOUT_WORK_LIMITS, type PayoutParts } from './payout-parts';

type AppealTrigger = Extract<
  AppealEvent,
  { type: 'AppealFiled' | 'AppealAccepted' | 'AppealWithdrawn' | 'AppealDeclined' | 'AppealDecided' | 'AppealClosed' }
>;
type Trigger =
  | AppealTrigger
  | Extract<PayoutEvent, { type: 'PayoutComputed' | 'PayoutLinesHeld' }>
  | Extract<AppraisalEvent, { type: 'AppraisalAmended' }>;

export type HoldParts = Pick<PayoutParts, 'appeals' | 'appraisals' | 'explain'>;
type Outcome = LiftPayoutHold['data']['outcome'];

/** Holds sent for one computed batch, below what a reactor may send for one event; the release holds the rest. */
const MOST_HOLDS = 800;

/**
 * Filing holds the lines of that person that depend on the contested score, in batches not yet released; the end of the
 * appeal lifts the hold, after an upheld one once the score is amended (domain.md "Appeal" 2). Whichever of hold and end
 * is seen later looks at the other.
 */
export function payoutHoldsReactor(parts: HoldParts): AnyReactor {
  return defineReactor<Trigger>({
    name: 'payout-holds',
    version: 1,
    reads: [payoutBatchProjection, payoutLineProjection],
    on: {
      AppealFiled: (event, context) => hold(parts, event.data.appealId, event.position, context),
      AppealAccepted: (event, context) => hold(parts, event.data.appealId, event.position, context),
      PayoutComputed: (event, context) => holdAll(parts, event.data, event.position, context),
      PayoutLinesHeld: async (event, context) =>
        event.data.cause.kind === 'appeal' ? lift(parts, { appealId: event.data.cause.appealId, position: event.position }, context) : [],
      AppealWithdrawn: (event, context) => lift(parts, seen(event), context),
      AppealDeclined: (event, context) => lift(parts, seen(event), context),
      AppealDecided: (event, context) => lift(parts, { ...seen(event), nothingToAmend: event.data.amendments.length === 0 }, context),
      AppealClosed: (event, context) => lift(parts, seen(event), context),
      AppraisalAmended: async (event, context) => {
        const { cause } = event.data;
        if (cause.kind !== 'appeal' || !parseAppraisalId(event.streamId.slice('appraisal-'.length))) return [];
        return lift(parts, { appealId: cause.id, position: event.position }, context);
      },
    },
  });
}

function seen({ data, position }: RecordedEvent<AppealTrigger>): Seen {
  return { appealId: data.appealId, position };
}

async function hold(parts: HoldParts, appealId: string, position: number, context: ReactorContext): Promise<readonly ReactorCommand[]> {
  const appeal = await appealAt(parts, appealId, position, context);
  return appeal?.holds === true ? holdCommands(parts, appeal, context) : [];
}

async function holdCommands(parts: HoldParts, appeal: AppealRow, { read }: ReactorContext): Promise<readonly ReactorCommand[]> {
  const holds = await holdsFor(parts, createPayoutReader(read), appeal);
  return holds.map(({ batchId, command }) => dispatch(payoutDecider, batchId, command, `payout-${batchId}/${appeal.appealId}`));
}

/** Appeals filed while the batch was computed. */
async function holdAll(
  parts: HoldParts,
  { cycleId }: { readonly cycleId: string },
  position: number,
  context: ReactorContext,
): Promise<readonly ReactorCommand[]> {
  await context.read.waitForProjection('appeal', position, PAYOUT_WORK_LIMITS.waitMs);
  const commands: ReactorCommand[] = [];
  let after: string | undefined;
  do {
    const page = await parts.appeals.holding({ cycleId, limit: PAYOUT_LIMITS.page, ...(after === undefined ? {} : { after }) });
    for (const appeal of page.items) {
      commands.push(...(await holdCommands(parts, appeal, context)));
      if (commands.length >= MOST_HOLDS) return commands.slice(0, MOST_HOLDS);
    }
    after = page.next;
  } while (after !== undefined);
  return commands;
}

interface Seen {
  readonly appealId: string;
  readonly position: number;
  /** Decided for the appellant without anything to amend: a step is done again. */
  readonly nothingToAmend?: boolean;
}

async function lift(
  parts: HoldParts,
  { appealId, position, nothingToAmend = false }: Seen,
  context: ReactorContext,
): Promise<readonly ReactorCommand[]> {
  const appeal = await appealAt(parts, appealId, position, context);
  const outcome = appeal && (await liftDue(parts, appeal, nothingToAmend));
  if (!appeal || !outcome) return [];
  const cause: HoldCause = { kind: 'appeal', appealId };
  const lines = await createPayoutReader(context.read).linesOf(appeal.cycleId, [appeal.subject]);
  const batches = new Set(lines.filter(({ heldBy }) => heldBy.includes(holdKey(cause))).map(({ batchId }) => batchId));
  return [...batches].map((batchId) => dispatch(payoutDecider, batchId, { type: 'LiftPayoutHold', data: { cause, outcome } }));
}

/** Undefined while the appeal goes on, or while its amendment is still to come. */
async function liftDue({ appraisals }: HoldParts, appeal: AppealRow, nothingToAmend: boolean): Promise<Outcome | undefined> {
  const { stage, verdict } = appeal;
  if (stage === 'withdrawn') return 'withdrawn';
  if (stage === 'declined-final' || (stage === 'closed' && verdict === null)) return 'declined';
  if (verdict === null) return undefined;
  if (verdict === 'dismissed' || stage === 'closed' || nothingToAmend) return verdict;
  const result = await appraisals.publishedResult(appeal.appraisalId);
  return result?.amendment?.id === appeal.appealId ? verdict : undefined;
}

async function appealAt(
  { appeals }: HoldParts,
  appealId: string,
  position: number,
  { read }: ReactorContext,
): Promise<AppealRow | undefined> {
  for (const name of ['appeal', 'appraisal_result']) await read.waitForProjection(name, position, PAYOUT_WORK_LIMITS.waitMs);
  return appeals.appeal(appealId);
}
