import { compareFraction, type Fraction, wholeFraction } from '#kernel';
import type { ExplanationNode, FactInput } from '../../contracts/evaluation';
import { exactText, isNegative, isWholeFraction, isZero, readNumber } from '../numbers';

/** What a recorded number has to be. */
export interface FactRules {
  readonly whole: boolean;
  readonly positive: boolean;
  readonly percent: boolean;
  readonly mayBeNegative: boolean;
}

interface FactTerms {
  readonly unit: string;
  readonly whole?: boolean | undefined;
  readonly positive?: boolean | undefined;
  readonly mayBeNegative?: boolean | undefined;
}

/** Source of the rules: schemes.md "Zero". A target is above 0 and need not be whole; counts are whole. */
export function factRules(key: string, fact: FactTerms): FactRules {
  const target = key.endsWith('target');
  const mayBeNegative = fact.mayBeNegative ?? false;
  return {
    whole: fact.whole ?? (fact.unit === 'count' && !target),
    positive: (fact.positive ?? target) && !mayBeNegative,
    percent: fact.unit === 'percent',
    mayBeNegative,
  };
}

const HUNDRED = wholeFraction(100);

/** The value, or the code of the first rule of the error table that it breaks. */
export function factValue(rules: FactRules, raw: unknown): Fraction | string {
  const value = readNumber(raw);
  if (!value) return 'invalid-number';
  if (isNegative(value) && !rules.mayBeNegative) return 'negative-fact';
  if (rules.whole && !isWholeFraction(value)) return 'not-whole';
  if (rules.positive && isZero(value)) return 'zero-target';
  if (rules.percent && compareFraction(value, HUNDRED) > 0) return 'out-of-range';
  return value;
}

export function own(record: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

export function isFactInput(raw: unknown): raw is FactInput {
  return typeof raw === 'object' && raw !== null && Object.hasOwn(raw, 'value');
}

const [DASH, NOUGHT, DOT] = [0x2d, 0x30, 0x2e] as const;

/** The exact text of a value; a record that is written so already is not written again. */
export function writtenText(raw: unknown, value: Fraction): string {
  if (typeof raw !== 'string') return exactText(value);
  const first = raw.charCodeAt(0);
  const padded = first === NOUGHT && raw.length > 1 && raw.charCodeAt(1) !== DOT;
  // Noughts at the end are only written off behind a point.
  const ends = raw.charCodeAt(raw.length - 1) !== NOUGHT || !raw.includes('.');
  return first !== DASH && !padded && ends ? raw : exactText(value);
}

/** A recorded value, by its exact text, with where it came from. */
export function factLeaf(key: string, text: string, origin: FactInput | undefined): ExplanationNode {
  if (origin?.positions && origin.factId === undefined) return { key, rule: 'fact', value: text, positions: origin.positions };
  return originLeaf({ key, rule: 'fact', value: text }, origin);
}

export function originLeaf(
  leaf: ExplanationNode,
  origin: Partial<Pick<FactInput, 'position' | 'positions' | 'factId'>> | undefined,
): ExplanationNode {
  const positions = origin?.positions ?? (origin?.position === undefined ? undefined : [origin.position]);
  if (positions === undefined && origin?.factId === undefined) return leaf;
  return { ...leaf, ...(positions && { positions }), ...(origin?.factId !== undefined && { factId: origin.factId }) };
}
