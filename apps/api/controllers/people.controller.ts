import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Rejection, type SubjectId } from '#kernel';
import { zPlainDay, zSubjectId } from '#libs/kernel/schema';
import type { OrganisationReader, PersonUnit } from '#libs/organisation/contracts';
import { zRole } from '#libs/organisation/contracts';
import { Access } from '../http/access';
import { type Caller, CallerParam } from '../http/caller';
import { NameBook } from '../http/name-book';
import { pageOf, zPage, zPageQuery } from '../http/page';
import { PEOPLE_ORDERS, type PeopleOrder, PeopleInOrder } from '../http/people-order';
import { ORGANISATION } from '../tokens';

const zPerson = z
  .strictObject({
    subject: zSubjectId,
    name: z.string().nullable(),
    employeeNo: z.string().nullable().describe('Tells namesakes apart; null where it was erased'),
    roles: z.array(zRole),
    position: z.string().nullable(),
    department: z.string(),
    team: z.string().nullable(),
    region: z.string().nullable(),
    site: z.string().nullable(),
    manager: z.strictObject({ subject: zSubjectId, name: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'Person' });
type Person = z.infer<typeof zPerson>;
const zPeople = zPage(zPerson).extend({
  order: z.enum(PEOPLE_ORDERS).describe('By number, or, where there are too many to sort, as first recorded'),
});

const zPeopleQuery = zPageQuery.extend({
  day: zPlainDay.optional().describe('Where people stood on that day; today when absent'),
  department: z.string().max(120).optional(),
  region: z.string().max(120).optional(),
  team: z.string().max(120).optional(),
  role: zRole.optional(),
  after: zSubjectId.optional(),
});

@ApiTags('people')
@Controller('people')
export class PeopleController {
  constructor(
    @Inject(ORGANISATION) private readonly organisation: OrganisationReader,
    @Inject(Access) private readonly access: Access,
    @Inject(NameBook) private readonly names: NameBook,
    @Inject(PeopleInOrder) private readonly inOrder: PeopleInOrder,
  ) {}

  /** Everybody of a day, by employee number. */
  @Get()
  @ApiOkResponse({ standardSchema: zPeople })
  async list(
    @Query({ schema: zPeopleQuery }) query: z.infer<typeof zPeopleQuery>,
    @CallerParam() caller: Caller,
  ): Promise<{ items: Person[]; next?: string; order: PeopleOrder }> {
    await this.access.require(caller, 'people.read');
    const filter = {
      ...(query.department === undefined ? {} : { departments: [query.department] }),
      ...(query.region === undefined ? {} : { regions: [query.region] }),
      ...(query.team === undefined ? {} : { teams: [query.team] }),
      ...(query.role === undefined ? {} : { roles: [query.role] }),
    };
    const { order, rows } = await this.inOrder.page({
      filter,
      day: query.day ?? this.access.today(),
      after: query.after,
      limit: query.limit,
    });
    const page = pageOf(rows, query.limit, (row) => row.subject);
    return { ...page, order, items: await this.#named(page.items) };
  }

  /** The direct reports of the caller. */
  @Get('mine')
  @ApiOkResponse({ standardSchema: zPage(zPerson) })
  async mine(@CallerParam() caller: Caller): Promise<{ items: Person[] }> {
    const rows = await this.organisation.list({ filter: { manager: caller.subject }, day: this.access.today(), limit: 200 });
    return { items: await this.#named(rows) };
  }

  /** Thrown: `organisation.person-not-found`. */
  @Get(':subject')
  @ApiOkResponse({ standardSchema: zPerson })
  async one(@Param('subject', { schema: zSubjectId }) subject: SubjectId, @CallerParam() caller: Caller): Promise<Person> {
    await this.access.require(caller, 'people.read', { subject });
    const unit = await this.organisation.person(subject, this.access.today());
    const [person] = unit ? await this.#named([unit]) : [];
    if (!person) throw new Rejection('organisation.person-not-found', { subject });
    return person;
  }

  async #named(units: readonly PersonUnit[]): Promise<Person[]> {
    const names = await this.names.of(units.flatMap(({ subject, manager }) => (manager ? [subject, manager] : [subject])));
    const numbers = await this.names.employeeNumbers(units.map(({ subject }) => subject));
    return units.map((unit) => ({
      ...unit,
      roles: [...unit.roles],
      name: names.get(unit.subject) ?? null,
      employeeNo: numbers.get(unit.subject) ?? null,
      manager: unit.manager ? { subject: unit.manager, name: names.get(unit.manager) ?? null } : null,
    }));
  }
}
