import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { isSubjectId, Rejection } from '#kernel';
import { AUDIT_QUESTIONS, AUDIT_READS_LIMITS, auditReads, factUses, personIn, type TimelineReader } from '#libs/audit';
import type { CycleReader } from '#libs/cycle/contracts';
import { eventLeaf, type EventLog, LEAF_FORMAT, type StoredEvent } from '#libs/event-store';
import type { FactsReader } from '#libs/facts/contracts';
import { zHash, zInstant, zSubjectId, zUuid } from '#libs/kernel/schema';
import type { ReadDb } from '#libs/projections';
import { EVENT_LOG } from '#libs/runtime';
import { Access } from '../http/access';
import { AuditLooks } from '../http/audit-looks';
import { type Caller, CallerParam } from '../http/caller';
import { NameBook } from '../http/name-book';
import { CYCLES, FACTS, READ_DB, TIMELINES } from '../tokens';

const zPosition = z.coerce.number().int().min(1);
const zEntryQuery = z.strictObject({ language: z.enum(['zh-CN', 'en']).default('zh-CN') });
const zLog = z
  .strictObject({
    logId: z.string(),
    epoch: z.int(),
    position: z.int(),
    firstRecordedAt: zInstant.nullable(),
    lastRecordedAt: zInstant.nullable(),
  })
  .meta({ id: 'AuditLog' });
const zEntry = z
  .strictObject({
    epoch: z.int(),
    position: z.int(),
    streamId: z.string(),
    streamVersion: z.int(),
    eventId: z.string(),
    type: z.string(),
    what: z.string().describe('What it says, in words'),
    recordedAt: zInstant,
    leafFormat: z.string(),
    leaf: zHash.describe('SHA-256 of the event’s leaf as docs/adr/0003-event-leaf.md lays it out, in hex'),
  })
  .meta({ id: 'AuditEntry' });
const zReadsQuery = z.strictObject({
  auditor: zSubjectId.optional(),
  about: z.string().min(8).max(200).optional().describe('An id that stands in what was looked at'),
  before: zPosition.optional(),
  limit: z.coerce.number().int().min(1).max(AUDIT_READS_LIMITS.page).default(50),
});
const zReads = z.strictObject({
  items: z.array(
    z.strictObject({
      position: z.int(),
      auditor: zSubjectId,
      auditorName: z.string().nullable(),
      question: z.enum(AUDIT_QUESTIONS),
      operation: z.string().nullable(),
      about: z.string(),
      aboutName: z.string().nullable().describe('Where it is a person, or a thing of one'),
      reason: z.string().nullable(),
      readAt: zInstant,
    }),
  ),
  next: z.int().nullable(),
});
const zUses = z.strictObject({
  fact: z.strictObject({
    factId: zUuid,
    metric: z.string(),
    value: z.string(),
    source: z.string(),
    recordId: z.string(),
    position: z.int(),
  }),
  scores: z.array(
    z.strictObject({
      appraisalId: z.string(),
      cycleId: zUuid,
      cycleName: z.string().nullable(),
      period: z.string(),
      subject: zSubjectId,
      name: z.string().nullable(),
      score: z.string().nullable(),
      as: z.enum(['current', 'published']),
    }),
  ),
  lines: z.array(z.strictObject({ lineId: z.string(), batchId: zUuid, appraisalId: z.string(), key: z.string(), amount: z.string() })),
  truncated: z.boolean(),
});

/** The log as a whole, single entries of it, and who looked at it. */
@ApiTags('audit')
@Controller('audit')
export class AuditLogController {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(READ_DB) private readonly read: ReadDb,
    @Inject(FACTS) private readonly facts: FactsReader,
    @Inject(TIMELINES) private readonly timelines: TimelineReader,
    @Inject(CYCLES) private readonly cycles: CycleReader,
    @Inject(Access) private readonly access: Access,
    @Inject(NameBook) private readonly names: NameBook,
    @Inject(AuditLooks) private readonly looks: AuditLooks,
  ) {}

  /** How far the log goes, and from when to when it was recorded. */
  @Get('log')
  @ApiOkResponse({ standardSchema: zLog })
  async head(@CallerParam() caller: Caller): Promise<z.infer<typeof zLog>> {
    await this.access.require(caller, 'audit.read');
    const { logId, epoch, position } = await this.log.head();
    const [first, last] = position === 0 ? [] : await Promise.all([this.#at(1), this.#at(position)]);
    return { logId, epoch, position, firstRecordedAt: first?.recordedAt ?? null, lastRecordedAt: last?.recordedAt ?? null };
  }

  /** One entry with the hash that stands for it: what anybody can compute again from the stored bytes. Thrown: `audit.no-such-position`. */
  @Get('entries/:position')
  @ApiOkResponse({ standardSchema: zEntry })
  async entry(
    @Param('position', { schema: zPosition }) position: number,
    @Query({ schema: zEntryQuery }) { language }: z.infer<typeof zEntryQuery>,
    @CallerParam() caller: Caller,
  ): Promise<z.infer<typeof zEntry>> {
    await this.access.require(caller, 'audit.read');
    const { logId, position: last } = await this.log.head();
    const stored = position > last ? undefined : await this.#at(position);
    if (!stored) throw new Rejection('audit.no-such-position', { position, last });
    const { epoch, streamId, streamVersion, eventId, type, recordedAt } = stored;
    const leaf = eventLeaf(logId, stored).toString('hex');
    const what = await this.timelines.inWords(stored, { language, names: (ids) => this.names.of(ids.filter(isSubjectId)) });
    return { epoch, position, streamId, streamVersion, eventId, type, what, recordedAt, leafFormat: LEAF_FORMAT, leaf };
  }

  /** Who looked at what and why, the latest first. */
  @Get('reads')
  @ApiOkResponse({ standardSchema: zReads })
  async reads(
    @Query({ schema: zReadsQuery }) query: z.infer<typeof zReadsQuery>,
    @CallerParam() caller: Caller,
  ): Promise<z.infer<typeof zReads>> {
    await this.access.require(caller, 'audit.read');
    const { auditor, about, before, limit } = query;
    const { items, next } = await auditReads(this.read, {
      limit,
      ...(auditor === undefined ? {} : { auditor }),
      ...(about === undefined ? {} : { about }),
      ...(before === undefined ? {} : { before }),
    });
    const named = items.map((look) => ({ look, person: personIn(look.about) }));
    const people = named.flatMap(({ look, person }) => [look.auditor, person].filter((id) => id !== undefined)).filter(isSubjectId);
    const book = new Map<string, string>(await this.names.of(people));
    return {
      items: named.map(({ look, person }) => ({
        ...look,
        auditorName: book.get(look.auditor) ?? null,
        aboutName: person === undefined ? null : (book.get(person) ?? null),
      })),
      next,
    };
  }

  /** From a fact to every score that took its value and every line that was paid from those. */
  @Get('facts/:factId/uses')
  @ApiOkResponse({ standardSchema: zUses })
  async uses(@Param('factId', { schema: zUuid }) factId: string, @CallerParam() caller: Caller): Promise<z.infer<typeof zUses>> {
    await this.access.require(caller, 'audit.read');
    const fact = await this.facts.fact(factId);
    if (!fact) throw new Rejection('facts.fact-not-found', { factId });
    await this.looks.record(caller, { question: 'uses', about: factId });
    const { metric, value, source, recordId, position } = fact;
    const { scores, lines, truncated } = await factUses(this.read, fact);
    const book = await this.names.of(scores.map(({ subject }) => subject));
    const views = await this.cycles.byIds(scores.map(({ cycleId }) => cycleId));
    return {
      fact: { factId, metric, value, source, recordId, position },
      scores: scores.map((score) => ({
        ...score,
        name: book.get(score.subject) ?? null,
        cycleName: views.get(score.cycleId)?.name ?? null,
      })),
      lines: [...lines],
      truncated,
    };
  }

  async #at(position: number): Promise<StoredEvent | undefined> {
    const [stored] = await this.log.readAll(position - 1, { maxEvents: 1 });
    return stored?.position === position ? stored : undefined;
  }
}
