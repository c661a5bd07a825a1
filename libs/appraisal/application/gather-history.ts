import type { Period, SubjectId } from '#kernel';
import { monthsOf, periodBefore, periodKind } from '#libs/calendar';
import { type CompiledScheme, factsRead } from '#libs/scheme';
import type { FactsReader } from '#libs/facts/contracts';
import type { AppraisalReader, PublishedScore, ScoreBasis } from '../contracts';
import { earlierFacts, placeFacts } from '../domain/history.policy';
import { gatherOwnFacts, type UsedFacts } from './gather-facts';

export type History = NonNullable<ScoreBasis['history']>;

export interface HistoryWanted {
  readonly compiled: CompiledScheme;
  readonly schemeId: string;
  readonly period: Period;
  readonly subjects: readonly SubjectId[];
  readonly asOf: number;
}

export interface HistoryParts {
  readonly facts: FactsReader;
  readonly appraisals: Pick<AppraisalReader, 'publishedScores'>;
}

/**
 * The earlier periods that a scheme reads: published scores of the months of a roll-up, and the facts and places of periods
 * before. A person has an entry for a period when a result of this scheme came out in it or one of the facts is
 * recorded for it: before that the history is short, and nothing is missing. Undefined where the scheme reads none.
 */
export async function gatherHistory(parts: HistoryParts, wanted: HistoryWanted): Promise<ReadonlyMap<SubjectId, History> | undefined> {
  const { compiled, period, subjects } = wanted;
  const kind = periodKind(period);
  const rollsUp = compiled.plans[kind]?.rollUp !== undefined;
  const blocks = earlierFacts(compiled, kind);
  if (!rollsUp && blocks.length === 0) return undefined;
  const gathered = new Map<SubjectId, Map<Period, History[number]>>(subjects.map((subject) => [subject, new Map()]));
  if (rollsUp) {
    for (const { subject, period: month, score, position } of await published(parts, wanted, monthsOf(period))) {
      if (score !== null) gathered.get(subject)?.set(month, { period: month, score, positions: [position], facts: [] });
    }
  }
  const rankedBy = new Set(
    factsRead(compiled, kind)
      .groups.filter(({ of }) => of === 'score')
      .map(({ key }) => key),
  );
  for (const [earlier, keys] of periodsWanted(period, blocks)) {
    const results = bySubject(await published(parts, wanted, [earlier]));
    const measured = keys.filter((key) => !placeFacts.has(key));
    const facts = await gatherOwnFacts(parts.facts, { period: earlier, subjects, metrics: measured, asOf: wanted.asOf });
    for (const subject of subjects) {
      const result = results.get(subject);
      const used = [...(facts.get(subject) ?? []), ...placesOf(result, keys, rankedBy)];
      if (!result && used.length === 0) continue;
      const entries = gathered.get(subject);
      const before = entries?.get(earlier);
      entries?.set(earlier, before ? { ...before, facts: [...before.facts, ...used] } : { period: earlier, facts: used });
    }
  }
  return new Map([...gathered].map(([subject, entries]) => [subject, [...entries.values()].sort(byPeriod)]));
}

function published({ appraisals }: HistoryParts, { schemeId, subjects, asOf }: HistoryWanted, periods: readonly Period[]) {
  return appraisals.publishedScores({ schemeId, periods, subjects, asOf });
}

function bySubject(results: readonly PublishedScore[]): ReadonlyMap<SubjectId, PublishedScore> {
  return new Map(results.map((result) => [result.subject, result]));
}

/** The place of an earlier period as it was published: 1 + those ahead, among all who were ranked. */
function placesOf(result: PublishedScore | undefined, keys: readonly string[], rankedBy: ReadonlySet<string>): UsedFacts {
  const standing = result?.standings.find(({ key }) => rankedBy.has(key)) ?? result?.standings[0];
  if (!result || !standing) return [];
  return keys.flatMap((key) => {
    const value = placeFacts.get(key)?.(standing);
    return value === undefined ? [] : [{ key, value, positions: [result.position] }];
  });
}

/** Each period before with all the facts that some block asks of it, the latest first. */
function periodsWanted(
  period: Period,
  blocks: readonly { readonly count: number; readonly facts: readonly string[] }[],
): ReadonlyMap<Period, readonly string[]> {
  const wanted = new Map<Period, string[]>();
  for (const { count, facts } of blocks) {
    for (let earlier = period, index = 0; index < count; index += 1) {
      earlier = periodBefore(earlier);
      const keys = wanted.get(earlier) ?? [];
      wanted.set(earlier, [...keys, ...facts.filter((key) => !keys.includes(key))]);
    }
  }
  return wanted;
}

function byPeriod({ period: one }: History[number], { period: other }: History[number]): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
