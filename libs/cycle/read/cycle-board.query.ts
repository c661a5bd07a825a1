import type { Period } from '#kernel';
import { asOfTable, type ReadDb } from '#libs/projections';
import type { CycleProgress, CycleStatus, CycleView } from '../contracts';
import { cycleProgressProjection, type CycleProgressRow } from './cycle-progress.projection';
import { cycleProjection, type CycleRow } from './cycle.projection';
import { CYCLE_READ_LIMITS, progressOf, viewOf } from './cycle.reader';

export interface CycleOnBoard {
  readonly cycle: CycleView;
  readonly progress: readonly CycleProgress[];
}

export interface CycleBoardQuery {
  readonly status?: CycleStatus | undefined;
  readonly period?: Period | undefined;
  /** `next` of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Newest start first, with the counts of every phase; at most 100 a page. */
export async function cycleBoard(
  read: ReadDb,
  { status, period, after, limit }: CycleBoardQuery,
): Promise<{ readonly items: readonly CycleOnBoard[]; readonly next?: string }> {
  const size = Math.min(Math.max(limit, 1), CYCLE_READ_LIMITS.page);
  const [startedAt = null, cycleId = null] = after?.split('~') ?? [];
  const rows = await read.query<CycleRow>(
    `SELECT * FROM ${asOfTable(cycleProjection)} c
     WHERE ($1::text IS NULL OR status = $1) AND ($2::text IS NULL OR period = $2)
       AND ($3::text IS NULL OR (state->'terms'->>'startedAt', cycle_id) < ($3, $4))
     ORDER BY state->'terms'->>'startedAt' DESC, cycle_id DESC LIMIT $5`,
    [status ?? null, period ?? null, startedAt, cycleId ?? '', size + 1],
  );
  const cycles = rows.slice(0, size).map(viewOf);
  const counts = await read.query<CycleProgressRow>(`SELECT * FROM ${asOfTable(cycleProgressProjection)} p WHERE cycle_id = ANY($1)`, [
    cycles.map((cycle) => cycle.cycleId),
  ]);
  const items = cycles.map((cycle) => ({
    cycle,
    // In the order of the cycle's own plan.
    progress: cycle.phases.flatMap(({ phase }) =>
      counts.filter((row) => row.cycle_id === cycle.cycleId && row.phase === phase).map(progressOf),
    ),
  }));
  const last = cycles.at(-1);
  return rows.length > size && last ? { items, next: `${last.startedAt}~${last.cycleId}` } : { items };
}
