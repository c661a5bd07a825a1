import type { ReadDb } from '#libs/projections';
import { type BoardEntry, type BoardViewer, leaderboard, LEADERBOARD_LIMITS } from './leaderboard.query';

export const HONOURS = ['monthly-champion', 'quarterly-star', 'annual-master'] as const;
export type Honour = (typeof HONOURS)[number];

/** What the first published place of a period is called (domain.md "Leaderboard and honours"). */
export function honourOf(period: string): Honour {
  if (period.includes('Q')) return 'quarterly-star';
  return period.length === 4 ? 'annual-master' : 'monthly-champion';
}

/**
 * Who holds the first published place of a cycle by score: those who shared it, and whoever a decision put there since.
 * Nobody, when the one who held it was corrected below it: an honour is never handed on in silence.
 */
export async function firstPlaces(read: ReadDb, cycleId: string, viewer: BoardViewer): Promise<readonly BoardEntry[]> {
  const { items } = await leaderboard(read, { cycleId, scope: 'company', measure: 'score' }, viewer, { limit: LEADERBOARD_LIMITS.page });
  return items.filter(({ publishedPlace }) => publishedPlace === 1);
}
