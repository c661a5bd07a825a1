import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type Clock, Rejection, type SubjectId } from '#kernel';
import { type PanelCandidate, panelCandidates } from '#libs/appeal';
import { type AppealReader, PANEL_EXCLUSIONS } from '#libs/appeal/contracts';
import type { AppraisalReader } from '#libs/appraisal/contracts';
import type { CommandRunner } from '#libs/event-store';
import { zSubjectId, zUuid } from '#libs/kernel/schema';
import type { OrganisationReader } from '#libs/organisation/contracts';
import type { PersonalTexts } from '#libs/privacy/contracts';
import { CLOCK, COMMAND_RUNNER } from '#libs/runtime';
import { Access } from '../http/access';
import { type Caller, CallerParam } from '../http/caller';
import { subjectsCalled } from '../http/called';
import { NameBook } from '../http/name-book';
import { APPEALS, APPRAISALS, ORGANISATION, PRIVACY } from '../tokens';

const MOST = 100;
const zQuery = z.strictObject({
  as: z.enum(['panel', 'contact']),
  q: z.string().trim().min(1).max(120).optional().describe('Whole name, employee number or login'),
});
const zPeople = z.strictObject({
  items: z
    .array(
      z.strictObject({
        subject: zSubjectId,
        name: z.string().nullable(),
        department: z.string(),
        /** Why not on this panel; always null for a contact. */
        conflict: z.enum(PANEL_EXCLUSIONS).nullable(),
      }),
    )
    .max(MOST),
});

/** Whom one can name in an appeal. */
@ApiTags('appeals')
@Controller('appeals')
export class AppealPeopleController {
  constructor(
    @Inject(APPEALS) private readonly appeals: AppealReader,
    @Inject(APPRAISALS) private readonly appraisals: AppraisalReader,
    @Inject(ORGANISATION) readonly organisation: OrganisationReader,
    @Inject(COMMAND_RUNNER) private readonly runner: CommandRunner,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(PRIVACY) readonly privacy: PersonalTexts,
    @Inject(Access) private readonly access: Access,
    @Inject(NameBook) private readonly names: NameBook,
  ) {}

  /**
   * Without `q` those who are usually named: for a seat everybody of the pool, each with the reason why not; as a contact HR. With
   * `q` whoever is called so. For those who name them.
   */
  @Get(':appealId/people')
  @ApiOkResponse({ standardSchema: zPeople })
  async people(
    @Param('appealId', { schema: zUuid }) appealId: string,
    @Query({ schema: zQuery }) { as, q }: z.infer<typeof zQuery>,
    @CallerParam() caller: Caller,
  ): Promise<z.infer<typeof zPeople>> {
    const row = await this.appeals.appeal(appealId);
    if (!row) throw new Rejection('appeal.not-found', { appealId });
    await this.access.require(caller, as === 'panel' ? 'appeal.name-panel' : 'appeal.triage', { subject: row.subject });
    const called = q === undefined ? undefined : (await subjectsCalled(this, q)).slice(0, MOST);
    const found = as === 'panel' ? await this.#seats(appealId, called) : await this.#contacts(called);
    const people = found.filter(({ subject }) => subject !== row.subject).slice(0, MOST);
    const names = await this.names.of(people.map(({ subject }) => subject));
    return { items: people.map((one) => ({ ...one, name: names.get(one.subject) ?? null })) };
  }

  #seats(appealId: string, called: readonly SubjectId[] | undefined): Promise<readonly PanelCandidate[]> {
    const parts = { runner: this.runner, organisation: this.organisation, appraisals: this.appraisals };
    return panelCandidates(parts, appealId, { now: this.clock.now(), ...(called === undefined ? {} : { people: called }) });
  }

  async #contacts(called: readonly SubjectId[] | undefined): Promise<readonly PanelCandidate[]> {
    const day = this.access.today();
    const people =
      called === undefined
        ? await this.organisation.members({ scope: { roles: ['hr'] }, firstDay: day, lastDay: day, limit: MOST })
        : [...(await this.organisation.people(called, day)).values()];
    return people.map(({ subject, department }) => ({ subject, department, conflict: null }));
  }
}
