import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { isSubjectId, Rejection } from '#kernel';
import type { AppraisalReader, AppraisalView } from '#libs/appraisal/contracts';
import type { TimelineEntry, TimelineReader } from '#libs/audit';
import { zInstant } from '#libs/kernel/schema';
import { Access } from '../http/access';
import { type Caller, CallerParam } from '../http/caller';
import { NameBook } from '../http/name-book';
import { APPRAISALS, TIMELINES } from '../tokens';

/** One appraisal has some ten events; appeals and corrections add few. */
const MOST_ENTRIES = 200;
const zQuery = z.strictObject({ language: z.enum(['zh-CN', 'en']).default('zh-CN') });
const zEntry = z.strictObject({
  position: z.int(),
  type: z.string(),
  at: zInstant,
  what: z.string(),
  why: z.string().nullable(),
  by: z.string(),
  byName: z.string().nullable(),
});
const zHistory = z.strictObject({ items: z.array(zEntry) });

/** What the person may see before publication: that it was opened, and what they said themselves. */
const OWN_BEFORE_PUBLICATION: ReadonlySet<string> = new Set(['AppraisalOpened', 'SelfReviewSubmitted', 'AppraisalCancelled']);
/** Answers of groups of raters are left out whole: when something was recorded can tell who said it. */
const OPEN_TO_READERS: ReadonlySet<string> = new Set([
  'AppraisalOpened',
  'SelfReviewSubmitted',
  'ManagerScoreSubmitted',
  'SecondReviewApproved',
  'AppraisalSentBack',
  'AppraisalStepSkipped',
  'AppraisalScored',
  'AppraisalPublished',
  'ResultConfirmed',
  'ResultObjected',
  'ObjectionAnswered',
  'AppraisalAmended',
  'AppraisalFinalised',
  'AppraisalCancelled',
]);
/** What a reviewer sees of an appraisal that is not published yet: the steps, not what came of them. */
const AFTER_PUBLICATION: ReadonlySet<string> = new Set(['AppraisalScored', 'SecondReviewApproved']);

@ApiTags('appraisals')
@Controller('appraisals')
export class AppraisalHistoryController {
  constructor(
    @Inject(APPRAISALS) private readonly appraisals: AppraisalReader,
    @Inject(TIMELINES) private readonly timelines: TimelineReader,
    @Inject(Access) private readonly access: Access,
    @Inject(NameBook) private readonly names: NameBook,
  ) {}

  /** Every change of one appraisal in words, latest first, as far as the caller may see it. Thrown: `appraisal.not-found`. */
  @Get(':appraisalId/history')
  @ApiOkResponse({ standardSchema: zHistory })
  async history(
    @Param('appraisalId', { schema: z.string().length(73) }) appraisalId: string,
    @Query({ schema: zQuery }) { language }: z.infer<typeof zQuery>,
    @CallerParam() caller: Caller,
  ): Promise<z.infer<typeof zHistory>> {
    const view = await this.appraisals.appraisal(appraisalId);
    if (!view) throw new Rejection('appraisal.not-found', { appraisalId });
    const assigned = view.steps.some(({ reviewer, role }) => reviewer === caller.subject || caller.roles.some((own) => own === role));
    await this.access.require(caller, 'appraisal.read', { subject: view.subject, assigned: assigned ? [caller.subject] : [] });
    const seesAll = await this.access.allows(caller, 'appraisal.list');
    const { entries } = await this.timelines.ofStream(`appraisal-${appraisalId}`, {
      language,
      limit: MOST_ENTRIES,
      names: (ids) => this.names.of(ids.filter(isSubjectId)),
    });
    const shown = entries.filter(({ type }) => isShown(type, view, { own: view.subject === caller.subject, seesAll }));
    const names = await this.names.of(shown.map(({ actor }) => String(actor)).filter(isSubjectId));
    return { items: shown.map((entry) => entryBody(entry, names)) };
  }
}

function isShown(type: string, view: AppraisalView, viewer: { readonly own: boolean; readonly seesAll: boolean }): boolean {
  if (!OPEN_TO_READERS.has(type)) return false;
  if (view.publishedAt !== null || (viewer.seesAll && !viewer.own)) return true;
  return viewer.own ? OWN_BEFORE_PUBLICATION.has(type) : !AFTER_PUBLICATION.has(type);
}

function entryBody(
  { position, type, occurredAt, what, why, actor }: TimelineEntry,
  names: ReadonlyMap<string, string>,
): z.infer<typeof zEntry> {
  return { position, type, at: occurredAt, what, why, by: actor, byName: names.get(actor) ?? null };
}
