import { type ContestableLine, contestableLines, explainAppraisal, type ExplainedScore, type Scoring } from '#libs/appraisal';
import type { AppraisalView } from '#libs/appraisal/contracts';
import type { ReadDb } from '#libs/projections';
import type { CompiledScheme } from '#libs/scheme';

/** A result with the lines of it that can be contested. */
export interface ReadResult {
  readonly explained: ExplainedScore;
  readonly lines: readonly ContestableLine[];
}

/** Undefined while there is no such result. */
export async function readResult(
  { read, scoring }: { readonly read: ReadDb; readonly scoring: Scoring },
  { view, scheme, which }: { readonly view: AppraisalView; readonly scheme: CompiledScheme; readonly which: 'published' | 'current' },
): Promise<ReadResult | undefined> {
  const explained = await explainAppraisal({ read, scoring }, { appraisalId: view.appraisalId, which });
  return explained && { explained, lines: contestableLines(scheme, view.period, explained) };
}
