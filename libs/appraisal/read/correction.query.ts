import { type SubjectId } from '#kernel';
import { asOfTable, type ReadDb } from '#libs/projections';
import { appraisalIdOf, type CorrectionCause, type CorrectionDifference } from '../contracts';
import { appraisalCorrectionProjection, type AppraisalCorrectionRow } from './appraisal-correction.projection';
import { appraisalProjection } from './appraisal.projection';

export const CORRECTION_READ_LIMITS = { page: 200 } as const;

/** A correction that waits for a decision. */
export interface ProposedCorrection {
  readonly appraisalId: string;
  readonly cycleId: string;
  readonly subject: SubjectId;
  readonly period: string;
  readonly cause: CorrectionCause;
  /** Facts that are no longer as what holds has them. */
  readonly changedFacts: readonly string[];
  readonly difference: CorrectionDifference;
  /** With errors the corrected result has no score: the facts have to be completed first. */
  readonly errors: readonly { readonly code: string; readonly key: string }[];
  readonly proposedAt: string;
}

/** By cycle and subject; `after` is the last appraisal id of the page before. */
export async function proposedCorrections(
  read: ReadDb,
  { cycleId, after, limit, asOf }: { readonly cycleId?: string; readonly after?: string; readonly limit: number; readonly asOf?: number },
): Promise<{ readonly items: readonly ProposedCorrection[]; readonly next?: string }> {
  const size = Math.min(Math.max(limit, 1), CORRECTION_READ_LIMITS.page);
  const rows = await read.query<AppraisalCorrectionRow & { readonly period: string }>(
    `SELECT c.*, a.period FROM ${asOfTable(appraisalCorrectionProjection, asOf)} c
       JOIN ${asOfTable(appraisalProjection, asOf)} a ON a.cycle_id = c.cycle_id AND a.subject = c.subject
     WHERE c.state = 'proposed' AND ($1::text IS NULL OR c.cycle_id = $1) AND c.cycle_id || '.' || c.subject > $2
     ORDER BY c.cycle_id, c.subject LIMIT $3`,
    [cycleId ?? null, after ?? '', size + 1],
  );
  const items = rows.slice(0, size).map(correctionOf);
  const last = items.at(-1);
  return rows.length > size && last ? { items, next: last.appraisalId } : { items };
}

function correctionOf(row: AppraisalCorrectionRow & { readonly period: string }): ProposedCorrection {
  return {
    appraisalId: appraisalIdOf(row.cycle_id, row.subject),
    cycleId: row.cycle_id,
    subject: row.subject,
    period: row.period,
    cause: { kind: row.cause_kind, position: row.cause_position },
    changedFacts: row.changed_facts,
    difference: row.difference,
    errors: row.errors,
    proposedAt: row.proposed_at,
  };
}
