import type { SweepResult } from '#libs/cycle/contracts';

/** Counts a cohort's people: each is handled or excluded with a reason, never neither. */
export class SweepCount {
  #members: number;
  #handled: number;
  readonly #excluded: Map<string, number>;

  /** `before`: what an earlier attempt had counted when it stopped. */
  constructor(before?: SweepResult) {
    this.#members = before?.members ?? 0;
    this.#handled = before?.handled ?? 0;
    this.#excluded = new Map(before?.excluded.map(({ reason, count }) => [reason, count]));
  }

  /** Counted when they are read, apart from what becomes of them: the record of the sweep refuses a difference. */
  meet(members: number): void {
    this.#members += members;
  }

  handle(): void {
    this.#handled += 1;
  }

  exclude(reason: string): void {
    this.#excluded.set(reason, (this.#excluded.get(reason) ?? 0) + 1);
  }

  result(): SweepResult {
    const excluded = [...this.#excluded].map(([reason, count]) => ({ reason, count })).sort((a, b) => (a.reason < b.reason ? -1 : 1));
    return { members: this.#members, handled: this.#handled, excluded };
  }
}
