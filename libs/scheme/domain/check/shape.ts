import { type Range } from './range';

/** Units that can't be mixed; absent where a number may stand for any of them (a literal, points). */
export type Unit = 'money' | 'count' | 'days' | 'percent' | 'share';

/** What an expression can be. */
export type Shape =
  | { readonly type: 'number'; readonly range: Range; readonly unit?: Unit | undefined }
  | { readonly type: 'boolean'; readonly known?: boolean | undefined }
  /** Without words: any word. */
  | { readonly type: 'word'; readonly words?: ReadonlySet<string> | undefined }
  | { readonly type: 'list'; readonly items?: ReadonlySet<string> | undefined }
  | { readonly type: 'numbers'; readonly range: Range; readonly unit?: Unit | undefined; readonly most?: number | undefined }
  | { readonly type: 'unknown' };

export const UNKNOWN: Shape = { type: 'unknown' };

const KNOWN_UNITS: ReadonlySet<string> = new Set<Unit>(['money', 'count', 'days', 'percent', 'share']);

function isUnit(text: string): text is Unit {
  return KNOWN_UNITS.has(text);
}

/** Points and bare numbers may stand for anything. */
export function unitOf(text: string | undefined): Unit | undefined {
  return text !== undefined && isUnit(text) ? text : undefined;
}

/** False when both are known and differ. */
export function goTogether(a: Unit | undefined, b: Unit | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}

/** A rate or share of something keeps its unit; money for each of a count is money. */
export function productUnit(a: Unit | undefined, b: Unit | undefined): Unit | undefined {
  if (a === 'money' || b === 'money') return a === b ? undefined : 'money';
  if (a === undefined || b === undefined) return undefined;
  if (a === 'share') return b;
  if (b === 'share') return a;
  return undefined;
}

export function quotientUnit(a: Unit | undefined, b: Unit | undefined): Unit | undefined {
  if (a === undefined) return undefined;
  if (a === b) return 'share';
  if (b === 'share') return a;
  return b === undefined && a === 'money' ? 'money' : undefined;
}
