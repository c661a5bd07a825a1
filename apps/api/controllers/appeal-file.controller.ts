import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type PersonalText, Rejection } from '#kernel';
import { appealCase, type AppealCase, possibleActs } from '#libs/appeal';
import type { Scoring } from '#libs/appraisal';
import type { AppraisalReader, AppraisalView } from '#libs/appraisal/contracts';
import type { CycleReader } from '#libs/cycle/contracts';
import { zUuid } from '#libs/kernel/schema';
import type { PersonalTexts } from '#libs/privacy/contracts';
import type { ReadDb } from '#libs/projections';
import type { SchemeSource } from '#libs/scheme';
import { Access } from '../http/access';
import { type Caller, CallerParam, etag } from '../http/caller';
import { NameBook } from '../http/name-book';
import { APPRAISALS, CYCLES, PRIVACY, READ_DB, SCHEME_SOURCE, SCORING } from '../tokens';
import { caseBody, peopleOf } from './appeal-file.body';
import { type AppealFileBody, zAppealFile } from './appeal-file.shapes';
import { readableAppraisal } from './appraisal-sight';
import { readResult } from './contestable.query';

const zFileQuery = z.strictObject({ language: z.enum(['zh-CN', 'en']).default('zh-CN') });

/** The file of a case: for the appellant, who triages it, the owner of a contested fact, the panel and whoever audits. */
@ApiTags('appeals')
@Controller()
export class AppealFileController {
  constructor(
    @Inject(READ_DB) readonly read: ReadDb,
    @Inject(APPRAISALS) private readonly appraisals: AppraisalReader,
    @Inject(SCORING) readonly scoring: Scoring,
    @Inject(SCHEME_SOURCE) private readonly schemes: SchemeSource,
    @Inject(CYCLES) private readonly cycles: CycleReader,
    @Inject(PRIVACY) private readonly privacy: PersonalTexts,
    @Inject(Access) private readonly access: Access,
    @Inject(NameBook) private readonly names: NameBook,
  ) {}

  /** The file of one case: what is contested beside what was published, what happened, who may do what now. */
  @Get('appeals/:appealId/file')
  @ApiOkResponse({ standardSchema: zAppealFile })
  async file(
    @Param('appealId', { schema: zUuid }) appealId: string,
    @Query({ schema: zFileQuery }) { language }: z.infer<typeof zFileQuery>,
    @CallerParam() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AppealFileBody> {
    const found = await appealCase(this.read, appealId);
    if (!found) throw new Rejection('appeal.not-found', { appealId });
    const { row } = found;
    await this.access.require(caller, 'appeal.read', {
      subject: row.subject,
      assigned: [...row.panel.map(({ subject }) => subject), row.factOwner],
    });
    void reply.header('etag', etag(row.version));
    const view = await this.appraisals.appraisal(row.appraisalId);
    if (!view) throw new Rejection('appeal.unknown-appraisal');
    const scheme = await this.schemes.scheme(view.scheme.schemeId, view.scheme.version);
    const [published, current, cycle, acts, names, read, sight] = await Promise.all([
      scheme && readResult(this, { view, scheme, which: 'published' }),
      scheme && view.amended ? readResult(this, { view, scheme, which: 'current' }) : undefined,
      this.cycles.cycle(row.cycleId),
      this.#acts(found, caller),
      this.names.of(peopleOf(found)),
      this.#opened(found),
      this.#sight(view, caller),
    ]);
    return caseBody(
      { found, view, cycle, scheme, published, current, acts },
      { ...sight, viewer: caller.subject, language },
      { names, read },
    );
  }

  async #acts({ state, row }: AppealCase, caller: Caller): Promise<ReturnType<typeof possibleActs>> {
    const [triages, namesPanels] = await Promise.all([
      this.access.allows(caller, 'appeal.triage', { subject: row.subject }),
      this.access.allows(caller, 'appeal.name-panel', { subject: row.subject }),
    ]);
    return possibleActs(state, { subject: caller.subject, triages, namesPanels });
  }

  async #sight(view: AppraisalView, caller: Caller) {
    const concern = { subject: view.subject };
    const [readsAll, pay, explains] = await Promise.all([
      this.access.shows(caller, 'appeal.read', concern),
      this.access.shows(caller, 'statement.read', concern),
      readableAppraisal(
        { appraisals: this.appraisals, access: this.access },
        { appraisalId: view.appraisalId, asOf: undefined },
        caller,
      ).then(
        () => true,
        (error: unknown) => {
          if (error instanceof Rejection) return false;
          throw error;
        },
      ),
    ]);
    return { excluded: readsAll && caller.subject !== view.subject, pay, explains };
  }

  async #opened({ row }: AppealCase): Promise<(text: PersonalText) => string | null> {
    const sealed = [...row.texts.map(({ text }) => text), ...row.evidence.map(({ name }) => name)];
    const opened = await this.privacy.open(sealed);
    const plain = new Map(sealed.map((text, index) => [text, opened[index]]));
    return (text) => {
      const found = plain.get(text);
      return found?.kind === 'text' ? found.text : null;
    };
  }
}
