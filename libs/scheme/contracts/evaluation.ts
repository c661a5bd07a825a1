/*
 * What goes into an evaluation and what comes out (schemes.md). Outputs of published results are stored with the hash of
 * their explanation, so its shape changes only with EVALUATOR_VERSION.
 */

/** Raised when the same scheme and facts would give other bytes; versions that have published stay runnable. */
export const EVALUATOR_VERSION = 1;

/** A fact as recorded: its exact value, and the log positions of the events it came from. */
export interface FactInput {
  /** A plain decimal text, or a list of them for a fact about a group; anything else is judged and named as an error. */
  readonly value: unknown;
  readonly position?: number;
  /** Several where a metric sums many records. */
  readonly positions?: readonly number[];
  readonly factId?: string;
}

/**
 * Where a value stands among the other people's values, in place of their whole list: a large group is ranked once and not
 * written out for each of its people.
 */
export interface StandingInput {
  readonly standing: {
    /** Other people, without the person. */
    readonly of: number;
    /** Of them strictly above `at`, and level with it. */
    readonly ahead: number;
    readonly level: number;
    /** The value it was taken for, a plain decimal text; a formula that asks for another is the error `unknown-standing`. */
    readonly at: string;
  };
  readonly positions?: readonly number[];
}

/** After a transfer: what the person was rated for the days served in one unit. */
export interface PartInput {
  /** Which part, such as the unit's code; no name of a person. */
  readonly part: string;
  /** Working days served in it: a plain decimal text. */
  readonly workingDays: string;
  readonly ratings: Readonly<Record<string, unknown>>;
}

export interface EvaluationInput {
  /** `YYYY-MM`, `YYYY-Qn` or `YYYY`. */
  readonly period: string;
  /** By the key the scheme uses, such as `sales.amount`. A bare text is a value without its origin. */
  readonly facts: Readonly<Record<string, FactInput | StandingInput | readonly unknown[] | string | null>>;
  /** By the line: decimal texts, words, lists of words. */
  readonly ratings: Readonly<Record<string, unknown>>;
  /** By attribute: `{ role: 'rep' }`. */
  readonly employee?: Readonly<Record<string, unknown>>;
  /** Earlier periods: `{ period, score, facts }`. */
  readonly history?: readonly unknown[];
  /**
   * The parts of a period split by a transfer: each is scored with its ratings over the same facts, the score is their mean
   * weighted by working days. `ratings` is not read then.
   */
  readonly parts?: readonly PartInput[];
  /** Stop after score and grade: facts about the group are not read and nothing is paid, for ranking to follow. */
  readonly until?: 'score';
}

export interface EvaluationError {
  readonly code: string;
  readonly key: string;
  /** Indicators, lines and values that can't be computed for it. */
  readonly concerns?: readonly string[];
}

/** A value with the rule that made it and what it was made from; codes and numbers only, no language. */
export interface ExplanationNode {
  readonly key: string;
  /** `fact`, `rating`, `parameter`, `reference`, or the block that computed it (`ratio`, `sum`, `band` …). */
  readonly rule: string;
  /** Exact: a decimal, a fraction such as `2/3`, a word, or words joined by blanks; null where there is none. */
  readonly value: string | null;
  readonly params?: Readonly<Record<string, string>>;
  readonly inputs?: readonly ExplanationNode[];
  readonly positions?: readonly number[];
  readonly factId?: string;
}

export type OutcomeValue = string | number | boolean | null | readonly string[];

export interface ScoredSection {
  readonly key: string;
  readonly score: string;
  readonly indicators: readonly { readonly key: string; readonly score: string }[];
}

export interface Evaluation {
  /** Two decimals; null with errors, or where the scheme has no score. */
  readonly score: string | null;
  readonly grade: string | null;
  readonly sections: readonly ScoredSection[];
  readonly pay: { readonly lines: readonly { readonly key: string; readonly amount: string }[]; readonly total: string | null };
  readonly outcome: Readonly<Record<string, OutcomeValue>>;
  readonly actions: readonly { readonly key: string }[];
  readonly explanation: ExplanationNode | null;
  readonly errors: readonly EvaluationError[];
  /** With `until: 'score'`: score and grade stand, what follows them is still to come. */
  readonly pending?: true;
}
