import { addFraction, compareFraction, divideFraction, type Fraction, multiplyFraction, signOf } from '#kernel';
import { FormulaProblem } from '../../formula/lexer';
import { joinedInputs } from '../node-inputs';
import { exactText, NOTHING, ONE } from '../../numbers';
import { type CompiledMethod, member, type MethodContext, type Of } from './method';

/* Methods over what reviewers gave. */

export function ratingMethod(method: Of<'rating'>, context: MethodContext): CompiledMethod {
  const rating = member(context, 'rating', `rating.${method.rating}`);
  const kind = context.ratings.get(method.rating);
  const most = kind?.type === 'points' && signOf(kind.to) > 0 ? kind.to : ONE;
  const { points } = context;
  const params = { points: exactText(points), of: exactText(most) };
  return (frame) => ({ points: divideFraction(multiplyFraction(points, rating.run(frame)), most), params, inputs: rating.inputs(frame) });
}

export function rubricMethod(method: Of<'rubric'>, context: MethodContext): CompiledMethod {
  const plans = method.ratings.map((key, index) => context.bench.number(`rating.${key}`, [...context.path, 'ratings', index]));
  const params = { points: exactText(context.points) };
  const inputs = joinedInputs(...plans.map((plan) => plan.inputs));
  return (frame) => ({
    points: plans.reduce((sum, plan) => addFraction(sum, plan.run(frame)), NOTHING),
    params,
    inputs: inputs(frame),
  });
}

/** A word of a rating that was not asked is empty and worth nothing; `next` is the word worth the next more. */
export function wordsMethod(method: Of<'words'>, context: MethodContext): CompiledMethod {
  const { bench, path, points } = context;
  const of = bench.word(method.of, [...path, 'of']);
  const worth = new Map<string, Fraction>();
  for (const [key, text] of Object.entries(method.worth)) worth.set(key, bench.fixedNumber(text, [...path, 'worth', key]));
  for (const known of wordsOf(method.of, context)) if (!worth.has(known)) bench.problem('word-without-worth', [...path, 'worth'], known);
  const fixed = { points: exactText(points) };
  return (frame) => {
    const given = of.run(frame);
    const share = given === '' ? NOTHING : worth.get(given);
    if (!share) throw new FormulaProblem('unknown-value', 0, given);
    return {
      points: multiplyFraction(points, share),
      params: { ...fixed, word: given, share: exactText(share), ...nextWord(share, worth) },
      inputs: of.inputs(frame),
    };
  };
}

/** Where the formula is a rating by itself, the words that it can be. */
function wordsOf(formula: string, { ratings }: MethodContext): readonly string[] {
  const kind = ratings.get(formula.trim().replace(/^rating\./, ''));
  return kind?.type === 'word' ? kind.words : [];
}

function nextWord(share: Fraction, worth: ReadonlyMap<string, Fraction>): Readonly<Record<string, string>> {
  let next: readonly [string, Fraction] | undefined;
  for (const [word, value] of worth)
    if (compareFraction(value, share) > 0 && (!next || compareFraction(value, next[1]) < 0)) next = [word, value];
  return next ? { next: next[0], nextShare: exactText(next[1]) } : {};
}
