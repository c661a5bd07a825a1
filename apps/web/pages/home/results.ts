import type { components } from '#api-schema';
import { isSameLength } from '../../pieces/period-length';

type Result = Pick<components['schemas']['Appraisal'], 'period' | 'score' | 'publishedAt'>;

const SHOWN_IN_TREND = 6;

/** Those that are published, the one published last first: a month and a quarter can't be put in order by their names. */
export function publishedOf<R extends Result>(results: readonly R[]): readonly R[] {
  const at = ({ publishedAt }: R): number => (publishedAt === null ? 0 : Date.parse(publishedAt));
  return results.filter(({ score }) => score !== null).sort((one, other) => at(other) - at(one));
}

/** Scores of equally long periods up to this one, oldest first. */
export function trendOf<R extends Result>(of: R, published: readonly R[]): readonly string[] {
  return published
    .filter(({ period }) => isSameLength(period, of.period) && period <= of.period)
    .sort((one, other) => (one.period < other.period ? -1 : 1))
    .slice(-SHOWN_IN_TREND)
    .flatMap(({ score }) => (score === null ? [] : [score]));
}
