import { Readable } from 'node:stream';
import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { SubjectId } from '#kernel';
import { zCode, zPeriod, zSubjectId, zUuid } from '#libs/kernel/schema';
import type { ReadDb } from '#libs/projections';
import { CSV_BOM, csvRow } from '#libs/tabular';
import { type ListedTarget, listTargets, type TargetCursor, targetPeriods } from '#libs/targets';
import { Access } from '../http/access';
import { AuditLooks } from '../http/audit-looks';
import { type Caller, CallerParam } from '../http/caller';
import { NameBook } from '../http/name-book';
import { pageOf, zPage, zPageQuery } from '../http/page';
import { ProblemException } from '../http/problem';
import { READ_DB } from '../tokens';

const MOST_PERIODS = 60;
const EXPORT_PAGE = 1_000;

const zListQuery = zPageQuery.extend({
  period: zPeriod.optional(),
  metric: zCode.optional(),
  subject: zSubjectId.optional().describe('Of one person; without it of everybody and of units'),
});
const zExportQuery = z.strictObject({ period: zPeriod.optional(), metric: zCode.optional() });
const zListed = z.strictObject({
  subject: zSubjectId.nullable(),
  name: z.string().nullable(),
  unit: z.strictObject({ kind: z.enum(['team', 'region', 'company']), label: z.string() }).nullable(),
  metric: z.string(),
  period: zPeriod,
  value: z.string(),
  accepted: z.boolean().nullable().describe('Null for units'),
  importId: zUuid,
  position: z.int(),
  reason: z.string().nullable().describe('Of a revision'),
});
type Listed = z.infer<typeof zListed>;

@ApiTags('targets')
@Controller('targets')
export class TargetListController {
  constructor(
    @Inject(READ_DB) private readonly read: ReadDb,
    @Inject(Access) private readonly access: Access,
    @Inject(NameBook) private readonly names: NameBook,
    @Inject(AuditLooks) private readonly looks: AuditLooks,
  ) {}

  /** Targets that hold, as they were set: no sums of months. */
  @Get()
  @ApiOkResponse({ standardSchema: zPage(zListed) })
  async list(
    @Query({ schema: zListQuery }) query: z.infer<typeof zListQuery>,
    @CallerParam() caller: Caller,
  ): Promise<{ items: Listed[]; next?: string }> {
    const { subject, period, metric, after, limit } = query;
    await this.access.require(caller, 'targets.read', subject === undefined ? {} : { subject });
    const rows = await listTargets(this.read, {
      period,
      metric,
      subject,
      after: after === undefined ? undefined : cursorOf(after),
      limit: limit + 1,
    });
    const page = pageOf(rows, limit, ({ cursor }) => Buffer.from(JSON.stringify(cursor)).toString('base64url'));
    const names = await this.names.of(page.items.flatMap((row) => (row.subject ? [row.subject] : [])));
    const items = page.items.map(({ cursor: _, ...row }) => ({ ...row, name: row.subject ? (names.get(row.subject) ?? null) : null }));
    return page.next === undefined ? { items } : { items, next: page.next };
  }

  /** Periods for which any target is set, the latest first. */
  @Get('periods')
  @ApiOkResponse({ standardSchema: z.strictObject({ items: z.array(zPeriod) }) })
  async periods(@CallerParam() caller: Caller): Promise<{ items: z.infer<typeof zPeriod>[] }> {
    await this.access.require(caller, 'targets.read');
    return { items: [...(await targetPeriods(this.read, MOST_PERIODS))] };
  }

  /** The list as CSV, UTF-8 with byte order mark, streamed: the columns of a targets file, then whether it is accepted. */
  @Get('export')
  @ApiOkResponse({ content: { 'text/csv': { schema: { type: 'string' } } } })
  async export(
    @Query({ schema: zExportQuery }) query: z.infer<typeof zExportQuery>,
    @CallerParam() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.access.require(caller, 'targets.read');
    await this.looks.record(caller, { question: 'export', about: 'targets' });
    await reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="targets-${query.period ?? 'all'}.csv"`)
      .send(Readable.from(this.#pieces(query)));
  }

  async *#pieces(query: z.infer<typeof zExportQuery>): AsyncGenerator<string> {
    yield CSV_BOM + csvRow(['owner', 'metric', 'period', 'value', 'accepted']);
    let after: TargetCursor | undefined;
    for (;;) {
      const rows = await listTargets(this.read, { ...query, after, limit: EXPORT_PAGE });
      const numbers = await this.names.employeeNumbers(rows.flatMap(({ subject }) => (subject ? [subject] : [])));
      yield rows
        .map((row) =>
          csvRow([ownerText(row, numbers), row.metric, row.period, row.value, row.accepted === null ? '' : row.accepted ? 'yes' : 'no']),
        )
        .join('');
      after = rows.at(-1)?.cursor;
      if (rows.length < EXPORT_PAGE) return;
    }
  }
}

/** As a targets file writes an owner. */
function ownerText({ subject, unit }: ListedTarget, numbers: ReadonlyMap<SubjectId, string>): string {
  if (subject) return numbers.get(subject) ?? '';
  return unit === null || unit.kind === 'company' ? 'company' : `${unit.kind}:${unit.label}`;
}

const zCursor = z.tuple([z.string().max(200), z.string().max(120), z.string().max(10)]);

function cursorOf(text: string): TargetCursor {
  try {
    return zCursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    throw new ProblemException(400, 'http.cursor-malformed');
  }
}
