import type { Period, SubjectId } from '#kernel';
import type { FactsReader, FactValue } from '#libs/facts/contracts';
import type { FactsRead, UnitOfFact } from '#libs/scheme';
import type { ScoreBasis } from '../contracts';
import type { Appraisal } from '../domain/appraisal.state';

/** Positions kept of one fact; a metric that sums more names the first and says so. */
export const SCORING_LIMITS = { subjects: 500, metricsPerQuery: 60, positions: 500 } as const;

export type UsedFacts = ScoreBasis['facts'];

export interface FactsWanted {
  readonly reads: FactsRead;
  readonly period: Period;
  readonly people: readonly Pick<Appraisal, 'subject' | 'unit'>[];
  readonly asOf: number;
}

/** Everything that a scheme reads of a period, but places among others. */
export async function gatherFacts(
  reader: FactsReader,
  { reads, period, people, asOf }: FactsWanted,
): Promise<ReadonlyMap<SubjectId, UsedFacts>> {
  const subjects = people.map(({ subject }) => subject);
  const gathered = new Map(await gatherOwnFacts(reader, { period, subjects, metrics: reads.own, asOf }));
  for (const { unit, metrics } of reads.units) {
    const labels = [...new Set(people.flatMap((person) => labelOf(person.unit, unit) ?? []))];
    for (let from = 0; from < metrics.length; from += SCORING_LIMITS.metricsPerQuery) {
      const some = metrics.slice(from, from + SCORING_LIMITS.metricsPerQuery);
      const answer = await reader.unitFactsFor({ unit, labels, metrics: some, period, asOf });
      for (const person of people) {
        const values = answer.get(labelOf(person.unit, unit) ?? '');
        const used = some.flatMap((metric) => usedFact(metric, values?.get(metric)));
        gathered.set(person.subject, [...(gathered.get(person.subject) ?? []), ...used]);
      }
    }
  }
  return gathered;
}

/** Which unit of that kind the person stands in; undefined where none. */
function labelOf(unit: Appraisal['unit'], kind: UnitOfFact): string | undefined {
  return kind === 'company' ? 'company' : unit[kind];
}

export interface OwnFactsWanted {
  readonly period: Period;
  readonly subjects: readonly SubjectId[];
  readonly metrics: readonly string[];
  readonly asOf: number;
}

/** People's own facts of a period, in the order asked. */
export async function gatherOwnFacts(
  reader: Pick<FactsReader, 'factsFor'>,
  { period, subjects, metrics, asOf }: OwnFactsWanted,
): Promise<ReadonlyMap<SubjectId, UsedFacts>> {
  const gathered = new Map<SubjectId, UsedFacts>(subjects.map((subject) => [subject, []]));
  for (let from = 0; from < metrics.length; from += SCORING_LIMITS.metricsPerQuery) {
    const some = metrics.slice(from, from + SCORING_LIMITS.metricsPerQuery);
    const answer = await reader.factsFor({ period, subjects, metrics: some, asOf });
    for (const subject of subjects) {
      const values = answer.get(subject);
      const used = some.flatMap((metric) => usedFact(metric, values?.get(metric)));
      gathered.set(subject, [...(gathered.get(subject) ?? []), ...used]);
    }
  }
  return gathered;
}

/** A missing fact is left out: the evaluator names it. */
export function usedFact(key: string, fact: FactValue | undefined): UsedFacts {
  if (!fact || fact.kind === 'missing') return [];
  const { value, positions } = fact;
  const kept = positions.slice(0, SCORING_LIMITS.positions);
  return [{ key, value, positions: [...kept], ...(kept.length < positions.length ? { truncated: true } : {}) }];
}
