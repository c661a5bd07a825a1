import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { decimal, formatFixed, instant, Rejection, type SubjectId, subtractDecimal, sumDecimals } from '#kernel';
import { explainAppraisal, type Scoring } from '#libs/appraisal';
import type { AppraisalReader, AppraisalView } from '#libs/appraisal/contracts';
import { COMPANY_ZONE, dayAt, periodBefore } from '#libs/calendar';
import type { CycleReader } from '#libs/cycle/contracts';
import type { EventLog } from '#libs/event-store';
import { type HoldReason, holdReasons, statementOf } from '#libs/payout';
import type { PayLineRow, PayoutBatchRow, PayoutReader, Statement } from '#libs/payout/contracts';
import type { EventDecoder, ReadDb } from '#libs/projections';
import { EVENT_LOG } from '#libs/runtime';
import { type Language, type PayLineInWords, payLinesInWords, type SchemeSource } from '#libs/scheme';
import { Access } from '../http/access';
import { type Caller, CallerParam } from '../http/caller';
import { NameBook } from '../http/name-book';
import { zPage } from '../http/page';
import { APPRAISALS, CYCLES, EVENT_REGISTRY, PAYOUTS, READ_DB, SCHEME_SOURCE, SCORING } from '../tokens';
import {
  type StatementInWordsBody,
  type StatementSummaryBody,
  zMyStatementsQuery,
  zStatementInWords,
  zStatementSummary,
  zStatementWordsQuery,
} from './my-statements.shapes';

const MOST_APPRAISALS = 100;

/** What a person is paid and why: for the person, and for those who may read pay. */
@ApiTags('payouts')
@Controller('statements')
export class MyStatementsController {
  constructor(
    @Inject(PAYOUTS) private readonly payouts: PayoutReader,
    @Inject(APPRAISALS) private readonly appraisals: AppraisalReader,
    @Inject(CYCLES) private readonly cycles: CycleReader,
    @Inject(SCHEME_SOURCE) private readonly schemes: SchemeSource,
    @Inject(SCORING) private readonly scoring: Scoring,
    @Inject(READ_DB) private readonly read: ReadDb,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(EVENT_REGISTRY) private readonly decoder: EventDecoder,
    @Inject(Access) private readonly access: Access,
    @Inject(NameBook) private readonly names: NameBook,
  ) {}

  /** The caller's own, newest period first. */
  @Get('mine')
  @ApiOkResponse({ standardSchema: zPage(zStatementSummary) })
  async mine(
    @Query({ schema: zMyStatementsQuery }) { after, limit }: z.infer<typeof zMyStatementsQuery>,
    @CallerParam() caller: Caller,
  ): Promise<{ items: StatementSummaryBody[]; next?: string }> {
    await this.access.require(caller, 'statement.read', { subject: caller.subject });
    const published = (await this.appraisals.ofSubject(caller.subject, MOST_APPRAISALS)).filter(({ publishedAt }) => publishedAt !== null);
    const first = after === undefined ? 0 : published.findIndex(({ cycleId }) => cycleId === after) + 1;
    const page = published.slice(first, first + limit);
    const items = (await Promise.all(page.map((view) => this.#summary(view)))).flatMap((item) => item ?? []);
    const last = page.at(-1);
    return first + limit < published.length && last ? { items, next: last.cycleId } : { items };
  }

  /** One statement in words, compared with that of the period before. */
  @Get('words')
  @ApiOkResponse({ standardSchema: zStatementInWords })
  async words(
    @Query({ schema: zStatementWordsQuery }) query: z.infer<typeof zStatementWordsQuery>,
    @CallerParam() caller: Caller,
  ): Promise<StatementInWordsBody> {
    const subject: SubjectId = query.subject ?? caller.subject;
    const { cycleId, language } = query;
    await this.access.require(caller, 'statement.read', { subject });
    const statement = await this.#statement(cycleId, subject);
    const view = statement && (await this.appraisals.appraisal(statement.appraisalId));
    const cycle = await this.cycles.cycle(cycleId);
    if (!statement || !view || !cycle) throw new Rejection('payout.statement-not-found', { cycleId });
    const before = await this.#before(view);
    const words = await this.#inWords({ view, before: before?.view }, language);
    const parts = { statement, before: before?.statement, words, ...(await this.#payments(statement)) };
    const beforeTotal = before?.statement.entitledTotal ?? null;
    return {
      cycleId,
      appraisalId: statement.appraisalId,
      subject,
      name: (await this.names.of([subject])).get(subject) ?? null,
      period: view.period,
      cycleName: cycle.name,
      currency: statement.currency,
      score: view.score,
      grade: view.grade,
      previous: before
        ? { cycleId: before.view.cycleId, period: before.view.period, score: before.view.score, grade: before.view.grade }
        : null,
      lines: linesOf(parts),
      entitledTotal: statement.entitledTotal,
      settledTotal: statement.settledTotal,
      heldTotal: statement.heldTotal,
      beforeTotal,
      difference: beforeTotal === null ? null : lessOf(statement.entitledTotal, beforeTotal),
    };
  }

  async #summary(view: AppraisalView): Promise<StatementSummaryBody | undefined> {
    const [statement, cycle] = await Promise.all([this.#statement(view.cycleId, view.subject), this.cycles.cycle(view.cycleId)]);
    if (!statement || !cycle) return undefined;
    const { cycleId, appraisalId, currency, entitledTotal, settledTotal, heldTotal } = statement;
    const { period, score, grade, publishedAt } = view;
    return { cycleId, appraisalId, period, name: cycle.name, score, grade, currency, entitledTotal, settledTotal, heldTotal, publishedAt };
  }

  #statement(cycleId: string, subject: SubjectId): Promise<Statement | undefined> {
    return statementOf({ payouts: this.payouts, appraisals: this.appraisals }, cycleId, subject);
  }

  async #before({ subject, period }: AppraisalView): Promise<{ readonly view: AppraisalView; readonly statement: Statement } | undefined> {
    const wanted = periodBefore(period);
    const views = await this.appraisals.ofSubject(subject, MOST_APPRAISALS);
    const view = views.find((one) => one.period === wanted && one.publishedAt !== null);
    const statement = view && (await this.#statement(view.cycleId, subject));
    return view && statement ? { view, statement } : undefined;
  }

  async #inWords(
    { view, before }: { readonly view: AppraisalView; readonly before: AppraisalView | undefined },
    language: Language,
  ): Promise<readonly PayLineInWords[]> {
    const [now, earlier] = await Promise.all([this.#explained(view), before ? this.#explained(before) : undefined]);
    return now ? payLinesInWords(now, earlier, language) : [];
  }

  async #explained({ appraisalId, scheme: { schemeId, version } }: AppraisalView) {
    const [explained, scheme] = await Promise.all([
      explainAppraisal({ read: this.read, scoring: this.scoring }, { appraisalId, which: 'current' }),
      this.schemes.scheme(schemeId, version),
    ]);
    return explained?.explanation && scheme ? { tree: explained.explanation, scheme } : undefined;
  }

  /** The batches that the lines were paid in, and why some are held. */
  async #payments({ cycleId, subject, lines }: Statement): Promise<Payments> {
    const rows = lines.flatMap(({ batchLines }) => batchLines);
    const batches = new Map((await this.payouts.batchesOf(cycleId)).map((batch) => [batch.batchId, batch]));
    const holding = new Set(rows.filter(({ heldBy }) => heldBy.length > 0).map(({ batchId }) => batchId));
    const parts = { log: this.log, decoder: this.decoder };
    const found = await Promise.all([...holding].map((batchId) => holdReasons(parts, { batchId, subject })));
    return { batches, reasons: new Map(found.flatMap((reasons) => [...reasons])) };
  }
}

interface Payments {
  readonly batches: ReadonlyMap<string, PayoutBatchRow>;
  readonly reasons: ReadonlyMap<string, HoldReason>;
}
interface LineParts extends Payments {
  readonly statement: Statement;
  readonly before: Statement | undefined;
  readonly words: readonly PayLineInWords[];
}
type LineBody = StatementInWordsBody['lines'][number];

/** Every line of now, and those that only the period before had: they fell to nothing. */
function linesOf({ statement, before, words, ...payments }: LineParts): LineBody[] {
  const only = (before?.lines ?? []).filter(({ key }) => !statement.lines.some((line) => line.key === key));
  const gone = only.map(({ key }) => ({ key, entitled: '0.00', settled: '0.00', batchLines: [] }));
  return [...statement.lines, ...gone].map(({ key, entitled, settled, batchLines }) => {
    const said = words.find((line) => line.key === key);
    const earlier = before?.lines.find((line) => line.key === key)?.entitled ?? (before ? '0.00' : null);
    const held = batchLines.filter(({ status }) => status === 'held');
    return {
      key,
      title: said?.title ?? null,
      sentence: said?.sentence ?? null,
      inputs: (said?.inputs ?? []).map((input) => ({ ...input })),
      entitled,
      settled,
      held: formatFixed(sumDecimals(held.map(({ amount }) => decimal(amount))), 2),
      holds: held.flatMap((line) => holdsOf(line, payments)),
      payments: batchLines.map((line) => paymentOf(line, payments)),
      before: earlier,
      difference: earlier === null ? null : lessOf(entitled, earlier),
      sentenceBefore: said?.sentenceBefore ?? null,
      changes: (said?.changes ?? []).map((change) => ({ ...change })),
    };
  });
}

function holdsOf({ heldBy, amount }: PayLineRow, { reasons }: Payments): LineBody['holds'] {
  return heldBy.map((key) => {
    const [kind = '', id = ''] = key.split('/');
    const found = reasons.get(key);
    return { cause: kind === 'appeal' ? 'appeal' : 'finance', id, amount, reason: found?.reason ?? null, since: found?.at ?? null };
  });
}

function paymentOf(
  { lineId, kind, amount, status, reference, batchId, difference }: PayLineRow,
  { batches }: Payments,
): LineBody['payments'][number] {
  const releasedAt = status === 'released' || status === 'acknowledged' ? batches.get(batchId)?.releasedAt : null;
  const releasedOn = releasedAt ? dayAt(instant(releasedAt), COMPANY_ZONE) : null;
  return { lineId, kind, amount, status, reference, releasedOn, cause: difference?.cause.kind ?? null };
}

function lessOf(one: string, other: string): string {
  return formatFixed(subtractDecimal(decimal(one), decimal(other)), 2);
}
