import type { PlainDay, SubjectId } from '#kernel';
import type { Problems } from '#libs/tabular';
import type { Role } from '../contracts';
import { reportingCycles } from './reporting-lines.policy';
import { byStart, overlap, type Segment, speaksFrom, type Timeline, withStatement } from './timeline.policy';

/** One row of a people file as read; its texts live in memory only until they are sealed. */
export interface PersonRow {
  readonly row: number;
  readonly employeeNo: string;
  readonly name: string;
  readonly login: string | null;
  readonly roles: readonly Role[];
  readonly position: string | null;
  readonly department: string;
  readonly team: string | null;
  readonly region: string | null;
  readonly site: string | null;
  readonly manager: { readonly by: 'employee-no' | 'name'; readonly text: string } | null;
  readonly validFrom: PlainDay | null;
  readonly validTo: PlainDay | null;
  /** Made from a manager's column: not meant where that name is a known person's. */
  readonly onlyNamed?: true;
}

/** Keys of the keyed index for one row, so that policies compare people without their texts. */
export interface KeyedRow extends PersonRow {
  readonly employeeNoKey: string;
  readonly nameKey: string;
  readonly loginKey: string | null;
  readonly managerKey: string | null;
}

/** What is known of people before an import, at one log position. */
export interface KnownPeople {
  readonly byEmployeeNo: ReadonlyMap<string, SubjectId>;
  readonly byLogin: ReadonlyMap<string, SubjectId>;
  readonly byName: ReadonlyMap<string, readonly SubjectId[]>;
  readonly timelines: ReadonlyMap<SubjectId, Timeline>;
}

export interface CheckColumns {
  readonly employeeNo: string;
  readonly login: string;
  readonly manager: string;
  readonly validFrom: string;
  readonly site: string;
}

/** One person of the file: rows in order of time, and the lines they say. */
export interface FilePerson {
  readonly subject: SubjectId;
  readonly rows: readonly KeyedRow[];
  readonly segments: readonly Segment[];
  readonly speaksFrom: PlainDay | null;
  /** After this import. */
  readonly timeline: Timeline;
  /** Before it; undefined for a new person. */
  readonly before: Timeline | undefined;
}

export interface CheckInput {
  readonly rows: readonly KeyedRow[];
  readonly known: KnownPeople;
  readonly columns: CheckColumns;
  /** For people not known yet; the same person gets the same one each time it is asked. */
  readonly newSubject: (employeeNoKey: string) => SubjectId;
  /** Undefined: the company has declared no sites, so any will do. */
  readonly sites: ReadonlySet<string> | undefined;
}

/** Finds everything that is wrong with a file's people together; what it gives back is right only when no problem was added. */
export function checkPeople(input: CheckInput, problems: Problems): readonly FilePerson[] {
  const groups = grouped(input.rows);
  const subjects = new Map<string, SubjectId>();
  for (const key of groups.keys()) subjects.set(key, input.known.byEmployeeNo.get(key) ?? input.newSubject(key));
  checkLogins(input, subjects, problems);
  checkSites(input, problems);
  const managers = managerFinder(input, groups, subjects);
  const people = [...groups].map(([key, rows]) =>
    filePerson(input, { subject: subjects.get(key) ?? input.newSubject(key), rows }, managers, problems),
  );
  if (problems.total === 0) checkCycles(input, people, problems);
  return people;
}

function grouped(rows: readonly KeyedRow[]): ReadonlyMap<string, KeyedRow[]> {
  const groups = new Map<string, KeyedRow[]>();
  for (const row of rows) {
    const group = groups.get(row.employeeNoKey);
    if (group) group.push(row);
    else groups.set(row.employeeNoKey, [row]);
  }
  for (const group of groups.values()) group.sort((a, b) => byStart({ from: a.validFrom }, { from: b.validFrom }));
  return groups;
}

function checkLogins({ rows, known, columns }: CheckInput, subjects: ReadonlyMap<string, SubjectId>, problems: Problems): void {
  const owners = new Map<string, string>();
  const inFile = new Set(subjects.values());
  for (const { row, loginKey, employeeNoKey } of rows) {
    if (loginKey === null) continue;
    const owner = owners.get(loginKey);
    const before = known.byLogin.get(loginKey);
    if (owner !== undefined && owner !== employeeNoKey) problems.add(row, columns.login, 'duplicate-login');
    // A login may move to another person when the file also says what its former owner has now.
    else if (before !== undefined && before !== subjects.get(employeeNoKey) && !inFile.has(before))
      problems.add(row, columns.login, 'login-of-another');
    owners.set(loginKey, employeeNoKey);
  }
}

function checkSites({ rows, sites, columns }: CheckInput, problems: Problems): void {
  if (!sites) return;
  for (const { row, site } of rows) if (site !== null && !sites.has(site)) problems.add(row, columns.site, 'unknown-site', site);
}

type ManagerFinder = (row: KeyedRow) => { readonly manager: SubjectId | null } | { readonly problem: string };

function managerFinder(
  { rows, known }: CheckInput,
  groups: ReadonlyMap<string, readonly KeyedRow[]>,
  subjects: ReadonlyMap<string, SubjectId>,
): ManagerFinder {
  const byName = new Map<string, Set<SubjectId>>();
  for (const row of rows) {
    const subject = subjects.get(row.employeeNoKey);
    if (!subject) continue;
    const named = byName.get(row.nameKey);
    if (named) named.add(subject);
    else byName.set(row.nameKey, new Set([subject]));
  }
  return ({ manager, managerKey, employeeNoKey }) => {
    if (manager === null || managerKey === null) return { manager: null };
    const own = subjects.get(employeeNoKey);
    if (manager.by === 'employee-no') {
      if (managerKey === employeeNoKey) return { problem: 'own-manager' };
      const found = groups.has(managerKey) ? subjects.get(managerKey) : known.byEmployeeNo.get(managerKey);
      return found ? { manager: found } : { problem: 'unknown-manager' };
    }
    // The file's own people go first: a namesake elsewhere does not make its managers ambiguous.
    const found = [...(byName.get(managerKey) ?? known.byName.get(managerKey) ?? [])];
    const [only] = found;
    if (only === undefined) return { problem: 'unknown-manager' };
    if (found.length > 1) return { problem: 'ambiguous-manager' };
    return only === own ? { problem: 'own-manager' } : { manager: only };
  };
}

function filePerson(
  { known, columns }: CheckInput,
  { subject, rows }: { readonly subject: SubjectId; readonly rows: readonly KeyedRow[] },
  managerOf: ManagerFinder,
  problems: Problems,
): FilePerson {
  const segments = rows.map((row): Segment => {
    const found = managerOf(row);
    if ('problem' in found) problems.add(row.row, columns.manager, found.problem);
    return {
      from: row.validFrom,
      to: row.validTo,
      roles: row.roles,
      position: row.position,
      department: row.department,
      team: row.team,
      region: row.region,
      site: row.site,
      manager: 'manager' in found ? found.manager : null,
    };
  });
  segments.forEach((segment, index) => {
    const next = segments[index + 1];
    const nextRow = rows[index + 1];
    if (next && nextRow && overlap(segment, next)) problems.add(nextRow.row, columns.validFrom, 'overlapping-lines');
  });
  const first = speaksFrom(segments);
  const before = known.timelines.get(subject);
  return { subject, rows, segments, speaksFrom: first, before, timeline: withStatement(before ?? [], { speaksFrom: first, segments }) };
}

function checkCycles({ known, columns }: CheckInput, people: readonly FilePerson[], problems: Problems): void {
  const timelines = new Map(known.timelines);
  const rows = new Map<SubjectId, number>();
  for (const { subject, timeline, rows: own } of people) {
    timelines.set(subject, timeline);
    rows.set(subject, own[0]?.row ?? 0);
  }
  for (const subject of reportingCycles(timelines)) {
    const row = rows.get(subject);
    if (row !== undefined) problems.add(row, columns.manager, 'reporting-cycle');
  }
}
