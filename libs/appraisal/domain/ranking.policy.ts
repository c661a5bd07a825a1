import { parseDecimal } from '#kernel';

/** So many people of the ranking group have this value. */
export interface GroupValue {
  readonly value: string;
  readonly people: number;
}

/** Where a value stands among the others: how many there are, how many strictly ahead, how many level. */
export interface Place {
  readonly of: number;
  readonly ahead: number;
  readonly level: number;
}

/** Decimals that a number may have at most. */
const PLACES = 10;

/**
 * The values that people of a cycle are ranked by, frozen: the best first, each with how many are better. Made once for a
 * cycle, asked once a person; a person's place costs a binary search.
 */
export class RankingGroup {
  readonly #values: readonly bigint[];
  readonly #people: readonly number[];
  /** People with a higher value than the one of the same index. */
  readonly #ahead: readonly number[];
  readonly #total: number;

  /** Values may come in any order and in any spelling of one number. Thrown when one is no plain decimal: RangeError. */
  constructor(values: readonly GroupValue[]) {
    const people = new Map<bigint, number>();
    for (const { value, people: have } of values) people.set(exact(value), (people.get(exact(value)) ?? 0) + have);
    const sorted = [...people].sort(([a], [b]) => (a > b ? -1 : 1));
    const ahead: number[] = [];
    let before = 0;
    for (const [, have] of sorted) {
      ahead.push(before);
      before += have;
    }
    this.#values = sorted.map(([value]) => value);
    this.#people = sorted.map(([, have]) => have);
    this.#ahead = ahead;
    this.#total = before;
  }

  /** `own`: the value under which the person is in the group; null when not in it. The person is no other of their own. */
  placeOf(at: string, own: string | null): Place {
    const wanted = exact(at);
    const index = this.#firstNotAbove(wanted);
    const ahead = this.#ahead[index] ?? this.#total;
    const level = this.#values[index] === wanted ? (this.#people[index] ?? 0) : 0;
    if (own === null) return { of: this.#total, ahead, level };
    const mine = exact(own);
    return { of: this.#total - 1, ahead: ahead - (mine > wanted ? 1 : 0), level: level - (mine === wanted ? 1 : 0) };
  }

  #firstNotAbove(wanted: bigint): number {
    let [low, high] = [0, this.#values.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#values[middle] ?? wanted) > wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function exact(text: string): bigint {
  const parsed = parseDecimal(text);
  if (!parsed) throw new RangeError('a value to rank by is no plain decimal');
  return parsed.units * 10n ** BigInt(PLACES - parsed.scale);
}
