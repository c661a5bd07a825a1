import { addFraction, compareFraction, divideFraction, type Fraction, fractionOf, maxFraction, minFraction, wholeFraction } from '#kernel';
import { FormulaProblem } from './lexer';

/** What a formula can ask of a list of exact numbers. Thrown where there is no answer: FormulaProblem. */
export interface NumberList {
  readonly size: number;
  /** 0 of none. */
  sum(): Fraction;
  /** Thrown of none: `empty-list`, as for `min` and `max`. */
  avg(): Fraction;
  min(): Fraction;
  max(): Fraction;
  /** How many are strictly above. */
  ahead(of: Fraction): number;
  /** How many are equal. */
  level(of: Fraction): number;
}

const NOTHING = wholeFraction(0);

/** All of them, one by one. */
export class ListedNumbers implements NumberList {
  constructor(readonly items: readonly Fraction[]) {}

  get size(): number {
    return this.items.length;
  }

  sum(): Fraction {
    let total = NOTHING;
    for (const item of this.items) total = addAligned(total, item);
    return total;
  }

  avg(): Fraction {
    if (this.items.length === 0) throw new FormulaProblem('empty-list', 0, 'avg');
    return divideFraction(this.sum(), wholeFraction(this.items.length));
  }

  min(): Fraction {
    return this.extreme(minFraction, 'min');
  }

  max(): Fraction {
    return this.extreme(maxFraction, 'max');
  }

  ahead(of: Fraction): number {
    let count = 0;
    for (const item of this.items) if (compareFraction(item, of) > 0) count += 1;
    return count;
  }

  level(of: Fraction): number {
    let count = 0;
    for (const item of this.items) if (compareFraction(item, of) === 0) count += 1;
    return count;
  }

  private extreme(pick: (a: Fraction, b: Fraction) => Fraction, name: string): Fraction {
    const [first, ...rest] = this.items;
    if (!first) throw new FormulaProblem('empty-list', 0, name);
    return rest.reduce(pick, first);
  }
}

/** Where one value stands among those of others who are not listed; it knows nothing else of them. */
export class StandingNumbers implements NumberList {
  constructor(
    readonly size: number,
    readonly standing: { readonly ahead: number; readonly level: number; readonly at: Fraction },
  ) {}

  sum(): Fraction {
    throw new FormulaProblem('unknown-standing', 0, 'sum');
  }

  avg(): Fraction {
    throw new FormulaProblem('unknown-standing', 0, 'avg');
  }

  min(): Fraction {
    throw new FormulaProblem('unknown-standing', 0, 'min');
  }

  max(): Fraction {
    throw new FormulaProblem('unknown-standing', 0, 'max');
  }

  ahead(of: Fraction): number {
    this.only(of);
    return this.standing.ahead;
  }

  level(of: Fraction): number {
    this.only(of);
    return this.standing.level;
  }

  private only(of: Fraction): void {
    if (compareFraction(of, this.standing.at) !== 0) throw new FormulaProblem('unknown-standing', 0, 'ahead');
  }
}

export const NO_NUMBERS: NumberList = new ListedNumbers([]);

/** Decimals share most of their denominators: keeping the larger one keeps a long sum small. */
function addAligned(a: Fraction, b: Fraction): Fraction {
  if (a.den !== b.den && b.den % a.den === 0n) return fractionOf(a.num * (b.den / a.den) + b.num, b.den);
  if (a.den !== b.den && a.den % b.den === 0n) return fractionOf(a.num + b.num * (a.den / b.den), a.den);
  return addFraction(a, b);
}
