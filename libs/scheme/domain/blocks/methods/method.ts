import { divideFraction, type Fraction, signOf } from '#kernel';
import type { MethodDocument } from '../../../contracts/document';
import type { ExplanationNode } from '../../../contracts/evaluation';
import { FormulaProblem } from '../../formula/lexer';
import type { Frame } from '../../frame';
import type { RatingKind } from '../../inputs/ratings-input';
import type { PathPart } from '../../reading/scheme-text';
import type { FormulaPlan, Workbench } from '../../workbench';

/** What an indicator's method found: its points before rounding, and how. */
export interface MethodResult {
  readonly points: Fraction;
  readonly params: Readonly<Record<string, string>>;
  readonly inputs: readonly ExplanationNode[];
}
export type CompiledMethod = (frame: Frame) => MethodResult;

export interface MethodContext {
  readonly bench: Workbench;
  readonly path: readonly PathPart[];
  readonly points: Fraction;
  /** What the ratings of the kind of period can be, by their line. */
  readonly ratings: ReadonlyMap<string, RatingKind>;
}

export type Of<Kind extends MethodDocument['kind']> = Extract<MethodDocument, { kind: Kind }>;

export function member(context: MethodContext, name: string, text: string): FormulaPlan<'number'> {
  return context.bench.number(text, [...context.path, name]);
}

export function constant(context: MethodContext, name: string, text: string | undefined, otherwise: Fraction): Fraction {
  return text === undefined ? otherwise : context.bench.fixedNumber(text, [...context.path, name]);
}

/** Thrown when the whole is not above 0: FormulaProblem. */
export function quotient(part: Fraction, whole: Fraction): Fraction {
  if (signOf(whole) <= 0) throw new FormulaProblem('division-by-zero', 0, '÷');
  return divideFraction(part, whole);
}
