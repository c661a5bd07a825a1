import type { SubjectId } from '#kernel';
import type { GroupFact } from '#libs/scheme';
import type { AppraisalReader, RankedBy, ScoreBasis, ScoreResult, Standing } from '../contracts';
import { RankingGroup } from '../domain/ranking.policy';

/** Frozen groups kept at once: a cohort's pages and the cohorts of a cycle share one. */
const MOST_KEPT = 4;

/** When the group of a cycle was frozen. */
export interface FrozenAt {
  readonly cycleId: string;
  /** Log position. */
  readonly position: number;
}

/** A score without places, and the facts that it stands on. */
export interface ToPlace {
  readonly subject: SubjectId;
  readonly result: Pick<ScoreResult, 'score'>;
  readonly basis: Pick<ScoreBasis, 'facts'>;
}

/** Places people in the frozen groups of their cycles. */
export interface Ranking {
  /** At most 500 people; who has no value to be placed by is not in the answer. */
  standings(
    groups: readonly GroupFact[],
    people: readonly ToPlace[],
    frozen: FrozenAt,
  ): Promise<ReadonlyMap<SubjectId, readonly Standing[]>>;
  /** The same person again with another value, against the group as it was frozen. */
  placedAgain(standing: Standing, of: RankedBy, at: string): Promise<Standing>;
}

export function createRanking(appraisals: Pick<AppraisalReader, 'rankingGroup' | 'rankedValues'>): Ranking {
  const kept = new Map<string, Promise<RankingGroup>>();
  const groupOf = (of: RankedBy, { cycleId, position }: FrozenAt): Promise<RankingGroup> => {
    const key = `${cycleId}/${position}/${of === 'score' ? '' : of.fact}`;
    const known = kept.get(key);
    if (known) return known;
    const [oldest] = kept.keys();
    if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    const reading = appraisals.rankingGroup({ cycleId, of, asOf: position }).then((values) => new RankingGroup(values));
    kept.set(key, reading);
    // One that could not be read is read again by whoever asks next.
    reading.catch(() => kept.delete(key));
    return reading;
  };
  return {
    async standings(groups, people, frozen) {
      const subjects = people.map(({ subject }) => subject);
      const placed = new Map<SubjectId, Standing[]>();
      for (const { key, of } of groups) {
        const group = await groupOf(of, frozen);
        const own = await appraisals.rankedValues({ cycleId: frozen.cycleId, of, asOf: frozen.position, subjects });
        for (const person of people) {
          const at = valueOf(of, person);
          if (at === undefined) continue;
          const mine = own.get(person.subject) ?? null;
          const standing = { key, cycleId: frozen.cycleId, position: frozen.position, own: mine, at, ...group.placeOf(at, mine) };
          placed.set(person.subject, [...(placed.get(person.subject) ?? []), standing]);
        }
      }
      return placed;
    },

    async placedAgain(standing, of, at) {
      const group = await groupOf(of, standing);
      return { ...standing, at, ...group.placeOf(at, standing.own) };
    },
  };
}

/** What a person is ranked by; undefined where there is no such value. */
export function valueOf(of: RankedBy, { result, basis }: Omit<ToPlace, 'subject'>): string | undefined {
  return of === 'score' ? (result.score ?? undefined) : basis.facts.find(({ key }) => key === of.fact)?.value;
}
