/** A formula is small on purpose: what needs more belongs into named values. */
export const FORMULA_LIMITS = { chars: 1_000, nodes: 200, depth: 24, numberDigits: 25 } as const;

export type FormulaProblemCode =
  | 'formula-too-long'
  | 'formula-too-deep'
  | 'formula-too-large'
  | 'formula-syntax'
  | 'unknown-name'
  /** Known, but only after the formula. */
  | 'used-before-computed'
  /** It needs the formula's own result. */
  | 'circular-reference'
  /** Known, but not in this kind of period. */
  | 'not-in-this-period'
  | 'unknown-function'
  | 'wrong-arguments'
  | 'type-mismatch'
  | 'division-by-zero'
  /** A word that nothing is said about. */
  | 'unknown-value'
  /** A place or a number of people that is no whole number from 1. */
  | 'out-of-range'
  /** The mean, the lowest or the highest of no numbers. */
  | 'empty-list'
  /** A large group is only known by where one value stands in it. */
  | 'unknown-standing';

/** Where a formula can't be understood; `offset` counts characters from its beginning. */
export class FormulaProblem extends Error {
  override readonly name = 'FormulaProblem';

  constructor(
    readonly code: FormulaProblemCode,
    readonly offset: number,
    readonly detail: string,
  ) {
    super(`${code} at ${offset}: ${detail}`);
  }
}

export interface Token {
  readonly kind: 'number' | 'percent' | 'word' | 'name' | 'operator' | 'end';
  readonly text: string;
  readonly offset: number;
}

const BLANK = /\s+/uy;
const NUMBER = /\d+(?:\.\d+)?/uy;
const WORD = /'[^']*'|"[^"]*"/uy;
const NAME = /[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*/uy;
const OPERATOR = /<=|>=|!=|<>|==|[-+*/()=<>,×÷≤≥≠（），%]/uy;

/** Signs people type on a Chinese keyboard or copy from a document mean the same as the plain ones. */
const SAME: Readonly<Record<string, string>> = {
  '×': '*',
  '÷': '/',
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
  '<>': '!=',
  '==': '=',
  '（': '(',
  '）': ')',
  '，': ',',
};

/** Thrown when a character belongs to nothing: FormulaProblem. */
export function tokens(source: string): readonly Token[] {
  if (source.length > FORMULA_LIMITS.chars) throw new FormulaProblem('formula-too-long', FORMULA_LIMITS.chars, String(source.length));
  const found: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0];
  };
  while (at < source.length) {
    const blank = take(BLANK);
    if (blank !== undefined) {
      at += blank.length;
      continue;
    }
    const token = nextToken(take, at);
    if (!token) throw new FormulaProblem('formula-syntax', at, String.fromCodePoint(source.codePointAt(at) ?? 0));
    found.push(token.token);
    at += token.length;
  }
  found.push({ kind: 'end', text: '', offset: source.length });
  return found;
}

function nextToken(
  take: (pattern: RegExp) => string | undefined,
  offset: number,
): { readonly token: Token; readonly length: number } | undefined {
  const number = take(NUMBER);
  if (number !== undefined) {
    if (number.length > FORMULA_LIMITS.numberDigits) throw new FormulaProblem('formula-too-long', offset, number);
    return { token: { kind: 'number', text: number, offset }, length: number.length };
  }
  const word = take(WORD);
  if (word !== undefined) return { token: { kind: 'word', text: word.slice(1, -1), offset }, length: word.length };
  const name = take(NAME);
  if (name !== undefined) return { token: { kind: 'name', text: name, offset }, length: name.length };
  const operator = take(OPERATOR);
  if (operator === undefined) return undefined;
  if (operator === '%') return { token: { kind: 'percent', text: '%', offset }, length: 1 };
  return { token: { kind: 'operator', text: SAME[operator] ?? operator, offset }, length: operator.length };
}
