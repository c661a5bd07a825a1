import { period as toPeriod, type Period } from '#kernel';
import type { AppraisalView, ScoreBasis } from '#libs/appraisal/contracts';
import { periodBefore, periodWindow } from '#libs/calendar';
import { type FactOrigin, factOrigins } from '#libs/facts';
import { FACTS_READ_LIMITS, type FactsReader, type FactValue, type UnitOfFacts } from '#libs/facts/contracts';
import type { Metric } from '#libs/organisation/contracts';
import type { ReadDb } from '#libs/projections';
import type { CompiledScheme } from '#libs/scheme';
import { type TargetOrigin, targetOrigins } from '#libs/targets';
import { type Leaf, leaf } from './explanation-facts.shapes';

type UsedFact = ScoreBasis['facts'][number];

export interface FactLeavesParts {
  readonly read: ReadDb;
  readonly facts: Pick<FactsReader, 'factsFor' | 'unitFactsFor' | 'metrics'>;
}

export interface FactLeavesWanted {
  readonly view: Pick<AppraisalView, 'subject' | 'unit' | 'period'>;
  readonly scheme: CompiledScheme;
  readonly basis: ScoreBasis;
}

/** Of one period: its facts as the score used them. */
interface Used {
  readonly period: Period;
  /** As it is shown: null for the period of the appraisal. */
  readonly shown: string | null;
  readonly facts: readonly UsedFact[];
}

/** The records behind each fact of a score, in the order of the basis: asked again as of the position it was taken at. */
export async function factLeaves(parts: FactLeavesParts, wanted: FactLeavesWanted): Promise<readonly Leaf[]> {
  const { view, basis } = wanted;
  const earlier = (basis.history ?? []).map((entry): Used => ({ period: toPeriod(entry.period), shown: entry.period, facts: entry.facts }));
  const registry = await parts.facts.metrics(basis.asOf);
  const leaves: Leaf[] = [];
  for (const used of [{ period: view.period, shown: null, facts: basis.facts }, ...earlier]) {
    const values = await valuesOf(parts, wanted, used);
    for (const fact of used.facts)
      leaves.push(...(await leavesOf(parts, { ...wanted, registry, used, value: values.get(fact.key) }, fact)));
  }
  const scores = (basis.history ?? []).flatMap(({ period, score, positions }) =>
    (positions ?? []).map((position) => leaf({ kind: 'earlier', key: 'score', value: score ?? null, position, period })),
  );
  return [...leaves, ...scores, ...placesOf(basis)];
}

function placesOf({ standings }: ScoreBasis): readonly Leaf[] {
  return (standings ?? []).map(({ key, at, position }) => leaf({ kind: 'place', key, value: at, position }));
}

async function valuesOf(
  { facts }: FactLeavesParts,
  { view, scheme, basis }: FactLeavesWanted,
  used: Used,
): Promise<ReadonlyMap<string, FactValue>> {
  const values = new Map<string, FactValue>();
  for (const unit of new Set(used.facts.map(({ key }) => unitOf(scheme, key)))) {
    const some = used.facts.filter(({ key }) => unitOf(scheme, key) === unit);
    const label = unit && labelOf(view, unit);
    for (let first = 0; first < some.length; first += FACTS_READ_LIMITS.metrics) {
      const metrics = some.slice(first, first + FACTS_READ_LIMITS.metrics).map(({ key }) => key);
      const asked = { period: used.period, metrics, asOf: basis.asOf };
      const answer = unit
        ? label && (await facts.unitFactsFor({ ...asked, unit, labels: [label] })).get(label)
        : (await facts.factsFor({ ...asked, subjects: [view.subject] })).get(view.subject);
      for (const [metric, value] of answer || []) values.set(metric, value);
    }
  }
  return values;
}

function unitOf(scheme: CompiledScheme, key: string): UnitOfFacts | undefined {
  const of = scheme.document.facts[key]?.of;
  return of === 'team' || of === 'department' || of === 'region' || of === 'company' ? of : undefined;
}

function labelOf({ unit }: FactLeavesWanted['view'], kind: UnitOfFacts): string | undefined {
  return (kind === 'company' ? 'company' : unit[kind]) ?? undefined;
}

interface Found extends FactLeavesWanted {
  readonly registry: ReadonlyMap<string, Metric>;
  readonly used: Used;
  readonly value: FactValue | undefined;
}

async function leavesOf(parts: FactLeavesParts, found: Found, fact: UsedFact): Promise<readonly Leaf[]> {
  const { used, value } = found;
  const { key, positions } = fact;
  const period = used.shown;
  const isAsRead = value !== undefined && value.kind !== 'missing' && samePositions(value.positions, positions);
  if (isAsRead && value.kind === 'complete-zero') {
    const importedBy = { importId: value.importId, of: 'facts' as const };
    return positions.map((position) => leaf({ kind: 'zero', key, value: '0', position, period, importedBy }));
  }
  const exact = isAsRead && value.kind === 'value' && value.factIds.length > 0 ? { factIds: value.factIds } : { positions };
  const records = (await factOrigins(parts.read, exact)).filter((origin) => 'factIds' in exact || concerns(found, key, origin));
  if (records.length > 0) return records.map((origin) => factLeaf(key, period, origin));
  const targets = await targetOrigins(parts.read, { owner: ownerOf(found, key), positions });
  const own = targets.filter((target) => target.metric === key && covers(used.period, target.period));
  if (own.length > 0) return own.map((target) => targetLeaf(key, period, target));
  return positions.map((position) => decidedLeaf(fact, period, position));
}

/** What no import recorded was put there by a decision, or stands on an earlier result. */
function decidedLeaf(fact: UsedFact, period: string | null, position: number): Leaf {
  return leaf({ kind: period === null ? 'override' : 'earlier', key: fact.key, value: fact.value, position, period });
}

function samePositions(some: readonly number[], others: readonly number[]): boolean {
  return others.length > 0 && others.every((position, index) => some[index] === position);
}

/** Of all that an event recorded: what is this person's (or their unit's), of this metric and period. */
function concerns({ view, scheme, registry, used }: Found, key: string, { subject, unit, metric, happenedOn }: FactOrigin): boolean {
  const kind = unitOf(scheme, key);
  const isOwner = kind ? unit?.kind === kind && (kind === 'company' || unit.label === labelOf(view, kind)) : subject === view.subject;
  const base = registry.get(key)?.previousOf;
  const within = (of: Period): boolean => happenedOn >= periodWindow(of).first && happenedOn <= periodWindow(of).last;
  return isOwner && ((metric === key && within(used.period)) || (metric === base && within(periodBefore(used.period))));
}

function ownerOf({ view, scheme }: FactLeavesWanted, key: string): string {
  const unit = unitOf(scheme, key);
  return unit ? `${unit}:${labelOf(view, unit) ?? ''}` : `person:${view.subject}`;
}

/** A target of that period, or of one of its months. */
function covers(period: Period, target: string): boolean {
  const { first, last } = periodWindow(period);
  const window = periodWindow(toPeriod(target));
  return window.first >= first && window.last <= last;
}

function factLeaf(key: string, period: string | null, origin: FactOrigin): Leaf {
  const { factId, metric, value, happenedOn, source, recordId, position, importId, reason, replaces, superseded, unit } = origin;
  return leaf({
    kind: 'fact',
    key,
    period,
    value,
    metric,
    position,
    factId,
    source,
    recordId,
    happenedOn,
    unit,
    reason,
    replaces,
    importedBy: { importId, of: 'facts' },
    supersededBy: superseded && { factId: superseded.by, position: superseded.at, value: superseded.value, reason: superseded.reason },
  });
}

function targetLeaf(key: string, period: string | null, target: TargetOrigin): Leaf {
  const { value, position, reason, importId } = target;
  return leaf({
    kind: 'target',
    key,
    period,
    value,
    position,
    reason,
    targetPeriod: target.period,
    importedBy: { importId, of: 'targets' },
  });
}
