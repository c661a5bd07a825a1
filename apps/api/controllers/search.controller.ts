import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { SubjectId } from '#kernel';
import type { AppealReader } from '#libs/appeal/contracts';
import { searchCycles } from '#libs/cycle';
import { zUuid } from '#libs/kernel/schema';
import type { OrganisationReader } from '#libs/organisation/contracts';
import type { PersonalTexts } from '#libs/privacy/contracts';
import type { ReadDb } from '#libs/projections';
import { Access } from '../http/access';
import { subjectsCalled } from '../http/called';
import { type Caller, CallerParam } from '../http/caller';
import { NameBook } from '../http/name-book';
import { APPEALS, ORGANISATION, PRIVACY, READ_DB } from '../tokens';

const MOST_HITS = 20;

const zSearchQuery = z.strictObject({ q: z.string().trim().min(1).max(120) });
const zHit = z.strictObject({
  kind: z.enum(['person', 'cycle', 'appeal']),
  id: z.string(),
  title: z.string().nullable().describe('Name of the person concerned, or of the cycle; null where the name was erased'),
  subtitle: z.string().describe('person: number, department and team, which tell namesakes apart; cycle: period; appeal: its stage'),
});
type Hit = z.infer<typeof zHit>;
const zHits = z.strictObject({ items: z.array(zHit).max(MOST_HITS) });

/** What can be gone to by a few letters; each answers with what the caller may read, and is silent about the rest. */
@ApiTags('search')
@Controller('search')
export class SearchController {
  constructor(
    @Inject(ORGANISATION) private readonly organisation: OrganisationReader,
    @Inject(APPEALS) private readonly appeals: AppealReader,
    @Inject(READ_DB) private readonly read: ReadDb,
    @Inject(PRIVACY) private readonly privacy: PersonalTexts,
    @Inject(Access) private readonly access: Access,
    @Inject(NameBook) private readonly names: NameBook,
  ) {}

  /** People by their whole employee number, login or name; cycles by name or period; appeals by id. */
  @Get()
  @ApiOkResponse({ standardSchema: zHits })
  async search(
    @Query({ schema: zSearchQuery }) { q }: z.infer<typeof zSearchQuery>,
    @CallerParam() caller: Caller,
  ): Promise<z.infer<typeof zHits>> {
    const found = await Promise.all([this.#people(q, caller), this.#cycles(q, caller), this.#appeal(q, caller)]);
    return { items: found.flat().slice(0, MOST_HITS) };
  }

  async #people(text: string, caller: Caller): Promise<Hit[]> {
    const subjects = (await subjectsCalled({ organisation: this.organisation, privacy: this.privacy }, text)).slice(0, MOST_HITS * 5);
    const units = await this.organisation.people(subjects, this.access.today());
    const readable: SubjectId[] = [];
    for (const subject of subjects) {
      if (readable.length >= MOST_HITS) break;
      if (units.has(subject) && (await this.access.shows(caller, 'people.read', { subject }))) readable.push(subject);
    }
    const [names, numbers] = await Promise.all([this.names.of(readable), this.names.employeeNumbers(readable)]);
    return readable.map((id) => {
      const unit = units.get(id);
      const place = [numbers.get(id), unit?.department, unit?.team].filter((part) => part !== null && part !== undefined);
      return { kind: 'person', id, title: names.get(id) ?? null, subtitle: place.join(' · ') };
    });
  }

  async #cycles(text: string, caller: Caller): Promise<Hit[]> {
    if (!(await this.access.allows(caller, 'cycle.read'))) return [];
    const cycles = await searchCycles(this.read, text, MOST_HITS);
    if (cycles.length > 0) await this.access.require(caller, 'cycle.read');
    return cycles.map(({ cycleId, name, period }) => ({ kind: 'cycle', id: cycleId, title: name, subtitle: period }));
  }

  async #appeal(text: string, caller: Caller): Promise<Hit[]> {
    const id = zUuid.safeParse(text.toLowerCase());
    const appeal = id.success ? await this.appeals.appeal(id.data) : undefined;
    if (!appeal) return [];
    const { subject, panel, factOwner, stage, appealId } = appeal;
    const assigned = [...panel.map((member) => member.subject), factOwner];
    if (!(await this.access.shows(caller, 'appeal.read', { subject, assigned }))) return [];
    return [{ kind: 'appeal', id: appealId, title: (await this.names.of([subject])).get(subject) ?? null, subtitle: stage }];
  }
}
