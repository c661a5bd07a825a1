import type { Period, SubjectId } from '#kernel';
import { monthsOf, periodKind } from '#libs/calendar';
import type { FactsReader, FactValue } from '#libs/facts/contracts';
import { type CompiledScheme, type ExplanationNode, requiredFacts, type SchemeSource } from '#libs/scheme';
import type { AppraisalReader, ScoreBasis, ScoreResult } from '../contracts';
import type { Appraisal } from '../domain/appraisal.state';
import { amendedBasis, type BasisAmendment, ratingsThatCount, type Scored, scoreOf } from '../domain/score-input.policy';

/** Positions kept of one fact; a metric that sums more names the first and says so. */
export const SCORING_LIMITS = { subjects: 500, metricsPerQuery: 60, positions: 500 } as const;

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

export interface Scoring {
  /** At most 500 appraisals of one scheme and period; facts as of that log position. Thrown: SchemeNotUsable. */
  score(input: {
    readonly scheme: SchemeOfAppraisal;
    readonly period: Period;
    readonly appraisals: readonly Appraisal[];
    readonly asOf: number;
  }): Promise<ReadonlyMap<SubjectId, Scored>>;
  /** From what was scored, with the contested ratings and facts replaced. Thrown: SchemeNotUsable. */
  amend(input: {
    readonly period: Period;
    readonly basis: ScoreBasis;
    readonly amendments: readonly BasisAmendment[];
    readonly position: number;
  }): Promise<Scored>;
  /** The explanation tree of a recorded score, computed again. Thrown: SchemeNotUsable, ExplanationDiffers. */
  explain(input: { readonly period: Period; readonly result: ScoreResult; readonly basis: ScoreBasis }): Promise<ExplanationNode | null>;
}

export function createScoring(parts: ScoringParts): Scoring {
  const schemeFor = async (scheme: SchemeOfAppraisal): Promise<CompiledScheme> => {
    const compiled = await parts.schemes.scheme(scheme.schemeId, scheme.version);
    if (!compiled) throw new SchemeNotUsable(scheme);
    return compiled;
  };
  return {
    async score({ scheme, period, appraisals, asOf }) {
      const compiled = await schemeFor(scheme);
      const kind = periodKind(period);
      const subjects = appraisals.map(({ subject }) => subject);
      const facts = await gatherFacts(parts.facts, { compiled, period, subjects, asOf });
      const history = compiled.plans[kind]?.rollUp ? await monthScores(parts.appraisals, { scheme, period, subjects, asOf }) : undefined;
      const scored = new Map<SubjectId, Scored>();
      for (const appraisal of appraisals) {
        const months = history?.get(appraisal.subject);
        const ratings = ratingsThatCount(appraisal, compiled, kind);
        const input = {
          scheme: { ...scheme },
          facts: facts.get(appraisal.subject) ?? [],
          ratings,
          asOf,
          ...(months ? { history: months } : {}),
        };
        scored.set(appraisal.subject, scoreOf(compiled, period, input));
      }
      return scored;
    },

    async amend({ period, basis, amendments, position }) {
      return scoreOf(await schemeFor(basis.scheme), period, amendedBasis(basis, amendments, position));
    },

    async explain({ period, result, basis }) {
      const { explanationHash, evaluator: _evaluator, ...input } = basis;
      const again = scoreOf(await schemeFor(basis.scheme), period, input);
      if (again.basis.explanationHash !== explanationHash || again.result.score !== result.score) {
        throw new ExplanationDiffers(`the explanation of a score of ${basis.scheme.schemeId} does not give the recorded hash`);
      }
      return again.explanation;
    },
  };
}

type UsedFacts = ScoreBasis['facts'];

interface Gathering {
  readonly compiled: CompiledScheme;
  readonly period: Period;
  readonly subjects: readonly SubjectId[];
  readonly asOf: number;
}

async function gatherFacts(
  reader: FactsReader,
  { compiled, period, subjects, asOf }: Gathering,
): Promise<ReadonlyMap<SubjectId, UsedFacts>> {
  const metrics = requiredFacts(compiled, periodKind(period)).map(({ key }) => key);
  const gathered = new Map<SubjectId, UsedFacts>(subjects.map((subject) => [subject, []]));
  for (let from = 0; from < metrics.length; from += SCORING_LIMITS.metricsPerQuery) {
    const some = metrics.slice(from, from + SCORING_LIMITS.metricsPerQuery);
    const answer = await reader.factsFor({ period, subjects, metrics: some, asOf });
    for (const subject of subjects) {
      const values = answer.get(subject);
      const used = some.flatMap((metric) => usedFact(metric, values?.get(metric)));
      gathered.set(subject, [...(gathered.get(subject) ?? []), ...used]);
    }
  }
  return gathered;
}

/** A missing fact is left out: the evaluator names it. */
function usedFact(key: string, fact: FactValue | undefined): UsedFacts {
  if (!fact || fact.kind === 'missing') return [];
  const { value, positions } = fact;
  const kept = positions.slice(0, SCORING_LIMITS.positions);
  return [{ key, value, positions: [...kept], ...(kept.length < positions.length ? { truncated: true } : {}) }];
}

type History = NonNullable<ScoreBasis['history']>;

/** Scores of the months of a quarter or year, as they hold at that position. */
async function monthScores(
  reader: AppraisalReader,
  {
    scheme,
    period,
    subjects,
    asOf,
  }: { readonly scheme: SchemeOfAppraisal; readonly period: Period; readonly subjects: readonly SubjectId[]; readonly asOf: number },
): Promise<ReadonlyMap<SubjectId, History>> {
  const rows = await reader.publishedScores({ schemeId: scheme.schemeId, periods: monthsOf(period), subjects, asOf });
  const history = new Map<SubjectId, History>(subjects.map((subject) => [subject, []]));
  for (const { subject, period: month, score } of rows) history.get(subject)?.push({ period: month, score, facts: [] });
  return history;
}
