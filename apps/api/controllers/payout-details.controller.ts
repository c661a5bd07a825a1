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
import type { PayoutBatchRow, PayoutReader } from '#libs/payout/contracts';
import type { ReadDb } from '#libs/projections';
import { EVENT_LOG } from '#libs/runtime';
import type { SchemeSource } from '#libs/scheme';
import { Access } from '../http/access';
import { AuditLooks } from '../http/audit-looks';
import { type Caller, CallerParam } from '../http/caller';
import { NameBook } from '../http/name-book';
import { zPage, zPageQuery } from '../http/page';
import { APPRAISALS, CYCLES, EVENT_REGISTRY, PAYOUTS, READ_DB, SCHEME_SOURCE } from '../tokens';
import { type BatchActBody, zBatchAct, zDifference, zDifferences, zFigures } from './payout-details.shapes';
import { batchActs } from './payout-history';
import { payLinesCsv } from './payout-lines-csv';

/** A batch is handled a handful of times; holds and their ends are the rest. */
const HISTORY_LIMITS = { events: 5_000, shown: 500 } as const;
const zCsvQuery = z.strictObject({ language: z.enum(['zh-CN', 'en']).default('zh-CN') });

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
    @Inject(AuditLooks) private readonly looks: AuditLooks,
    @Inject(NameBook) private readonly names: NameBook,
  ) {}

  @Get('figures')
  @ApiOkResponse({ standardSchema: zFigures })
  async figures(@Param('batchId', { schema: zUuid }) batchId: string, @CallerParam() caller: Caller): Promise<z.infer<typeof zFigures>> {
    const batch = await this.#readable(batchId, caller);
    const { byStatus, byKey } = await batchFigures(this.read, batchId);
    const titles = await this.#titles(batch);
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

  /** All lines as a table in words, names and reasons among them: for people to look at. What payroll takes is the file of the release. */
  @Get('lines.csv')
  @ApiOkResponse({ content: { 'text/csv': { schema: { type: 'string' } } } })
  async csv(
    @Param('batchId', { schema: zUuid }) batchId: string,
    @Query({ schema: zCsvQuery }) { language }: z.infer<typeof zCsvQuery>,
    @CallerParam() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const batch = await this.#readable(batchId, caller);
    await this.looks.record(caller, { question: 'export', about: batchId });
    const titles = await this.#titles(batch);
    const parts = { payouts: this.payouts, names: this.names, log: this.log, decoder: this.registry };
    await reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="payout-${batch.period}-${batch.round}-lines.csv"`)
      .send(Readable.from(payLinesCsv(parts, { batch, language, titles })));
  }

  async #titles({ cycleId }: PayoutBatchRow): Promise<z.infer<typeof zFigures>['titles']> {
    const cycle = await this.cycles.cycle(cycleId);
    const scheme = cycle && (await this.schemes.scheme(cycle.scheme.schemeId, cycle.scheme.version));
    return (scheme?.document.pay ?? []).map(({ key, title }) => ({ key, 'zh-CN': title['zh-CN'], en: title.en }));
  }

  async #readable(batchId: string, caller: Caller): Promise<PayoutBatchRow> {
    await this.access.require(caller, 'payout.read');
    const batch = await this.payouts.batch(batchId);
    if (!batch) throw new Rejection('payout.not-found', { batchId });
    return batch;
  }
}
