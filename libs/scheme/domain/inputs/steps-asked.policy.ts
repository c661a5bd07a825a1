import type { PeriodKind } from '#libs/calendar';
import type { Rater } from '../../contracts/document';
import type { ReviewStepDocument } from '../../contracts/document-flow';
import { blocksOf } from '../blocks/by-kind';
import type { CompiledScheme } from '../compile';
import { ratingLines } from './needs.policy';

type Step = ReviewStepDocument['step'];

/** Whose ratings come in with a step. */
const RATERS_OF: Readonly<Record<'self-review' | 'manager-review', readonly Rater[]>> = {
  'self-review': ['self'],
  'manager-review': ['manager', 'department', 'peers', 'customers'],
};

/** `missing`: steps in which something is filled in, and for which the schedule has no phase. */
export interface StepsAsked {
  readonly steps: readonly Step[];
  readonly missing: readonly Step[];
}

/**
 * The review steps of a kind of period, each once. A period that is scored takes all that the scheme names. One that is made of its
 * months takes those in which there is something to fill in, and the second review where its schedule has one: what
 * the months are made of has been reviewed.
 */
export function stepsAsked(scheme: CompiledScheme, kind: PeriodKind): StepsAsked {
  const { review, schedule, periods } = scheme.document;
  const phases = new Set<string>(schedule[kind]?.map(({ phase }) => phase));
  const named = [...new Set(review.map(({ step }) => step))];
  const isRolledUp = periods[kind]?.kind === 'roll-up';
  const needed = named.filter((step) => {
    if (!isRolledUp) return true;
    if (step === 'second-review') return phases.has(step);
    return RATERS_OF[step].some((rater) => ratingLines(scheme, kind, rater).length > 0);
  });
  return { steps: needed.filter((step) => phases.has(step)), missing: needed.filter((step) => !phases.has(step)) };
}

/** Whether anything is paid for that kind of period: a scheme without pay lines for it has no batch to check and release. */
export function paysIn({ document }: CompiledScheme, kind: PeriodKind): boolean {
  return blocksOf(document.pay, kind).length > 0;
}
