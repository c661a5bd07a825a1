import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Rejection } from '#kernel';
import { findingsOf, proposedCorrections, resultsWithErrors, waitingAppraisals } from '#libs/appraisal';
import { periodKind } from '#libs/calendar';
import type { CycleReader, CycleView } from '#libs/cycle/contracts';
import { zDecimalText, zInstant, zPeriod, zSubjectId, zUuid } from '#libs/kernel/schema';
import type { ReadDb } from '#libs/projections';
import { type CompiledScheme, errorInWords, groupFindingInWords, type SchemeSource } from '#libs/scheme';
import { Access } from '../http/access';
import { type Caller, CallerParam } from '../http/caller';
import { NameBook } from '../http/name-book';
import { zPage, zPageQuery } from '../http/page';
import { CYCLES, READ_DB, SCHEME_SOURCE } from '../tokens';
import {
  type FindingsBody,
  type ResultWithErrorsBody,
  type WaitingBody,
  wordedBody,
  zFindings,
  zResultWithErrors,
  zWaiting,
} from './findings.shapes';
import { isPayMetric } from './without-pay';

const zError = z.strictObject({ code: z.string(), key: z.string() });
const zChange = z.strictObject({ from: zDecimalText.nullable(), to: zDecimalText.nullable() });
const zCorrection = z
  .strictObject({
    appraisalId: z.string(),
    cycleId: zUuid,
    subject: zSubjectId,
    name: z.string().nullable(),
    period: zPeriod,
    cause: z.strictObject({ kind: z.enum(['fact-correction', 'earlier-score']), position: z.int() }),
    changedFacts: z.array(z.string()),
    score: zChange.optional(),
    grade: z.strictObject({ from: z.string().nullable(), to: z.string().nullable() }).optional(),
    place: z.strictObject({ from: z.int().nullable(), to: z.int().nullable() }).optional(),
    payLines: z
      .array(z.strictObject({ key: z.string(), from: zDecimalText.nullable(), to: zDecimalText.nullable() }))
      .optional()
      .describe('For those who may see pay'),
    payTotal: zChange.optional(),
    errors: z.array(zError),
    proposedAt: zInstant.or(z.string()),
  })
  .meta({ id: 'ProposedCorrection' });
type CorrectionBody = z.infer<typeof zCorrection>;

const zSubjectsQuery = zPageQuery.extend({ after: zSubjectId.optional() });
const zCorrectionsQuery = zPageQuery.extend({ cycleId: zUuid.optional(), after: z.string().max(80).optional() });

/** What HR has to know before results come out, and what has changed under them since. */
@ApiTags('cycles')
@Controller()
export class FindingsController {
  constructor(
    @Inject(READ_DB) private readonly read: ReadDb,
    @Inject(CYCLES) private readonly cycles: CycleReader,
    @Inject(SCHEME_SOURCE) private readonly schemes: SchemeSource,
    @Inject(Access) private readonly access: Access,
    @Inject(NameBook) private readonly names: NameBook,
  ) {}

  /** How many can't come out yet, each error with how many have it, and groups whose grades are over a limit or off their distribution. */
  @Get('cycles/:cycleId/findings')
  @ApiOkResponse({ standardSchema: zFindings })
  async findings(@Param('cycleId', { schema: zUuid }) cycleId: string, @CallerParam() caller: Caller): Promise<FindingsBody> {
    await this.access.require(caller, 'appraisal.list');
    const { cycle, scheme } = await this.#must(cycleId);
    const found = await findingsOf(this.read, cycleId, scheme);
    return {
      ...found,
      errors: found.errors.map((error) => ({ ...wordedBody(errorInWords(error, scheme, periodKind(cycle.period))), people: error.people })),
      groups: found.groups.map((group) => ({ ...group, sentence: groupFindingInWords(group, scheme) })),
    };
  }

  /**
   * The results that have errors, by subject id; each error in words, with the indicators and lines that it stops. The
   * caller's own is left out until it is published.
   */
  @Get('cycles/:cycleId/findings/errors')
  @ApiOkResponse({ standardSchema: zPage(zResultWithErrors) })
  async errors(
    @Param('cycleId', { schema: zUuid }) cycleId: string,
    @Query({ schema: zSubjectsQuery }) query: z.infer<typeof zSubjectsQuery>,
    @CallerParam() caller: Caller,
  ): Promise<{ items: ResultWithErrorsBody[]; next?: string }> {
    await this.access.require(caller, 'appraisal.list');
    const { cycle, scheme } = await this.#must(cycleId);
    const { after, limit } = query;
    const page = await resultsWithErrors(this.read, { cycleId, limit, viewer: caller.subject, ...(after === undefined ? {} : { after }) });
    const names = await this.names.of(page.items.map(({ subject }) => subject));
    const items = page.items.map(({ errors, ...row }) => ({
      ...row,
      name: names.get(row.subject) ?? null,
      errors: errors.map((error) => wordedBody(errorInWords(error, scheme, periodKind(cycle.period)))),
    }));
    return page.next === undefined ? { items } : { items, next: page.next };
  }

  /** Those without a score yet, by subject id, and what each waits for. */
  @Get('cycles/:cycleId/findings/waiting')
  @ApiOkResponse({ standardSchema: zPage(zWaiting) })
  async waiting(
    @Param('cycleId', { schema: zUuid }) cycleId: string,
    @Query({ schema: zSubjectsQuery }) query: z.infer<typeof zSubjectsQuery>,
    @CallerParam() caller: Caller,
  ): Promise<{ items: WaitingBody[]; next?: string }> {
    await this.access.require(caller, 'appraisal.list');
    await this.#must(cycleId);
    const { after, limit } = query;
    const page = await waitingAppraisals(this.read, { cycleId, limit, ...(after === undefined ? {} : { after }) });
    const names = await this.names.of(page.items.map(({ subject }) => subject));
    const items = page.items.map((row) => ({ ...row, name: names.get(row.subject) ?? null }));
    return page.next === undefined ? { items } : { items, next: page.next };
  }

  /** Published results that would be others with the facts as they are recorded now; nothing changes until a correction is approved. */
  @Get('corrections')
  @ApiOkResponse({ standardSchema: zPage(zCorrection) })
  async corrections(
    @Query({ schema: zCorrectionsQuery }) query: z.infer<typeof zCorrectionsQuery>,
    @CallerParam() caller: Caller,
  ): Promise<{ items: CorrectionBody[]; next?: string }> {
    await this.access.require(caller, 'correction.list');
    const { cycleId, after, limit } = query;
    const page = await proposedCorrections(this.read, {
      limit,
      ...(cycleId === undefined ? {} : { cycleId }),
      ...(after === undefined ? {} : { after }),
    });
    const names = await this.names.of(page.items.map(({ subject }) => subject));
    const items: CorrectionBody[] = [];
    for (const correction of page.items) {
      const seesPay = await this.access.shows(caller, 'statement.read', { subject: correction.subject });
      items.push(bodyOf(correction, names.get(correction.subject) ?? null, seesPay));
    }
    return page.next === undefined ? { items } : { items, next: page.next };
  }

  async #must(cycleId: string): Promise<{ readonly cycle: CycleView; readonly scheme: CompiledScheme }> {
    const cycle = await this.cycles.cycle(cycleId);
    const scheme = cycle && (await this.schemes.scheme(cycle.scheme.schemeId, cycle.scheme.version));
    if (!cycle || !scheme) throw new Rejection('cycle.not-found', { cycleId });
    return { cycle, scheme };
  }
}

type Correction = Awaited<ReturnType<typeof proposedCorrections>>['items'][number];

function bodyOf({ difference, changedFacts, errors, period, ...row }: Correction, name: string | null, seesPay: boolean): CorrectionBody {
  const { payLines, payTotal, ...open } = difference;
  const isShown = (key: string): boolean => seesPay || !isPayMetric(key);
  return {
    ...row,
    period: zPeriod.parse(period),
    name,
    changedFacts: changedFacts.filter(isShown),
    ...open,
    ...(seesPay ? { payLines: payLines.map((line) => ({ ...line })), ...(payTotal ? { payTotal } : {}) } : {}),
    errors: errors.filter(({ key }) => isShown(key)).map((error) => ({ ...error })),
  };
}
