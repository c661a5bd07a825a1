import type { Period, SubjectId } from '#kernel';
import { type PeriodKind, periodKind } from '#libs/calendar';
import type { FactsReader } from '#libs/facts/contracts';
import { type CompiledScheme, type ExplanationNode, factsRead, type GroupFact, type SchemeSource } from '#libs/scheme';
import type { AppraisalReader, ScoreBasis, ScoreResult, Standing } from '../contracts';
import type { Appraisal } from '../domain/appraisal.state';
import { ratingsThatCount } from '../domain/ratings-that-count.policy';
import { amendedBasis, type BasisAmendment, type BasisInput, type Scored, scoreOf } from '../domain/score-input.policy';
import { gatherFacts } from './gather-facts';
import { gatherHistory } from './gather-history';
import { createRanking, type FrozenAt, type Ranking, valueOf } from './ranking';

export interface ScoringParts {
  readonly facts: FactsReader;
  readonly schemes: SchemeSource;
  readonly appraisals: AppraisalReader;
}

export interface SchemeOfAppraisal {
  readonly schemeId: string;
  readonly version: number;
}

/** Nothing is scored without its scheme: a version that is gone or broken is named, and tried again by whoever asked. */
export class SchemeNotUsable extends Error {
  override readonly name = 'SchemeNotUsable';
  constructor(readonly scheme: SchemeOfAppraisal) {
    super(`scheme ${scheme.schemeId} version ${scheme.version} can not be used`);
  }
}

/** What is recorded of a score and what is computed from it again do not agree: the record is damaged or the evaluator changed. */
export class ExplanationDiffers extends Error {
  override readonly name = 'ExplanationDiffers';
}

export interface ScoreInput {
  readonly scheme: SchemeOfAppraisal;
  readonly period: Period;
  readonly appraisals: readonly Appraisal[];
  /** Log position that facts are taken at. */
  readonly asOf: number;
  /** Where the scheme ranks people: the group that they are placed in. Absent while it is not frozen: then the score alone is evaluated. */
  readonly frozen?: FrozenAt | undefined;
}

export interface Scoring {
  /** At most 500 appraisals of one scheme and period. Thrown: SchemeNotUsable. */
  score(input: ScoreInput): Promise<ReadonlyMap<SubjectId, Scored>>;
  /**
   * Of appraisals that are scored without their places: the complete result, from what was recorded with the place among all.
   * Those without a score, and those that have their place, are not in the answer. At most 500. Thrown: SchemeNotUsable.
   */
  rank(input: {
    readonly scheme: SchemeOfAppraisal;
    readonly period: Period;
    readonly appraisals: readonly Appraisal[];
    readonly frozen: FrozenAt;
  }): Promise<ReadonlyMap<SubjectId, Scored>>;
  /**
   * From what was scored, with the contested ratings and facts replaced; where the scheme ranks people, placed again against
   * the group as it was frozen, which moves nobody else. Thrown: SchemeNotUsable.
   */
  amend(input: {
    readonly period: Period;
    readonly basis: ScoreBasis;
    readonly amendments: readonly BasisAmendment[];
    readonly position: number;
  }): Promise<Scored>;
  /**
   * Published results with the facts named (or earlier periods) as they are recorded at that position, everything else as it was
   * published or decided since; who is ranked is placed again in the frozen group. At most 500. Thrown: SchemeNotUsable.
   */
  correct(input: Omit<ScoreInput, 'frozen'> & { readonly changed: ChangedFacts }): Promise<ReadonlyMap<SubjectId, Corrected>>;
  /** The explanation tree of a recorded score, computed again. Thrown: SchemeNotUsable, ExplanationDiffers. */
  explain(input: { readonly period: Period; readonly result: ScoreResult; readonly basis: ScoreBasis }): Promise<ExplanationNode | null>;
}

/** Facts by the keys that schemes give them, and whether earlier periods have changed, too. */
export interface ChangedFacts {
  readonly facts: readonly string[];
  readonly history: boolean;
}

/** `changed`: with what had changed before. */
export type Corrected = Scored & { readonly changed: ChangedFacts };

export function createScoring(parts: ScoringParts): Scoring {
  return new ScoringService(parts);
}

/** A person's score as far as it goes without places. */
interface Pending {
  readonly subject: SubjectId;
  readonly input: BasisInput;
  readonly scored: Scored;
}

class ScoringService implements Scoring {
  readonly #ranking: Ranking;

  constructor(private readonly parts: ScoringParts) {
    this.#ranking = createRanking(parts.appraisals);
  }

  async score({ scheme, period, appraisals, asOf, frozen }: ScoreInput): Promise<ReadonlyMap<SubjectId, Scored>> {
    const compiled = await this.#schemeFor(scheme);
    const kind = periodKind(period);
    const { facts, history } = await this.#gather({ compiled, schemeId: scheme.schemeId, period, appraisals, asOf });
    const { groups } = factsRead(compiled, kind);
    const pending = appraisals.map((appraisal): Pending => {
      const { subject, employee } = appraisal;
      const earlier = history?.get(subject);
      const input: BasisInput = {
        scheme: { ...scheme },
        facts: [...(facts.get(subject) ?? [])],
        ...ratedAs(appraisal, compiled, kind),
        asOf,
        ...(earlier ? { history: earlier } : {}),
        ...(employee ? { employee: { ...employee } } : {}),
        ...(groups.length > 0 ? { until: 'score' as const } : {}),
      };
      return { subject, input, scored: scoreOf(compiled, period, input) };
    });
    const all = new Map(pending.map(({ subject, scored }) => [subject, scored]));
    if (groups.length === 0 || !frozen) return all;
    return new Map([...all, ...(await this.#placed({ compiled, period, groups, frozen }, pending))]);
  }

  async rank({ scheme, period, appraisals, frozen }: Parameters<Scoring['rank']>[0]): Promise<ReadonlyMap<SubjectId, Scored>> {
    const compiled = await this.#schemeFor(scheme);
    const pending = appraisals.flatMap(({ subject, score }): readonly Pending[] => {
      if (score?.basis.until === undefined || score.result.errors.length > 0) return [];
      return [{ subject, input: inputOf(score.basis), scored: { ...score, explanation: null } }];
    });
    return this.#placed({ compiled, period, groups: factsRead(compiled, periodKind(period)).groups, frozen }, pending);
  }

  async amend({ period, basis, amendments, position }: Parameters<Scoring['amend']>[0]): Promise<Scored> {
    const compiled = await this.#schemeFor(basis.scheme);
    const amended = amendedBasis(basis, amendments, position);
    return this.#placedAgain(compiled, period, amended);
  }

  async correct({
    scheme,
    period,
    appraisals,
    asOf,
    changed,
  }: Parameters<Scoring['correct']>[0]): Promise<ReadonlyMap<SubjectId, Corrected>> {
    const compiled = await this.#schemeFor(scheme);
    const { facts, history } = await this.#gather({ compiled, schemeId: scheme.schemeId, period, appraisals, asOf });
    const corrected = new Map<SubjectId, Corrected>();
    for (const { subject, score, correction } of appraisals) {
      if (!score) continue;
      const all: ChangedFacts = {
        facts: [...new Set([...(correction?.changed.facts ?? []), ...changed.facts])].sort(),
        history: changed.history || (correction?.changed.history ?? false),
      };
      const input = withChanged(inputOf(score.basis), all, { facts: facts.get(subject) ?? [], history: history?.get(subject), asOf });
      corrected.set(subject, { ...(await this.#placedAgain(compiled, period, input)), changed: all });
    }
    return corrected;
  }

  async explain({ period, result, basis }: Parameters<Scoring['explain']>[0]): Promise<ExplanationNode | null> {
    const again = scoreOf(await this.#schemeFor(basis.scheme), period, inputOf(basis));
    if (again.basis.explanationHash !== basis.explanationHash || again.result.score !== result.score) {
      throw new ExplanationDiffers(`the explanation of a score of ${basis.scheme.schemeId} does not give the recorded hash`);
    }
    return again.explanation;
  }

  async #schemeFor(scheme: SchemeOfAppraisal): Promise<CompiledScheme> {
    const compiled = await this.parts.schemes.scheme(scheme.schemeId, scheme.version);
    if (!compiled) throw new SchemeNotUsable(scheme);
    return compiled;
  }

  async #gather({ compiled, schemeId, period, appraisals, asOf }: Gathering) {
    const subjects = appraisals.map(({ subject }) => subject);
    const facts = await gatherFacts(this.parts.facts, { reads: factsRead(compiled, periodKind(period)), period, people: appraisals, asOf });
    const history = await gatherHistory(this.parts, { compiled, schemeId, period, subjects, asOf });
    return { facts, history };
  }

  async #placed(
    { compiled, period, groups, frozen }: Placing & { readonly frozen: FrozenAt },
    pending: readonly Pending[],
  ): Promise<ReadonlyMap<SubjectId, Scored>> {
    const good = pending.filter(({ scored }) => scored.result.errors.length === 0);
    const people = good.map(({ subject, scored }) => ({ subject, ...scored }));
    const standings = await this.#ranking.standings(groups, people, frozen);
    return new Map(
      good.map(({ subject, input }) => {
        const { until: _until, ...complete } = input;
        return [subject, scoreOf(compiled, period, { ...complete, standings: [...(standings.get(subject) ?? [])] })];
      }),
    );
  }

  async #placedAgain(compiled: CompiledScheme, period: Period, input: BasisInput): Promise<Scored> {
    const { standings, ...rest } = input;
    if (!standings) return scoreOf(compiled, period, input);
    const pending = scoreOf(compiled, period, { ...rest, until: 'score' });
    if (pending.result.errors.length > 0) return pending;
    const { groups } = factsRead(compiled, periodKind(period));
    const again: Standing[] = [];
    for (const standing of standings) {
      const of = groups.find(({ key }) => key === standing.key)?.of;
      const at = of && valueOf(of, pending);
      again.push(of && at !== undefined ? await this.#ranking.placedAgain(standing, of, at) : standing);
    }
    return scoreOf(compiled, period, { ...rest, standings: again });
  }
}

interface Gathering {
  readonly compiled: CompiledScheme;
  readonly schemeId: string;
  readonly period: Period;
  readonly appraisals: readonly Appraisal[];
  readonly asOf: number;
}

interface Placing {
  readonly compiled: CompiledScheme;
  readonly period: Period;
  readonly groups: readonly GroupFact[];
}

/** What was published with the changed facts as they are now; one that is gone is left out, so that it is named. */
function withChanged(
  input: BasisInput,
  { facts: keys, history: isHistory }: ChangedFacts,
  now: { readonly facts: BasisInput['facts']; readonly history: BasisInput['history']; readonly asOf: number },
): BasisInput {
  const changed = new Set(keys);
  const { history: before, ...rest } = input;
  const history = isHistory ? now.history : before;
  const facts = [...input.facts.filter(({ key }) => !changed.has(key)), ...now.facts.filter(({ key }) => changed.has(key))];
  return { ...rest, facts, ...(history ? { history } : {}), asOf: now.asOf };
}

function inputOf({ explanationHash: _hash, evaluator: _evaluator, ...input }: ScoreBasis): BasisInput {
  return input;
}

/** After a transfer each part has the ratings of its manager. */
function ratedAs(appraisal: Appraisal, scheme: CompiledScheme, kind: PeriodKind): Pick<BasisInput, 'ratings' | 'parts'> {
  const { partDays } = appraisal;
  if (partDays.length < 2) return { ratings: ratingsThatCount(appraisal, scheme, kind) };
  const parts = partDays.map(({ part, workingDays }) => ({
    part,
    workingDays,
    ratings: ratingsThatCount(appraisal, scheme, kind, part),
  }));
  return { ratings: {}, parts };
}
