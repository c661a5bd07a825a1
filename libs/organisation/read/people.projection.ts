import { createHash } from 'node:crypto';
import type { PersonalText, SubjectId } from '#kernel';
import type { EventsOf } from '#libs/event-store';
import { defineProjection } from '#libs/projections';
import type { peopleImportCompleted, peopleLinesRecorded, PersonLine } from '../contracts';

type LinesRecorded = EventsOf<readonly [typeof peopleLinesRecorded]>;
type ImportCompleted = EventsOf<readonly [typeof peopleImportCompleted]>;

/** First 4 bytes of SHA-256(subject id): cohorts are this modulo their number. */
export function cohortHash(subject: SubjectId): number {
  return createHash('sha256').update(subject).digest().readUInt32BE(0);
}

/** A line as an import says it; counts once its import stands in `people_imports`. */
export type PersonLineRow = {
  subject: string;
  import_id: string;
  line_row: number;
  cohort_hash: number;
  speaks_from: string | null;
  valid_from: string | null;
  valid_to: string | null;
  roles: readonly string[];
  job: string | null;
  department: string;
  team: string | null;
  region: string | null;
  site: string | null;
  manager: string | null;
};

export const personLines = defineProjection<PersonLineRow, LinesRecorded>({
  name: 'person_lines',
  version: 1,
  columns: {
    subject: 'text',
    import_id: 'text',
    line_row: 'integer',
    cohort_hash: 'bigint',
    speaks_from: 'date',
    valid_from: 'date',
    valid_to: 'date',
    roles: 'jsonb',
    job: 'text',
    department: 'text',
    team: 'text',
    region: 'text',
    site: 'text',
    manager: 'text',
  },
  key: ['subject', 'import_id', 'line_row'],
  indexes: [{ columns: ['subject', 'cohort_hash', 'import_id'] }, { columns: ['manager'] }],
  history: false,
  on: {
    PeopleLinesRecorded: {
      keys: ({ data }) => data.lines.map((line) => [line.subject, data.importId, line.row]),
      evolve: (_, { data }, key) => {
        const line = data.lines.find(({ subject, row }) => subject === key[0] && row === key[2]);
        return line && lineRow(line, data.importId);
      },
    },
  },
});

function lineRow(line: PersonLine, importId: string): PersonLineRow {
  return {
    subject: line.subject,
    import_id: importId,
    line_row: line.row,
    cohort_hash: cohortHash(line.subject),
    speaks_from: line.speaksFrom ?? null,
    valid_from: line.validFrom ?? null,
    valid_to: line.validTo ?? null,
    roles: line.roles,
    job: line.position ?? null,
    department: line.department,
    team: line.team ?? null,
    region: line.region ?? null,
    site: line.site ?? null,
    manager: line.manager ?? null,
  };
}

/** How a person is called and found, as one import says it: the last of their lines in it. */
export type PersonIdentityRow = {
  subject: string;
  import_id: string;
  line_row: number;
  name: Readonly<Record<string, unknown>>;
  employee_no: Readonly<Record<string, unknown>>;
  login: Readonly<Record<string, unknown>> | null;
  name_key: string;
  employee_no_key: string;
  login_key: string | null;
};

export const personIdentities = defineProjection<PersonIdentityRow, LinesRecorded>({
  name: 'person_identities',
  version: 1,
  columns: {
    subject: 'text',
    import_id: 'text',
    line_row: 'integer',
    name: 'jsonb',
    employee_no: 'jsonb',
    login: 'jsonb',
    name_key: 'text',
    employee_no_key: 'text',
    login_key: 'text',
  },
  key: ['subject', 'import_id'],
  indexes: [{ columns: ['employee_no_key'] }, { columns: ['login_key'] }, { columns: ['name_key'] }],
  history: false,
  on: {
    PeopleLinesRecorded: {
      keys: ({ data }) => data.lines.map((line) => [line.subject, data.importId]),
      // A person's lines of one import stand in one chunk, in order of time: the last says how they are called.
      evolve: (_, { data }, key) => {
        const line = data.lines.findLast(({ subject }) => subject === key[0]);
        return line && identityRow(line, data.importId);
      },
    },
  },
});

function identityRow(line: PersonLine, importId: string): PersonIdentityRow {
  return {
    subject: line.subject,
    import_id: importId,
    line_row: line.row,
    name: sealed(line.name),
    employee_no: sealed(line.employeeNo),
    login: line.login ? sealed(line.login) : null,
    name_key: line.nameKey,
    employee_no_key: line.employeeNoKey,
    login_key: line.loginKey ?? null,
  };
}

function sealed(text: PersonalText): Readonly<Record<string, unknown>> {
  return { ...text.toJSON() };
}

/** Imports that count, by the log position from which they do. */
export type PeopleImportRow = {
  import_id: string;
  position: number;
  rows: number;
  new_people: number;
  changed_people: number;
  unchanged_people: number;
  completed_at: string;
};

export const peopleImports = defineProjection<PeopleImportRow, ImportCompleted>({
  name: 'people_imports',
  version: 1,
  columns: {
    import_id: 'text',
    position: 'bigint',
    rows: 'integer',
    new_people: 'integer',
    changed_people: 'integer',
    unchanged_people: 'integer',
    completed_at: 'timestamptz',
  },
  key: ['import_id'],
  history: false,
  on: {
    PeopleImportCompleted: {
      keys: ({ data }) => [[data.importId]],
      evolve: (before, { data, position }) =>
        before ?? {
          import_id: data.importId,
          position,
          rows: data.rows,
          new_people: data.newPeople,
          changed_people: data.changedPeople,
          unchanged_people: data.unchangedPeople,
          completed_at: data.completedAt,
        },
    },
  },
});
