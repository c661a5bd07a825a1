import { TABULAR_LIMITS } from './limits';

/**
 * What is wrong with one cell, row or file. `row` counts as a spreadsheet does: the header is 1, 0 is the file itself.
 * `value` is what stood there, only for cells that can't hold a person's words (dates, numbers, codes).
 */
export interface ImportProblem {
  readonly row: number;
  readonly column: string | null;
  readonly code: string;
  readonly value?: string;
}

export interface ProblemReport {
  readonly total: number;
  /** In order of row; the first TABULAR_LIMITS.problemsListed. */
  readonly listed: readonly ImportProblem[];
}

/** Collects what is wrong with a file: everything is counted, the first are kept. */
export class Problems {
  readonly #listed: ImportProblem[] = [];
  #total = 0;

  get total(): number {
    return this.#total;
  }

  add(row: number, column: string | null, code: string, value?: string): void {
    this.#total += 1;
    if (this.#listed.length >= TABULAR_LIMITS.problemsListed) return;
    this.#listed.push(
      value === undefined ? { row, column, code } : { row, column, code, value: value.slice(0, TABULAR_LIMITS.problemValueChars) },
    );
  }

  report(): ProblemReport {
    return { total: this.#total, listed: [...this.#listed].sort((a, b) => a.row - b.row) };
  }
}
