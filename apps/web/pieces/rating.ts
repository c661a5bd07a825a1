import type { components } from '#api-schema';
import { asDecimalText, compareDecimals, isDecimalText, isWholeText } from './decimals';

export type RatingLine = components['schemas']['RatingLine'];
export interface GivenAward {
  readonly amount: string;
  readonly reason: string;
  readonly approved_by: readonly string[];
}
/** What a rater gave for one line. */
export type Given = string | readonly string[] | readonly GivenAward[];
export type GivenRatings = Readonly<Record<string, Given>>;
export type RatingProblem = 'missing' | 'not-a-number' | 'not-whole' | 'out-of-range' | 'approvals';

/** Lines that hold several values; nothing in them is an answer, too. */
export function isListed({ type }: Pick<RatingLine, 'type'>): boolean {
  return type === 'list' || type === 'entries' || type === 'numbers' || type === 'awards';
}

/** Whether there is anything in it: an emptied field or list is nothing again. */
export function isGiven(given: Given | undefined): given is Given {
  return given !== undefined && given.length > 0;
}

export function isAwards(given: Given | undefined): given is readonly GivenAward[] {
  return Array.isArray(given) && given.some((item) => typeof item === 'object');
}

export function textsOf(given: Given | undefined): readonly string[] {
  return Array.isArray(given) ? given.flatMap((item: unknown) => (typeof item === 'string' ? [item] : [])) : [];
}

/** What can be said about a rating before it is sent; the API judges it again by the scheme. */
export function ratingProblem(line: RatingLine, given: Given | undefined): RatingProblem | undefined {
  switch (line.type) {
    case 'points':
      return numberProblem(given, line);
    case 'occurrences':
      return numberProblem(given, { from: '0', to: null, whole: true });
    case 'word':
      return typeof given === 'string' && line.options.includes(given) ? undefined : 'missing';
    case 'numbers':
      return textsOf(given)
        .map((text) => numberProblem(text, line))
        .find((problem) => problem !== undefined);
    case 'awards':
      return awardsProblem(line, given);
    case 'list':
    case 'entries':
      return undefined;
  }
}

function numberProblem(
  given: Given | undefined,
  { from, to, whole }: Pick<RatingLine, 'from' | 'to' | 'whole'>,
): RatingProblem | undefined {
  const text = typeof given === 'string' ? asDecimalText(given) : '';
  if (text === '') return 'missing';
  if (!isDecimalText(text)) return 'not-a-number';
  if (whole && !isWholeText(text)) return 'not-whole';
  if ((from !== null && compareDecimals(text, from) < 0) || (to !== null && compareDecimals(text, to) > 0)) return 'out-of-range';
  return undefined;
}

function awardsProblem({ approvals }: RatingLine, given: Given | undefined): RatingProblem | undefined {
  if (!isAwards(given)) return undefined;
  if (given.some(({ amount }) => !isDecimalText(asDecimalText(amount)))) return 'not-a-number';
  return given.some(({ approved_by: people }) => new Set(people).size < (approvals ?? 2)) ? 'approvals' : undefined;
}

/** As the API takes it: every line, numbers in plain digits; empty lists where nothing was given. */
export function toSend(
  lines: readonly RatingLine[],
  given: GivenRatings,
): Record<string, string | string[] | { amount: string; reason: string; approved_by: string[] }[]> {
  return Object.fromEntries(lines.map((line) => [line.key, sentValue(line, given[line.key])]));
}

function sentValue(
  line: RatingLine,
  given: Given | undefined,
): string | string[] | { amount: string; reason: string; approved_by: string[] }[] {
  if (isAwards(given))
    return given.map(({ amount, reason, approved_by: people }) => ({ amount: asDecimalText(amount), reason, approved_by: [...people] }));
  if (isListed(line)) return [...textsOf(given)];
  const text = typeof given === 'string' ? given : '';
  return line.type === 'word' ? text : asDecimalText(text);
}
