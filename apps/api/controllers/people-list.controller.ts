import { Readable } from 'node:stream';
import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { type PersonalText, type PlainDay, Rejection, type SubjectId } from '#kernel';
import { zSubjectId } from '#libs/kernel/schema';
import { peopleLines, personLines, placesNamed } from '#libs/organisation';
import type { OrganisationReader, PeopleFilter, PersonUnit } from '#libs/organisation/contracts';
import type { PersonalTexts } from '#libs/privacy/contracts';
import type { ReadDb } from '#libs/projections';
import { CSV_BOM, csvRow } from '#libs/tabular';
import { Access } from '../http/access';
import { AuditLooks } from '../http/audit-looks';
import { type Caller, CallerParam } from '../http/caller';
import { ORGANISATION, PRIVACY, READ_DB } from '../tokens';
import { peopleFilter, type PersonCard, zPeopleFilter, zPersonCard, zPlaces } from './people-list.shapes';

const EXPORT_PAGE = 500;
/**
 * The columns of a people file, so that what goes out can come in again: with each line its days, since a file that names none
 * speaks of all time and would undo what was and what will be.
 */
const HEADER = [
  'employee_no',
  'name',
  'login',
  'roles',
  'position',
  'department',
  'team',
  'region',
  'site',
  'manager_no',
  'valid_from',
  'valid_to',
];

@ApiTags('people')
@Controller('people')
export class PeopleListController {
  constructor(
    @Inject(ORGANISATION) private readonly organisation: OrganisationReader,
    @Inject(PRIVACY) private readonly privacy: PersonalTexts,
    @Inject(READ_DB) private readonly read: ReadDb,
    @Inject(Access) private readonly access: Access,
    @Inject(AuditLooks) private readonly looks: AuditLooks,
  ) {}

  /** The people of the list with all their lines, past and to come, as CSV, UTF-8 with byte order mark, streamed; no cell that a spreadsheet would run. */
  @Get('export')
  @ApiOkResponse({ content: { 'text/csv': { schema: { type: 'string' } } } })
  async export(
    @Query({ schema: zPeopleFilter }) query: z.infer<typeof zPeopleFilter>,
    @CallerParam() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.access.require(caller, 'people.read');
    await this.looks.record(caller, { question: 'export', about: 'people' });
    const day = query.day ?? this.access.today();
    await reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="people-${day}.csv"`)
      .send(Readable.from(this.#pieces(peopleFilter(query), day)));
  }

  /** Departments, regions and teams that people files named: what the list can be filtered by. */
  @Get('places')
  @ApiOkResponse({ standardSchema: zPlaces })
  async places(@CallerParam() caller: Caller): Promise<z.infer<typeof zPlaces>> {
    await this.access.require(caller, 'people.read');
    const { departments, regions, teams } = await placesNamed(this.read);
    return { departments: [...departments], regions: [...regions], teams: [...teams] };
  }

  /** Thrown: `organisation.person-not-found`. */
  @Get(':subject/card')
  @ApiOkResponse({ standardSchema: zPersonCard })
  async card(@Param('subject', { schema: zSubjectId }) subject: SubjectId, @CallerParam() caller: Caller): Promise<PersonCard> {
    await this.access.require(caller, 'people.read', { subject });
    const lines = await personLines(this.read, subject);
    if (lines.length === 0) throw new Rejection('organisation.person-not-found', { subject });
    const above = await this.organisation.lineAbove(subject, this.access.today());
    const managers = lines.flatMap(({ manager }) => (manager ? [manager] : []));
    const called = await this.#called([...new Set([subject, ...above, ...managers])]);
    const named = (one: SubjectId): PersonCard['above'][number] => ({ subject: one, name: called.get(one)?.name ?? null });
    const own = called.get(subject);
    return {
      subject,
      name: own?.name ?? null,
      employeeNo: own?.employeeNo ?? null,
      login: own?.login ?? null,
      above: above.map(named),
      lines: lines.map((line) => ({ ...line, roles: [...line.roles], manager: line.manager ? named(line.manager) : null })),
    };
  }

  async *#pieces(filter: PeopleFilter, day: PlainDay): AsyncGenerator<string> {
    yield CSV_BOM + csvRow(HEADER);
    let afterSubject: SubjectId | undefined;
    for (;;) {
      const page = await this.organisation.list({ filter, day, limit: EXPORT_PAGE, ...(afterSubject ? { afterSubject } : {}) });
      yield await this.#rows(page);
      afterSubject = page.at(-1)?.subject;
      if (page.length < EXPORT_PAGE) return;
    }
  }

  async #rows(page: readonly PersonUnit[]): Promise<string> {
    const known = await peopleLines(
      this.read,
      page.map(({ subject }) => subject),
    );
    const lines = page.flatMap(({ subject }) => (known.get(subject) ?? []).map((line) => ({ subject, ...line })));
    const called = await this.#called([...new Set(lines.flatMap(({ subject, manager }) => (manager ? [subject, manager] : [subject])))]);
    return lines
      .map(({ subject, roles, position, department, team, region, site, manager, from, to }) => {
        const own = called.get(subject);
        const above = manager ? called.get(manager)?.employeeNo : undefined;
        const cells = [own?.employeeNo, own?.name, own?.login, roles.join(';'), position, department, team, region, site, above, from, to];
        return csvRow(cells.map((cell) => cell ?? ''));
      })
      .join('');
  }

  /** Opened for this answer only; what was erased is null. */
  async #called(
    subjects: readonly SubjectId[],
  ): Promise<ReadonlyMap<SubjectId, { readonly name: string | null; readonly employeeNo: string | null; readonly login: string | null }>> {
    const texts = await this.organisation.texts(subjects);
    const sealed = [...texts.values()].flatMap(({ name, employeeNo, login }) => [name, employeeNo, ...(login ? [login] : [])]);
    const opened = await this.privacy.open(sealed);
    const plain = new Map<PersonalText, string>();
    for (const [index, text] of sealed.entries()) {
      const found = opened[index];
      if (found?.kind === 'text') plain.set(text, found.text);
    }
    const read = (text: PersonalText | null): string | null => (text ? (plain.get(text) ?? null) : null);
    return new Map(
      [...texts].map(([subject, { name, employeeNo, login }]) => [
        subject,
        { name: read(name), employeeNo: read(employeeNo), login: read(login) },
      ]),
    );
  }
}
