import { leaderboardProjection } from './read/leaderboard.projection';

export { COMPLETION_FACTS } from './domain/completion.policy';
export { BOARD_MEASURES, BOARD_SCOPES, leaderboard, LEADERBOARD_LIMITS, ownPlace, TIE_RULE } from './read/leaderboard.query';
export type { BoardEntry, BoardMeasure, BoardPage, BoardQuery, BoardScope, BoardViewer } from './read/leaderboard.query';
export { boardPosition, boardUnits, placesOf, rankedCounts } from './read/board-facts.query';
export { firstPlaces, HONOURS, honourOf } from './read/honours.query';
export type { Honour } from './read/honours.query';
export type { BoardUnit, BoardUnits } from './read/board-facts.query';
export { leaderboardProjection };

/** Everything that the projector keeps for this feature. */
export const leaderboardProjections = [leaderboardProjection] as const;
