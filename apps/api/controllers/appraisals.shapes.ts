import { z } from 'zod';
import type { PersonalText, SubjectId } from '#kernel';
import type { Appraisal, ExplainedScore } from '#libs/appraisal';
import { type AppraisalView, type Notes, type Ratings, STEPS, type Step, zRatings, zScoreResult, zStep } from '#libs/appraisal/contracts';
import { zHash, zInstant, zPeriod, zPlainDay, zSubjectId, zUuid } from '#libs/kernel/schema';
import type { ExplanationNode } from '#libs/scheme';
import { zRatingLine } from './rating-lines.shapes';
import type { ScoreWithoutPay } from './without-pay';

const zStepState = z.enum(['open', 'submitted', 'skipped']);

/** Where one appraisal stands. `score` and `grade` are null for the person until publication. */
export const zAppraisal = z
  .strictObject({
    appraisalId: z.string(),
    cycleId: zUuid,
    subject: zSubjectId,
    name: z.string().nullable(),
    period: zPeriod,
    scheme: z.strictObject({ schemeId: z.string(), version: z.int() }),
    status: z.enum(['open', 'scored', 'published', 'final', 'cancelled']),
    currentStep: zStep.nullable(),
    steps: z.array(
      z.strictObject({
        step: zStep,
        reviewer: zSubjectId.nullable(),
        role: z.string().nullable(),
        level: z.int().nullable(),
        part: z.int().nullable(),
        department: z.string().nullable(),
        group: z.enum(['peers', 'customers']).nullable(),
        state: zStepState,
        late: z.boolean(),
      }),
    ),
    manager: zSubjectId.nullable(),
    unit: z.strictObject({
      department: z.string(),
      team: z.string().nullable(),
      region: z.string().nullable(),
      site: z.string().nullable(),
    }),
    score: z.string().nullable(),
    grade: z.string().nullable(),
    errors: z.array(z.strictObject({ code: z.string(), key: z.string() })),
    amended: z.boolean(),
    response: z.enum(['none', 'confirmed', 'objected', 'answered']),
    publishedAt: zInstant.nullable(),
    confirmUntil: zInstant.nullable(),
    appealUntil: zInstant.nullable(),
    answerUntil: zInstant.nullable(),
    version: z.int(),
  })
  .meta({ id: 'Appraisal' });
export type AppraisalBody = z.infer<typeof zAppraisal>;

/** `notes`: the words of lines that take free text, by their place in the line; null once erased. */
export const zSubmission = z.strictObject({
  by: zSubjectId,
  ratings: zRatings.nullable(),
  notes: z.array(z.strictObject({ line: z.string(), item: z.int(), text: z.string().nullable() })),
  comment: z.string().nullable(),
});
export const zDetail = zAppraisal.extend({
  /** Every version of what was submitted, for the steps that the viewer may see now. */
  submissions: z.array(
    z.strictObject({
      step: zStep,
      level: z.int().nullable(),
      part: z.int().nullable(),
      department: z.string().nullable(),
      versions: z.array(zSubmission),
    }),
  ),
  /** What groups of raters say, as means over all of a group; who answered what is known to nobody. */
  groups: z.array(
    z.strictObject({
      group: z.enum(['peers', 'customers']),
      raters: z.int(),
      means: z.array(z.strictObject({ line: z.string(), mean: z.string() })),
    }),
  ),
});
/** The lines of each task that the viewer may see. */
export const zTaskLines = z.strictObject({
  items: z.array(
    z.strictObject({
      step: zStep,
      level: z.int().nullable(),
      part: z.int().nullable(),
      department: z.string().nullable(),
      group: z.enum(['peers', 'customers']).nullable(),
      lines: z.array(zRatingLine),
    }),
  ),
});
export type DetailBody = z.infer<typeof zDetail>;

/** `pay` is absent for those who may not see pay. */
export const zResult = zScoreResult.omit({ payLines: true, payTotal: true }).extend({
  pay: z.strictObject({ lines: zScoreResult.shape.payLines, total: zScoreResult.shape.payTotal }).optional(),
});

/** A value with the rule that made it and what it was made from. */
const zExplanationNode = z
  .strictObject({
    key: z.string(),
    rule: z.string(),
    value: z.string().nullable(),
    params: z.record(z.string(), z.string()).optional(),
    positions: z.array(z.int()).optional(),
    factId: z.string().optional(),
    get inputs() {
      return z.array(zExplanationNode).optional();
    },
  })
  .meta({ id: 'ExplanationNode' });
type NodeBody = z.infer<typeof zExplanationNode>;

export const zExplained = z.strictObject({
  result: zResult,
  explanationHash: zHash,
  evaluator: z.int(),
  asOf: z.int(),
  facts: z.array(z.strictObject({ key: z.string(), value: z.string(), positions: z.array(z.int()) })),
  tree: zExplanationNode.nullable(),
  sentences: z.array(
    z.strictObject({ depth: z.int(), key: z.string(), title: z.string(), value: z.string().nullable(), sentence: z.string() }),
  ),
  /** What would have changed it and by how much, and the reasons of what was done; of the tree as it is shown. */
  whyNot: z.array(
    z.strictObject({
      key: z.string(),
      title: z.string(),
      kind: z.enum(['missed', 'reason']),
      missing: z.string().nullable(),
      sentence: z.string(),
    }),
  ),
});
export type ExplainedBody = z.infer<typeof zExplained>;

export const zTodo = z.strictObject({
  kind: z.enum([
    'self-review',
    'manager-review',
    'second-review',
    'confirm',
    'answer-objection',
    'department-review',
    'nominate-peers',
    'peer-review',
    'customer-answers',
  ]),
  appraisalId: z.string(),
  cycleId: zUuid,
  cycleName: z.string(),
  period: z.string(),
  subject: zSubjectId,
  name: z.string().nullable(),
  by: zSubjectId.nullable(),
  role: z.string().nullable(),
  department: z.string().nullable(),
  part: z.int().nullable(),
  dueAt: zInstant.nullable(),
  overdue: z.boolean(),
  begun: z.boolean(),
  /** When HR last reminded of it by hand, and from when on it may again. */
  reminded: z.strictObject({ at: zInstant, againFrom: zInstant, times: z.int() }).nullable(),
});

export const zParts = z.array(z.strictObject({ from: zPlainDay, to: zPlainDay }));

/** What the person concerned may see grows with the cycle: nothing of the reviewers' work before publication. */
export interface Sight {
  readonly own: boolean;
  readonly pay: boolean;
  readonly reviewing: Step | undefined;
}

export function appraisalBody(view: AppraisalView, sight: Sight, name: string | null): AppraisalBody {
  const { cohort: _, position: __, errors, steps, ...shared } = view;
  const open = !sight.own || view.publishedAt !== null;
  return {
    ...shared,
    name,
    steps: [...steps],
    score: open ? view.score : null,
    grade: open ? view.grade : null,
    errors: open ? [...errors] : [],
  };
}

/** A reviewer sees the steps before and up to their own; the person sees their own until publication; others see all. */
export function visibleSteps(view: AppraisalView, sight: Sight): ReadonlySet<Step> {
  if (sight.own && view.publishedAt === null) return new Set<Step>(['self-review']);
  if (sight.reviewing === undefined) return new Set(STEPS);
  return new Set(STEPS.slice(0, STEPS.indexOf(sight.reviewing) + 1));
}

export function submissionsOf(
  appraisal: Appraisal,
  steps: ReadonlySet<Step>,
): readonly {
  readonly step: Step;
  readonly level: number | null;
  readonly part: number | null;
  readonly department: string | null;
  readonly versions: readonly {
    readonly by: SubjectId;
    readonly ratings: Ratings | null;
    readonly notes: Notes;
    readonly comment: PersonalText | null;
  }[];
}[] {
  return appraisal.steps
    .filter(({ step, group }) => steps.has(step) && group === undefined)
    .map(({ step, level, part, department, submissions }) => ({
      step,
      level: level ?? null,
      part: part ?? null,
      department: department ?? null,
      versions: submissions.map(({ by, ratings, notes, comment }) => ({
        by,
        ratings: ratings ?? null,
        notes: notes ?? [],
        comment: comment ?? null,
      })),
    }));
}

export function treeBody({ inputs, params, positions, ...node }: ExplanationNode): NodeBody {
  return {
    ...node,
    ...(params ? { params: { ...params } } : {}),
    ...(positions ? { positions: [...positions] } : {}),
    ...(inputs ? { inputs: inputs.map(treeBody) } : {}),
  };
}

/** `hidden`: what those who may not see pay are shown instead. */
export function resultBody({ result }: ExplainedScore, hidden: ScoreWithoutPay | undefined): z.infer<typeof zResult> {
  const { payLines, payTotal, ...rest } = result;
  if (!hidden) return { ...rest, pay: { lines: payLines, total: payTotal } };
  return { ...rest, outcome: Object.fromEntries(Object.entries(rest.outcome).filter(([key]) => hidden.showsOutcome(key))) };
}

export function factsOf({ basis }: ExplainedScore, hidden: ScoreWithoutPay | undefined): ExplainedBody['facts'] {
  return basis.facts
    .filter(({ key }) => hidden?.showsFact(key) !== false)
    .map(({ key, value, positions }) => ({ key, value: value ?? '', positions: [...positions] }));
}
