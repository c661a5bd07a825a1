import { subjectId, type SubjectId } from '#kernel';
import type { ReadDb } from '#libs/projections';
import type { KnownPeople } from '../domain/people-check.policy';
import { KNOWN_LINE_COLUMNS, type KnownLine, timelinesOf } from './timelines';

/** Equality tags of how a person is called: tells whether a file says it differently, without opening anything. */
export interface KnownTags {
  readonly name: string;
  readonly employeeNo: string;
  readonly login: string | null;
}

export interface KnownCompany extends KnownPeople {
  readonly tags: ReadonlyMap<SubjectId, KnownTags>;
}

export interface KnownPeopleQuery {
  /** Everybody, as the imports completed up to that position say. Waits until the read models have reached it. */
  knownPeople(position: number): Promise<KnownCompany>;
}

const WAIT_MS = 60_000;
const PROJECTIONS = ['person_lines', 'person_identities', 'people_imports', 'sites'] as const;

export function createKnownPeopleQuery(db: ReadDb): KnownPeopleQuery {
  return {
    async knownPeople(position) {
      for (const projection of PROJECTIONS) await db.waitForProjection(projection, position, WAIT_MS);
      const lines = await db.query<KnownLine>(
        `SELECT ${KNOWN_LINE_COLUMNS} FROM read.person_lines l JOIN read.people_imports i ON i.import_id = l.import_id
          WHERE i.position <= $1 ORDER BY l.subject, i.position, l.line_row`,
        [position],
      );
      const identities = await db.query<IdentityRow>(
        `SELECT DISTINCT ON (p.subject) p.subject, p.name->>'tag' AS name_tag, p.employee_no->>'tag' AS employee_no_tag, p.login->>'tag' AS login_tag,
                p.name_key, p.employee_no_key, p.login_key
           FROM read.person_identities p JOIN read.people_imports i ON i.import_id = p.import_id
          WHERE i.position <= $1 ORDER BY p.subject, i.position DESC`,
        [position],
      );
      return { timelines: timelinesOf(lines), ...indexed(identities) };
    },
  };
}

export type IdentityRow = {
  subject: string;
  name_tag: string;
  employee_no_tag: string;
  login_tag: string | null;
  name_key: string;
  employee_no_key: string;
  login_key: string | null;
};

export function indexed(identities: readonly IdentityRow[]): Omit<KnownCompany, 'timelines'> {
  const byEmployeeNo = new Map<string, SubjectId>();
  const byLogin = new Map<string, SubjectId>();
  const byName = new Map<string, SubjectId[]>();
  const tags = new Map<SubjectId, KnownTags>();
  for (const row of identities) {
    const subject = subjectId(row.subject);
    byEmployeeNo.set(row.employee_no_key, subject);
    if (row.login_key !== null) byLogin.set(row.login_key, subject);
    const named = byName.get(row.name_key);
    if (named) named.push(subject);
    else byName.set(row.name_key, [subject]);
    tags.set(subject, { name: row.name_tag, employeeNo: row.employee_no_tag, login: row.login_tag });
  }
  return { byEmployeeNo, byLogin, byName, tags };
}
