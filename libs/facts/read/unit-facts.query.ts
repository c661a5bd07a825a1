import { plainDay } from '#kernel';
import { periodBefore, periodWindow } from '#libs/calendar';
import { isTargetMetric, type Metric } from '#libs/organisation/contracts';
import type { ReadDb } from '#libs/projections';
import type { TargetsReader } from '#libs/targets/contracts';
import type { FactValue, UnitFactsQuery } from '../contracts';
import type { CombinedFact } from '../domain/combine.policy';
import { COUNTS, FACTS, measuredValue, STANDS, targetValue } from './fact-values';
import type { FactTableRow } from './facts.projection';

type Answer = Map<string, Map<string, FactValue>>;

interface UnitFactsParts {
  readonly db: ReadDb;
  readonly targets: Pick<TargetsReader, 'unitTargets'>;
}

/** What is recorded of units in a period, targets merged in; a metric that is another's earlier value is taken from there. */
export async function unitFacts(
  parts: UnitFactsParts,
  query: UnitFactsQuery,
  registry: ReadonlyMap<string, Metric>,
): Promise<ReadonlyMap<string, ReadonlyMap<string, FactValue>>> {
  const answer = await measured(parts, query, registry);
  const derived = query.metrics.flatMap((metric) => {
    const base = registry.get(metric)?.previousOf;
    return base === undefined ? [] : [{ metric, base }];
  });
  if (derived.length === 0) return answer;
  const before = { ...query, period: periodBefore(query.period), metrics: derived.map(({ base }) => base) };
  const earlier = await measured(parts, before, registry);
  for (const [label, values] of answer) {
    for (const { metric, base } of derived) {
      const value = earlier.get(label)?.get(base);
      if (values.get(metric)?.kind === 'missing' && value?.kind === 'value') values.set(metric, { ...value, from: 'earlier-period' });
    }
  }
  return answer;
}

async function measured(parts: UnitFactsParts, query: UnitFactsQuery, registry: ReadonlyMap<string, Metric>): Promise<Answer> {
  const { unit, labels, period, asOf } = query;
  const targets = query.metrics.filter(isTargetMetric);
  const measures = query.metrics.filter((metric) => !isTargetMetric(metric));
  const [recorded, set] = await Promise.all([
    facts(parts.db, { ...query, metrics: measures }),
    // Departments have no targets of their own.
    unit === 'department'
      ? undefined
      : parts.targets.unitTargets({ unit, labels, metrics: targets, period, ...(asOf === undefined ? {} : { asOf }) }),
  ]);
  const answer: Answer = new Map();
  for (const label of labels) {
    const values = new Map<string, FactValue>();
    for (const metric of measures) values.set(metric, measuredValue(recorded.get(label)?.get(metric), registry.get(metric), undefined));
    for (const metric of targets) values.set(metric, targetValue(set?.get(label)?.get(metric)));
    answer.set(label, values);
  }
  return answer;
}

async function facts(
  db: ReadDb,
  { unit, labels, metrics, period, asOf }: UnitFactsQuery,
): Promise<ReadonlyMap<string, ReadonlyMap<string, readonly CombinedFact[]>>> {
  const found = new Map<string, Map<string, CombinedFact[]>>();
  if (labels.length === 0 || metrics.length === 0) return found;
  const { first, last } = periodWindow(period);
  const rows = await db.query<Pick<FactTableRow, 'fact_id' | 'unit_label' | 'metric' | 'value' | 'happened_on' | 'position'>>(
    `SELECT f.fact_id, f.unit_label, f.metric, f.value, f.happened_on, f.position FROM ${FACTS}
      WHERE ${COUNTS} AND ${STANDS} AND f.unit_kind = $2 AND ($2 = 'company' OR f.unit_label = ANY($3::text[]))
        AND f.metric = ANY($4::text[]) AND f.happened_on BETWEEN $5 AND $6`,
    [asOf ?? null, unit, labels, metrics, first, last],
  );
  for (const row of rows) {
    const fact = { factId: row.fact_id, value: row.value, happenedOn: plainDay(row.happened_on), position: row.position };
    for (const label of unit === 'company' ? labels : [row.unit_label ?? '']) {
      const values = found.get(label) ?? new Map<string, CombinedFact[]>();
      found.set(label, values);
      values.set(row.metric, [...(values.get(row.metric) ?? []), fact]);
    }
  }
  return found;
}
