import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { isSubjectId } from '#kernel';
import { rowDifference, TIMELINE_LIMITS, type TimelineReader } from '#libs/audit';
import { appraisalProjection } from '#libs/appraisal';
import { parseAppraisalId } from '#libs/appraisal/contracts';
import type { EventLog, EventRegistry } from '#libs/event-store';
import { zInstant, zLabel, zUuid } from '#libs/kernel/schema';
import type { ReadDb } from '#libs/projections';
import { EVENT_LOG } from '#libs/runtime';
import { Access } from '../http/access';
import { positionOf } from '../http/as-of';
import { AuditLooks } from '../http/audit-looks';
import { type Caller, CallerParam } from '../http/caller';
import { NameBook } from '../http/name-book';
import { zAsOf } from '../http/page';
import { ProblemException } from '../http/problem';
import { EVENT_REGISTRY, READ_DB, TIMELINES } from '../tokens';

const zLanguage = z.enum(['zh-CN', 'en']).default('zh-CN');
const zReason = zLabel.optional().describe('Why it is looked at; stands in the record of the look');
const zTimelineQuery = z.strictObject({
  about: zUuid.optional().describe('A person, or any other thing that events name by id'),
  stream: z
    .string()
    .regex(/^[a-z]+-[A-Za-z0-9._-]{1,150}$/)
    .optional()
    .describe('`category-id`: everything recorded of one cycle, appraisal, appeal, batch, plan …'),
  language: zLanguage,
  before: z.coerce.number().int().min(1).optional(),
  asOf: zAsOf,
  reason: zReason,
  limit: z.coerce.number().int().min(1).max(TIMELINE_LIMITS.entries).default(50),
});
const zEntry = z.strictObject({
  epoch: z.int(),
  position: z.int(),
  streamId: z.string(),
  streamVersion: z.int(),
  eventId: z.string(),
  type: z.string(),
  recordedAt: zInstant,
  occurredAt: zInstant,
  actor: z.string(),
  actorName: z.string().nullable(),
  what: z.string(),
  why: z.string().nullable(),
  causedBy: z.string(),
  data: z.unknown(),
});
const zTimeline = z.strictObject({ entries: z.array(zEntry), next: z.int().nullable(), truncated: z.boolean() });
const zDifferenceQuery = z.strictObject({
  appraisalId: z.string().max(100),
  from: z.union([z.coerce.number().int().min(0), z.iso.datetime({ offset: true })]),
  to: z.union([z.coerce.number().int().min(0), z.iso.datetime({ offset: true })]),
  language: zLanguage,
  reason: zReason,
});
const zDifference = z.strictObject({
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  changes: z.array(
    z.strictObject({
      field: z.string(),
      from: z.unknown(),
      to: z.unknown(),
      position: z.int(),
      type: z.string(),
      what: z.string(),
      recordedAt: zInstant,
      actor: z.string(),
    }),
  ),
});

@ApiTags('audit')
@Controller('audit')
export class AuditController {
  constructor(
    @Inject(TIMELINES) private readonly timelines: TimelineReader,
    @Inject(READ_DB) private readonly read: ReadDb,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(EVENT_REGISTRY) private readonly registry: EventRegistry,
    @Inject(Access) private readonly access: Access,
    @Inject(NameBook) private readonly names: NameBook,
    @Inject(AuditLooks) private readonly looks: AuditLooks,
  ) {}

  /** What happened, when, who and why, in words, with the event as recorded beside it; latest first. */
  @Get('timeline')
  @ApiOkResponse({ standardSchema: zTimeline })
  async timeline(
    @Query({ schema: zTimelineQuery }) query: z.infer<typeof zTimelineQuery>,
    @CallerParam() caller: Caller,
  ): Promise<z.infer<typeof zTimeline>> {
    await this.access.require(caller, 'audit.read');
    const { about, stream, language, before, limit } = query;
    if ((about === undefined) === (stream === undefined))
      throw new ProblemException(422, 'audit.invalid-question', { say: 'about or stream' });
    await this.looks.record(caller, { question: 'timeline', about: stream ?? about ?? '', reason: query.reason ?? null });
    const asOf = await positionOf(query.asOf, this.read, this.log);
    const asked = {
      language,
      limit,
      names: (ids: readonly string[]) => this.names.of(ids.filter(isSubjectId)),
      ...(before === undefined ? {} : { before }),
      ...(asOf === undefined ? {} : { asOf }),
    };
    const timeline =
      stream === undefined ? await this.timelines.ofAnchor(about ?? '', asked) : await this.timelines.ofStream(stream, asked);
    const actors = await this.names.of(timeline.entries.map(({ actor }) => actor).filter(isSubjectId));
    const nameOf = new Map<string, string>(actors);
    return { ...timeline, entries: timeline.entries.map((entry) => ({ ...entry, actorName: nameOf.get(entry.actor) ?? null })) };
  }

  /** One appraisal at two moments, field by field, each change with its event. */
  @Get('difference')
  @ApiOkResponse({ standardSchema: zDifference })
  async difference(
    @Query({ schema: zDifferenceQuery }) query: z.infer<typeof zDifferenceQuery>,
    @CallerParam() caller: Caller,
  ): Promise<z.infer<typeof zDifference>> {
    await this.access.require(caller, 'audit.read');
    const ids = parseAppraisalId(query.appraisalId);
    const [from, to] = await Promise.all([positionOf(query.from, this.read, this.log), positionOf(query.to, this.read, this.log)]);
    if (!ids || from === undefined || to === undefined || from > to)
      throw new ProblemException(422, 'audit.invalid-question', { say: 'an appraisal, and from before to' });
    await this.looks.record(caller, { question: 'difference', about: query.appraisalId, reason: query.reason ?? null });
    const found = await rowDifference(
      { readDb: this.read, log: this.log, decoder: this.registry },
      {
        projection: appraisalProjection,
        key: [ids.cycleId, ids.subject],
        from,
        to,
        language: query.language,
        names: (of) => this.names.of(of.filter(isSubjectId)),
      },
    );
    return { before: found.before && { ...found.before }, after: found.after && { ...found.after }, changes: [...found.changes] };
  }
}
