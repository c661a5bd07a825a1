import type { Period, SubjectId } from '#kernel';
import { periodKind } from '#libs/calendar';
import { type CompiledScheme, groupFacts, requiredHistory } from '#libs/scheme';
import type { FactsReader } from '#libs/facts/contracts';
import type { AppraisalReader, PublishedScore, ScoreBasis } from '../contracts';
import { placeFacts } from '../domain/history.policy';
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
  const { compiled, period, subjects, asOf } = wanted;
  const needed = requiredHistory(compiled, period);
  if (needed.length === 0) return undefined;
  const gathered = new Map<SubjectId, History>(subjects.map((subject) => [subject, []]));
  const results = await published(parts, wanted, needed);
  const rankedBy = new Set(groupFacts(compiled, periodKind(period)).flatMap(({ key, of }) => (of === 'score' ? [key] : [])));
  for (const { period: earlier, score, facts } of needed) {
    const keys = facts.map(({ key }) => key);
    const measured = await gatherOwnFacts(parts.facts, {
      period: earlier,
      subjects,
      metrics: keys.filter((key) => !placeFacts.has(key)),
      asOf,
    });
    for (const subject of subjects) {
      const result = results.get(`${subject} ${earlier}`);
      const used = [...(measured.get(subject) ?? []), ...placesOf(result, keys, rankedBy)];
      // A roll-up without a score in that month has nothing of it.
      const scored = score && result?.score ? { score: result.score, positions: [result.position] } : undefined;
      if (!scored && used.length === 0 && (keys.length === 0 || !result)) continue;
      gathered.get(subject)?.push({ period: earlier, ...scored, facts: used });
    }
  }
  return gathered;
}

async function published(
  { appraisals }: HistoryParts,
  { schemeId, subjects, asOf }: HistoryWanted,
  needed: readonly { readonly period: Period }[],
): Promise<ReadonlyMap<string, PublishedScore>> {
  const periods = needed.map(({ period }) => period);
  const results = await appraisals.publishedScores({ schemeId, periods, subjects, asOf });
  return new Map(results.map((result) => [`${result.subject} ${result.period}`, result]));
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
