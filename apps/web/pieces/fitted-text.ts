/** From this share of what fits on, somebody who writes is told how much is left. */
const NEAR_PERCENT = 90;

export interface FittedText {
  readonly text: string;
  /** Characters that did not fit. */
  readonly cut: number;
}

/** As much of a text as is taken, and how much is lost by it; a character that takes two units is never halved. */
export function fittedText(text: string, most: number): FittedText {
  if (text.length <= most) return { text, cut: 0 };
  const isHalved = /[\uD800-\uDBFF]/.test(text.charAt(most - 1));
  const kept = text.slice(0, isHalved ? most - 1 : most);
  return { text: kept, cut: text.length - kept.length };
}

export function isNearlyFull(text: string, most: number): boolean {
  return text.length * 100 >= most * NEAR_PERCENT;
}
