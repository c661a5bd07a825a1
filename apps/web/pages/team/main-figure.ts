import type { Figure } from '../../pieces/figures';

/** What people are compared by at a glance: the first fact that is held against a target. */
export function mainOf(figures: readonly Figure[]): Figure | undefined {
  return figures.find(({ target }) => target !== null);
}
