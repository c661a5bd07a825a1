import type { Fraction } from '#kernel';
import type { EvaluationError, ExplanationNode } from '../contracts/evaluation';
import { NOTHING } from './numbers';

/**
 * The working store of one evaluation: every named thing of the scheme has a slot that is written once, before anything
 * that reads it runs. Slots are given out when a scheme is compiled, so that evaluating looks no name up.
 */
export interface Frame {
  readonly numbers: Fraction[];
  readonly words: string[];
  readonly flags: boolean[];
  readonly lists: (readonly string[])[];
  /** Leaves of facts and ratings, shared by everything that reads them. */
  readonly leaves: ExplanationNode[];
  readonly errors: EvaluationError[];
}

export function newFrame(): Frame {
  return { numbers: [], words: [], flags: [], lists: [], leaves: [], errors: [] };
}

const MISSING_LEAF: ExplanationNode = { key: '', rule: 'missing', value: null };
const NO_ITEMS: readonly string[] = [];

export const numberAt = (frame: Frame, slot: number): Fraction => frame.numbers[slot] ?? NOTHING;
export const wordAt = (frame: Frame, slot: number): string => frame.words[slot] ?? '';
export const flagAt = (frame: Frame, slot: number): boolean => frame.flags[slot] ?? false;
export const listAt = (frame: Frame, slot: number): readonly string[] => frame.lists[slot] ?? NO_ITEMS;
export const leafAt = (frame: Frame, slot: number): ExplanationNode => frame.leaves[slot] ?? MISSING_LEAF;
