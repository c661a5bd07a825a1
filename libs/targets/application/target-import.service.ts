import { compareDecimal, decimal, derivedUuid, Rejection, type SubjectId } from '#kernel';
import { type CommandContext, type CommandRunner, type EventLog, EventStoreError, type ManyItem } from '#libs/event-store';
import { metricRegistry, type OrganisationReader } from '#libs/organisation/contracts';
import type { PersonalTexts } from '#libs/privacy/contracts';
import { type Encoding, type FileSource, type ImportProgress, NO_PROGRESS, Problems, type ProblemReport, readCsv } from '#libs/tabular';
import { type Target, TARGET_LIMITS, type TargetImportCommand } from '../contracts';
import { targetImportDecider } from '../domain/target-import.decider';
import type { TargetStore } from '../read/target-store.query';
import { ownerKey } from '../read/targets.projection';
import { readTargetFile, type TargetFile, type TargetFileRow } from './target-file';

export const TARGET_IMPORT_LIMITS = { chunksAtOnce: 20, requestKeyBytes: 200, keysAtOnce: 5_000 } as const;

export interface TargetImportParts {
  readonly runner: CommandRunner;
  readonly log: Pick<EventLog, 'head'>;
  readonly store: TargetStore;
  readonly organisation: Pick<OrganisationReader, 'find' | 'declaredMetrics'>;
  readonly texts: Pick<PersonalTexts, 'lookupKey'>;
}

export interface TargetFileInput {
  readonly source: FileSource;
  readonly encoding?: Encoding | undefined;
  /** Why targets that are set already change; without one, a file that would change any is refused. */
  readonly reason?: string | undefined;
  readonly progress?: ImportProgress | undefined;
}

export interface TargetImportCounts {
  readonly rows: number;
  readonly newTargets: number;
  readonly revised: number;
  readonly unchanged: number;
}

export type TargetPreview =
  { readonly kind: 'refused'; readonly problems: ProblemReport } | ({ readonly kind: 'preview' } & TargetImportCounts);
export type TargetImportResult =
  | { readonly kind: 'refused'; readonly problems: ProblemReport }
  | ({
      readonly kind: 'imported';
      readonly importId: string;
      readonly token: string | null;
      readonly repeatedRequest: boolean;
    } & TargetImportCounts);

export interface TargetImports {
  preview(input: TargetFileInput): Promise<TargetPreview>;
  /**
   * All or nothing; the same request key again changes nothing twice.
   * Thrown: Rejection `targets.import-of-another-file`, `targets.changed-meanwhile`, `targets.request-key-too-long`.
   */
  import(input: TargetFileInput, context: CommandContext): Promise<TargetImportResult>;
}

export function createTargetImports(parts: TargetImportParts): TargetImports {
  return new Service(parts);
}

interface Checked {
  readonly kind: 'checked';
  readonly fileHash: string;
  /** New and revised. */
  readonly targets: readonly Target[];
  readonly counts: TargetImportCounts;
}

class Service implements TargetImports {
  constructor(private readonly parts: TargetImportParts) {}

  async preview(input: TargetFileInput): Promise<TargetPreview> {
    const checked = await this.check(input);
    return checked.kind === 'checked' ? { kind: 'preview', ...checked.counts } : checked;
  }

  async import(input: TargetFileInput, context: CommandContext): Promise<TargetImportResult> {
    if (Buffer.byteLength(context.requestKey) > TARGET_IMPORT_LIMITS.requestKeyBytes) {
      throw new Rejection('targets.request-key-too-long', { maxBytes: TARGET_IMPORT_LIMITS.requestKeyBytes });
    }
    const importId = derivedUuid('target-import', context.requestKey);
    const { state } = await this.parts.runner.load(targetImportDecider, importId);
    const checked = await this.check(input);
    if (checked.kind === 'refused') return checked;
    if (state.started && state.started.fileHash !== checked.fileHash) throw new Rejection('targets.import-of-another-file');
    const { counts } = checked;
    if (state.completed) {
      const { targets, revised } = state.completed;
      const repeated = { rows: counts.rows, newTargets: targets - revised, revised, unchanged: counts.rows - targets };
      return { kind: 'imported', importId, token: null, repeatedRequest: true, ...repeated };
    }
    // A file that says nothing new leaves no trace.
    if (checked.targets.length === 0) return { kind: 'imported', importId, token: null, repeatedRequest: false, ...counts };
    const token = await this.write(importId, checked, { context, reason: input.reason, progress: input.progress });
    return { kind: 'imported', importId, token, repeatedRequest: false, ...counts };
  }

  private async check(input: TargetFileInput): Promise<Checked | { readonly kind: 'refused'; readonly problems: ProblemReport }> {
    await this.parts.store.reach((await this.parts.log.head()).position);
    const result = await readCsv(input.source, { encoding: input.encoding }, input.progress);
    if (result.kind === 'refused') return result;
    const problems = new Problems();
    const file = readTargetFile(result.table, metricRegistry(await this.parts.organisation.declaredMetrics()), problems);
    const { progress = NO_PROGRESS } = input;
    progress('checking', 0, file.rows.length);
    const targets = await this.targetsOf(file, problems);
    const held = await this.held(targets);
    const counts = { rows: file.rows.length, newTargets: 0, revised: 0, unchanged: 0 };
    const changed = targets.filter((target) => {
      const before = held.get(targetKey(target));
      const same = before !== undefined && compareDecimal(decimal(before), decimal(target.value)) === 0;
      if (before === undefined) counts.newTargets += 1;
      else if (same) counts.unchanged += 1;
      else {
        counts.revised += 1;
        if (input.reason === undefined) problems.add(target.row ?? 0, 'value', 'revision-needs-a-reason', target.value);
      }
      return !same;
    });
    progress('checking', file.rows.length, file.rows.length);
    if (problems.total > 0) return { kind: 'refused', problems: problems.report() };
    return { kind: 'checked', fileHash: result.table.fileHash, targets: changed, counts };
  }

  private async targetsOf({ rows, ownerColumn }: TargetFile, problems: Problems): Promise<readonly Target[]> {
    const people = await this.people(rows);
    const seen = new Map<string, string>();
    return rows.flatMap(({ row, owner, metric, period, value }): readonly Target[] => {
      const subject = owner.kind === 'person' ? people.get(owner.employeeNo) : undefined;
      if (owner.kind === 'person' && !subject) {
        problems.add(row, ownerColumn, 'unknown-owner');
        return [];
      }
      const target: Target = {
        row,
        owner: subject
          ? { subject }
          : owner.kind === 'person'
            ? { unit: 'company', label: 'company' }
            : { unit: owner.kind, label: owner.label },
        metric,
        period,
        value,
      };
      const key = targetKey(target);
      const twin = seen.get(key);
      seen.set(key, value);
      if (twin !== undefined && twin !== value) problems.add(row, ownerColumn, 'duplicate-target');
      return twin === undefined ? [target] : [];
    });
  }

  private async people(rows: readonly TargetFileRow[]): Promise<ReadonlyMap<string, SubjectId>> {
    const keys = new Map<string, string>();
    for (const { owner } of rows) {
      if (owner.kind === 'person') keys.set(owner.employeeNo, this.parts.texts.lookupKey('employee-no', owner.employeeNo));
    }
    const all = [...new Set(keys.values())];
    const found = new Map<string, SubjectId>();
    for (let first = 0; first < all.length; first += TARGET_IMPORT_LIMITS.keysAtOnce) {
      const page = await this.parts.organisation.find('employee-no', all.slice(first, first + TARGET_IMPORT_LIMITS.keysAtOnce));
      for (const [key, [subject]] of page) if (subject) found.set(key, subject);
    }
    const people = new Map<string, SubjectId>();
    for (const [employeeNo, key] of keys) {
      const subject = found.get(key);
      if (subject) people.set(employeeNo, subject);
    }
    return people;
  }

  private async held(targets: readonly Target[]): Promise<ReadonlyMap<string, string>> {
    const [owners, metrics, periods] = [new Set<string>(), new Set<string>(), new Set<string>()];
    for (const target of targets) {
      owners.add(ownerKey(target.owner));
      metrics.add(target.metric);
      periods.add(target.period);
    }
    const held = await this.parts.store.held([...owners], [...metrics], [...periods]);
    return new Map(held.map(({ owner, metric, period, value }) => [`${owner} ${metric} ${period}`, value]));
  }

  private async write(
    importId: string,
    { fileHash, targets, counts }: Checked,
    act: { readonly context: CommandContext; readonly reason: string | undefined; readonly progress: ImportProgress | undefined },
  ): Promise<string | null> {
    const { runner } = this.parts;
    const { context, reason, progress = NO_PROGRESS } = act;
    const start: TargetImportCommand = { type: 'StartTargetImport', data: { importId, fileHash, rows: counts.rows } };
    await runner.run(targetImportDecider, importId, start, { ...context, requestKey: `${context.requestKey}/start` });
    const items: ManyItem<TargetImportCommand>[] = [];
    for (let first = 0; first < targets.length; first += TARGET_LIMITS.chunkTargets) {
      const chunk = items.length;
      const data = {
        importId,
        chunk,
        targets: targets.slice(first, first + TARGET_LIMITS.chunkTargets),
        ...(reason === undefined ? {} : { reason }),
      };
      items.push({ id: `${importId}.${chunk}`, requestKey: `${context.requestKey}/chunk/${chunk}`, command: { type: 'SetTargets', data } });
    }
    const shared = { now: context.now, actor: context.actor, correlationId: context.correlationId ?? context.requestKey };
    for (let first = 0; first < items.length; first += TARGET_IMPORT_LIMITS.chunksAtOnce) {
      progress('recording', first * TARGET_LIMITS.chunkTargets, targets.length);
      const outcomes = await runner
        .runMany(targetImportDecider, items.slice(first, first + TARGET_IMPORT_LIMITS.chunksAtOnce), shared)
        .catch(asChangedMeanwhile);
      for (const outcome of outcomes)
        if (outcome.kind === 'rejected') throw new Rejection('targets.changed-meanwhile', { chunk: outcome.id });
    }
    const complete: TargetImportCommand = {
      type: 'CompleteTargetImport',
      data: { importId, targets: targets.length, revised: counts.revised },
    };
    return (await runner.run(targetImportDecider, importId, complete, { ...context, intent: { fileHash } })).token;
  }
}

/** An earlier try of the request wrote other rows: what was new then is not what is new now. */
function asChangedMeanwhile(error: unknown): never {
  if (error instanceof EventStoreError && error.code === 'request-key-reused') throw new Rejection('targets.changed-meanwhile');
  throw error;
}

function targetKey({ owner, metric, period }: Target): string {
  return `${ownerKey(owner)} ${metric} ${period}`;
}
