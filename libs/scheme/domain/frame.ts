import type { Fraction } from '#kernel';
import type { EvaluationError, ExplanationNode } from '../contracts/evaluation';
import { ListedNumbers, NO_NUMBERS, type NumberList } from './formula/number-list';
import { exactText, NOTHING } from './numbers';

/**
 * The working store of one evaluation: every named thing of the scheme has a slot that is written once, before anything
 * that reads it runs. Slots are given out when a scheme is compiled, so that evaluating looks no name up.
 */
export interface Frame {
  readonly numbers: Fraction[];
  readonly words: string[];
  readonly flags: boolean[];
  readonly lists: (readonly string[])[];
  readonly numberLists: NumberList[];
  /** Of each early condition whether it holds; undefined while an attribute that it reads is in error. */
  readonly conditions: (boolean | undefined)[];
  /** Earlier periods by history block, the latest first: each with the values of its columns, undefined where it is not there. */
  readonly earlier: (readonly (readonly Fraction[] | undefined)[])[];
  /** Leaves of facts and ratings, shared by everything that reads them. */
  readonly leaves: ExplanationNode[];
  /** Nodes of rounded numbers as others refer to them, made when the first does. */
  readonly references: ExplanationNode[];
  readonly errors: EvaluationError[];
}

export function newFrame(): Frame {
  return {
    numbers: [],
    words: [],
    flags: [],
    lists: [],
    numberLists: [],
    conditions: [],
    earlier: [],
    leaves: [],
    references: [],
    errors: [],
  };
}

const MISSING_LEAF: ExplanationNode = { key: '', rule: 'missing', value: null };
const NO_ITEMS: readonly string[] = [];

export const numberAt = (frame: Frame, slot: number): Fraction => frame.numbers[slot] ?? NOTHING;
export const wordAt = (frame: Frame, slot: number): string => frame.words[slot] ?? '';
export const flagAt = (frame: Frame, slot: number): boolean => frame.flags[slot] ?? false;
export const listAt = (frame: Frame, slot: number): readonly string[] => frame.lists[slot] ?? NO_ITEMS;
export const numbersAt = (frame: Frame, slot: number): NumberList => frame.numberLists[slot] ?? NO_NUMBERS;
export const leafAt = (frame: Frame, slot: number): ExplanationNode => frame.leaves[slot] ?? MISSING_LEAF;

/** So many numbers of a list are written out in an explanation. */
const WRITTEN = 50;

/** The numbers joined by blanks; of a long list the first, and `...`. Of a standing how many there are. */
export function numbersText(list: NumberList): string {
  if (!(list instanceof ListedNumbers)) return String(list.size);
  const texts = list.items.slice(0, WRITTEN).map(exactText);
  return (list.size > WRITTEN ? [...texts, '...'] : texts).join(' ');
}
