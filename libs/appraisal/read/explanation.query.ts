import { period } from '#kernel';
import { asOfTable, type ReadDb } from '#libs/projections';
import type { ExplanationNode } from '#libs/scheme';
import { parseAppraisalId, type ScoreBasis, type ScoreResult } from '../contracts';
import type { Scoring } from '../application/scoring.service';
import { appraisalResultProjection, type AppraisalResultRow } from './appraisal-result.projection';

/** A score with the tree that it came from, down to the log positions of its facts; the hash was checked. */
export interface ExplainedScore {
  readonly result: ScoreResult;
  readonly basis: ScoreBasis;
  readonly explanation: ExplanationNode | null;
}

/**
 * `which`: the one that holds now, or the one that was published; equal until amended. Undefined when there is none (yet).
 * Thrown: ExplanationDiffers when the record does not give its hash.
 */
export async function explainAppraisal(
  parts: { readonly read: ReadDb; readonly scoring: Scoring },
  query: { readonly appraisalId: string; readonly which: 'current' | 'published'; readonly asOf?: number },
): Promise<ExplainedScore | undefined> {
  const ids = parseAppraisalId(query.appraisalId);
  if (!ids) return undefined;
  const row = await parts.read.one<AppraisalResultRow & { readonly period: string }>(
    `SELECT r.*, a.period FROM ${asOfTable(appraisalResultProjection, query.asOf)} r
     JOIN read.appraisal a ON a.cycle_id = r.cycle_id AND a.subject = r.subject WHERE r.cycle_id = $1 AND r.subject = $2`,
    [ids.cycleId, ids.subject],
  );
  if (!row || (query.which === 'published' && row.published_at === null)) return undefined;
  const published = query.which === 'published' && row.published_result !== null && row.published_basis !== null;
  const result = published && row.published_result ? row.published_result : row.result;
  const basis = published && row.published_basis ? row.published_basis : row.basis;
  return { result, basis, explanation: await parts.scoring.explain({ period: period(row.period), result, basis }) };
}
