import { PERIOD_KINDS } from '#libs/calendar';
import type { Rater, SchemeDocument } from '../../contracts/document';
import type { Findings } from './finding';
import { groupsOf, inputsOf } from './document-check';

type Step = SchemeDocument['review'][number];

const ORDER: readonly Step['step'][] = ['self-review', 'manager-review', 'second-review'];

/** A chain ends with somebody else than the person appraised, for everybody, and each of its steps can be done. */
export function checkReview(document: SchemeDocument, findings: Findings): void {
  const { review } = document;
  const last = review.at(-1);
  if (last?.by === 'self' && last.step === 'self-review')
    findings.error('review-without-end', ['review', review.length - 1, 'by'], last.step);
  review.forEach((step, index) => {
    const before = review[index - 1];
    if (before && ORDER.indexOf(step.step) < ORDER.indexOf(before.step))
      findings.error('review-out-of-order', ['review', index, 'step'], `${step.step} ${before.step}`);
    if (before && sameReviewer(before, step)) findings.warning('reviewer-repeated', ['review', index, 'by'], step.by);
    if (step.step === 'self-review' && step.by !== 'self') findings.warning('self-review-by-other', ['review', index, 'by'], step.by);
    if (step.step !== 'self-review' && step.by === 'self') findings.error('reviews-oneself', ['review', index, 'by'], step.step);
    if (step.by === 'department-head' && step.department === undefined) findings.error('department-missing', ['review', index], step.by);
    if (step.by !== 'department-head' && step.department !== undefined)
      findings.warning('department-not-used', ['review', index, 'department'], step.by);
  });
  checkEverybody(document, findings);
  checkRaters(document, findings);
}

function sameReviewer(a: Step, b: Step): boolean {
  return a.by !== 'self' && a.by === b.by && a.department === b.department && a.when === b.when;
}

/** Nobody is left without a reviewer by the conditions, whatever the attributes of the person are. */
function checkEverybody(document: SchemeDocument, findings: Findings): void {
  const kind = PERIOD_KINDS.find((one) => document.periods[one]);
  if (!kind) return;
  const inputs = inputsOf(document, kind);
  for (const group of groupsOf(document)) {
    const reading = inputs.ofGroup(group);
    const applies = ({ when }: Step): boolean => when === undefined || reading.truth({ text: when, path: [] }) !== false;
    if (document.review.some((step) => step.by !== 'self' && applies(step))) continue;
    const who = [...group].map(([name, word]) => `${name} = ${word}`).join(', ');
    if (who !== '') findings.error('nobody-reviews', ['review'], who);
  }
}

const STEP_OF: Readonly<Partial<Record<Rater, Step['step']>>> = {
  self: 'self-review',
  manager: 'manager-review',
  second: 'second-review',
};

/** Whoever rates needs a step in which to do it. */
function checkRaters(document: SchemeDocument, findings: Findings): void {
  const steps = new Set(document.review.map(({ step }) => step));
  for (const [key, rating] of Object.entries(document.ratings)) {
    const step = STEP_OF[rating.by];
    if (step && !steps.has(step)) findings.error('rating-without-step', ['ratings', key, 'by'], `${rating.by} ${step}`);
    if (rating.by === 'department' && rating.department === undefined) findings.error('department-missing', ['ratings', key], key);
    if (rating.by !== 'department' && rating.department !== undefined)
      findings.warning('department-not-used', ['ratings', key, 'department'], rating.by);
  }
  document.raters?.groups.forEach(({ by, absent }, index) => {
    const step = STEP_OF[by];
    if (step && !steps.has(step) && absent === 'block')
      findings.error('rating-without-step', ['raters', 'groups', index, 'by'], `${by} ${step}`);
  });
}
