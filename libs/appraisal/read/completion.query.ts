import { asOfTable, type ReadDb } from '#libs/projections';
import { type Step, STEPS } from '../contracts';
import { appraisalProjection } from './appraisal.projection';

/** Rows of an answer: teams times steps. A company with more teams sees the first by name. */
export const COMPLETION_LIMITS = { rows: 2_000 } as const;

/** How far one team is with one step; `confirmation` counts results that were answered. */
export interface TeamCompletion {
  readonly region: string | null;
  readonly department: string;
  readonly team: string | null;
  readonly step: Step | 'confirmation';
  readonly people: number;
  readonly done: number;
  readonly late: number;
}

type Row = Omit<TeamCompletion, 'step'> & { readonly step: string };

/** Counted where it is stored; a step with several tasks is done when all of them are. No score and no pay. */
export async function completionByTeam(read: ReadDb, cycleId: string, asOf?: number): Promise<readonly TeamCompletion[]> {
  const table = asOfTable(appraisalProjection, asOf);
  const rows = await read.query<Row>(
    `SELECT region, department, team, step, count(*)::int AS people,
       (count(*) FILTER (WHERE done))::int AS done, (count(*) FILTER (WHERE late))::int AS late
     FROM (
       SELECT a.region, a.department, a.team, cell->>'step' AS step,
         bool_and(cell->>'state' <> 'open') AS done, bool_or((cell->>'late')::boolean) AS late
       FROM ${table} a, jsonb_array_elements(a.steps) cell
       WHERE a.cycle_id = $1 AND a.status <> 'cancelled' GROUP BY a.subject, 1, 2, 3, 4
       UNION ALL
       SELECT region, department, team, 'confirmation', response <> 'none' OR status = 'final', false
       FROM ${table} b WHERE cycle_id = $1 AND status IN ('published', 'final')
     ) each GROUP BY 1, 2, 3, 4 ORDER BY region NULLS LAST, department, team NULLS LAST, step LIMIT ${COMPLETION_LIMITS.rows}`,
    [cycleId],
  );
  return rows.map((row) => ({ ...row, step: stepOf(row.step) }));
}

function stepOf(text: string): Step | 'confirmation' {
  return STEPS.find((step) => step === text) ?? 'confirmation';
}
