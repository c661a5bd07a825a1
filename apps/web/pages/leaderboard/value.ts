import { formatAmount } from '../../pieces/format';
import type { Measure } from './board-address';

/** Two decimals; completion is a percentage and says so. */
export function shownValue(value: string, measure: Measure): string {
  return measure === 'completion' ? `${formatAmount(value)}%` : formatAmount(value);
}
