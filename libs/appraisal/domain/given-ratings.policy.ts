import { isSubjectId, type PersonalText, type SubjectId } from '#kernel';
import type { SchemeDocument } from '#libs/scheme';
import type { GivenRatings, Notes, Ratings } from '../contracts';

type GivenValue = GivenRatings[string];
type GivenAward = Exclude<GivenValue, string | string[]>[number];

/** Two people approve an award unless the scheme says otherwise (templates.md 10). */
const APPROVALS = 2;

export interface RatingsApart {
  /** As they are stored: nothing that a person wrote. */
  readonly ratings: Ratings;
  /** What they wrote, sealed; absent when nothing was. */
  readonly notes?: Notes;
}

/** Takes the free words out of what a rater gave: `entry-1`, `reason-1` … stand in their places, the words in the notes. */
export function apart(document: Pick<SchemeDocument, 'ratings'>, given: GivenRatings, seal: (text: string) => PersonalText): RatingsApart {
  const ratings: Ratings = {};
  const notes: Notes = [];
  const note = (line: string, item: number, text: string, word: string): string => {
    notes.push({ line, item, text: seal(text) });
    return `${word}-${item}`;
  };
  for (const [line, value] of Object.entries(given)) {
    if (typeof value === 'string') ratings[line] = value;
    else if (areAwards(value))
      ratings[line] = value.map(({ amount, reason = '', approved_by = [] }, index) => ({
        amount,
        reason: note(line, index + 1, reason, 'reason'),
        approved_by: [...approved_by],
      }));
    else if (document.ratings[line]?.type === 'entries') ratings[line] = value.map((text, index) => note(line, index + 1, text, 'entry'));
    else ratings[line] = [...value];
  }
  return notes.length === 0 ? { ratings } : { ratings, notes };
}

export function areAwards(value: GivenValue): value is GivenAward[] {
  return Array.isArray(value) && value.some((item) => typeof item === 'object');
}

/** Everybody named as approving an award, in all lines. */
export function approversIn(given: GivenRatings): readonly SubjectId[] {
  const named = Object.values(given).flatMap((value) => (areAwards(value) ? value.flatMap(({ approved_by = [] }) => approved_by) : []));
  return [...new Set(named)].filter(isSubjectId);
}

/**
 * Lines with an award that too few people stand for: different ones, known in the organisation, and never the appraised. The first
 * award with a problem gives the code, as everywhere `missing-approval`.
 */
export function awardProblems(
  document: Pick<SchemeDocument, 'ratings'>,
  given: GivenRatings,
  { subject, known }: { readonly subject: SubjectId; readonly known: ReadonlySet<SubjectId> },
): readonly { readonly code: string; readonly key: string }[] {
  const stands = (person: SubjectId): boolean => person !== subject && known.has(person);
  return Object.entries(given).flatMap(([key, value]) => {
    const line = document.ratings[key];
    if (line?.type !== 'awards' || !areAwards(value)) return [];
    const least = Number(line.approvals ?? APPROVALS);
    const short = value.some(({ approved_by = [] }) => new Set(approved_by.filter(stands)).size < least || !approved_by.every(stands));
    return short ? [{ code: 'missing-approval', key }] : [];
  });
}
