import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Rejection } from '#kernel';
import type { AppraisalReader } from '#libs/appraisal/contracts';
import { zSubjectId } from '#libs/kernel/schema';
import type { OrganisationReader, PersonUnit } from '#libs/organisation/contracts';
import type { PersonalTexts } from '#libs/privacy/contracts';
import { Access } from '../http/access';
import { subjectsCalled } from '../http/called';
import { type Caller, CallerParam } from '../http/caller';
import { NameBook } from '../http/name-book';
import { APPRAISALS, ORGANISATION, PRIVACY } from '../tokens';
import { assignedTo } from './appraisal-sight';

const MOST = 50;
const zQuery = z.strictObject({ q: z.string().trim().min(1).max(120).optional().describe('Whole name, employee number or login') });
const zColleague = z.strictObject({
  subject: zSubjectId,
  name: z.string().nullable(),
  department: z.string(),
  team: z.string().nullable(),
});

/** Whom a rater may name on an appraisal: as colleagues who are asked, or as approving an award. */
@ApiTags('appraisals')
@Controller('appraisals')
export class ColleaguesController {
  constructor(
    @Inject(APPRAISALS) private readonly appraisals: AppraisalReader,
    @Inject(ORGANISATION) private readonly organisation: OrganisationReader,
    @Inject(PRIVACY) private readonly privacy: PersonalTexts,
    @Inject(Access) private readonly access: Access,
    @Inject(NameBook) private readonly names: NameBook,
  ) {}

  /** The person's team without the person; with `q` whoever is called so, anywhere. At most 50. */
  @Get(':appraisalId/colleagues')
  @ApiOkResponse({ standardSchema: z.strictObject({ items: z.array(zColleague).max(MOST) }) })
  async colleagues(
    @Param('appraisalId', { schema: z.string().length(73) }) appraisalId: string,
    @Query({ schema: zQuery }) { q }: z.infer<typeof zQuery>,
    @CallerParam() caller: Caller,
  ): Promise<{ items: z.infer<typeof zColleague>[] }> {
    const view = await this.appraisals.appraisal(appraisalId);
    if (!view) throw new Rejection('appraisal.not-found', { appraisalId });
    const { subject, unit } = view;
    // Whoever is named on the appraisal knows the people around the person anyway, and gets no more than names.
    await this.access.require(caller, 'appraisal.nominate-peers', { subject, assigned: assignedTo(view, caller) });
    const day = this.access.today();
    const found =
      q === undefined
        ? await this.organisation.list({
            filter: { departments: [unit.department], ...(unit.team === null ? {} : { teams: [unit.team] }) },
            day,
            limit: MOST + 1,
          })
        : await this.#called(q);
    const people = found.filter((person) => person.subject !== subject).slice(0, MOST);
    const names = await this.names.of(people.map((person) => person.subject));
    return {
      items: people.map(({ subject: id, department, team }) => ({ subject: id, name: names.get(id) ?? null, department, team })),
    };
  }

  async #called(text: string): Promise<readonly PersonUnit[]> {
    const subjects = (await subjectsCalled({ organisation: this.organisation, privacy: this.privacy }, text)).slice(0, MOST);
    return [...(await this.organisation.people(subjects, this.access.today())).values()];
  }
}
