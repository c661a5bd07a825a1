import { period, type Period, subjectId, type SubjectId } from '#kernel';
import { monthsOf } from '#libs/calendar';
import { type Metric, metricRegistry, type OrganisationReader } from '#libs/organisation/contracts';
import type { ReadDb } from '#libs/projections';
import { type TargetRow, TARGETS_READ_LIMITS, type TargetSet, type TargetsReader, type TargetUnit } from '../contracts';
import { type SetTarget, targetFor } from '../domain/targets.policy';
import type { TargetTableRow } from './targets.projection';

export interface TargetsReaderParts {
  readonly db: ReadDb;
  readonly organisation: Pick<OrganisationReader, 'declaredMetrics'>;
}

/** What holds of owners and periods, the last completed import first; `$1` is the position. */
export const TARGETS_THAT_HOLD = `SELECT DISTINCT ON (t.owner, t.metric, t.period) t.owner, t.metric, t.period, t.value, t.position
   FROM read.targets t JOIN read.target_imports i ON i.import_id = t.import_id
  WHERE ($1::bigint IS NULL OR i.position <= $1::bigint) AND t.owner = ANY($2::text[]) AND t.metric = ANY($3::text[]) AND t.period = ANY($4::text[])
  ORDER BY t.owner, t.metric, t.period, i.position DESC`;

type Asked = { readonly metrics: readonly string[]; readonly period: Period; readonly asOf?: number };

/** Answers from the read models of this feature; `asOf` is a log position that they have reached. */
export function createTargetsReader(parts: TargetsReaderParts): TargetsReader {
  return new Reader(parts);
}

class Reader implements TargetsReader {
  constructor(private readonly parts: TargetsReaderParts) {}

  async targetsFor(query: Parameters<TargetsReader['targetsFor']>[0]): Promise<ReadonlyMap<SubjectId, ReadonlyMap<string, TargetRow>>> {
    if (query.subjects.length > TARGETS_READ_LIMITS.subjects)
      throw new RangeError(`at most ${TARGETS_READ_LIMITS.subjects} people at once`);
    if (query.metrics.length === 0) return new Map();
    const [set, accepted, registry] = await Promise.all([
      this.set(
        query.subjects.map((subject) => `person:${subject}`),
        query,
      ),
      this.accepted(query.subjects, query),
      this.registry(query.asOf),
    ]);
    const none: ReadonlySet<string> = new Set();
    return new Map(
      query.subjects.map((subject) => [
        subject,
        rowsOf(query, set.get(`person:${subject}`) ?? [], { registry, accepted: accepted.get(subject) ?? none }),
      ]),
    );
  }

  async setBy(importId: string): Promise<readonly TargetSet[]> {
    const rows = await this.parts.db.query<Pick<TargetTableRow, 'owner' | 'metric' | 'period'>>(
      'SELECT DISTINCT owner, metric, period FROM read.targets WHERE import_id = $1',
      [importId],
    );
    return rows.map(({ owner, metric, period: of }) => ({ ...targetOwnerOf(owner), metric, period: period(of) }));
  }

  async unitTargets(query: Parameters<TargetsReader['unitTargets']>[0]): Promise<ReadonlyMap<string, ReadonlyMap<string, TargetRow>>> {
    if (query.metrics.length === 0) return new Map();
    const owners = query.labels.map((label) => `${query.unit}:${label}`);
    const [set, registry] = await Promise.all([this.set(owners, query), this.registry(query.asOf)]);
    return new Map(
      query.labels.map((label) => [label, rowsOf(query, set.get(`${query.unit}:${label}`) ?? [], { registry, accepted: new Set() })]),
    );
  }

  private async registry(asOf: number | undefined): Promise<ReadonlyMap<string, Metric>> {
    return metricRegistry(await this.parts.organisation.declaredMetrics(asOf));
  }

  private async set(owners: readonly string[], { metrics, period, asOf }: Asked): Promise<ReadonlyMap<string, readonly SetTarget[]>> {
    const periods = [...new Set([period, ...monthsOf(period)])];
    const rows = await this.parts.db.query<Pick<TargetTableRow, 'owner' | 'metric' | 'period' | 'value' | 'position'>>(TARGETS_THAT_HOLD, [
      asOf ?? null,
      owners,
      metrics,
      periods,
    ]);
    const set = new Map<string, SetTarget[]>();
    for (const { owner, ...target } of rows) {
      const list = set.get(owner);
      if (list) list.push(target);
      else set.set(owner, [target]);
    }
    return set;
  }

  private async accepted(subjects: readonly SubjectId[], { period, asOf }: Asked): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const rows = await this.parts.db.query<{ subject: string; period: string }>(
      `SELECT subject, period FROM read.target_acceptances
        WHERE subject = ANY($1::text[]) AND period = ANY($2::text[]) AND ($3::bigint IS NULL OR position <= $3::bigint)`,
      [subjects, [...new Set([period, ...monthsOf(period)])], asOf ?? null],
    );
    const accepted = new Map<string, Set<string>>();
    for (const row of rows) {
      const periods = accepted.get(row.subject);
      if (periods) periods.add(row.period);
      else accepted.set(row.subject, new Set([row.period]));
    }
    return accepted;
  }
}

const UNITS: readonly TargetUnit[] = ['team', 'region', 'company'];

/** The other way round than the projection writes it. */
export function targetOwnerOf(key: string): Pick<TargetSet, 'subject' | 'unit'> {
  const [kind = '', ...rest] = key.split(':');
  const label = rest.join(':');
  const unit = UNITS.find((known) => known === kind);
  return unit ? { subject: null, unit: { kind: unit, label } } : { subject: subjectId(label), unit: null };
}

function rowsOf(
  { metrics, period }: Asked,
  set: readonly SetTarget[],
  known: { readonly registry: ReadonlyMap<string, Metric>; readonly accepted: ReadonlySet<string> },
): ReadonlyMap<string, TargetRow> {
  const rows = new Map<string, TargetRow>();
  for (const metric of metrics) {
    const row = targetFor(metric, period, { set, combine: known.registry.get(metric)?.combine, accepted: known.accepted });
    if (row) rows.set(metric, row);
  }
  return rows;
}
