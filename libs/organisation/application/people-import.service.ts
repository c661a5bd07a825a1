import { derivedUuid, type IdSource, type Instant, type PersonalText, Rejection, subjectId, type SubjectId } from '#kernel';
import type { CommandContext, CommandRunner, EventStreams, ManyItem } from '#libs/event-store';
import type { PersonalTexts } from '#libs/privacy/contracts';
import {
  type FileSource,
  type Encoding,
  type ImportProgress,
  NO_PROGRESS,
  Problems,
  type ProblemReport,
  readCsv,
  type Table,
} from '#libs/tabular';
import type {
  CompletePeopleImport,
  OrganisationEvent,
  OrganisationReader,
  PeopleProfile,
  PersonLine,
  RecordPeopleLines,
} from '../contracts';
import { ORGANISATION_ID, type Organisation, organisationDecider } from '../domain/organisation.decider';
import { checkPeople, type FilePerson, type KeyedRow, type PersonRow } from '../domain/people-check.policy';
import { peopleImportDecider } from '../domain/people-import.decider';
import { sameTimeline } from '../domain/timeline.policy';
import type { KnownCompany, KnownPeopleQuery } from '../read/known-people.query';
import { type PeopleFile, readPeopleFile, STANDARD_PEOPLE_PROFILE } from './people-file';

export const PEOPLE_IMPORT_LIMITS = {
  /** Lines an event: sealed names make a line about 1.5 KB, and an event may have 256 KiB. */
  linesPerChunk: 100,
  chunksAtOnce: 20,
  linesPerPerson: 100,
  requestKeyBytes: 200,
} as const;

export interface PeopleImportParts {
  readonly runner: CommandRunner;
  readonly streams: Pick<EventStreams, 'readStream'>;
  readonly known: KnownPeopleQuery;
  readonly reader: Pick<OrganisationReader, 'sites'>;
  readonly texts: Pick<PersonalTexts, 'make' | 'lookupKey'>;
  readonly ids: IdSource;
}

export interface PeopleImportInput {
  readonly source: FileSource;
  /** Wins over the profile's. */
  readonly encoding?: Encoding | undefined;
  /** Without one: the documented columns. */
  readonly profile?: { readonly name: string; readonly version: number; readonly definition: PeopleProfile } | undefined;
  readonly progress?: ImportProgress | undefined;
}

export interface PeopleImportCounts {
  readonly rows: number;
  readonly filtered: number;
  readonly newPeople: number;
  readonly changedPeople: number;
  readonly unchangedPeople: number;
}

export type PeoplePreview =
  { readonly kind: 'refused'; readonly problems: ProblemReport } | ({ readonly kind: 'preview' } & PeopleImportCounts);

export type PeopleImportResult =
  | { readonly kind: 'refused'; readonly problems: ProblemReport }
  | ({
      readonly kind: 'imported';
      readonly importId: string;
      /** Hand it to `waitFor` to see the people; null when the file said nothing new. */
      readonly token: string | null;
      /** The same request was carried out before; nothing was done again. */
      readonly repeated: boolean;
    } & PeopleImportCounts);

export interface PeopleImports {
  /** What an import would do; writes nothing. */
  preview(input: PeopleImportInput): Promise<PeoplePreview>;
  /**
   * All or nothing. The same request key again resumes what a crash left and changes nothing twice.
   * Thrown: Rejection `organisation.changed-meanwhile` (another import was completed first: ask again with a new key),
   * `organisation.import-of-another-file` (the key was used for another file), `organisation.request-key-too-long`.
   */
  import(input: PeopleImportInput, context: CommandContext): Promise<PeopleImportResult>;
}

export function createPeopleImports(parts: PeopleImportParts): PeopleImports {
  return new Service(parts);
}

/** A file checked against the company as it was when `basedOn` imports had been completed. */
interface Checked {
  readonly table: Table;
  readonly changed: readonly ChangedPerson[];
  readonly counts: PeopleImportCounts;
}

interface ChangedPerson {
  readonly person: FilePerson;
  readonly isNew: boolean;
}

type Read =
  | { readonly kind: 'refused'; readonly problems: ProblemReport }
  | { readonly kind: 'file'; readonly table: Table; readonly file: PeopleFile; readonly rows: readonly KeyedRow[] };

class Service implements PeopleImports {
  constructor(private readonly parts: PeopleImportParts) {}

  async preview(input: PeopleImportInput): Promise<PeoplePreview> {
    const read = await this.read(input);
    if (read.kind === 'refused') return read;
    const { position } = await this.company();
    const checked = await this.check(read, position, { recorded: new Map(), progress: input.progress });
    return 'counts' in checked ? { kind: 'preview', ...checked.counts } : checked;
  }

  async import(input: PeopleImportInput, context: CommandContext): Promise<PeopleImportResult> {
    if (Buffer.byteLength(context.requestKey) > PEOPLE_IMPORT_LIMITS.requestKeyBytes) {
      throw new Rejection('organisation.request-key-too-long', { maxBytes: PEOPLE_IMPORT_LIMITS.requestKeyBytes });
    }
    const read = await this.read(input);
    if (read.kind === 'refused') return read;
    const importId = derivedUuid('people-import', context.requestKey);
    const { state, position } = await this.company();
    const done = state.completed.get(importId);
    if (done) return repeatedResult(done, read.table, read.file.filtered);
    const recorded = await this.recorded(importId, read, state);
    const checked = await this.check(read, position, { recorded, progress: input.progress });
    if (!('counts' in checked)) return checked;
    return this.write({ importId, basedOn: state.imports, checked, input, context });
  }

  private async read({ source, encoding, profile, progress }: PeopleImportInput): Promise<Read> {
    const definition = profile?.definition ?? STANDARD_PEOPLE_PROFILE;
    const result = await readCsv(source, { encoding: encoding ?? definition.encoding, delimiter: definition.delimiter }, progress);
    if (result.kind === 'refused') return result;
    const problems = new Problems();
    const file = readPeopleFile(result.table, definition, problems);
    if (problems.total === 0 && file.rows.length === 0) problems.add(0, null, 'no-rows');
    if (problems.total > 0) return { kind: 'refused', problems: problems.report() };
    return { kind: 'file', table: result.table, file, rows: file.rows.map((row) => this.keyed(row)) };
  }

  private keyed(row: PersonRow): KeyedRow {
    const { texts } = this.parts;
    return {
      ...row,
      employeeNoKey: texts.lookupKey('employee-no', row.employeeNo),
      nameKey: texts.lookupKey('name', row.name),
      loginKey: row.login === null ? null : texts.lookupKey('login', row.login),
      managerKey: row.manager === null ? null : texts.lookupKey(row.manager.by, row.manager.text),
    };
  }

  /** The company's stream and the position of its last event, which the read models must have reached before rows are checked. */
  private async company(): Promise<{ readonly state: Organisation; readonly position: number }> {
    const { state, version } = await this.parts.runner.load(organisationDecider, ORGANISATION_ID);
    if (version === 0) return { state, position: 0 };
    const { events } = await this.parts.streams.readStream(`${organisationDecider.category}-${ORGANISATION_ID}`, {
      fromVersion: version,
      maxEvents: 1,
    });
    return { state, position: events[0]?.position ?? 0 };
  }

  /** Subject ids given by an earlier try of the same request, so that what it wrote and what is written now agree. */
  private async recorded(
    importId: string,
    { table, rows }: Extract<Read, { kind: 'file' }>,
    state: Organisation,
  ): Promise<ReadonlyMap<string, SubjectId>> {
    const { runner } = this.parts;
    const { state: earlier } = await runner.load(peopleImportDecider, importId);
    const subjects = new Map<string, SubjectId>();
    if (!earlier.started) return subjects;
    if (earlier.started.fileHash !== table.fileHash) throw new Rejection('organisation.import-of-another-file');
    if (earlier.started.basedOn !== state.imports) {
      throw new Rejection('organisation.changed-meanwhile', { basedOn: earlier.started.basedOn, imports: state.imports });
    }
    const byRow = new Map(rows.map((row) => [`${row.row} ${row.employeeNoKey}`, row]));
    const byName = new Map(rows.map((row) => [row.nameKey, row.employeeNoKey]));
    for (const line of await this.recordedLines(importId, rows.length)) {
      subjects.set(line.employeeNoKey, line.subject);
      const row = byRow.get(`${line.row} ${line.employeeNoKey}`);
      if (!row?.manager || row.managerKey === null || !line.manager) continue;
      const managerKey = row.manager.by === 'name' ? byName.get(row.managerKey) : row.managerKey;
      if (managerKey !== undefined) subjects.set(managerKey, line.manager);
    }
    return subjects;
  }

  private async recordedLines(importId: string, rows: number): Promise<readonly PersonLine[]> {
    const lines: PersonLine[] = [];
    const collect = {
      category: peopleImportDecider.category,
      initial: lines,
      evolve: (all: PersonLine[], event: OrganisationEvent): PersonLine[] => {
        if (event.type === 'PeopleLinesRecorded') all.push(...event.data.lines);
        return all;
      },
    };
    // Chunks are written side by side, so that some may be missing in the middle; a chunk has one row at least.
    for (let chunk = 0; chunk < rows; chunk += PEOPLE_IMPORT_LIMITS.chunksAtOnce) {
      const ids = Array.from({ length: PEOPLE_IMPORT_LIMITS.chunksAtOnce }, (_, index) => `${importId}.${chunk + index}`);
      const found = await Promise.all(ids.map((id) => this.parts.runner.load(collect, id)));
      if (found.every(({ version }) => version === 0)) break;
    }
    return lines;
  }

  private async check(
    { table, file, rows }: Extract<Read, { kind: 'file' }>,
    position: number,
    {
      recorded,
      progress = NO_PROGRESS,
    }: { readonly recorded: ReadonlyMap<string, SubjectId>; readonly progress: ImportProgress | undefined },
  ): Promise<Checked | { readonly kind: 'refused'; readonly problems: ProblemReport }> {
    progress('checking', 0, table.rows.length);
    const known = await this.parts.known.knownPeople(position);
    const sites = new Set((await this.parts.reader.sites()).map(({ site }) => site));
    const problems = new Problems();
    const fresh = new Map(recorded);
    const newSubject = (key: string): SubjectId => {
      const subject = fresh.get(key) ?? subjectId(this.parts.ids.uuid());
      fresh.set(key, subject);
      return subject;
    };
    const meant = rows.filter((row) => !row.onlyNamed || known.byEmployeeNo.has(row.employeeNoKey) || !known.byName.has(row.nameKey));
    const people = checkPeople(
      { rows: meant, known, columns: file.columns, newSubject, sites: sites.size === 0 ? undefined : sites },
      problems,
    );
    for (const { rows: own } of people) {
      const surplus = own[PEOPLE_IMPORT_LIMITS.linesPerPerson];
      if (surplus) problems.add(surplus.row, file.columns.employeeNo, 'too-many-lines-of-one-person');
    }
    progress('checking', table.rows.length, table.rows.length);
    if (problems.total > 0) return { kind: 'refused', problems: problems.report() };
    const changed = people.flatMap((person) => this.changeOf(person, known));
    const newPeople = changed.filter(({ isNew }) => isNew).length;
    const counts = {
      rows: table.rows.length,
      filtered: file.filtered,
      newPeople,
      changedPeople: changed.length - newPeople,
      unchangedPeople: people.length - changed.length,
    };
    return { table, changed, counts };
  }

  private changeOf(person: FilePerson, known: KnownCompany): readonly ChangedPerson[] {
    if (!person.before) return [{ person, isNew: true }];
    if (!sameTimeline(person.before, person.timeline) || !this.sameTexts(person, known)) return [{ person, isNew: false }];
    return [];
  }

  private sameTexts({ subject, rows }: FilePerson, known: KnownCompany): boolean {
    const last = rows[rows.length - 1];
    const tags = known.tags.get(subject);
    if (!last || !tags) return false;
    const tag = (text: string | null): string | null => (text === null ? null : this.parts.texts.make(subject, text).tag);
    return tags.name === tag(last.name) && tags.employeeNo === tag(last.employeeNo) && tags.login === tag(last.login);
  }

  private async write(act: {
    readonly importId: string;
    readonly basedOn: number;
    readonly checked: Checked;
    readonly input: PeopleImportInput;
    readonly context: CommandContext;
  }): Promise<PeopleImportResult> {
    const { runner } = this.parts;
    const { importId, basedOn, checked, input, context } = act;
    const { fileHash } = checked.table;
    const chunks = chunked(checked.changed);
    if (chunks.length > 0) {
      const profile = input.profile && { name: input.profile.name, version: input.profile.version };
      const start = { importId, fileHash, rows: checked.counts.rows, basedOn, ...(profile ? { profile } : {}) };
      await runner.run(
        peopleImportDecider,
        importId,
        { type: 'StartPeopleImport', data: start },
        { ...context, requestKey: `${context.requestKey}/start` },
      );
    }
    const { progress = NO_PROGRESS } = input;
    for (let first = 0; first < chunks.length; first += PEOPLE_IMPORT_LIMITS.chunksAtOnce) {
      progress('recording', rowsOf(chunks.slice(0, first)), rowsOf(chunks));
      const items = chunks
        .slice(first, first + PEOPLE_IMPORT_LIMITS.chunksAtOnce)
        .map((people, index) => this.chunkItem(act, people, first + index));
      const outcomes = await runner.runMany(peopleImportDecider, items, {
        now: context.now,
        actor: context.actor,
        correlationId: context.correlationId ?? context.requestKey,
      });
      for (const outcome of outcomes)
        if (outcome.kind === 'rejected') throw new Rejection('organisation.changed-meanwhile', { chunk: outcome.id });
    }
    const { filtered, ...counts } = checked.counts;
    const complete: CompletePeopleImport = {
      type: 'CompletePeopleImport',
      data: { importId, fileHash, chunks: chunks.length, basedOn, ...counts },
    };
    // What a request means is its file; what is new in it depends on when it is asked.
    const result = await runner.run(organisationDecider, ORGANISATION_ID, complete, { ...context, intent: { fileHash } });
    return { kind: 'imported', importId, token: result.token, repeated: result.repeated, ...counts, filtered };
  }

  private chunkItem(
    { importId, context }: { readonly importId: string; readonly context: CommandContext },
    people: readonly FilePerson[],
    chunk: number,
  ): ManyItem<RecordPeopleLines> {
    const lines = people.flatMap((person) => this.linesOf(person));
    return {
      id: `${importId}.${chunk}`,
      requestKey: `${context.requestKey}/chunk/${chunk}`,
      command: { type: 'RecordPeopleLines', data: { importId, chunk, lines } },
    };
  }

  private linesOf({ subject, rows, segments, speaksFrom }: FilePerson): readonly PersonLine[] {
    const text = (plain: string): PersonalText => this.parts.texts.make(subject, plain);
    return rows.flatMap((row, index) => {
      const segment = segments[index];
      if (!segment) return [];
      return [
        {
          subject,
          row: row.row,
          employeeNo: text(row.employeeNo),
          employeeNoKey: row.employeeNoKey,
          name: text(row.name),
          nameKey: row.nameKey,
          ...(row.login !== null && row.loginKey !== null ? { login: text(row.login), loginKey: row.loginKey } : {}),
          roles: [...segment.roles],
          ...(segment.position === null ? {} : { position: segment.position }),
          department: segment.department,
          ...(segment.team === null ? {} : { team: segment.team }),
          ...(segment.region === null ? {} : { region: segment.region }),
          ...(segment.site === null ? {} : { site: segment.site }),
          ...(segment.manager === null ? {} : { manager: segment.manager }),
          ...(segment.from === null ? {} : { validFrom: segment.from }),
          ...(segment.to === null ? {} : { validTo: segment.to }),
          ...(speaksFrom === null ? {} : { speaksFrom }),
        },
      ];
    });
  }
}

/** Whole people, at most `linesPerChunk` lines together; the same file and company give the same chunks. */
function rowsOf(chunks: readonly (readonly FilePerson[])[]): number {
  return chunks.reduce((sum, people) => sum + people.reduce((own, { rows }) => own + rows.length, 0), 0);
}

function chunked(changed: readonly ChangedPerson[]): readonly (readonly FilePerson[])[] {
  const chunks: FilePerson[][] = [];
  let lines = 0;
  for (const { person } of changed) {
    const last = chunks[chunks.length - 1];
    if (last && lines + person.rows.length <= PEOPLE_IMPORT_LIMITS.linesPerChunk) {
      last.push(person);
      lines += person.rows.length;
    } else {
      chunks.push([person]);
      lines = person.rows.length;
    }
  }
  return chunks;
}

function repeatedResult(
  done: {
    readonly importId: string;
    readonly fileHash: string;
    readonly rows: number;
    readonly newPeople: number;
    readonly changedPeople: number;
    readonly unchangedPeople: number;
    readonly completedAt: Instant;
  },
  table: Table,
  filtered: number,
): PeopleImportResult {
  if (done.fileHash !== table.fileHash) throw new Rejection('organisation.import-of-another-file');
  const { importId, rows, newPeople, changedPeople, unchangedPeople } = done;
  return { kind: 'imported', importId, token: null, repeated: true, rows, filtered, newPeople, changedPeople, unchangedPeople };
}
