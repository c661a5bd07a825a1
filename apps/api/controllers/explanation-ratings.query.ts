import { canonicalJson } from '#kernel';
import { type Ratings, type ScoreBasis, zRatings } from '#libs/appraisal/contracts';
import type { RecordedEvent } from '#libs/event-store';
import { zUuid } from '#libs/kernel/schema';
import { z } from 'zod';
import { type Leaf, leaf } from './explanation-facts.shapes';

/** What of an appraisal's events is looked at here; what groups answered, only by its lines. */
const zSubmitted = z.looseObject({
  ratings: zRatings.optional(),
  part: z.int().optional(),
  answers: z.record(z.string(), z.unknown()).optional(),
  cause: z
    .looseObject({ kind: z.enum(['appeal', 'correction']), id: zUuid })
    .optional()
    .catch(undefined),
});
const OF_PERSONS: ReadonlySet<string> = new Set(['SelfReviewSubmitted', 'ManagerScoreSubmitted', 'SecondReviewApproved']);
const OF_GROUPS: ReadonlySet<string> = new Set(['PeerAnswersRecorded', 'CustomerAnswersRecorded']);

type Submitted = z.infer<typeof zSubmitted> & { readonly type: string; readonly position: number };

/**
 * Which submission each rating that counted came from: the last that says the same. What groups of people answered names the event in which
 * their answers were recorded together, and neither a value nor anybody.
 */
export function ratingLeaves(basis: Pick<ScoreBasis, 'ratings' | 'parts'>, events: readonly RecordedEvent[]): readonly Leaf[] {
  const newestFirst = [...events].reverse().map(({ type, position, data }): Submitted => ({ ...zSubmitted.parse(data), type, position }));
  const sets: readonly (readonly [number | undefined, Ratings])[] = [
    [undefined, basis.ratings],
    ...(basis.parts ?? []).map(({ part, ratings }) => [part, ratings] as const),
  ];
  return sets.flatMap(([part, ratings]) =>
    Object.entries(ratings).flatMap(([key, value]) => {
      const found = originOf(newestFirst, { part, key, value });
      if (!found) return [];
      const { type, position, cause } = found;
      const kind = type === 'AppraisalAmended' ? 'override' : 'rating';
      return [
        leaf({
          kind,
          key: `rating.${key}`,
          metric: key,
          value: OF_GROUPS.has(type) ? null : wordsOf(value),
          position,
          cause: cause ? { kind: cause.kind, id: cause.id } : null,
        }),
      ];
    }),
  );
}

function originOf(
  newestFirst: readonly Submitted[],
  { part, key, value }: { readonly part: number | undefined; readonly key: string; readonly value: Ratings[string] },
): Submitted | undefined {
  const said = canonicalJson(value);
  const given = newestFirst.find(({ type, ratings, answers, part: of }) => {
    if (OF_GROUPS.has(type)) return answers?.[key] !== undefined;
    const isPart = part === undefined || of === undefined || of === part;
    return OF_PERSONS.has(type) && isPart && sameAs(said, ratings?.[key]);
  });
  // Decided otherwise later, or given by the rule for what nobody did.
  return (
    given ??
    newestFirst.find(({ type, cause }) => type === 'AppraisalAmended' && cause?.kind === 'appeal') ??
    newestFirst.find(({ type }) => type === 'AppraisalStepSkipped')
  );
}

function sameAs(said: string, other: Ratings[string] | undefined): boolean {
  return other !== undefined && canonicalJson(other) === said;
}

/** As the tree has it: words joined by blanks; special awards are lines of their own in the tree. */
function wordsOf(value: Ratings[string]): string | null {
  if (typeof value === 'string') return value;
  const words = value.flatMap((item) => (typeof item === 'string' ? [item] : []));
  return words.length === value.length ? words.join(' ') : null;
}
