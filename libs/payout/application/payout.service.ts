import { type PersonalText, Rejection } from '#kernel';
import type { CommandContext, CommandResult } from '#libs/event-store';
import {
  type AcknowledgePayoutLines,
  holdKey,
  PAYOUT_LIMITS,
  type PayLineRow,
  type PayoutBatchRow,
  payoutChunkId,
  type PayoutReader,
} from '../contracts';
import { payoutDecider } from '../domain/payout.decider';
import { payoutLinesDecider } from '../domain/payout-lines.decider';
import { createPayoutReader } from '../read/payout.reader';
import { holdCommand, holdsFor } from './hold-lines';
import { PAYOUT_WORK_LIMITS, type PayoutParts } from './payout-parts';
import { startRegular, type StartedBatch, waitForReadModels } from './payout-work';
import { payrollFile, summaryOf } from './payroll-file';

export interface Finding {
  readonly lineId?: string | undefined;
  readonly code: string;
  readonly note?: PersonalText | undefined;
}
export type PayoutAct =
  | { readonly act: 'check'; readonly passed: boolean; readonly findings: readonly Finding[] }
  | { readonly act: 'approve'; readonly actorRoles: readonly string[] }
  | { readonly act: 'hold'; readonly holdId: string; readonly lineIds: readonly string[]; readonly reason: string }
  | { readonly act: 'lift-hold'; readonly holdId: string }
  | { readonly act: 'release' }
  /** Without line ids: every line of the file. */
  | { readonly act: 'acknowledge'; readonly lineIds?: readonly string[] | undefined; readonly reference: string }
  | { readonly act: 'cancel'; readonly reason: string };

/** What finance and the general manager do with batches. */
export interface PayoutDesk {
  /** Thrown: Rejection `payout.unknown-cycle`, `payout.not-published`. */
  start(cycleId: string, context: CommandContext): Promise<StartedBatch>;
  act(batchId: string, act: PayoutAct, context: CommandContext): Promise<CommandResult>;
  /** The file of a released batch in pieces of UTF-8 text. Thrown: Rejection `payout.unknown`, `payout.not-released`. */
  file(batchId: string): Promise<{ readonly fileName: string; readonly fileHash: string; readonly pieces: AsyncIterable<string> }>;
}

export function createPayoutDesk(parts: PayoutParts): PayoutDesk {
  const payouts = createPayoutReader(parts.read);
  return {
    start: (cycleId, context) => startRegular(parts, cycleId, context),
    act: (batchId, act, context) => perform({ parts, payouts, batchId, context }, act),
    async file(batchId) {
      const batch = await mustBatch(payouts, batchId);
      if (batch.fileHash === null) throw new Rejection('payout.not-released', { stage: batch.stage });
      return {
        fileName: `payroll-${batch.period}-${batch.round}.csv`,
        fileHash: batch.fileHash,
        pieces: texts(payrollFile(parts, payouts, batch)),
      };
    },
  };
}

interface Performance {
  readonly parts: PayoutParts;
  readonly payouts: PayoutReader;
  readonly batchId: string;
  readonly context: CommandContext;
}

function perform(performance: Performance, act: PayoutAct): Promise<CommandResult> {
  const { parts, batchId, context } = performance;
  switch (act.act) {
    case 'check':
      return parts.runner.run(
        payoutDecider,
        batchId,
        { type: 'CheckPayout', data: { passed: act.passed, findings: act.findings } },
        context,
      );
    case 'approve':
      return parts.runner.run(
        payoutDecider,
        batchId,
        { type: 'ApprovePayout', data: { actorRoles: act.actorRoles } },
        { ...context, intent: { batchId } },
      );
    case 'hold':
      return hold(performance, act);
    case 'lift-hold': {
      const cause = { kind: 'finance', holdId: act.holdId } as const;
      return parts.runner.run(payoutDecider, batchId, { type: 'LiftPayoutHold', data: { cause, outcome: 'by-finance' } }, context);
    }
    case 'release':
      return release(performance);
    case 'acknowledge':
      return acknowledge(performance, act);
    case 'cancel':
      return parts.runner.run(payoutDecider, batchId, { type: 'CancelPayout', data: { reason: act.reason } }, context);
  }
}

async function hold({ parts, payouts, batchId, context }: Performance, act: Extract<PayoutAct, { act: 'hold' }>): Promise<CommandResult> {
  if (act.lineIds.length > PAYOUT_LIMITS.linesPerHold) throw new Rejection('payout.too-many-lines', { limit: PAYOUT_LIMITS.linesPerHold });
  const lines = await findLines(payouts, batchId, act.lineIds);
  const [first] = lines;
  if (!first || lines.some(({ subject }) => subject !== first.subject)) throw new Rejection('payout.hold-of-one-person');
  const command = holdCommand(first.subject, { kind: 'finance', holdId: act.holdId }, lines, act.reason);
  return parts.runner.run(payoutDecider, batchId, command, context);
}

/** Open appeals hold their lines first; then the file is written and released as it is. */
async function release({ parts, payouts, batchId, context }: Performance): Promise<CommandResult> {
  await waitForReadModels(parts, (await parts.log.head()).position);
  const batch = await mustBatch(payouts, batchId);
  await holdOpenAppeals(parts, payouts, batch, context);
  await waitForReadModels(parts, (await parts.log.head()).position);
  const summary = await summaryOf(payrollFile(parts, payouts, batch));
  return parts.runner.run(
    payoutDecider,
    batchId,
    { type: 'ReleasePayout', data: { ...summary } },
    { ...context, intent: { batchId, act: 'release' } },
  );
}

async function holdOpenAppeals(
  parts: PayoutParts,
  payouts: PayoutReader,
  { batchId, cycleId }: PayoutBatchRow,
  context: CommandContext,
): Promise<void> {
  const { expectedVersion: _, ...unconditional } = context;
  let after: string | undefined;
  for (let page = 0; page < PAYOUT_WORK_LIMITS.holdPages; page += 1) {
    const appeals = await parts.appeals.holding({ cycleId, limit: PAYOUT_LIMITS.page, ...(after === undefined ? {} : { after }) });
    for (const appeal of appeals.items) {
      const own = (await holdsFor(parts, payouts, appeal)).find((hold) => hold.batchId === batchId);
      if (!own) continue;
      const requestKey = `${context.requestKey}/${holdKey(own.command.data.cause)}`;
      await parts.runner.run(payoutDecider, batchId, own.command, { ...unconditional, requestKey });
    }
    after = appeals.next;
    if (after === undefined) return;
  }
}

/** Payroll's answer: each line once, in the stream of its chunk. The batch is acknowledged by a reactor that counts. */
async function acknowledge(
  { parts, payouts, batchId, context }: Performance,
  act: Extract<PayoutAct, { act: 'acknowledge' }>,
): Promise<CommandResult> {
  await mustBatch(payouts, batchId);
  const lines = act.lineIds ? await findLines(payouts, batchId, act.lineIds) : await allLines(payouts, batchId);
  const wrong = act.lineIds && lines.find(({ status }) => status !== 'released' && status !== 'acknowledged');
  if (wrong) throw new Rejection('payout.line-not-released', { lineId: wrong.lineId, status: wrong.status });
  const byChunk = new Map<number, string[]>();
  for (const { chunk, lineId, status } of lines)
    if (status === 'released' || status === 'acknowledged') byChunk.set(chunk, [...(byChunk.get(chunk) ?? []), lineId]);
  if (byChunk.size === 0) throw new Rejection('payout.nothing-to-acknowledge');
  const items = [...byChunk].map(([chunk, lineIds]) => {
    const command: AcknowledgePayoutLines = { type: 'AcknowledgePayoutLines', data: { lineIds, reference: act.reference } };
    return { id: payoutChunkId(batchId, chunk), command, requestKey: `${context.requestKey}/${chunk}` };
  });
  const { requestKey: _, ...rest } = context;
  const outcomes = await parts.runner.runMany(payoutLinesDecider, items, { ...rest, intent: { ...act } });
  const rejected = outcomes.find((outcome) => outcome.kind === 'rejected');
  if (rejected?.kind === 'rejected') throw new Rejection('payout.not-acknowledged', { chunk: rejected.id, code: rejected.code });
  const last = outcomes.at(-1);
  if (last?.kind !== 'done') throw new Rejection('payout.nothing-to-acknowledge');
  return last.result;
}

async function findLines(payouts: PayoutReader, batchId: string, lineIds: readonly string[]): Promise<readonly PayLineRow[]> {
  if (lineIds.length > PAYOUT_LIMITS.acknowledgedPerCommand)
    throw new Rejection('payout.too-many-lines', { limit: PAYOUT_LIMITS.acknowledgedPerCommand });
  const wanted = new Set(lineIds);
  const found = (await payouts.linesById([...wanted])).filter((line) => line.batchId === batchId);
  const missing = lineIds.find((lineId) => !found.some((line) => line.lineId === lineId));
  if (missing !== undefined) throw new Rejection('payout.unknown-line', { lineId: missing });
  return found;
}

async function allLines(payouts: PayoutReader, batchId: string): Promise<readonly PayLineRow[]> {
  const lines: PayLineRow[] = [];
  let after: string | undefined;
  do {
    const page = await payouts.lines({ batchId, limit: PAYOUT_WORK_LIMITS.filePage, ...(after === undefined ? {} : { after }) });
    lines.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return lines;
}

async function mustBatch(payouts: PayoutReader, batchId: string): Promise<PayoutBatchRow> {
  const batch = await payouts.batch(batchId);
  if (!batch) throw new Rejection('payout.unknown');
  return batch;
}

async function* texts(pieces: AsyncIterable<{ readonly text: string }>): AsyncGenerator<string> {
  for await (const { text } of pieces) yield text;
}
