import type { SubjectId } from '#kernel';
import { asOfTable, type ReadDb } from '#libs/projections';
import { leaderboardProjection } from './leaderboard.projection';
import { type BoardQuery, groupOf, LEADERBOARD_LIMITS } from './leaderboard.query';

export interface BoardUnit {
  readonly unit: string;
  readonly region: string | null;
  readonly ranked: number;
}

/** What a board can be narrowed to, and where one person stands in that. */
export interface BoardUnits {
  readonly regions: readonly BoardUnit[];
  readonly teams: readonly BoardUnit[];
  readonly own: { readonly region: string | null; readonly team: string | null } | null;
}

/**
 * The places of these people on a board as it was; who was not on it is absent. A page's people at most.
 * The places are those that `leaderboard` gives at the same position: 1 + the number of those strictly ahead.
 */
export async function placesOf(read: ReadDb, query: BoardQuery, subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, number>> {
  if (subjects.length === 0) return new Map();
  const { from, value, params } = groupOf(query);
  const rows = await read.query<{ readonly subject: SubjectId; readonly place: number }>(
    `SELECT subject, place FROM (SELECT subject, rank() OVER (ORDER BY ${value} DESC)::int AS place FROM ${from}) ranked WHERE subject = ANY($3)`,
    [...params, subjects.slice(0, LEADERBOARD_LIMITS.page)],
  );
  return new Map(rows.map(({ subject, place }) => [subject, place]));
}

/** How many people each of these cycles places by their score. */
export async function rankedCounts(read: ReadDb, cycleIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await read.query<{ readonly cycle_id: string; readonly ranked: number }>(
    `SELECT cycle_id, count(*)::int AS ranked FROM ${asOfTable(leaderboardProjection)} b
     WHERE cycle_id = ANY($1) AND published AND published_score IS NOT NULL AND score IS NOT NULL GROUP BY cycle_id`,
    [cycleIds],
  );
  return new Map(rows.map(({ cycle_id: cycleId, ranked }) => [cycleId, ranked]));
}

/** The regions and teams that people of a cycle were published in. */
export async function boardUnits(read: ReadDb, cycleId: string, viewer: SubjectId): Promise<BoardUnits> {
  const table = asOfTable(leaderboardProjection);
  const [rows, own] = await Promise.all([
    read.query<{ readonly region: string | null; readonly team: string | null; readonly ranked: number }>(
      `SELECT region, team, count(*)::int AS ranked FROM ${table} b WHERE cycle_id = $1 AND published GROUP BY region, team
       ORDER BY region, team LIMIT ${LEADERBOARD_LIMITS.units}`,
      [cycleId],
    ),
    read.one<{ readonly region: string | null; readonly team: string | null }>(
      `SELECT region, team FROM ${table} b WHERE cycle_id = $1 AND subject = $2 AND published`,
      [cycleId, viewer],
    ),
  ]);
  const regions = new Map<string, number>();
  for (const { region, ranked } of rows) if (region !== null) regions.set(region, (regions.get(region) ?? 0) + ranked);
  return {
    regions: [...regions].map(([unit, ranked]) => ({ unit, region: unit, ranked })),
    teams: rows.flatMap(({ team, region, ranked }) => (team === null ? [] : [{ unit: team, region, ranked }])),
    own: own ?? null,
  };
}

/** Log position of the last event that changed anybody's row of a cycle: it names the state that its boards are in. */
export async function boardPosition(read: ReadDb, cycleId: string): Promise<number> {
  const row = await read.one<{ readonly position: number | null }>(
    `SELECT max(position) AS position FROM ${asOfTable(leaderboardProjection)} b WHERE cycle_id = $1`,
    [cycleId],
  );
  return row?.position ?? 0;
}
