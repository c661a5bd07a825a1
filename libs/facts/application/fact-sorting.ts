import { compareDecimal, decimal, derivedUuid, type PlainDay, type SubjectId } from '#kernel';
import type { ImportProgress, Problems } from '#libs/tabular';
import {
  type CompleteFactImport,
  type CompleteFor,
  type Fact,
  FACT_LIMITS,
  type FactCorrection,
  type FactImportCommand,
  type SetAsideRow,
} from '../contracts';
import type { KnownRecord } from '../read/fact-store.query';
import type { FactFile, FactFileRow } from './fact-file';
import type { FactImportCounts } from './fact-import.types';

/** A file or list as read, before owners and earlier records are looked at. */
export interface ReadFacts {
  readonly kind: 'rows';
  readonly source: string;
  readonly fileHash: string;
  readonly total: number;
  readonly file: FactFile;
  readonly aliases: ReadonlyMap<string, SubjectId>;
  readonly setAsideUnknown: boolean;
  readonly profile: { readonly name: string; readonly version: number } | undefined;
  readonly completeFor: CompleteFor | undefined;
  readonly corrections: { readonly reason: string } | undefined;
  /** What could not be read; with any, nothing is written. */
  readonly problems: Problems;
  readonly progress: ImportProgress;
}

/** What an import would write. */
export interface Checked {
  readonly facts: readonly Fact[];
  readonly setAside: readonly SetAsideRow[];
  readonly corrections: readonly FactCorrection[];
  readonly counts: FactImportCounts;
}

/** Sorts the facts of a file into new, repeated, differing and set aside. */
export class Sorting {
  readonly #facts: Fact[] = [];
  readonly #setAside: SetAsideRow[] = [];
  readonly #differing: { row: number; metric: string; factId: string }[] = [];
  readonly #corrections: FactCorrection[] = [];
  readonly #inFile = new Map<string, Content>();
  #repeated = 0;

  constructor(
    private readonly read: ReadFacts,
    private readonly importId: string,
    private readonly known: ReadonlyMap<string, KnownRecord>,
    private readonly problems: Problems,
  ) {}

  take(row: FactFileRow, owner: Fact['owner']): void {
    for (const fact of row.facts) {
      const key = recordKey(fact.recordId, fact.metric);
      const own = { owner, value: fact.value, happenedOn: fact.happenedOn };
      const twin = this.#inFile.get(key);
      const known = this.known.get(key);
      if (twin && !sameContent(twin, own)) this.problems.add(row.row, this.read.file.recordColumn, 'duplicate-record');
      else if (twin || (known && sameContent(known, own))) this.#repeated += 1;
      else if (known) this.differ(row.row, known, own);
      else
        this.#facts.push({
          factId: derivedUuid('fact', this.importId, key),
          row: row.row,
          owner,
          ...fact,
          source: this.read.source,
        });
      this.#inFile.set(key, own);
    }
  }

  setAside(row: FactFileRow, reason: SetAsideRow['reason']): void {
    this.#setAside.push({ row: row.row, reason, ownerKeys: [...row.ownerKeys], facts: [...row.facts] });
  }

  checked(): Checked {
    const setAside = this.#setAside.slice(0, FACT_LIMITS.setAsideListed).map(({ row, reason }) => ({ row, reason }));
    return {
      facts: this.#facts,
      setAside: this.#setAside,
      corrections: this.#corrections,
      counts: {
        rows: this.read.total,
        facts: this.#facts.length,
        repeated: this.#repeated,
        filtered: this.read.file.filtered,
        setAside,
        setAsideTotal: this.#setAside.length,
        differing: this.#differing,
      },
    };
  }

  private differ(row: number, known: KnownRecord, own: Content): void {
    this.#differing.push({ row, metric: known.metric, factId: known.factId });
    const { corrections } = this.read;
    if (corrections)
      this.#corrections.push({
        factId: known.factId,
        value: own.value,
        happenedOn: own.happenedOn,
        ...(own.owner ? { owner: own.owner } : {}),
        reason: corrections.reason,
      });
  }
}

/** What a source record says: whose, how much and when. */
interface Content {
  readonly owner: Fact['owner'] | null;
  readonly value: string;
  readonly happenedOn: PlainDay;
}

function sameContent(a: Content, b: Content): boolean {
  return (
    ownerText(a.owner) === ownerText(b.owner) && a.happenedOn === b.happenedOn && compareDecimal(decimal(a.value), decimal(b.value)) === 0
  );
}

function ownerText(owner: Fact['owner'] | null): string {
  if (owner === null) return '';
  return 'subject' in owner ? owner.subject : `${owner.unit}:${owner.label}`;
}

/** A source record may say several metrics, each once. */
export function recordKey(recordId: string, metric: string): string {
  return `${metric} ${recordId}`;
}

/** The events of an import, a stream each. */
export function chunkCommands(importId: string, source: string, { facts, setAside }: Checked): readonly FactImportCommand[] {
  const commands: FactImportCommand[] = [];
  for (let first = 0; first < facts.length; first += FACT_LIMITS.chunkFacts) {
    commands.push({
      type: 'RecordFacts',
      data: { importId, chunk: commands.length, facts: facts.slice(first, first + FACT_LIMITS.chunkFacts) },
    });
  }
  for (let first = 0; first < setAside.length; first += FACT_LIMITS.setAsideRows) {
    const rows = setAside.slice(first, first + FACT_LIMITS.setAsideRows);
    commands.push({ type: 'SetFactRowsAside', data: { importId, source, chunk: commands.length, rows } });
  }
  return commands;
}

export function completion(act: {
  readonly read: ReadFacts;
  readonly importId: string;
  readonly basedOn: number;
  readonly checked: Checked;
}): CompleteFactImport {
  const { read, importId, basedOn, checked } = act;
  const { facts, repeated, filtered, setAside, setAsideTotal, differing } = checked.counts;
  return {
    type: 'CompleteFactImport',
    data: {
      importId,
      source: read.source,
      basedOn,
      facts,
      repeated: repeated + differing.length,
      filtered,
      setAside,
      setAsideTotal,
      ...(read.completeFor ? { completeFor: read.completeFor } : {}),
    },
  };
}
