import { canonicalJson, type DecisionContext } from '#kernel';
import type { AppraisalEvent, CorrectionDifference, CorrectScore, ScoreBasis, ScoreResult } from '../contracts';
import type { Appraisal, ScoreOfAppraisal } from './appraisal.state';

type Decision = readonly AppraisalEvent[];

/**
 * Facts that arrived late or were superseded. Before publication the score is taken again, marked with its cause; after it the
 * difference is proposed and nothing that was published changes. Quiet where nothing differs.
 */
export function correctScore({ data }: CorrectScore, appraisal: Appraisal, { now }: DecisionContext): Decision {
  const { status, score } = appraisal;
  // Not scored yet: the score will stand on what is recorded then.
  if (!score || status === 'open' || status === 'cancelled') return [];
  const { cause, result, basis } = data;
  if (status === 'scored') {
    if (standsOnTheSame(score, result, basis) || isOutrun(score, basis)) return [];
    return [{ type: 'AppraisalScored', data: { result, basis, cause, scoredAt: now } }];
  }
  const { correction } = appraisal;
  if (sameResult(score.result, result)) {
    return correction?.open ? [{ type: 'AppraisalCorrectionSettled', data: { cause, settledAt: now } }] : [];
  }
  if (correction?.open && sameResult(correction.open.result, result) && basis.explanationHash === correction.open.basis.explanationHash)
    return [];
  const changed = { facts: [...data.changed.facts], history: data.changed.history };
  const difference = differenceOf(score.result, result);
  return [{ type: 'AppraisalCorrectionProposed', data: { cause, changed, result, basis, difference, proposedAt: now } }];
}

/** What was recorded since has been scored already: a score that was computed before it must not take its place. */
export function isOutrun(known: ScoreOfAppraisal | undefined, { asOf }: Pick<ScoreBasis, 'asOf'>): boolean {
  return known !== undefined && asOf < known.basis.asOf;
}

/** The position that facts were read at says nothing: what was read does, and its explanation names it all. */
function standsOnTheSame(known: ScoreOfAppraisal, result: ScoreResult, basis: ScoreBasis): boolean {
  return sameResult(known.result, result) && known.basis.explanationHash === basis.explanationHash;
}

function sameResult(one: ScoreResult, other: ScoreResult): boolean {
  return canonicalJson(one) === canonicalJson(other);
}

/** Only what differs; a pay line that one of the two does not have is null there. */
export function differenceOf(before: ScoreResult, after: ScoreResult): CorrectionDifference {
  const keys = [...new Set([...before.payLines, ...after.payLines].map(({ key }) => key))];
  const amountOf = ({ payLines }: ScoreResult, key: string): string | null => payLines.find((line) => line.key === key)?.amount ?? null;
  const payLines = keys
    .map((key) => ({ key, from: amountOf(before, key), to: amountOf(after, key) }))
    .filter(({ from, to }) => from !== to);
  const [fromPlace, toPlace] = [placeOf(before), placeOf(after)];
  return {
    ...(before.score === after.score ? {} : { score: { from: before.score, to: after.score } }),
    ...(before.grade === after.grade ? {} : { grade: { from: before.grade, to: after.grade } }),
    ...(fromPlace === toPlace ? {} : { place: { from: fromPlace, to: toPlace } }),
    payLines,
    ...(before.payTotal === after.payTotal ? {} : { payTotal: { from: before.payTotal, to: after.payTotal } }),
  };
}

function placeOf({ outcome }: ScoreResult): number | null {
  return typeof outcome.place === 'number' ? outcome.place : null;
}

/** What is known of corrections: the facts that have changed since publication, and the proposal that waits, if one does. */
export interface CorrectionOfAppraisal {
  readonly changed: { readonly facts: readonly string[]; readonly history: boolean };
  readonly open?: ScoreOfAppraisal;
}

type CorrectionEvent = Extract<AppraisalEvent, { readonly type: 'AppraisalCorrectionProposed' | 'AppraisalCorrectionSettled' }>;

export function evolveCorrection(known: CorrectionOfAppraisal | undefined, event: CorrectionEvent): CorrectionOfAppraisal | undefined {
  if (event.type === 'AppraisalCorrectionSettled') return known && { changed: known.changed };
  const { changed, result, basis } = event.data;
  return { changed, open: { result, basis } };
}
