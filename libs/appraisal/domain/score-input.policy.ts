import { canonicalJson, parseDecimal } from '#kernel';
import {
  type CompiledScheme,
  evaluate,
  type EvaluationInput,
  EVALUATOR_VERSION,
  explanationHash,
  type ExplanationNode,
} from '#libs/scheme';
import { createHash } from 'node:crypto';
import type { Ratings, ScoreBasis, ScoreResult } from '../contracts';

/** Everything the evaluator is given, before it is evaluated. */
export type BasisInput = Omit<ScoreBasis, 'explanationHash' | 'evaluator'>;

export interface Scored {
  readonly result: ScoreResult;
  readonly basis: ScoreBasis;
  readonly explanation: ExplanationNode | null;
}

/** The hash that stands where errors leave nothing to explain. */
const NO_EXPLANATION = createHash('sha256').update(canonicalJson(null)).digest('hex');

/** Pure: the same scheme and basis give the same bytes on any machine, now and when the explanation is asked for again. */
export function scoreOf(scheme: CompiledScheme, period: string, input: BasisInput): Scored {
  const evaluation = evaluate(scheme, evaluationInput(period, input));
  const { explanation } = evaluation;
  return {
    explanation,
    basis: { ...input, evaluator: EVALUATOR_VERSION, explanationHash: explanation ? explanationHash(explanation) : NO_EXPLANATION },
    result: {
      ...(evaluation.pending ? { pending: true as const } : {}),
      score: evaluation.score,
      grade: evaluation.grade,
      sections: evaluation.sections.map(({ key, score, indicators }) => ({
        key,
        score,
        indicators: indicators.map((indicator) => ({ ...indicator })),
      })),
      payLines: evaluation.pay.lines.map((line) => ({ ...line })),
      payTotal: evaluation.pay.total,
      outcome: Object.fromEntries(Object.entries(evaluation.outcome).map(([key, value]) => [key, isList(value) ? [...value] : value])),
      actions: evaluation.actions.map(({ key }) => key),
      errors: evaluation.errors.map(({ code, key }) => ({ code, key })),
    },
  };
}

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value);
}

export function evaluationInput(period: string, input: BasisInput): EvaluationInput {
  const { facts, ratings, history, employee, standings, until, parts } = input;
  const factsOf = (used: BasisInput['facts']): EvaluationInput['facts'] =>
    Object.fromEntries(used.map(({ key, value, positions }) => [key, { value, positions }]));
  const placed = Object.fromEntries(
    (standings ?? []).map(({ key, of, ahead, level, at, position }) => [
      key,
      { standing: { of, ahead, level, at }, positions: [position] },
    ]),
  );
  return {
    period,
    facts: { ...factsOf(facts), ...placed },
    ratings,
    ...(employee ? { employee } : {}),
    ...(history ? { history: history.map((entry) => ({ ...entry, facts: factsOf(entry.facts) })) } : {}),
    ...(parts
      ? { parts: parts.map((part) => ({ part: String(part.part), workingDays: String(part.workingDays), ratings: part.ratings })) }
      : {}),
    ...(until ? { until } : {}),
  };
}

/** What a decision changes: a rating or a fact, never a score. */
export interface BasisAmendment {
  readonly kind: 'rating' | 'fact';
  readonly key: string;
  readonly value: Ratings[string] | readonly string[];
}

function isWords(value: BasisAmendment['value']): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** What a group said is amended as a whole: one number in place of its mean stands for each of its answers. */
function amendedRating(now: Ratings[string] | undefined, value: BasisAmendment['value']): Ratings[string] {
  if (typeof value === 'string' && now !== undefined && isWords(now) && now.length > 0 && parseDecimal(value)) return now.map(() => value);
  return isWords(value) ? [...value] : value;
}

/**
 * The published basis with the contested ratings and facts replaced: nothing else has moved since. Facts name the decision's log position. A
 * rating that is amended holds for all parts of a period that was split.
 */
export function amendedBasis(basis: ScoreBasis, amendments: readonly BasisAmendment[], position: number): BasisInput {
  const { explanationHash: _hash, evaluator: _evaluator, ...input } = basis;
  const rated: Ratings = {};
  // Groups rate the whole period: each part has their answers.
  const known = { ...input.parts?.[0]?.ratings, ...input.ratings };
  const facts = new Map(input.facts.map((fact) => [fact.key, fact]));
  for (const { kind, key, value } of amendments) {
    if (kind === 'rating') rated[key] = amendedRating(known[key], value);
    else if (typeof value === 'string') facts.set(key, { key, value, positions: [position] });
  }
  const parts = input.parts?.map((part) => ({ ...part, ratings: { ...part.ratings, ...rated } }));
  return { ...input, ratings: { ...input.ratings, ...rated }, facts: [...facts.values()], ...(parts ? { parts } : {}) };
}
