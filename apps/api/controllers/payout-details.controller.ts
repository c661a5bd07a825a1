import { Readable } from 'node:stream';
import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Rejection } from '#kernel';
import type { AppraisalReader } from '#libs/appraisal/contracts';
import type { CycleReader } from '#libs/cycle/contracts';
import type { EventLog, EventRegistry, RecordedEvent } from '#libs/event-store';
import { zUuid } from '#libs/kernel/schema';
import { batchFigures, payDifferences } from '#libs/payout';
import { PAYOUT_LIMITS, type PayoutBatchRow, type PayoutReader } from '#libs/payout/contracts';
import type { ReadDb } from '#libs/projections';
import { EVENT_LOG } from '#libs/runtime';
import type { SchemeSource } from '#libs/scheme';
import { CSV_BOM, csvRow } from '#libs/tabular';
import { Access } from '../http/access';
import { type Caller, CallerParam } from '../http/caller';
import { NameBook } from '../http/name-book';
import { zPage, zPageQuery } from '../http/page';
import { APPRAISALS, CYCLES, EVENT_REGISTRY, PAYOUTS, READ_DB, SCHEME_SOURCE } from '../tokens';
import { type BatchActBody, zBatchAct, zDifference, zDifferences, zFigures } from './payout-details.shapes';
import { batchActs } from './payout-history';
import { lineBodies } from './payouts.shapes';

/** A batch is handled a handful of times; holds and their ends are the rest. */
const HISTORY_LIMITS = { events: 5_000, shown: 500 } as const;
const CSV_HEAD = ['period', 'name', 'line', 'amount', 'currency', 'kind', 'status', 'held by', 'reference', 'line_id'] as const;

/** What there is to look at before a batch is handed on. */
@ApiTags('payouts')
@Controller('payouts/:batchId')
export class PayoutDetailsController {
  constructor(
    @Inject(PAYOUTS) private readonly payouts: PayoutReader,
    @Inject(CYCLES) private readonly cycles: CycleReader,
    @Inject(APPRAISALS) private readonly appraisals: AppraisalReader,
    @Inject(SCHEME_SOURCE) private readonly schemes: SchemeSource,
    @Inject(READ_DB) private readonly read: ReadDb,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(EVENT_REGISTRY) private readonly registry: EventRegistry,
    @Inject(Access) private readonly access: Access,
    @Inject(NameBook) private readonly names: NameBook,
  ) {}

  @Get('figures')
  @ApiOkResponse({ standardSchema: zFigures })
  async figures(@Param('batchId', { schema: zUuid }) batchId: string, @CallerParam() caller: Caller): Promise<z.infer<typeof zFigures>> {
    const batch = await this.#readable(batchId, caller);
    const { byStatus, byKey } = await batchFigures(this.read, batchId);
    const cycle = await this.cycles.cycle(batch.cycleId);
    const scheme = cycle && (await this.schemes.scheme(cycle.scheme.schemeId, cycle.scheme.version));
    const titles = (scheme?.document.pay ?? []).map(({ key, title }) => ({ key, 'zh-CN': title['zh-CN'], en: title.en }));
    return { byStatus: [...byStatus], byKey: [...byKey], titles };
  }

  /** Person by person, what is paid beside the period before and why it differs; the largest difference first. */
  @Get('differences')
  @ApiOkResponse({ standardSchema: zDifferences })
  async differences(
    @Param('batchId', { schema: zUuid }) batchId: string,
    @Query({ schema: zPageQuery }) { after, limit }: z.infer<typeof zPageQuery>,
    @CallerParam() caller: Caller,
  ): Promise<z.infer<typeof zDifferences>> {
    const batch = await this.#readable(batchId, caller);
    const found = await payDifferences(
      { read: this.read, cycles: this.cycles, appraisals: this.appraisals },
      batch,
      after === undefined ? { limit } : { after, limit },
    );
    const book = await this.names.of(found.items.map(({ subject }) => subject));
    const items = found.items.map((item): z.infer<typeof zDifference> => ({
      ...item,
      name: book.get(item.subject) ?? null,
      lines: [...item.lines],
      reasons: [...item.reasons],
      causes: [...item.causes],
    }));
    return { ...found, items };
  }

  /** What was done with the batch, by whom and why, the latest first; at most 500. */
  @Get('history')
  @ApiOkResponse({ standardSchema: zPage(zBatchAct) })
  async history(@Param('batchId', { schema: zUuid }) batchId: string, @CallerParam() caller: Caller): Promise<{ items: BatchActBody[] }> {
    await this.#readable(batchId, caller);
    const events: RecordedEvent[] = [];
    while (events.length < HISTORY_LIMITS.events) {
      const slice = await this.log.readStream(`payout-${batchId}`, { fromVersion: events.length + 1 });
      if (slice.events.length === 0) break;
      for (const stored of slice.events) events.push(this.registry.decode(stored));
    }
    return { items: await batchActs(this.names, events.slice(-HISTORY_LIMITS.shown)) };
  }

  /** All lines as a table, names among them: for people to look at. What payroll takes is the file of the release. */
  @Get('lines.csv')
  @ApiOkResponse({ content: { 'text/csv': { schema: { type: 'string' } } } })
  async csv(
    @Param('batchId', { schema: zUuid }) batchId: string,
    @CallerParam() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const batch = await this.#readable(batchId, caller);
    await reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="payout-${batch.period}-${batch.round}-lines.csv"`)
      .send(Readable.from(this.#rows(batch)));
  }

  async *#rows(batch: PayoutBatchRow): AsyncGenerator<string, void, undefined> {
    let head = `${CSV_BOM}${csvRow(CSV_HEAD)}`;
    for (let after: string | undefined, more = true; more;) {
      const page = await this.payouts.lines({
        batchId: batch.batchId,
        limit: PAYOUT_LIMITS.page,
        ...(after === undefined ? {} : { after }),
      });
      const rows = (await lineBodies(this.names, page.items)).map((line) =>
        csvRow([
          batch.period,
          line.name ?? '',
          line.key,
          line.amount,
          line.currency,
          line.kind,
          line.status,
          line.heldBy.join(' '),
          line.reference ?? '',
          line.lineId,
        ]),
      );
      yield head + rows.join('');
      head = '';
      after = page.next;
      more = after !== undefined;
    }
  }

  async #readable(batchId: string, caller: Caller): Promise<PayoutBatchRow> {
    await this.access.require(caller, 'payout.read');
    const batch = await this.payouts.batch(batchId);
    if (!batch) throw new Rejection('payout.not-found', { batchId });
    return batch;
  }
}
