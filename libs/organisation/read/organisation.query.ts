import { PersonalText, plainDay, type PlainDay, Rejection, subjectId, type SubjectId } from '#kernel';
import { personalText } from '#libs/event-store';
import { asOfTable, type ReadDb } from '#libs/projections';
import {
  type CalendarOverrideRow,
  type DeclaredMetric,
  type LineBelowQuery,
  type MemberExclusion,
  type MemberRow,
  type MemberScope,
  type MembersQuery,
  ORGANISATION_READ_LIMITS,
  type OrganisationReader,
  type PeopleFilter,
  type PersonTexts,
  type PersonUnit,
  type SiteRow,
} from '../contracts';
import { metricDeclared } from '../contracts';
import { compileScope, memberOf, unitOf } from '../domain/member.policy';
import { standingOn, type Timeline } from '../domain/timeline.policy';
import {
  calendarOverrides,
  type CalendarOverrideTableRow,
  declaredMetrics,
  type DeclaredMetricRow,
  sites,
  type SiteTableRow,
} from './settings.projection';
import { KNOWN_LINE_COLUMNS, type KnownLine, timelinesOf } from './timelines';

/** Answers from the read models of this feature; `asOf` is a log position that they have reached. */
export function createOrganisationReader(db: ReadDb): OrganisationReader {
  return new Reader(db);
}

const LINES = 'read.person_lines l JOIN read.people_imports i ON i.import_id = l.import_id';
const KNOWN = (param: number): string => `($${param}::bigint IS NULL OR i.position <= $${param}::bigint)`;
/**
 * The line that holds on the day of `$3`: of the last import known that speaks of the person on it (timeline.policy says the
 * same of whole timelines). `asOf` is `$1`.
 */
const HOLDS = `${KNOWN(1)}
  AND (l.valid_from IS NULL OR l.valid_from <= $3::date) AND (l.valid_to IS NULL OR $3::date < l.valid_to)
  AND i.position = (SELECT max(ni.position) FROM read.person_lines n JOIN read.people_imports ni ON ni.import_id = n.import_id
                     WHERE n.subject = l.subject AND ($1::bigint IS NULL OR ni.position <= $1::bigint)
                       AND (n.speaks_from IS NULL OR n.speaks_from <= $3::date))`;
/** UNION leaves out who was found before: a ring of lines ends where it began. */
const BELOW = `WITH RECURSIVE line AS (
    SELECT l.subject, l.import_id, l.line_row FROM ${LINES} WHERE l.manager = $2 AND ${HOLDS}
    UNION
    SELECT l.subject, l.import_id, l.line_row
      FROM line JOIN read.person_lines l ON l.manager = line.subject JOIN read.people_imports i ON i.import_id = l.import_id WHERE ${HOLDS}
  ), below AS MATERIALIZED (SELECT * FROM line WHERE subject <> $2 LIMIT ${ORGANISATION_READ_LIMITS.below + 1})
  SELECT ${KNOWN_LINE_COLUMNS}, (SELECT count(*)::int FROM below) AS people
    FROM below b JOIN read.person_lines l ON l.subject = b.subject AND l.import_id = b.import_id AND l.line_row = b.line_row
      JOIN read.people_imports i ON i.import_id = l.import_id
   WHERE b.subject > $4 ORDER BY b.subject LIMIT $5`;
/** Every uuid comes after it. */
const BEFORE_ALL = '';
const KEY_COLUMNS = { 'employee-no': 'employee_no_key', login: 'login_key', name: 'name_key' } as const;

interface PageQuery {
  readonly asOf: number | undefined;
  readonly afterSubject: string | undefined;
  readonly cohort: { readonly index: number; readonly of: number } | undefined;
  /** Only people with some line that fits: what is wanted is among them, the rest is told apart afterwards. */
  readonly scope: MemberScope | undefined;
  readonly limit: number;
}

class Reader implements OrganisationReader {
  constructor(private readonly db: ReadDb) {}

  async members(query: MembersQuery): Promise<readonly MemberRow[]> {
    const limit = bounded(query.limit);
    const scope = compileScope(query.scope);
    const rows: MemberRow[] = [];
    let afterSubject: string | undefined = query.afterSubject;
    for (;;) {
      const wanted = limit - rows.length;
      const page = await this.page({
        asOf: query.asOf,
        afterSubject,
        cohort: query.cohort,
        scope: query.withOutOfScope ? undefined : query.scope,
        limit: wanted,
      });
      for (const [subject, timeline] of page) {
        afterSubject = subject;
        const row = memberOf(subject, timeline, query, scope);
        if (row && (query.withOutOfScope || row.excluded !== 'not-in-scope')) rows.push(row);
      }
      if (page.size < wanted || rows.length >= limit) return rows;
    }
  }

  async countMembers(query: Omit<MembersQuery, 'afterSubject' | 'limit'>): ReturnType<OrganisationReader['countMembers']> {
    const excluded = new Map<MemberExclusion, number>();
    let members = 0;
    let afterSubject: SubjectId | undefined;
    for (;;) {
      const rows = await this.members({ ...query, ...(afterSubject ? { afterSubject } : {}), limit: ORGANISATION_READ_LIMITS.page });
      for (const row of rows) {
        if (row.excluded === null) members += 1;
        else excluded.set(row.excluded, (excluded.get(row.excluded) ?? 0) + 1);
      }
      afterSubject = rows[rows.length - 1]?.subject;
      if (rows.length < ORGANISATION_READ_LIMITS.page) break;
    }
    return {
      members,
      excluded: [...excluded].map(([reason, count]) => ({ reason, count })).sort((a, b) => (a.reason < b.reason ? -1 : 1)),
    };
  }

  async person(subject: SubjectId, day: PlainDay, asOf?: number): Promise<PersonUnit | undefined> {
    return (await this.people([subject], day, asOf)).get(subject);
  }

  async people(subjects: readonly SubjectId[], day: PlainDay, asOf?: number): Promise<ReadonlyMap<SubjectId, PersonUnit>> {
    const units = new Map<SubjectId, PersonUnit>();
    for (const [subject, timeline] of await this.timelines(subjects, asOf)) {
      const segment = standingOn(timeline, day);
      if (segment) units.set(subject, unitOf(subject, segment));
    }
    return units;
  }

  async list(query: Parameters<OrganisationReader['list']>[0]): Promise<readonly PersonUnit[]> {
    const limit = bounded(query.limit);
    const units: PersonUnit[] = [];
    let afterSubject: string | undefined = query.afterSubject;
    for (;;) {
      const wanted = limit - units.length;
      const page = query.filter.manager
        ? await this.reportsPage(query.filter.manager, { asOf: query.asOf, afterSubject, limit: wanted })
        : await this.page({ asOf: query.asOf, afterSubject, cohort: undefined, scope: query.filter, limit: wanted });
      for (const [subject, timeline] of page) {
        afterSubject = subject;
        const segment = standingOn(timeline, query.day);
        const unit = segment && unitOf(subject, segment);
        if (unit && fits(unit, query.filter)) units.push(unit);
      }
      if (page.size < wanted || units.length >= limit) return units;
    }
  }

  async find(kind: keyof typeof KEY_COLUMNS, keys: readonly string[], asOf?: number): Promise<ReadonlyMap<string, readonly SubjectId[]>> {
    const found = new Map<string, SubjectId[]>();
    if (keys.length === 0) return found;
    const column = KEY_COLUMNS[kind];
    // Only how a person is called by the last import that speaks of them: a former login finds nobody.
    const rows = await this.db.query<{ key: string; subject: string }>(
      `SELECT DISTINCT p.${column} AS key, p.subject
         FROM read.person_identities p JOIN read.people_imports i ON i.import_id = p.import_id
        WHERE p.${column} = ANY($1::text[]) AND ${KNOWN(2)}
          AND NOT EXISTS (SELECT 1 FROM read.person_identities n JOIN read.people_imports ni ON ni.import_id = n.import_id
                           WHERE n.subject = p.subject AND ni.position > i.position AND ($2::bigint IS NULL OR ni.position <= $2::bigint))
        ORDER BY p.subject`,
      [keys, asOf ?? null],
    );
    for (const { key, subject } of rows) {
      const list = found.get(key);
      if (list) list.push(subjectId(subject));
      else found.set(key, [subjectId(subject)]);
    }
    return found;
  }

  async findByEmployeeNo(key: string): Promise<SubjectId | undefined> {
    return (await this.find('employee-no', [key])).get(key)?.[0];
  }

  async findByLogin(key: string): Promise<SubjectId | undefined> {
    return (await this.find('login', [key])).get(key)?.[0];
  }

  async names(subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, PersonalText>> {
    return new Map([...(await this.texts(subjects))].map(([subject, { name }]) => [subject, name]));
  }

  async texts(subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, PersonTexts>> {
    const texts = new Map<SubjectId, PersonTexts>();
    if (subjects.length === 0) return texts;
    const rows = await this.db.query<{ subject: string; name: unknown; employee_no: unknown; login: unknown }>(
      `SELECT DISTINCT ON (p.subject) p.subject, p.name, p.employee_no, p.login
         FROM read.person_identities p JOIN read.people_imports i ON i.import_id = p.import_id
        WHERE p.subject = ANY($1::text[]) ORDER BY p.subject, i.position DESC`,
      [boundedList(subjects)],
    );
    for (const { subject, name, employee_no, login } of rows) {
      texts.set(subjectId(subject), { name: textOf(name), employeeNo: textOf(employee_no), login: login === null ? null : textOf(login) });
    }
    return texts;
  }

  async lineAbove(subject: SubjectId, day: PlainDay, asOf?: number): Promise<readonly SubjectId[]> {
    const above: SubjectId[] = [];
    let next = (await this.person(subject, day, asOf))?.manager;
    while (next && above.length < ORGANISATION_READ_LIMITS.lineDepth && !above.includes(next)) {
      above.push(next);
      next = (await this.person(next, day, asOf))?.manager;
    }
    return above;
  }

  async lineBelow({ leader, day, asOf, afterSubject, limit }: LineBelowQuery): Promise<readonly PersonUnit[]> {
    const lines = await this.db.query<KnownLine & { readonly people: number }>(BELOW, [
      asOf ?? null,
      leader,
      day,
      afterSubject ?? BEFORE_ALL,
      bounded(limit),
    ]);
    const most = ORGANISATION_READ_LIMITS.below;
    if ((lines[0]?.people ?? 0) > most) throw new Rejection('organisation.too-many-below', { most });
    return [...timelinesOf(lines)].flatMap(([subject, timeline]) => timeline.map((segment) => unitOf(subject, segment)));
  }

  async calendarOverrides(region: string, asOf?: number): Promise<readonly CalendarOverrideRow[]> {
    const rows = await this.db.query<CalendarOverrideTableRow>(
      `SELECT region, day, working, reason FROM ${asOfTable(calendarOverrides, asOf)} o WHERE region = $1 ORDER BY day`,
      [region],
    );
    return rows.map((row) => ({ ...row, day: plainDay(row.day) }));
  }

  async site(site: string): Promise<SiteRow | undefined> {
    const row = await this.db.one<SiteTableRow>(`SELECT site, zone, calendar_region FROM ${asOfTable(sites)} WHERE site = $1`, [site]);
    return row && { site: row.site, zone: row.zone, calendarRegion: row.calendar_region };
  }

  async sites(): Promise<readonly SiteRow[]> {
    const rows = await this.db.query<SiteTableRow>(`SELECT site, zone, calendar_region FROM ${asOfTable(sites)} ORDER BY site`);
    return rows.map((row) => ({ site: row.site, zone: row.zone, calendarRegion: row.calendar_region }));
  }

  async declaredMetrics(asOf?: number): Promise<readonly DeclaredMetric[]> {
    const rows = await this.db.query<DeclaredMetricRow>(
      `SELECT metric, unit, combine, owner, minimum FROM ${asOfTable(declaredMetrics, asOf)} m ORDER BY metric`,
    );
    return rows.map(({ metric, unit, combine, owner, minimum }) => {
      const shape = metricDeclared.schema.parse({ metric, unit, combine });
      return { ...shape, owner: owner === null ? null : subjectId(owner), minimum };
    });
  }

  async imports(): ReturnType<OrganisationReader['imports']> {
    const rows = await this.db.query<{
      import_id: string;
      position: number;
      rows: number;
      new_people: number;
      changed_people: number;
      unchanged_people: number;
      completed_at: string;
    }>(
      'SELECT import_id, position, rows, new_people, changed_people, unchanged_people, completed_at FROM read.people_imports ORDER BY position',
    );
    return rows.map((row) => ({
      importId: row.import_id,
      rows: row.rows,
      newPeople: row.new_people,
      changedPeople: row.changed_people,
      unchangedPeople: row.unchanged_people,
      completedAt: row.completed_at,
      position: row.position,
    }));
  }

  private async timelines(subjects: readonly SubjectId[], asOf: number | undefined): Promise<ReadonlyMap<SubjectId, Timeline>> {
    if (subjects.length === 0) return new Map();
    const lines = await this.db.query<KnownLine>(
      `SELECT ${KNOWN_LINE_COLUMNS} FROM ${LINES} WHERE l.subject = ANY($1::text[]) AND ${KNOWN(2)} ORDER BY l.subject, i.position, l.line_row`,
      [boundedList(subjects), asOf ?? null],
    );
    return timelinesOf(lines);
  }

  /** The next people by subject id, with everything that was known of them. */
  private async page({ asOf, afterSubject, cohort, scope, limit }: PageQuery): Promise<ReadonlyMap<SubjectId, Timeline>> {
    const params: unknown[] = [asOf ?? null, afterSubject ?? BEFORE_ALL];
    const conditions = [KNOWN(1), 'l.subject > $2'];
    const add = (condition: (param: string) => string, value: unknown): void => {
      params.push(value);
      conditions.push(condition(`$${params.length}`));
    };
    if (cohort) {
      add((param) => `l.cohort_hash % ${param}::bigint = ${wholeNumber(cohort.index)}`, cohort.of);
    }
    if (scope?.subjects) add((param) => `l.subject = ANY(${param}::text[])`, scope.subjects);
    if (scope?.roles) add((param) => `l.roles ?| ${param}::text[]`, scope.roles);
    if (scope?.departments) add((param) => `l.department = ANY(${param}::text[])`, scope.departments);
    if (scope?.regions) add((param) => `l.region = ANY(${param}::text[])`, scope.regions);
    if (scope?.teams) add((param) => `l.team = ANY(${param}::text[])`, scope.teams);
    return this.pageOf(conditions, params, limit);
  }

  private reportsPage(
    manager: SubjectId,
    { asOf, afterSubject, limit }: { readonly asOf: number | undefined; readonly afterSubject: string | undefined; readonly limit: number },
  ): Promise<ReadonlyMap<SubjectId, Timeline>> {
    return this.pageOf([KNOWN(1), 'l.subject > $2', 'l.manager = $3'], [asOf ?? null, afterSubject ?? BEFORE_ALL, manager], limit);
  }

  private async pageOf(
    conditions: readonly string[],
    params: readonly unknown[],
    limit: number,
  ): Promise<ReadonlyMap<SubjectId, Timeline>> {
    const lines = await this.db.query<KnownLine>(
      `WITH page AS (SELECT DISTINCT l.subject FROM ${LINES} WHERE ${conditions.join(' AND ')} ORDER BY l.subject LIMIT ${wholeNumber(limit)})
       SELECT ${KNOWN_LINE_COLUMNS} FROM page JOIN read.person_lines l ON l.subject = page.subject
         JOIN read.people_imports i ON i.import_id = l.import_id
        WHERE ${KNOWN(1)} ORDER BY l.subject, i.position, l.line_row`,
      params,
    );
    return timelinesOf(lines);
  }
}

function fits(unit: PersonUnit, filter: PeopleFilter): boolean {
  return (
    (filter.roles === undefined || unit.roles.some((role) => filter.roles?.includes(role))) &&
    (filter.departments === undefined || filter.departments.includes(unit.department)) &&
    (filter.regions === undefined || (unit.region !== null && filter.regions.includes(unit.region))) &&
    (filter.teams === undefined || (unit.team !== null && filter.teams.includes(unit.team))) &&
    (filter.manager === undefined || unit.manager === filter.manager)
  );
}

const zText = personalText();

function textOf(value: unknown): PersonalText {
  return zText.parse(value);
}

function bounded(limit: number): number {
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > ORGANISATION_READ_LIMITS.page) {
    throw new RangeError(`a page has 1 to ${ORGANISATION_READ_LIMITS.page} people`);
  }
  return limit;
}

function boundedList(subjects: readonly SubjectId[]): readonly SubjectId[] {
  if (subjects.length > ORGANISATION_READ_LIMITS.subjects)
    throw new RangeError(`at most ${ORGANISATION_READ_LIMITS.subjects} people at once`);
  return subjects;
}

function wholeNumber(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError('not a whole number from 0');
  return value;
}
