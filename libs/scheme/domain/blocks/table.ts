import type { Fraction } from '#kernel';
import type { TableDocument } from '../../contracts/document';

/** Where a value lies in a table and what was missing to the next tier, as exact texts for an explanation. */
export type TierInfo = Readonly<Record<string, string>>;

export interface Table {
  (value: Fraction): Fraction;
  readonly kind: TableDocument['kind'];
  /** `from` or `over` of the tier reached; of the next one `nextFrom` or `nextOver`, its `nextValue` and what is `missing`. */
  readonly tier: (value: Fraction) => TierInfo;
}
