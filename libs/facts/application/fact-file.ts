import { createHash } from 'node:crypto';
import { parseDecimal, type PlainDay } from '#kernel';
import { isTargetMetric, type Metric, metricValueProblem } from '#libs/organisation/contracts';
import type { LookupKind } from '#libs/privacy/contracts';
import {
  type Column,
  type ColumnRef,
  Columns,
  compileCondition,
  dateReader,
  Problems,
  readNumber,
  refName,
  type RowTest,
  type Table,
  type TableRow,
} from '#libs/tabular';
import { type Fact, FACT_UNITS, type FactsProfile, type UnitOwner } from '../contracts';

export const FACT_FILE_LIMITS = { recordIdChars: 120, ownerChars: 120 } as const;

export interface RowFact {
  readonly metric: string;
  readonly value: string;
  readonly happenedOn: PlainDay;
  readonly recordId: string;
}

/** One row that counts: whose it is, by the keyed index of what stood there, and what it says. */
export interface FactFileRow {
  readonly row: number;
  /** Told outright; then there are no keys to look for. */
  readonly owner?: Fact['owner'];
  readonly ownerKeys: readonly { readonly kind: LookupKind; readonly key: string }[];
  readonly facts: readonly RowFact[];
}

export interface FactFile {
  readonly rows: readonly FactFileRow[];
  readonly filtered: number;
  readonly ownerColumn: string;
  readonly recordColumn: string;
}

export interface FactFileContext {
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly lookupKey: (kind: LookupKind, value: string) => string;
}

/** The rows of a facts file by its profile; problems are added for everything that can't be read. */
export function readFactFile(table: Table, profile: FactsProfile, context: FactFileContext, problems: Problems): FactFile {
  const layout = new Layout(table, profile, context, problems);
  const base = {
    ownerColumn: layout.nameOf(profile.owner.column),
    recordColumn: layout.nameOf(profile.recordId.columns[0] ?? 'record_id'),
  };
  if (problems.total > 0) return { rows: [], filtered: 0, ...base };
  const counted = table.rows.filter(({ cells }) => layout.counts(cells));
  const rows = counted.flatMap((row) => layout.factsOf(row));
  return { rows, filtered: table.rows.length - counted.length, ...base };
}

/** One rule for files and REST: the metric is known, is no target, and can have that value. An unreadable number was told already. */
export function checkFactValue(
  fact: {
    readonly row: number;
    readonly metric: string;
    readonly value: string;
    readonly metricColumn: string | null;
    readonly valueColumn: string | null;
  },
  metrics: ReadonlyMap<string, Metric>,
  problems: Problems,
): void {
  const metric = metrics.get(fact.metric);
  if (isTargetMetric(fact.metric)) problems.add(fact.row, fact.metricColumn, 'comes-from-targets', fact.metric);
  else if (!metric) problems.add(fact.row, fact.metricColumn, 'unknown-metric', fact.metric);
  else if (parseDecimal(fact.value)) {
    const problem = metricValueProblem(metric, fact.value);
    if (problem) problems.add(fact.row, fact.valueColumn, problem, fact.value);
  }
}

const PREFIXED = /^(team|department|region):(.+)$/i;

/** The unit that an owner's cell names; undefined where it names a person. */
function unitNamed(units: FactsProfile['owner']['units'], text: string): UnitOwner | undefined {
  if (units === undefined) return undefined;
  if (units !== 'prefixed') return { unit: units, label: text };
  if (text.toLowerCase() === 'company') return { unit: 'company', label: 'company' };
  const [, kind, label] = PREFIXED.exec(text) ?? [];
  const unit = FACT_UNITS.find((known) => known === kind?.toLowerCase());
  return unit && label !== undefined ? { unit, label: label.trim() } : undefined;
}

interface FactReader {
  readonly counts: RowTest;
  readonly metric: (row: TableRow) => string;
  readonly metricColumn: string | null;
  readonly value: (row: TableRow) => string;
  readonly valueColumn: string | null;
}

class Layout {
  readonly #columns: Columns;
  readonly #missing = new Set<string>();
  readonly counts: RowTest;
  readonly #owner: Column | undefined;
  readonly #happenedOn: Column | undefined;
  readonly #day: (text: string) => PlainDay | undefined;
  readonly #recordId: readonly (Column | undefined)[];
  readonly #facts: readonly FactReader[];

  constructor(
    table: Table,
    private readonly profile: FactsProfile,
    private readonly context: FactFileContext,
    private readonly problems: Problems,
  ) {
    this.#columns = new Columns(table.header);
    this.counts = this.condition(profile.filter);
    this.#owner = this.column(profile.owner.column);
    this.#happenedOn = this.column(profile.happenedOn.column);
    this.#day = dateReader(profile.happenedOn.formats);
    this.#recordId = profile.recordId.columns.map((ref) => this.column(ref));
    this.#facts = profile.facts.map((fact) => this.factReader(fact));
    if (profile.strictColumns) this.refuseOthers();
  }

  nameOf(ref: ColumnRef): string {
    return this.#columns.find(ref)?.name ?? refName(ref);
  }

  factsOf(row: TableRow): readonly FactFileRow[] {
    const before = this.problems.total;
    const owner = this.owner(row);
    const happenedOn = this.happenedOn(row);
    const recordId = this.recordId(row);
    const facts: RowFact[] = [];
    for (const reader of this.#facts) {
      if (!reader.counts(row.cells)) continue;
      const metric = reader.metric(row);
      const value = reader.value(row);
      this.checkValue(row.row, metric, value, reader);
      if (happenedOn !== undefined) facts.push({ metric, value, happenedOn, recordId });
    }
    if (this.problems.total > before || facts.length === 0) return [];
    const unit = unitNamed(this.profile.owner.units, owner);
    if (unit) return [{ row: row.row, owner: unit, ownerKeys: [], facts }];
    return [{ row: row.row, ownerKeys: this.profile.owner.by.map((kind) => ({ kind, key: this.context.lookupKey(kind, owner) })), facts }];
  }

  private owner({ row, cells }: TableRow): string {
    const text = this.#owner ? (cells[this.#owner.index] ?? '') : '';
    if (text === '') this.problems.add(row, this.#owner?.name ?? null, 'empty');
    else if (text.length > FACT_FILE_LIMITS.ownerChars) this.problems.add(row, this.#owner?.name ?? null, 'too-long');
    return text;
  }

  private happenedOn({ row, cells }: TableRow): PlainDay | undefined {
    const text = this.#happenedOn ? (cells[this.#happenedOn.index] ?? '') : '';
    const day = this.#day(text);
    if (text === '') this.problems.add(row, this.#happenedOn?.name ?? null, 'empty');
    else if (day === undefined) this.problems.add(row, this.#happenedOn?.name ?? null, 'not-a-date', text);
    return day;
  }

  private recordId({ row, cells }: TableRow): string {
    const parts = this.#recordId.map((column) => (column ? (cells[column.index] ?? '') : ''));
    const column = this.#recordId[0]?.name ?? null;
    if (parts.every((part) => part === '')) this.problems.add(row, column, 'empty');
    const id = parts.join('/');
    // Long ids stay distinct by their hash; what a person may look up is the export itself.
    return id.length <= FACT_FILE_LIMITS.recordIdChars ? id : `sha256:${createHash('sha256').update(id).digest('hex')}`;
  }

  private checkValue(row: number, name: string, value: string, { metricColumn, valueColumn }: FactReader): void {
    if (name === '') this.problems.add(row, metricColumn, 'empty');
    else checkFactValue({ row, metric: name, value, metricColumn, valueColumn }, this.context.metrics, this.problems);
  }

  private factReader(fact: FactsProfile['facts'][number]): FactReader {
    const metricColumn = 'column' in fact.metric ? this.column(fact.metric.column) : undefined;
    const valueColumn = 'column' in fact.value ? this.column(fact.value.column) : undefined;
    const constantMetric = 'constant' in fact.metric ? fact.metric.constant : '';
    const constantValue = 'constant' in fact.value ? fact.value.constant : '';
    return {
      counts: this.condition(fact.when),
      metric: ({ cells }) => (metricColumn ? (cells[metricColumn.index] ?? '') : constantMetric),
      metricColumn: metricColumn?.name ?? null,
      value: (row) => (valueColumn ? this.number(row, valueColumn) : constantValue),
      valueColumn: valueColumn?.name ?? null,
    };
  }

  private number({ row, cells }: TableRow, column: Column): string {
    const text = cells[column.index] ?? '';
    const value = readNumber(text, this.profile.numbers);
    if (text === '') this.problems.add(row, column.name, 'empty');
    else if (value === undefined) this.problems.add(row, column.name, 'not-a-number', text);
    return value ?? '';
  }

  private condition(condition: FactsProfile['filter']): RowTest {
    return condition ? compileCondition(condition, this.#columns, (name) => this.missing(name)) : () => true;
  }

  private column(ref: ColumnRef): Column | undefined {
    const column = this.#columns.find(ref);
    if (!column) this.missing(refName(ref));
    return column;
  }

  private missing(name: string): void {
    if (!this.#missing.has(name)) this.problems.add(1, name, 'missing-column');
    this.#missing.add(name);
  }

  private refuseOthers(): void {
    const { owner, happenedOn, recordId, facts } = this.profile;
    const refs = [owner.column, happenedOn.column, ...recordId.columns];
    for (const { metric, value } of facts) {
      if ('column' in metric) refs.push(metric.column);
      if ('column' in value) refs.push(value.column);
    }
    for (const name of this.#columns.others(refs)) this.problems.add(1, name, 'unknown-column');
  }
}
