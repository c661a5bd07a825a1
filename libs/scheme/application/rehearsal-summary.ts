import {
  addDecimal,
  compareDecimal,
  type Decimal,
  decimal,
  decimalFromInteger,
  formatFixed,
  type Period,
  ratio,
  subtractDecimal,
  ZERO,
} from '#kernel';
import { type PeriodSummary, REHEARSAL_LIMITS, type RehearsalRow, type RehearsalSummary, type Standing } from './rehearsal-types';

interface Moves {
  higher: number;
  lower: number;
  same: number;
}

/** Adds up the rows of one period as they come. */
export class PeriodTotals {
  #people = 0;
  #published = 0;
  #scored = 0;
  #defaulted = 0;
  readonly #scores = { published: new Mean(), draft: new Mean() };
  readonly #grades = new Map<string, { published: number; draft: number }>();
  readonly #score: Moves = { higher: 0, lower: 0, same: 0 };
  readonly #pay: Moves = { higher: 0, lower: 0, same: 0 };
  readonly #cost = { published: ZERO, again: ZERO, draft: ZERO, ofNotScored: ZERO };
  readonly #errors = new Map<string, { code: string; key: string; people: number }>();

  constructor(
    private readonly period: Period,
    private readonly again: boolean,
  ) {}

  add(rows: readonly RehearsalRow[]): void {
    for (const row of rows) this.#add(row);
  }

  #add({ published, again, draft, difference, defaulted }: RehearsalRow): void {
    this.#people += 1;
    if (published) this.#published += 1;
    if (defaulted.length > 0) this.#defaulted += 1;
    if (draft.errors.length === 0) this.#scored += 1;
    for (const { code, key } of draft.errors) {
      const found = this.#errors.get(`${code} ${key}`);
      if (found) found.people += 1;
      else this.#errors.set(`${code} ${key}`, { code, key, people: 1 });
    }
    this.#scores.published.add(published?.score ?? null);
    this.#scores.draft.add(draft.score);
    this.#grade(published?.grade ?? null, 'published');
    this.#grade(draft.grade, 'draft');
    moved(this.#score, difference.score);
    moved(this.#pay, difference.pay);
    this.#cost.published = plus(this.#cost.published, published);
    this.#cost.again = plus(this.#cost.again, again);
    this.#cost.draft = plus(this.#cost.draft, draft);
    if (draft.errors.length > 0) this.#cost.ofNotScored = plus(this.#cost.ofNotScored, published);
  }

  #grade(grade: string | null, side: 'published' | 'draft'): void {
    if (grade === null) return;
    const counts = this.#grades.get(grade) ?? { published: 0, draft: 0 };
    counts[side] += 1;
    this.#grades.set(grade, counts);
  }

  summary(): PeriodSummary {
    const { published, again, draft, ofNotScored } = this.#cost;
    return {
      period: this.period,
      people: this.#people,
      published: this.#published,
      scored: this.#scored,
      notScored: this.#people - this.#scored,
      defaulted: this.#defaulted,
      meanScore: { published: this.#scores.published.text(), draft: this.#scores.draft.text() },
      grades: [...this.#grades].map(([grade, counts]) => ({ grade, ...counts })).sort((a, b) => (a.grade < b.grade ? -1 : 1)),
      score: { ...this.#score },
      pay: {
        published: cents(published),
        again: this.again ? cents(again) : null,
        draft: cents(draft),
        difference: cents(subtractDecimal(draft, published)),
        ofNotScored: cents(ofNotScored),
        ...this.#pay,
      },
      errors: [...this.#errors.values()]
        .sort((a, b) => b.people - a.people || (a.key < b.key ? -1 : 1))
        .slice(0, REHEARSAL_LIMITS.errorsShown),
    };
  }
}

export function costOf(periods: readonly PeriodSummary[]): RehearsalSummary['cost'] {
  const sum = (of: (pay: PeriodSummary['pay']) => string | null) =>
    periods.reduce((total, { pay }) => addDecimal(total, decimal(of(pay) ?? '0')), ZERO);
  const [published, draft] = [sum((pay) => pay.published), sum((pay) => pay.draft)];
  const again = periods.some(({ pay }) => pay.again !== null) ? cents(sum((pay) => pay.again)) : null;
  return { published: cents(published), again, draft: cents(draft), difference: cents(subtractDecimal(draft, published)) };
}

/** Exact text of b − a; null where one of them is absent. */
export function differenceOf(a: string | null | undefined, b: string | null): string | null {
  return a === null || a === undefined || b === null ? null : cents(subtractDecimal(decimal(b), decimal(a)));
}

function moved(moves: Moves, difference: string | null): void {
  if (difference === null) return;
  const sign = compareDecimal(decimal(difference), ZERO);
  moves[sign > 0 ? 'higher' : sign < 0 ? 'lower' : 'same'] += 1;
}

function plus(sum: Decimal, standing: Standing | null): Decimal {
  return standing?.pay ? addDecimal(sum, decimal(standing.pay)) : sum;
}

function cents(value: Decimal): string {
  return formatFixed(value, 2);
}

class Mean {
  #sum: Decimal = ZERO;
  #count = 0;

  add(text: string | null): void {
    if (text === null) return;
    this.#sum = addDecimal(this.#sum, decimal(text));
    this.#count += 1;
  }

  text(): string | null {
    return this.#count === 0 ? null : formatFixed(ratio(this.#sum, decimalFromInteger(this.#count)), 2);
  }
}
