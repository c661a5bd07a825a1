import { Controller, Get, Inject, type MessageEvent, Param, Query, Sse } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Observable } from 'rxjs';
import { z } from 'zod';
import { Rejection } from '#kernel';
import { factImportsBefore } from '#libs/facts';
import type { FactsReader } from '#libs/facts/contracts';
import { zInstant, zUuid } from '#libs/kernel/schema';
import { peopleImportsBefore } from '#libs/organisation';
import type { ReadDb } from '#libs/projections';
import { targetImportsBefore } from '#libs/targets';
import { Access } from '../http/access';
import { type Caller, CallerParam } from '../http/caller';
import { IMPORT_KINDS, type ImportKind, ImportProgressBook, PROGRESS_STAGES } from '../http/import-progress';
import { LastEventId, LiveAnswers } from '../http/live';
import { pageOf, zPage, zPageQuery } from '../http/page';
import { FACTS, READ_DB } from '../tokens';
import { progressKey, zProgressKey } from './imports.shapes';

const zHistoryQuery = zPageQuery.extend({
  kind: z.enum(IMPORT_KINDS).optional(),
  after: z.coerce.number().int().min(0).optional().describe('`next` of the page before: a log position'),
});
const zCompleted = {
  importId: zUuid,
  position: z.int().describe('Log position of its completion'),
  completedAt: zInstant.or(z.string()),
};
const zImport = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('people'),
    ...zCompleted,
    rows: z.int(),
    newPeople: z.int(),
    changedPeople: z.int(),
    unchangedPeople: z.int(),
  }),
  z.strictObject({ kind: z.literal('targets'), ...zCompleted, targets: z.int().describe('New and revised'), revised: z.int() }),
  z.strictObject({
    kind: z.literal('facts'),
    ...zCompleted,
    source: z.string(),
    facts: z.int(),
    repeated: z.int(),
    filtered: z.int(),
    setAsideTotal: z.int(),
    completePeriod: z.string().nullable(),
    completeMetrics: z.array(z.string()),
  }),
]);
type ImportBody = z.infer<typeof zImport>;
const zAside = z.strictObject({ items: z.array(z.strictObject({ row: z.int(), reason: z.string() })) });
/** Data of the events of a file's progress; documented here, since a stream has no shape of its own. */
const zProgress = z
  .strictObject({
    kind: z.enum(IMPORT_KINDS).nullable(),
    stage: z.enum(PROGRESS_STAGES),
    done: z.int(),
    of: z.int().nullable().describe('Null while nobody knows how many rows there are'),
    importId: zUuid.nullable(),
    code: z.string().nullable().describe('Why it was refused or failed'),
  })
  .meta({ id: 'ImportProgress' });

/** What came in by files: how far one has come, and everything that was imported. */
@ApiTags('imports')
@Controller('imports')
export class ImportsController {
  constructor(
    @Inject(READ_DB) private readonly read: ReadDb,
    @Inject(FACTS) private readonly facts: FactsReader,
    @Inject(ImportProgressBook) private readonly progress: ImportProgressBook,
    @Inject(Access) private readonly access: Access,
    @Inject(LiveAnswers) private readonly liveAnswers: LiveAnswers,
  ) {}

  /** Completed imports of the kinds that the caller may read, the latest first. */
  @Get()
  @ApiOkResponse({ standardSchema: zPage(zImport) })
  async history(
    @Query({ schema: zHistoryQuery }) query: z.infer<typeof zHistoryQuery>,
    @CallerParam() caller: Caller,
  ): Promise<{ items: ImportBody[]; next?: string }> {
    const wanted: ImportKind[] = [];
    for (const kind of IMPORT_KINDS)
      if ((query.kind ?? kind) === kind && (await this.access.shows(caller, `${kind}.read`))) wanted.push(kind);
    if (wanted.length === 0) await this.access.require(caller, 'facts.read');
    const before = query.after ?? null;
    const found = await Promise.all(wanted.map((kind) => this.#before(kind, before, query.limit + 1)));
    const latestFirst = found.flat().sort((one, other) => other.position - one.position);
    return pageOf(latestFirst, query.limit, ({ position }) => String(position));
  }

  /** How far the file under this key has come, as server-sent events: of imports the Idempotency-Key, of previews `progress`. One's own only. */
  @Sse('progress/:key')
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Id of the last event seen: nothing is sent twice' })
  @ApiOkResponse({
    description: 'Events whose data is ImportProgress; beside them `beat` while nothing changes, and `end` when nothing comes after',
    content: { 'text/event-stream': { schema: { type: 'string' } } },
  })
  live(
    @Param('key', { schema: zProgressKey }) key: string,
    @CallerParam() caller: Caller,
    @LastEventId() lastSeen: string | undefined,
  ): Promise<Observable<MessageEvent>> {
    return this.liveAnswers.answer({ caller, operation: 'session.use', concern: { subject: caller.subject }, lastSeen }, async () => {
      const { state, revision: id, last } = await this.progress.look(progressKey(caller, key));
      return { id, data: state, last };
    });
  }

  /** The same once, for who can't follow a stream. */
  @Get('progress/:key/now')
  @ApiOkResponse({ standardSchema: zProgress })
  async now(@Param('key', { schema: zProgressKey }) key: string, @CallerParam() caller: Caller): Promise<z.infer<typeof zProgress>> {
    await this.access.require(caller, 'session.use', { subject: caller.subject });
    return { ...(await this.progress.look(progressKey(caller, key))).state };
  }

  /** Rows that an import of facts set aside; listed up to the import's own limit, all of them counted. */
  @Get('facts/:importId/set-aside')
  @ApiOkResponse({ standardSchema: zAside })
  async setAside(@Param('importId', { schema: zUuid }) importId: string, @CallerParam() caller: Caller): Promise<z.infer<typeof zAside>> {
    await this.access.require(caller, 'facts.read');
    const found = await this.facts.import(importId);
    if (!found) throw new Rejection('facts.import-not-found', { importId });
    return { items: [...found.setAside] };
  }

  async #before(kind: ImportKind, before: number | null, limit: number): Promise<ImportBody[]> {
    switch (kind) {
      case 'people':
        return (await peopleImportsBefore(this.read, before, limit)).map((view) => ({ kind: 'people', ...view }));
      case 'targets':
        return (await targetImportsBefore(this.read, before, limit)).map((view) => ({ kind: 'targets', ...view }));
      case 'facts':
        return (await factImportsBefore(this.read, before, limit)).map((view) => ({
          kind: 'facts',
          ...view,
          completeMetrics: [...view.completeMetrics],
        }));
    }
  }
}
