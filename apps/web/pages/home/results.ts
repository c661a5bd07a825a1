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
  return lastOf(of.period, published).flatMap(({ score }) => (score === null ? [] : [score]));
}

type Paid = Pick<components['schemas']['StatementSummary'], 'period' | 'entitledTotal'>;

/** What equally long periods up to this one gave, oldest first. */
export function payTrendOf(period: string, statements: readonly Paid[]): readonly string[] {
  return lastOf(period, statements).map(({ entitledTotal }) => entitledTotal);
}

function lastOf<P extends { readonly period: string }>(until: string, all: readonly P[]): readonly P[] {
  return all
    .filter(({ period }) => isSameLength(period, until) && period <= until)
    .sort((one, other) => (one.period < other.period ? -1 : 1))
    .slice(-SHOWN_IN_TREND);
}

type Appeal = Pick<components['schemas']['Appeal'], 'appealId' | 'stage' | 'filedAt'>;
export type AppealState = 'waits-for-you' | 'running' | 'decided' | 'closed';

/** The appeal that stands against a result: the last one that was not withdrawn. */
export function standingAppeal<A extends Appeal>(appeals: readonly A[]): A | undefined {
  return appeals.filter(({ stage }) => stage !== 'withdrawn').sort((one, other) => (one.filedAt < other.filedAt ? 1 : -1))[0];
}

export function stateOfAppeal({ stage }: Pick<Appeal, 'stage'>): AppealState {
  switch (stage) {
    case 'more-asked':
    case 'offered':
    case 'declined':
      return 'waits-for-you';
    case 'decided':
      return 'decided';
    case 'declined-final':
    case 'withdrawn':
    case 'closed':
      return 'closed';
    default:
      return 'running';
  }
}
