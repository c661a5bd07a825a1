import { type Period, plainDay, subjectId, type SubjectId } from '#kernel';
import { monthsOf, periodBefore, periodWindow } from '#libs/calendar';
import { isTargetMetric, type Metric, metricRegistry, type OrganisationReader } from '#libs/organisation/contracts';
import type { ReadDb } from '#libs/projections';
import type { TargetsReader } from '#libs/targets/contracts';
import {
  type FactImportView,
  type FactRow,
  FACT_UNITS,
  FACTS_READ_LIMITS,
  type FactsQuery,
  type FactsReader,
  type FactValue,
  type UnitFactsQuery,
  type UnitOwner,
} from '../contracts';
import type { CombinedFact } from '../domain/combine.policy';
import { type Completeness, completenessOf } from '../domain/completeness.policy';
import type { FactImportRow, FactTableRow } from './facts.projection';
import { COUNTS, FACTS, measuredValue, STANDS, targetValue } from './fact-values';
import { unitFacts } from './unit-facts.query';

export interface FactsReaderParts {
  readonly db: ReadDb;
  readonly organisation: Pick<OrganisationReader, 'declaredMetrics'>;
  readonly targets: Pick<TargetsReader, 'targetsFor' | 'unitTargets'>;
}

/** Answers from the read models of this feature, targets merged in; `asOf` is a log position that they have reached. */
export function createFactsReader(parts: FactsReaderParts): FactsReader {
  return new Reader(parts);
}

const FACT_COLUMNS = `f.fact_id, f.import_id, f.subject, f.unit_kind, f.unit_label, f.metric, f.value, f.happened_on, f.source, f.record_id, f.position,
  f.counts_from, f.reason, f.superseded_at, f.superseded_by`;
const IMPORT_COLUMNS =
  'import_id, position, source, facts, repeated, filtered, set_aside, set_aside_total, complete_period, complete_metrics, complete_people, completed_at';

type Answer = Map<SubjectId, Map<string, FactValue>>;

class Reader implements FactsReader {
  constructor(private readonly parts: FactsReaderParts) {}

  async factsFor(query: FactsQuery): Promise<ReadonlyMap<SubjectId, ReadonlyMap<string, FactValue>>> {
    if (query.subjects.length > FACTS_READ_LIMITS.subjects) throw new RangeError(`at most ${FACTS_READ_LIMITS.subjects} people at once`);
    if (query.metrics.length > FACTS_READ_LIMITS.metrics) throw new RangeError(`at most ${FACTS_READ_LIMITS.metrics} metrics at once`);
    const registry = await this.metrics(query.asOf);
    const answer = await this.measured(query, registry);
    await this.fromEarlier(query, registry, answer);
    return answer;
  }

  async unitFactsFor(query: UnitFactsQuery): Promise<ReadonlyMap<string, ReadonlyMap<string, FactValue>>> {
    if (query.labels.length > FACTS_READ_LIMITS.subjects) throw new RangeError(`at most ${FACTS_READ_LIMITS.subjects} units at once`);
    if (query.metrics.length > FACTS_READ_LIMITS.metrics) throw new RangeError(`at most ${FACTS_READ_LIMITS.metrics} metrics at once`);
    return unitFacts(this.parts, query, await this.metrics(query.asOf));
  }

  async factsOf(query: Parameters<FactsReader['factsOf']>[0]): Promise<readonly FactRow[]> {
    const { first, last } = periodWindow(query.period);
    const rows = await this.parts.db.query<FactTableRow>(
      `SELECT ${FACT_COLUMNS} FROM ${FACTS} WHERE ${COUNTS} AND f.subject = $2 AND f.happened_on BETWEEN $3 AND $4
          AND ($5::text[] IS NULL OR f.metric = ANY($5::text[])) ORDER BY f.happened_on, f.position, f.fact_id LIMIT $6`,
      [query.asOf ?? null, query.subject, first, last, query.metrics ?? null, Math.min(query.limit, FACTS_READ_LIMITS.page)],
    );
    return rows.map((row) => factOf(row, query.asOf));
  }

  async fact(factId: string, asOf?: number): Promise<FactRow | undefined> {
    const row = await this.parts.db.one<FactTableRow>(`SELECT ${FACT_COLUMNS} FROM ${FACTS} WHERE ${COUNTS} AND f.fact_id = $2`, [
      asOf ?? null,
      factId,
    ]);
    return row && factOf(row, asOf);
  }

  async metrics(asOf?: number): Promise<ReadonlyMap<string, Metric>> {
    return metricRegistry(await this.parts.organisation.declaredMetrics(asOf));
  }

  async importTouches(importId: string): ReturnType<FactsReader['importTouches']> {
    const row = await this.parts.db.one<{ readonly first: string | null; readonly last: string | null }>(
      'SELECT min(happened_on) AS first, max(happened_on) AS last FROM read.facts WHERE import_id = $1',
      [importId],
    );
    return row && row.first !== null && row.last !== null ? { first: plainDay(row.first), last: plainDay(row.last) } : undefined;
  }

  async ownersTouched({ importId, of, windows }: Parameters<FactsReader['ownersTouched']>[0]): ReturnType<FactsReader['ownersTouched']> {
    const rows = await this.parts.db.query<Pick<FactTableRow, 'subject' | 'unit_label'>>(
      `SELECT DISTINCT f.subject, f.unit_label FROM read.facts f
         JOIN unnest($2::text[], $3::date[], $4::date[]) AS w(metric, first, last) ON f.metric = w.metric AND f.happened_on BETWEEN w.first AND w.last
        WHERE f.import_id = $1 AND f.unit_kind IS NOT DISTINCT FROM $5`,
      [
        importId,
        windows.map(({ metric }) => metric),
        windows.map(({ first }) => first),
        windows.map(({ last }) => last),
        of === 'person' ? null : of,
      ],
    );
    return {
      subjects: new Set(rows.flatMap(({ subject }) => (subject === null ? [] : [subjectId(subject)]))),
      labels: new Set(rows.flatMap(({ unit_label }) => unit_label ?? [])),
    };
  }

  async import(importId: string): Promise<FactImportView | undefined> {
    const row = await this.parts.db.one<FactImportRow>(`SELECT ${IMPORT_COLUMNS} FROM read.fact_imports WHERE import_id = $1`, [importId]);
    return row && importOf(row);
  }

  async imports(): Promise<readonly FactImportView[]> {
    const rows = await this.parts.db.query<FactImportRow>(`SELECT ${IMPORT_COLUMNS} FROM read.fact_imports ORDER BY position`);
    return rows.map(importOf);
  }

  private async measured(query: FactsQuery, registry: ReadonlyMap<string, Metric>): Promise<Answer> {
    const [targets, measures] = [query.metrics.filter(isTargetMetric), query.metrics.filter((metric) => !isTargetMetric(metric))];
    const [recorded, completeness, set] = await Promise.all([
      this.recorded({ ...query, metrics: measures }),
      this.completeness(query, measures),
      this.parts.targets.targetsFor({ ...query, metrics: targets }),
    ]);
    const answer: Answer = new Map();
    for (const subject of query.subjects) {
      const values = new Map<string, FactValue>();
      for (const metric of measures)
        values.set(metric, measuredValue(recorded.get(subject)?.get(metric), registry.get(metric), completeness.of(metric, subject)));
      for (const metric of targets) values.set(metric, targetValue(set.get(subject)?.get(metric)));
      answer.set(subject, values);
    }
    return answer;
  }

  private async recorded(query: FactsQuery): Promise<ReadonlyMap<string, ReadonlyMap<string, readonly CombinedFact[]>>> {
    const found = new Map<string, Map<string, CombinedFact[]>>();
    if (query.subjects.length === 0 || query.metrics.length === 0) return found;
    const { first, last } = periodWindow(query.period);
    const rows = await this.parts.db.query<Pick<FactTableRow, 'fact_id' | 'subject' | 'metric' | 'value' | 'happened_on' | 'position'>>(
      `SELECT f.fact_id, f.subject, f.metric, f.value, f.happened_on, f.position FROM ${FACTS}
        WHERE ${COUNTS} AND ${STANDS} AND f.subject = ANY($2::text[]) AND f.metric = ANY($3::text[]) AND f.happened_on BETWEEN $4 AND $5`,
      [query.asOf ?? null, query.subjects, query.metrics, first, last],
    );
    for (const row of rows) {
      const subject = row.subject ?? '';
      const metrics = found.get(subject) ?? new Map<string, CombinedFact[]>();
      found.set(subject, metrics);
      const list = metrics.get(row.metric) ?? [];
      metrics.set(row.metric, list);
      list.push({ factId: row.fact_id, value: row.value, happenedOn: plainDay(row.happened_on), position: row.position });
    }
    return found;
  }

  private async completeness({ period, asOf }: FactsQuery, metrics: readonly string[]): Promise<Completeness> {
    const rows = await this.parts.db.query<FactImportRow>(
      `SELECT ${IMPORT_COLUMNS} FROM read.fact_imports WHERE complete_period = ANY($1::text[]) AND ($2::bigint IS NULL OR position <= $2::bigint)
          AND complete_metrics ?| $3::text[] ORDER BY position`,
      [periodsAround(period), asOf ?? null, metrics],
    );
    return completenessOf(
      monthsOf(period),
      rows.map((row) => ({
        importId: row.import_id,
        position: row.position,
        period: row.complete_period ?? '',
        metrics: row.complete_metrics ?? [],
        people: row.complete_people,
      })),
    );
  }

  /** Metrics that nobody reports because they are another metric's value in the period before. */
  private async fromEarlier(query: FactsQuery, registry: ReadonlyMap<string, Metric>, answer: Answer): Promise<void> {
    const derived = query.metrics.flatMap((metric) => {
      const base = registry.get(metric)?.previousOf;
      return base === undefined ? [] : [{ metric, base }];
    });
    if (derived.length === 0) return;
    const earlier = await this.measured(
      { ...query, period: periodBefore(query.period), metrics: derived.map(({ base }) => base) },
      registry,
    );
    for (const [subject, values] of answer) {
      for (const { metric, base } of derived) {
        const value = earlier.get(subject)?.get(base);
        if (values.get(metric)?.kind !== 'missing' || !value || value.kind === 'missing') continue;
        values.set(metric, value.kind === 'value' ? { ...value, from: 'earlier-period' } : value);
      }
    }
  }
}

/** Every period that has a month in common with it: what an import may have declared itself complete for. */
function periodsAround(period: Period): readonly string[] {
  const names = new Set<string>();
  for (const month of monthsOf(period)) {
    const year = month.slice(0, 4);
    names
      .add(month)
      .add(`${year}-Q${Math.ceil(Number(month.slice(5)) / 3)}`)
      .add(year);
  }
  return [...names];
}

/** Null where the fact is a person's. */
export function unitOwnerOf(kind: string | null, label: string | null): UnitOwner | null {
  const unit = FACT_UNITS.find((known) => known === kind);
  return unit ? { unit, label: label ?? '' } : null;
}

function factOf(row: FactTableRow, asOf: number | undefined): FactRow {
  const unit = unitOwnerOf(row.unit_kind, row.unit_label);
  return {
    factId: row.fact_id,
    importId: row.import_id,
    subject: row.subject === null ? null : subjectId(row.subject),
    unit: unit && { kind: unit.unit, label: unit.label },
    metric: row.metric,
    value: row.value,
    happenedOn: plainDay(row.happened_on),
    source: row.source,
    recordId: row.record_id,
    position: row.position,
    supersededAt: asOf !== undefined && row.superseded_at !== null && row.superseded_at > asOf ? null : row.superseded_at,
    reason: row.reason,
  };
}

function importOf(row: FactImportRow): FactImportView {
  return {
    importId: row.import_id,
    source: row.source,
    facts: row.facts,
    repeated: row.repeated,
    filtered: row.filtered,
    setAside: row.set_aside.flatMap(setAsideOf),
    completedAt: row.completed_at,
    position: row.position,
  };
}

function setAsideOf(entry: unknown): readonly { readonly row: number; readonly reason: string }[] {
  if (typeof entry !== 'object' || entry === null || !('row' in entry && 'reason' in entry)) return [];
  return typeof entry.row === 'number' && typeof entry.reason === 'string' ? [{ row: entry.row, reason: entry.reason }] : [];
}
