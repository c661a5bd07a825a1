import { createHash } from 'node:crypto';
import { canonicalJson, derivedUuid, Rejection, type SubjectId } from '#kernel';
import { type CommandContext, type CommandRunner, type EventLog, EventStoreError, type ManyItem, together } from '#libs/event-store';
import type { Metric, OrganisationReader } from '#libs/organisation/contracts';
import type { PersonalTexts } from '#libs/privacy/contracts';
import { NO_PROGRESS, Problems, type ProblemReport, readCsv } from '#libs/tabular';
import type { CompleteFor, Fact, FactCorrection, FactImportCommand, FactsReader } from '../contracts';
import { completedImport, type CompletedImport, factImportDecider, factSourceDecider } from '../domain/fact-import.decider';
import { type KnownOwners, type OwnerKey, ownerOf } from '../domain/owners.policy';
import type { FactStore, KnownRecord } from '../read/fact-store.query';
import { STANDARD_FACTS_PROFILE } from './built-in-profiles';
import { checkFactValue, type FactFileRow, readFactFile } from './fact-file';
import {
  type CompletenessInput,
  FACT_IMPORT_LIMITS,
  type FactFileInput,
  type FactImportResult,
  type FactListInput,
  type FactPreview,
} from './fact-import.types';
import { chunkCommands, type Checked, completion, type ReadFacts, recordKey, Sorting } from './fact-sorting';

export interface FactImportParts {
  readonly runner: CommandRunner;
  readonly log: Pick<EventLog, 'head'>;
  readonly store: FactStore;
  readonly facts: Pick<FactsReader, 'fact' | 'import' | 'metrics'>;
  readonly organisation: Pick<OrganisationReader, 'find'>;
  readonly texts: Pick<PersonalTexts, 'lookupKey'>;
}

export interface FactImports {
  preview(input: FactFileInput): Promise<FactPreview>;
  /**
   * All or nothing. The same request key again resumes and changes nothing twice.
   * Thrown: Rejection `facts.import-of-another-file`, `facts.changed-meanwhile`, `facts.request-key-too-long`.
   */
  importFile(input: FactFileInput, context: CommandContext): Promise<FactImportResult>;
  importList(input: FactListInput, context: CommandContext): Promise<FactImportResult>;
  /** Rows set aside by an import whose owners can be told by now. Thrown: Rejection `facts.nothing-set-aside`. */
  importSetAside(importId: string, context: CommandContext): Promise<FactImportResult>;
  /**
   * Supersedes one fact. Thrown: Rejection `facts.unknown-fact`, `facts.already-corrected`, `facts.invalid-value`.
   */
  correct(correction: FactCorrection, context: CommandContext): Promise<{ readonly factId: string; readonly token: string | null }>;
}

export function createFactImports(parts: FactImportParts): FactImports {
  return new Service(parts);
}

type Refused = { readonly kind: 'refused'; readonly problems: ProblemReport };

class Service implements FactImports {
  constructor(private readonly parts: FactImportParts) {}

  async preview(input: FactFileInput): Promise<FactPreview> {
    await this.reachHead();
    const read = await this.readFile(input);
    if (read.kind === 'refused') return read;
    const checked = await this.check(read, derivedUuid('fact-preview', read.fileHash));
    return 'counts' in checked ? { kind: 'preview', ...checked.counts } : checked;
  }

  async importFile(input: FactFileInput, context: CommandContext): Promise<FactImportResult> {
    await this.reachHead();
    const read = await this.readFile(input);
    return read.kind === 'refused' ? read : this.import(read, context);
  }

  async importList(input: FactListInput, context: CommandContext): Promise<FactImportResult> {
    await this.reachHead();
    const read = await this.readList(input);
    return read.kind === 'refused' ? read : this.import(read, context);
  }

  async importSetAside(importId: string, context: CommandContext): Promise<FactImportResult> {
    await this.reachHead();
    const kept = await this.parts.store.setAside(importId);
    if (!kept) throw new Rejection('facts.nothing-set-aside', { importId });
    const rows = kept.rows.map(({ row, ownerKeys, facts }) => ({ row, ownerKeys, facts }));
    return this.import(
      {
        kind: 'rows',
        source: kept.source,
        fileHash: sha256(importId),
        total: rows.length,
        file: { rows, filtered: 0, ownerColumn: 'owner', recordColumn: 'recordId' },
        aliases: new Map(),
        setAsideUnknown: true,
        profile: undefined,
        completeFor: undefined,
        corrections: undefined,
        problems: new Problems(),
        progress: NO_PROGRESS,
      },
      context,
    );
  }

  async correct(correction: FactCorrection, context: CommandContext): Promise<{ readonly factId: string; readonly token: string | null }> {
    await this.reachHead();
    const fact = await this.parts.facts.fact(correction.factId);
    if (!fact) throw new Rejection('facts.unknown-fact', { factId: correction.factId });
    const problems = new Problems();
    checkFactValue(
      { row: 0, metric: fact.metric, value: correction.value, metricColumn: 'metric', valueColumn: 'value' },
      await this.parts.facts.metrics(),
      problems,
    );
    const [problem] = problems.report().listed;
    if (problem) throw new Rejection('facts.invalid-value', { problem: problem.code, metric: fact.metric });
    const recorded: Fact['owner'] = fact.subject
      ? { subject: fact.subject }
      : { unit: fact.unit?.kind ?? 'company', label: fact.unit?.label ?? '-' };
    const owner = correction.owner ?? recorded;
    const corrected: Fact = {
      factId: derivedUuid('fact-correction', fact.factId),
      owner,
      metric: fact.metric,
      value: correction.value,
      happenedOn: correction.happenedOn ?? fact.happenedOn,
      source: fact.source,
      recordId: fact.recordId,
    };
    const command: FactImportCommand = {
      type: 'CorrectFact',
      data: { supersedes: fact.factId, fact: corrected, reason: correction.reason },
    };
    const result = await this.parts.runner.run(factImportDecider, fact.factId, command, context);
    return { factId: corrected.factId, token: result.token };
  }

  private async reachHead(): Promise<void> {
    await this.parts.store.reach((await this.parts.log.head()).position);
  }

  private async readFile(input: FactFileInput): Promise<ReadFacts | Refused> {
    const definition = input.profile?.definition ?? STANDARD_FACTS_PROFILE;
    const format = { encoding: input.encoding ?? definition.encoding, delimiter: definition.delimiter };
    const result = await readCsv(input.source, format, input.progress);
    if (result.kind === 'refused') return result;
    const problems = new Problems();
    const metrics = await this.parts.facts.metrics();
    const file = readFactFile(
      result.table,
      definition,
      { metrics, lookupKey: (kind, value) => this.parts.texts.lookupKey(kind, value) },
      problems,
    );
    const completeFor = completeness(input.completeFor, definition.completeFor ?? [], metrics, problems);
    return {
      kind: 'rows',
      source: input.sourceName ?? definition.source,
      fileHash: result.table.fileHash,
      total: result.table.rows.length,
      file,
      aliases: new Map(Object.entries(definition.owner.aliases ?? {})),
      setAsideUnknown: definition.owner.unknown === 'set-aside',
      profile: input.profile && { name: input.profile.name, version: input.profile.version },
      completeFor,
      corrections: input.corrections,
      problems,
      progress: input.progress ?? NO_PROGRESS,
    };
  }

  private async readList(input: FactListInput): Promise<ReadFacts | Refused> {
    const problems = new Problems();
    if (input.facts.length > FACT_IMPORT_LIMITS.restFacts) problems.add(0, null, 'too-many-facts');
    const metrics = await this.parts.facts.metrics();
    const completeFor = completeness(input.completeFor, [], metrics, problems);
    const rows = input.facts.slice(0, FACT_IMPORT_LIMITS.restFacts).map((fact, index): FactFileRow => {
      const { metric, value, happenedOn, recordId } = fact;
      checkFactValue({ row: index + 1, metric, value, metricColumn: 'metric', valueColumn: 'value' }, metrics, problems);
      const ownerKeys: OwnerKey[] = [];
      if (fact.employeeNo !== undefined)
        ownerKeys.push({ kind: 'employee-no', key: this.parts.texts.lookupKey('employee-no', fact.employeeNo) });
      if (fact.login !== undefined) ownerKeys.push({ kind: 'login', key: this.parts.texts.lookupKey('login', fact.login) });
      return {
        row: index + 1,
        ...(fact.subject ? { owner: { subject: fact.subject } } : fact.unit ? { owner: fact.unit } : {}),
        ownerKeys,
        facts: [{ metric, value, happenedOn, recordId }],
      };
    });
    if (problems.total > 0) return { kind: 'refused', problems: problems.report() };
    return {
      kind: 'rows',
      source: input.source,
      fileHash: sha256(canonicalJson({ facts: input.facts, source: input.source })),
      total: rows.length,
      file: { rows, filtered: 0, ownerColumn: 'owner', recordColumn: 'recordId' },
      aliases: new Map(),
      setAsideUnknown: false,
      profile: undefined,
      completeFor,
      corrections: input.corrections,
      problems,
      progress: NO_PROGRESS,
    };
  }

  private async import(read: ReadFacts, context: CommandContext): Promise<FactImportResult> {
    if (Buffer.byteLength(context.requestKey) > FACT_IMPORT_LIMITS.requestKeyBytes) {
      throw new Rejection('facts.request-key-too-long', { maxBytes: FACT_IMPORT_LIMITS.requestKeyBytes });
    }
    const importId = derivedUuid('fact-import', context.requestKey);
    if (read.problems.total > 0) {
      const refused = await this.check(read, importId);
      if (!('counts' in refused)) return refused;
    }
    const { state: earlier } = await this.parts.runner.load(factImportDecider, importId);
    if (earlier.started && earlier.started.fileHash !== read.fileHash) throw new Rejection('facts.import-of-another-file');
    for (let attempt = 1; ; attempt += 1) {
      const { state } = await this.parts.runner.load(factSourceDecider, read.source);
      const done = completedImport(state, importId);
      if (done) return this.resume(done, read, context);
      const checked = await this.check(read, importId);
      if (!('counts' in checked)) return checked;
      try {
        return await this.write({ read, importId, basedOn: state.imports, checked, context });
      } catch (error) {
        // Another import of the source came first. Chunks are checked again: what they hold must still be new.
        if (!(error instanceof Rejection && error.code === 'facts.changed-meanwhile') || attempt >= FACT_IMPORT_LIMITS.changedRetries)
          throw error;
        await this.reachHead();
      }
    }
  }

  /**
   * A try that ended after the import and before its last correction left the rest to this one. Only what was known before
   * the import is corrected: what came after it, such as a correction by hand, is newer than the file.
   */
  private async resume(done: CompletedImport, read: ReadFacts, context: CommandContext): Promise<FactImportResult> {
    if (!read.corrections) return repeatedResult(done, read);
    await this.reachHead();
    const completed = await this.parts.facts.import(done.importId);
    const checked = await this.check(read, done.importId);
    if (!('counts' in checked)) return checked;
    const open: FactCorrection[] = [];
    for (const correction of checked.corrections) {
      const fact = await this.parts.facts.fact(correction.factId);
      if (fact && completed && fact.position < completed.position) open.push(correction);
    }
    await this.correctAll(open, context);
    return repeatedResult(done, read);
  }

  private async correctAll(corrections: readonly FactCorrection[], context: CommandContext): Promise<void> {
    for (const correction of corrections) {
      await this.correct(correction, { ...context, requestKey: `${context.requestKey}/correct/${correction.factId}` });
    }
  }

  private async check(read: ReadFacts, importId: string): Promise<Checked | Refused> {
    // Owners of the rows that could be read are looked up all the same: whoever corrects the file sees everything at once.
    const problems = read.problems.total > 0 ? read.problems : new Problems();
    read.progress('checking', 0, read.file.rows.length);
    const owners = await this.owners(read);
    const known = await this.knownRecords(read);
    const sorting = new Sorting(read, importId, known, problems);
    for (const row of read.file.rows) {
      const answer = row.owner ?? ownerOf(row.ownerKeys, owners);
      if (!('reason' in answer)) sorting.take(row, answer);
      else if (read.setAsideUnknown) sorting.setAside(row, answer.reason);
      else problems.add(row.row, read.file.ownerColumn, answer.reason);
    }
    read.progress('checking', read.file.rows.length, read.file.rows.length);
    if (problems.total > 0) return { kind: 'refused', problems: problems.report() };
    return sorting.checked();
  }

  private async owners({ file, aliases }: ReadFacts): Promise<KnownOwners> {
    const keys: Record<OwnerKey['kind'], Set<string>> = { 'employee-no': new Set(), login: new Set(), name: new Set() };
    for (const { ownerKeys } of file.rows) for (const { kind, key } of ownerKeys) keys[kind].add(key);
    const byKey = {
      'employee-no': await this.find('employee-no', keys),
      login: await this.find('login', keys),
      name: await this.find('name', keys),
    };
    return { aliases, byKey };
  }

  private async find(
    kind: OwnerKey['kind'],
    keys: Readonly<Record<OwnerKey['kind'], ReadonlySet<string>>>,
  ): Promise<Map<string, readonly SubjectId[]>> {
    const all = [...keys[kind]];
    const found = new Map<string, readonly SubjectId[]>();
    for (let first = 0; first < all.length; first += FACT_IMPORT_LIMITS.keysAtOnce) {
      const page = await this.parts.organisation.find(kind, all.slice(first, first + FACT_IMPORT_LIMITS.keysAtOnce));
      for (const [key, subjects] of page) found.set(key, subjects);
    }
    return found;
  }

  private async knownRecords({ source, file }: ReadFacts): Promise<ReadonlyMap<string, KnownRecord>> {
    const ids = new Set(file.rows.flatMap(({ facts }) => facts.map(({ recordId }) => recordId)));
    const known = await this.parts.store.knownRecords(source, [...ids]);
    return new Map(known.map((record) => [recordKey(record.recordId, record.metric), record]));
  }

  private async write(act: {
    readonly read: ReadFacts;
    readonly importId: string;
    readonly basedOn: number;
    readonly checked: Checked;
    readonly context: CommandContext;
  }): Promise<FactImportResult> {
    const { read, importId, checked, context } = act;
    const chunks = chunkCommands(importId, read.source, checked);
    const start: FactImportCommand = {
      type: 'StartFactImport',
      data: {
        importId,
        source: read.source,
        fileHash: read.fileHash,
        rows: read.total,
        ...(read.profile ? { profile: read.profile } : {}),
      },
    };
    // What a request means is its file; what is new in it depends on when it is asked.
    const intent = { fileHash: read.fileHash, source: read.source };
    const parts = [];
    const [only] = chunks;
    if (chunks.length > 1) {
      await this.parts.runner.run(factImportDecider, importId, start, { ...context, requestKey: `${context.requestKey}/start` });
      await this.writeChunks(importId, chunks, {
        context,
        progress: (chunk) => read.progress('recording', Math.floor((checked.facts.length * chunk) / chunks.length), checked.facts.length),
      });
    } else if (only) {
      parts.push(together(factImportDecider, importId, start), together(factImportDecider, `${importId}.0`, only));
    }
    // Last, so that no position has the import without its rows.
    parts.push(together(factSourceDecider, read.source, completion(act)));
    const result = await this.parts.runner.runTogether(parts, { ...context, intent });
    await this.correctAll(checked.corrections, context);
    return { kind: 'imported', importId, token: result.token, repeatedRequest: result.repeated, ...checked.counts };
  }

  private async writeChunks(
    importId: string,
    chunks: readonly FactImportCommand[],
    { context, progress }: { readonly context: CommandContext; readonly progress: (chunk: number) => void },
  ): Promise<void> {
    const shared = { now: context.now, actor: context.actor, correlationId: context.correlationId ?? context.requestKey };
    for (let first = 0; first < chunks.length; first += FACT_IMPORT_LIMITS.chunksAtOnce) {
      progress(first);
      const items = chunks.slice(first, first + FACT_IMPORT_LIMITS.chunksAtOnce).map((command, index): ManyItem<FactImportCommand> => {
        const chunk = first + index;
        return { id: `${importId}.${chunk}`, command, requestKey: `${context.requestKey}/chunk/${chunk}` };
      });
      const outcomes = await this.parts.runner.runMany(factImportDecider, items, shared).catch(asChangedMeanwhile);
      for (const outcome of outcomes)
        if (outcome.kind === 'rejected') throw new Rejection('facts.changed-meanwhile', { chunk: outcome.id });
    }
  }
}

/** An earlier try of the request wrote other rows: what was new then is not what is new now. */
function asChangedMeanwhile(error: unknown): never {
  if (error instanceof EventStoreError && error.code === 'request-key-reused') throw new Rejection('facts.changed-meanwhile');
  throw error;
}

function completeness(
  input: CompletenessInput | undefined,
  defaults: readonly string[],
  metrics: ReadonlyMap<string, Metric>,
  problems: Problems,
): CompleteFor | undefined {
  if (!input) return undefined;
  const named = input.metrics ?? defaults;
  if (named.length === 0) problems.add(0, 'completeFor', 'no-metrics');
  for (const metric of named) {
    if (!metrics.has(metric)) problems.add(0, 'completeFor', 'unknown-metric', metric);
    else if (metrics.get(metric)?.combine !== 'sum') problems.add(0, 'completeFor', 'not-a-sum-metric', metric);
  }
  const people = input.people === undefined || input.people === 'everyone' ? 'everyone' : [...input.people];
  return { metrics: [...named], period: input.period, people };
}

function repeatedResult(done: CompletedImport, read: ReadFacts): FactImportResult {
  const { importId, facts, repeated, filtered, setAside, setAsideTotal } = done;
  return {
    kind: 'imported',
    importId,
    token: null,
    repeatedRequest: true,
    rows: read.total,
    facts,
    repeated,
    filtered,
    setAside,
    setAsideTotal,
    differing: [],
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
