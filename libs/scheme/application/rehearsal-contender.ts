import type { Period, SubjectId } from '#kernel';
import type { Ratings } from '#libs/appraisal/contracts';
import { periodKind } from '#libs/calendar';
import type { Evaluation, EvaluationInput } from '../contracts/evaluation';
import type { CompiledScheme } from '../domain/compile';
import { evaluateBatch } from '../domain/evaluate.policy';
import { factsRead, type GroupFact } from '../domain/inputs/facts-read.policy';
import { type RatingLine, ratingLines } from '../domain/inputs/needs.policy';
import { carriedRatings } from '../domain/life/rehearsal-ratings.policy';
import type { RehearsedPerson } from './rehearsal-people';
import type { PlacedValues, RatingRules, TrialInputs, TrialPerson } from './rehearsal-types';

/** Everyone's values that places are taken among, by group: a cycle, or all of a scope. */
export interface Measured {
  readonly scores: PlacedValues;
  /** By the fact of the scheme that asks for them. */
  readonly groups: ReadonlyMap<string, PlacedValues>;
}

export interface Rated {
  readonly subject: SubjectId;
  readonly evaluation: Evaluation;
  readonly defaulted: readonly string[];
}

const RATERS = ['self', 'manager', 'second', 'department', 'peers', 'customers'] as const;

/** A scheme tried on a period: first everyone's values, then everyone's result with places among them. */
export class Contender {
  readonly #groups: readonly GroupFact[];
  readonly #lines: readonly RatingLine[];

  constructor(
    private readonly trials: TrialInputs,
    private readonly scheme: {
      readonly compiled: CompiledScheme;
      readonly historyOf: string;
      /** Undefined: the ratings as they were given. */
      readonly rules: RatingRules | undefined;
    },
    private readonly at: { readonly period: Period; readonly asOf: number },
  ) {
    const kind = periodKind(at.period);
    this.#groups = factsRead(scheme.compiled, kind).groups;
    this.#lines = RATERS.flatMap((rater) => ratingLines(scheme.compiled, kind, rater)).filter(({ counts }) => counts);
  }

  /** Counts the values of a batch into `values`. */
  async measure(people: readonly RehearsedPerson[], values: ValueCounts): Promise<void> {
    const { inputs } = await this.#inputs(people);
    const until = this.#groups.length > 0 ? { until: 'score' as const } : {};
    const asked = [...inputs.values()].map((input) => ({ ...input, ...until }));
    let index = 0;
    for (const { score, errors } of evaluateBatch(this.scheme.compiled, asked)) {
      const input = asked[index];
      index += 1;
      if (errors.length > 0 || !input) continue;
      if (score !== null) values.count('score', score);
      for (const group of this.#groups) values.count(group.key, valueOf(group, input, score));
    }
  }

  measured(values: ValueCounts): Measured {
    const placed = (key: string) => this.trials.placed(values.of(key));
    return { scores: placed('score'), groups: new Map(this.#groups.map(({ key }) => [key, placed(key)])) };
  }

  /** In the order given. */
  async evaluate(people: readonly RehearsedPerson[], measured: Measured): Promise<readonly Rated[]> {
    const { inputs, defaulted } = await this.#inputs(people);
    const asked = people.flatMap(({ trial }) => inputs.get(trial.subject) ?? []);
    const evaluations = this.#groups.length === 0 ? [...evaluateBatch(this.scheme.compiled, asked)] : this.#placed(asked, measured);
    return people.flatMap(({ trial: { subject } }, index) => {
      const evaluation = evaluations[index];
      return evaluation ? [{ subject, evaluation, defaulted: defaulted.get(subject) ?? [] }] : [];
    });
  }

  /** Who has no score has no place either, and the errors that say why. */
  #placed(inputs: readonly EvaluationInput[], measured: Measured): readonly Evaluation[] {
    const scored = [
      ...evaluateBatch(
        this.scheme.compiled,
        inputs.map((input) => ({ ...input, until: 'score' as const })),
      ),
    ];
    const complete = evaluateBatch(
      this.scheme.compiled,
      inputs.flatMap((input, index) =>
        scored[index]?.errors.length === 0 ? [this.#withPlaces(input, scored[index].score, measured)] : [],
      ),
    );
    return scored.map((evaluation) => (evaluation.errors.length > 0 ? evaluation : (complete.next().value ?? evaluation)));
  }

  #withPlaces(input: EvaluationInput, score: string | null, measured: Measured): EvaluationInput {
    const facts = { ...input.facts };
    for (const group of this.#groups) {
      const at = valueOf(group, input, score);
      const place = at === undefined ? undefined : measured.groups.get(group.key)?.placeOf(at, at);
      if (place && at !== undefined) facts[group.key] = { standing: { ...place, at } };
    }
    return { ...input, facts };
  }

  async #inputs(people: readonly RehearsedPerson[]) {
    const defaulted = new Map<SubjectId, readonly string[]>();
    const trials = people.map(({ trial }): TrialPerson => {
      const { rules } = this.scheme;
      if (!rules) return trial;
      const carried = (ratings: Ratings) => carriedRatings(ratings, this.#lines, rules);
      const { ratings, defaulted: stated } = carried(trial.ratings);
      if (stated.length > 0) defaulted.set(trial.subject, stated);
      const parts = trial.parts?.map((part) => ({ ...part, ratings: carried(part.ratings).ratings }));
      return { ...trial, ratings, ...(parts ? { parts } : {}) };
    });
    const { compiled, historyOf } = this.scheme;
    return { inputs: await this.trials.inputs({ compiled, historyOf, ...this.at, people: trials }), defaulted };
  }
}

/** What a person is ranked by; undefined where there is no such value. */
function valueOf({ of }: GroupFact, { facts }: EvaluationInput, score: string | null): string | undefined {
  if (of === 'score') return score ?? undefined;
  const fact = facts[of.fact];
  const value = typeof fact === 'object' && fact !== null && 'value' in fact ? fact.value : fact;
  return typeof value === 'string' ? value : undefined;
}

/** How many people have which value, by what it is a value of: all that is kept of a batch. */
export class ValueCounts {
  readonly #counts = new Map<string, Map<string, number>>();

  count(what: string, value: string | undefined): void {
    if (value === undefined) return;
    const values = this.#counts.get(what) ?? new Map<string, number>();
    values.set(value, (values.get(value) ?? 0) + 1);
    this.#counts.set(what, values);
  }

  of(what: string): ReadonlyMap<string, number> {
    return this.#counts.get(what) ?? new Map();
  }
}
