import { asOfTable, type ReadDb } from '#libs/projections';
import type { AppealLineCount, AppealSummaries } from '../contracts';
import { appealProjection } from './appeal.projection';

/** What came of an appeal: the verdict where there is one, else how it ended; `open` while nothing has. */
const OUTCOME = `CASE WHEN stage = 'withdrawn' THEN 'withdrawn' WHEN state->>'verdict' IS NOT NULL THEN state->>'verdict'
  WHEN stage IN ('declined', 'declined-final', 'closed') THEN 'declined' ELSE 'open' END`;

export function createAppealSummaries(read: ReadDb): AppealSummaries {
  const table = asOfTable(appealProjection);
  return {
    async ofCycles(cycleIds) {
      const [total, lines] = await Promise.all([
        read.one<{ readonly appeals: number }>(`SELECT count(*)::int AS appeals FROM ${table} a WHERE cycle_id = ANY($1)`, [cycleIds]),
        read.query<AppealLineCount>(
          `SELECT line, ${OUTCOME} AS outcome, count(*)::int AS appeals
           FROM ${table} a LEFT JOIN LATERAL (SELECT DISTINCT item->>'line' AS line FROM jsonb_array_elements(state->'lines') item) l ON true
           WHERE cycle_id = ANY($1) GROUP BY 1, 2 ORDER BY 1 NULLS LAST, 2`,
          [cycleIds],
        ),
      ]);
      return { appeals: total?.appeals ?? 0, lines };
    },
  };
}
