import { addDecimal, type Decimal, decimal, formatFixed, Rejection, subjectId, type SubjectId, sumDecimals } from '#kernel';
import { appraisalIdOf, type PublishedResult } from '#libs/appraisal/contracts';
import type { CommandContext } from '#libs/event-store';
import { asOfTable } from '#libs/projections';
import {
  type PayLine,
  payoutBatchId,
  payoutChunkId,
  type PayoutComputation,
  type PayoutCursor,
  type PayoutWork,
  type RecordPayoutLines,
  type StartPayout,
} from '../contracts';
import { type Payout, payoutDecider } from '../domain/payout.decider';
import { payoutLinesDecider } from '../domain/payout-lines.decider';
import { DEPOSIT_RELEASE, type Entitlement, regularLines, settledOf, supplementaryLines } from '../domain/settlement.policy';
import { releasesOf } from '../read/deposit-releases.query';
import { depositReleaseProjection } from '../read/deposit-release.projection';
import { payoutBatchProjection } from '../read/payout-batch.projection';
import { payoutCandidateProjection, type PayoutCandidateRow } from '../read/payout-candidate.projection';
import { payoutLineProjection } from '../read/payout-line.projection';
import { createPayoutReader } from '../read/payout.reader';
import { DEFAULT_CURRENCY } from '../read/statement.query';
import { NEIGHBOUR_READ_MODELS, PAYOUT_SYSTEM, PAYOUT_WORK_LIMITS, type PayoutParts } from './payout-parts';

const NOTHING: PayoutCursor = { chunks: 0, statements: 0, lines: 0, total: '0.00', withoutScore: 0, afterSubject: null };

/** Implements what the workflows of cycle and batch ask for. */
export function createPayoutWork(parts: PayoutParts): PayoutWork {
  const { runner, clock } = parts;
  return {
    async startRegular({ cycleId, requestKey }) {
      const { batchId } = await startRegular(parts, cycleId, { now: clock.now(), actor: PAYOUT_SYSTEM, requestKey });
      return { batchId };
    },
    async progress(batchId) {
      const { state, version } = await runner.load(payoutDecider, batchId);
      if (state.stage === 'none') throw new Rejection('payout.unknown');
      return {
        stage: state.stage,
        terminal: payoutDecider.isTerminal(state),
        round: version,
        duty: state.stage === 'computing' ? 'compute' : null,
      };
    },
    compute: ({ batchId, from }, onProgress) => compute(parts, batchId, from ?? NOTHING, onProgress),
  };
}

/** `token`: for reading the batch from here or later; null where it had been started already. */
export interface StartedBatch {
  readonly batchId: string;
  readonly token: string | null;
}

/** The one regular batch of a cycle; another only after it was cancelled. Thrown: Rejection `payout.unknown-cycle`, `payout.not-published`. */
export async function startRegular(parts: PayoutParts, cycleId: string, context: CommandContext): Promise<StartedBatch> {
  const { runner, log, read } = parts;
  const { position } = await log.head();
  for (const name of ['cycle', payoutBatchProjection.name]) await read.waitForProjection(name, position, PAYOUT_WORK_LIMITS.quickWaitMs);
  const cycle = await parts.cycles.cycle(cycleId);
  if (!cycle) throw new Rejection('payout.unknown-cycle');
  if (!cycle.published) throw new Rejection('payout.not-published');
  const batches = await createPayoutReader(read).batchesOf(cycleId);
  const live = batches.find(({ kind, stage }) => kind === 'regular' && stage !== 'cancelled');
  if (live) return { batchId: live.batchId, token: null };
  const round = batches.length + 1;
  const batchId = payoutBatchId(cycleId, round);
  const data: StartPayout['data'] = {
    batchId,
    cycleId,
    period: cycle.period,
    kind: 'regular',
    round,
    supplements: [],
    currency: DEFAULT_CURRENCY,
    asOf: (await log.head()).position,
  };
  // The caller's key is the same in every round: a round of its own is another request.
  const request = { ...context, requestKey: `${context.requestKey}/${round}`, intent: { cycleId, round } };
  const { token } = await runner.run(payoutDecider, batchId, { type: 'StartPayout', data }, request);
  return { batchId, token };
}

/** Page by page at the batch's own log position, so that whoever goes on after a crash writes the same lines. */
async function compute(
  parts: PayoutParts,
  batchId: string,
  from: PayoutCursor,
  onProgress: (cursor: PayoutCursor) => void,
): Promise<PayoutComputation> {
  const { state } = await parts.runner.load(payoutDecider, batchId);
  if (state.stage === 'none') throw new Rejection('payout.unknown');
  if (state.stage !== 'computing') {
    const { chunks, statements, lines, total } = state;
    return { chunks, statements, lines, total: formatFixed(total, 2), withoutScore: 0 };
  }
  await waitForReadModels(parts, state.asOf);
  const computation: Computation = { parts, state, batchId };
  let cursor = from;
  for (let more = true; more;) {
    const page = await pageOf(computation, cursor);
    cursor = await writePage(computation, page, cursor);
    onProgress(cursor);
    more = !page.last;
  }
  const { afterSubject: _, ...totals } = cursor;
  await complete(computation, totals);
  return totals;
}

interface Computation {
  readonly parts: PayoutParts;
  readonly state: Payout;
  readonly batchId: string;
}
interface Page {
  readonly lines: readonly PayLine[];
  readonly statements: number;
  readonly withoutScore: number;
  readonly afterSubject: SubjectId | null;
  readonly last: boolean;
}

export async function waitForReadModels({ read }: Pick<PayoutParts, 'read'>, position: number): Promise<void> {
  const own = [payoutBatchProjection, payoutLineProjection, payoutCandidateProjection, depositReleaseProjection].map(({ name }) => name);
  for (const name of [...own, ...NEIGHBOUR_READ_MODELS]) await read.waitForProjection(name, position, PAYOUT_WORK_LIMITS.waitMs);
}

function pageOf(computation: Computation, cursor: PayoutCursor): Promise<Page> {
  return computation.state.kind === 'regular' ? regularPage(computation, cursor) : supplementaryPage(computation, cursor);
}

async function regularPage({ parts, state }: Computation, { afterSubject }: PayoutCursor): Promise<Page> {
  const { cycleId, asOf, round } = state;
  const page = await parts.appraisals.publishedResults({
    cycleId,
    limit: PAYOUT_WORK_LIMITS.people,
    asOf,
    ...(afterSubject === null ? {} : { afterSubject: subjectId(afterSubject) }),
  });
  const payable = page.items.filter(isPayable);
  return {
    lines: payable.flatMap((result) => regularLines(entitlementOf(result), round)),
    statements: payable.length,
    withoutScore: page.items.length - payable.length,
    afterSubject: page.items.at(-1)?.subject ?? null,
    last: page.next === undefined,
  };
}

async function supplementaryPage(computation: Computation, { afterSubject }: PayoutCursor): Promise<Page> {
  const { cycleId, asOf, subjects = [] } = computation.state;
  const ordered = [...subjects].sort();
  const rest = ordered.filter((subject) => afterSubject === null || subject > afterSubject);
  const wanted = rest.slice(0, PAYOUT_WORK_LIMITS.people);
  const differences = await differencesOf(computation.parts, { cycleId, round: computation.state.round, subjects: wanted, asOf });
  return {
    lines: differences.flatMap(({ lines }) => lines),
    statements: differences.filter(({ lines }) => lines.length > 0).length,
    withoutScore: 0,
    afterSubject: wanted.at(-1) ?? null,
    last: rest.length <= wanted.length,
  };
}

/** What each of these people still has to get (or to give back), from the result that holds less what is settled. */
export async function differencesOf(
  { appraisals, read }: Pick<PayoutParts, 'appraisals' | 'read'>,
  {
    cycleId,
    round,
    subjects,
    asOf,
  }: { readonly cycleId: string; readonly round: number; readonly subjects: readonly SubjectId[]; readonly asOf: number },
): Promise<readonly { readonly subject: SubjectId; readonly lines: readonly PayLine[] }[]> {
  const earlier = (await createPayoutReader(read).linesOf(cycleId, subjects, asOf)).filter((line) => line.round < round);
  const candidates = await read.query<PayoutCandidateRow>(
    `SELECT * FROM ${asOfTable(payoutCandidateProjection, asOf)} c WHERE cycle_id = $1 AND subject = ANY($2)`,
    [cycleId, subjects],
  );
  const releases = await releasesOf(read, { cycleId, subjects, asOf });
  const differences: { subject: SubjectId; lines: readonly PayLine[] }[] = [];
  for (const subject of subjects) {
    const own = earlier.filter((line) => line.subject === subject);
    const candidate = candidates.find((row) => row.subject === subject);
    const result = await appraisals.publishedResult(appraisalIdOf(cycleId, subject), asOf);
    // Who has a line held waits for its hold: one supplementary batch explains both.
    const waits = !candidate || !result || !isPayable(result) || own.some(({ status }) => status === 'held');
    const cause = candidate && { kind: candidate.cause_kind, id: candidate.cause_id };
    differences.push({
      subject,
      lines: waits || !cause ? [] : supplementaryLines(entitlementOf(result, releases.get(subject)), round, settledOf(own), cause),
    });
  }
  return differences;
}

/** A scheme that only pays has no score; one with errors has no total. */
function isPayable({ current }: PublishedResult): boolean {
  return current.result.errors.length === 0 && current.result.payTotal !== null;
}

/** `released`: a deposit that is given back with this cycle's batches. */
function entitlementOf({ cycleId, subject, appraisalId, position, current }: PublishedResult, released?: Decimal): Entitlement {
  const payLines = released
    ? [...current.result.payLines, { key: DEPOSIT_RELEASE, amount: formatFixed(released, 2) }]
    : current.result.payLines;
  return { cycleId, subject, appraisalId, scoredAt: position, payLines };
}

async function writePage({ parts, state, batchId }: Computation, page: Page, cursor: PayoutCursor): Promise<PayoutCursor> {
  const { cycleId, currency } = state;
  const items: { id: string; command: RecordPayoutLines; requestKey: string }[] = [];
  for (let from = 0; from < page.lines.length; from += PAYOUT_WORK_LIMITS.linesPerChunk) {
    const chunk = cursor.chunks + items.length;
    const lines = page.lines.slice(from, from + PAYOUT_WORK_LIMITS.linesPerChunk);
    const command: RecordPayoutLines = { type: 'RecordPayoutLines', data: { batchId, cycleId, chunk, currency, lines } };
    items.push({ id: payoutChunkId(batchId, chunk), command, requestKey: `payout-${batchId}/compute/chunk/${chunk}/0` });
  }
  const outcomes = await parts.runner.runMany(payoutLinesDecider, items, { now: parts.clock.now(), actor: PAYOUT_SYSTEM });
  const refused = outcomes.find((outcome) => outcome.kind === 'rejected');
  if (refused?.kind === 'rejected') throw new Rejection('payout.chunk-refused', { chunk: refused.id, code: refused.code });
  const total = addDecimal(decimal(cursor.total), sumDecimals(page.lines.map(({ amount }) => decimal(amount))));
  return {
    chunks: cursor.chunks + items.length,
    statements: cursor.statements + page.statements,
    lines: cursor.lines + page.lines.length,
    total: formatFixed(total, 2),
    withoutScore: cursor.withoutScore + page.withoutScore,
    afterSubject: page.afterSubject ?? cursor.afterSubject,
  };
}

async function complete({ parts, batchId }: Computation, totals: PayoutComputation): Promise<void> {
  const { chunks, statements, lines, total, withoutScore } = totals;
  const command = { type: 'CompletePayoutComputation', data: { chunks, statements, lines, total, withoutScore } } as const;
  try {
    await parts.runner.run(payoutDecider, batchId, command, {
      now: parts.clock.now(),
      actor: PAYOUT_SYSTEM,
      requestKey: `payout-${batchId}/compute/complete/batch/0`,
    });
  } catch (error) {
    // Cancelled in the meantime: there is nothing left to complete.
    if (!(error instanceof Rejection) || error.code !== 'payout.not-at-this-stage') throw error;
  }
}
