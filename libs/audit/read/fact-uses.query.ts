import type { SubjectId } from '#kernel';
import type { ReadDb } from '#libs/projections';

export const FACT_USES_LIMITS = { scores: 200, lines: 500 } as const;

/** A score that a fact went into: the one that holds now, or the one that was published before it was amended. */
export interface ScoreUsingFact {
  readonly appraisalId: string;
  readonly cycleId: string;
  readonly subject: SubjectId;
  readonly period: string;
  readonly score: string | null;
  readonly as: 'current' | 'published';
}

export interface LineUsingFact {
  readonly lineId: string;
  readonly batchId: string;
  readonly appraisalId: string;
  readonly key: string;
  readonly amount: string;
}

/** From a fact to the scores that took its value, and to what those pay. `of`: whose fact it is; a unit's fact goes into many people's scores. */
export async function factUses(
  read: ReadDb,
  fact: { readonly metric: string; readonly position: number; readonly subject: SubjectId | null },
): Promise<{ readonly scores: readonly ScoreUsingFact[]; readonly lines: readonly LineUsingFact[]; readonly truncated: boolean }> {
  // A metric that is another's earlier value goes by another name: the event alone tells, within the person's own.
  const used = JSON.stringify([{ ...(fact.subject === null ? { key: fact.metric } : {}), positions: [fact.position] }]);
  const earlier = JSON.stringify([{ facts: [{ positions: [fact.position] }] }]);
  const holds = (basis: string): string => `(${basis}->'facts' @> $1::jsonb OR ${basis}->'history' @> $2::jsonb)`;
  const rows = await read.query<Omit<ScoreUsingFact, 'appraisalId'>>(
    `SELECT r.cycle_id AS "cycleId", r.subject, a.period, CASE WHEN ${holds('r.basis')} THEN r.result->>'score' ELSE r.published_result->>'score' END AS score,
        CASE WHEN ${holds('r.basis')} THEN 'current' ELSE 'published' END AS "as"
       FROM read.appraisal_result r JOIN read.appraisal a ON a.cycle_id = r.cycle_id AND a.subject = r.subject
      WHERE ($3::text IS NULL OR r.subject = $3) AND (${holds('r.basis')} OR ${holds('r.published_basis')})
      ORDER BY a.period, r.subject LIMIT $4`,
    [used, earlier, fact.subject, FACT_USES_LIMITS.scores + 1],
  );
  const scores = rows.slice(0, FACT_USES_LIMITS.scores).map((row) => ({ ...row, appraisalId: `${row.cycleId}.${row.subject}` }));
  const lines = await read.query<LineUsingFact>(
    `SELECT line_id AS "lineId", batch_id AS "batchId", appraisal_id AS "appraisalId", key, amount::text AS amount FROM read.payout_line
      WHERE appraisal_id = ANY($1) ORDER BY cycle_id, subject, chunk, seq LIMIT $2`,
    [scores.map(({ appraisalId }) => appraisalId), FACT_USES_LIMITS.lines],
  );
  return { scores, lines, truncated: rows.length > scores.length || lines.length === FACT_USES_LIMITS.lines };
}
