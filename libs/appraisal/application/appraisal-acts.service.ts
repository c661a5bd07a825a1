import { type Instant, Rejection, type SubjectId } from '#kernel';
import type { AppealRow } from '#libs/appeal/contracts';
import { COMPANY_ZONE, dayAt, deadline, periodKind } from '#libs/calendar';
import { calendarOfCycle, type CycleReader, type CycleView, type Phase } from '#libs/cycle/contracts';
import type { CommandContext, CommandResult, CommandRunner, SequencedLog } from '#libs/event-store';
import type { OrganisationReader } from '#libs/organisation/contracts';
import type { PersonalTexts } from '#libs/privacy/contracts';
import { type CompiledScheme, type RatingLine, type SchemeSource, validateRatings } from '#libs/scheme';
import type {
  AnswerInput,
  AppraisalCommand,
  GivenRatings,
  ManagerScoreInput,
  ObjectionInput,
  RedoStepInput,
  SecondReviewInput,
  SelfReviewInput,
  SendBackInput,
  Step,
  TaskOfAppraisal,
} from '../contracts';
import { appraisalDecider } from '../domain/appraisal.decider';
import { approversIn, apart, awardProblems, type RatingsApart } from '../domain/given-ratings.policy';
import { type Appraisal, tasksOf } from '../domain/appraisal.state';
import { linesOfTask, raterOf } from '../domain/rating-lines.policy';
import { levelOf, managerTask } from '../domain/review-tasks.policy';
import { type Scoring, SchemeNotUsable } from './scoring.service';

/** Working days to answer an objection (domain.md "Appraisal"). */
const ANSWER_DAYS = 2;
/** Working days to confirm and to appeal where a result comes out after the others and the plan counts none. */
const LATE_RESULT_DAYS = { confirmation: 3, appeals: 5 } as const;

/** Of a task, what its lines depend on. */
type TaskToRate = Pick<TaskOfAppraisal, 'step' | 'department' | 'group' | 'level'>;

/** What is looked at of an appeal. */
export type AppealOutcome = Pick<AppealRow, 'appraisalId' | 'grounds' | 'verdict'>;

export interface AppraisalActsParts {
  readonly runner: CommandRunner;
  readonly log: Pick<SequencedLog, 'head'>;
  readonly cycles: CycleReader;
  readonly organisation: Pick<OrganisationReader, 'calendarOverrides' | 'people'>;
  readonly schemes: SchemeSource;
  readonly scoring: Scoring;
  /** Waits until the read models that scores are made from have seen that log position; absent where they always have. */
  readonly reach?: (position: number) => Promise<void>;
  readonly texts: Pick<PersonalTexts, 'make'>;
  /** Needed for steps done again after an appeal; none is when absent. */
  readonly appeals?: { appeal(appealId: string): Promise<AppealOutcome | undefined> };
  /** Whether one may act for another at that time; nobody may when absent. */
  readonly delegations?: { mayActFor(actor: string, reviewer: SubjectId, at: Instant): Promise<boolean> };
}

/**
 * What people do with one appraisal. Checks the ratings against the scheme, derives deadlines from the cycle, seals texts
 * under the subject's key, and dispatches. Thrown by all: Rejection `appraisal.…`, `cycle.…`.
 */
export interface AppraisalActs {
  submitSelfReview(appraisalId: string, input: SelfReviewInput, context: CommandContext): Promise<CommandResult>;
  /** `roles`: of whoever acts, where a task names a role instead of a person; absent when they were looked at before. */
  submitManagerScore(
    appraisalId: string,
    input: ManagerScoreInput,
    context: CommandContext,
    roles?: readonly string[],
  ): Promise<CommandResult>;
  approveSecondReview(
    appraisalId: string,
    input: SecondReviewInput,
    context: CommandContext,
    roles?: readonly string[],
  ): Promise<CommandResult>;
  sendBack(appraisalId: string, input: SendBackInput, context: CommandContext, roles?: readonly string[]): Promise<CommandResult>;
  confirm(appraisalId: string, context: CommandContext): Promise<CommandResult>;
  object(appraisalId: string, input: ObjectionInput, context: CommandContext): Promise<CommandResult>;
  answerObjection(appraisalId: string, input: AnswerInput, context: CommandContext): Promise<CommandResult>;
  /**
   * The manager's step once more by a substitute, after an appeal upheld on procedure: the score that follows stands beside the
   * published one. Never by who scored it or was to.
   */
  redoStep(appraisalId: string, input: RedoStepInput, context: CommandContext): Promise<CommandResult>;
  /** By HR, before publication: facts were corrected, or a step on hold is done. */
  scoreAgain(appraisalId: string, context: CommandContext): Promise<CommandResult>;
  /** By HR, for one person whose result could not come out with the others; scored again first. */
  publishLate(appraisalId: string, context: CommandContext): Promise<CommandResult>;
}

export function createAppraisalActs(parts: AppraisalActsParts): AppraisalActs {
  return new Acts(parts);
}

class Acts implements AppraisalActs {
  constructor(private readonly parts: AppraisalActsParts) {}

  async submitSelfReview(id: string, { ratings, comment }: SelfReviewInput, context: CommandContext): Promise<CommandResult> {
    const appraisal = await this.load(id);
    const said = { ...(await this.checked(appraisal, { step: 'self-review' }, ratings, context.now)), ...this.comment(appraisal, comment) };
    const dueAt = await this.dueAt(appraisal, 'self-review');
    return this.run(id, { type: 'SubmitSelfReview', data: { ...said, dueAt } }, context, said);
  }

  async submitManagerScore(
    id: string,
    { ratings, comment, part, department, onBehalfOf }: ManagerScoreInput,
    context: CommandContext,
    roles?: readonly string[],
  ): Promise<CommandResult> {
    const appraisal = await this.load(id);
    const task = managerTask(appraisal, part ?? 1, department);
    const checked = await this.checked(appraisal, task, ratings, context.now);
    const said = {
      ...checked,
      ...this.comment(appraisal, comment),
      ...(part === undefined ? {} : { part }),
      ...(department === undefined ? {} : { department }),
      ...(await this.delegated(onBehalfOf, context)),
    };
    const dueAt = await this.dueAt(appraisal, 'manager-review');
    return this.run(id, { type: 'SubmitManagerScore', data: { ...said, dueAt, ...(roles ? { roles } : {}) } }, context, said);
  }

  async approveSecondReview(
    id: string,
    { ratings, comment, onBehalfOf }: SecondReviewInput,
    context: CommandContext,
    roles?: readonly string[],
  ): Promise<CommandResult> {
    const appraisal = await this.load(id);
    const level = levelOf(tasksOf(appraisal, 'second-review').find(({ state }) => state === 'open') ?? {});
    const isAsked = (await this.linesOf(appraisal, { step: 'second-review', level })).length > 0;
    const said = {
      ...(isAsked || ratings ? await this.checked(appraisal, { step: 'second-review', level }, ratings ?? {}, context.now) : {}),
      ...this.comment(appraisal, comment),
      ...(await this.delegated(onBehalfOf, context)),
    };
    const dueAt = await this.dueAt(appraisal, 'second-review');
    return this.run(id, { type: 'ApproveSecondReview', data: { ...said, dueAt, ...(roles ? { roles } : {}) } }, context, said);
  }

  async sendBack(
    id: string,
    { toStep, toLevel, reason, onBehalfOf }: SendBackInput,
    context: CommandContext,
    roles?: readonly string[],
  ): Promise<CommandResult> {
    const appraisal = await this.load(id);
    await this.dueAt(appraisal, 'second-review');
    const said = {
      toStep,
      ...(toLevel === undefined ? {} : { toLevel }),
      reason: this.parts.texts.make(appraisal.subject, reason),
      ...(await this.delegated(onBehalfOf, context)),
    };
    return this.run(id, { type: 'SendBackAppraisal', data: { ...said, ...(roles ? { roles } : {}) } }, context, said);
  }

  async confirm(id: string, context: CommandContext): Promise<CommandResult> {
    const appraisal = await this.load(id);
    const confirmUntil = phaseOf(await this.cycleOf(appraisal), 'confirmation')?.closesAt;
    const data = {
      how: 'by-person' as const,
      ...(confirmUntil === undefined ? {} : { confirmUntil: laterOf(confirmUntil, appraisal.confirmUntil) }),
    };
    return this.run(id, { type: 'ConfirmResult', data }, context, { how: 'by-person' });
  }

  async object(id: string, { reason }: ObjectionInput, context: CommandContext): Promise<CommandResult> {
    const appraisal = await this.load(id);
    const cycle = await this.cycleOf(appraisal);
    const confirmUntil = phaseOf(cycle, 'confirmation')?.closesAt;
    const text = this.parts.texts.make(appraisal.subject, reason);
    const data = {
      reason: text,
      answerUntil: await this.deadlineIn(cycle, context.now, ANSWER_DAYS),
      ...(confirmUntil === undefined ? {} : { confirmUntil: laterOf(confirmUntil, appraisal.confirmUntil) }),
    };
    return this.run(id, { type: 'ObjectToResult', data }, context, { reason: text });
  }

  async answerObjection(id: string, { answer }: AnswerInput, context: CommandContext): Promise<CommandResult> {
    const { subject } = await this.load(id);
    return this.run(id, { type: 'AnswerObjection', data: { answer: this.parts.texts.make(subject, answer) } }, context);
  }

  async redoStep(id: string, { appealId, ratings }: RedoStepInput, context: CommandContext): Promise<CommandResult> {
    const appraisal = await this.load(id);
    const appeal = await this.parts.appeals?.appeal(appealId);
    const isDue = appeal?.appraisalId === id && appeal.verdict === 'upheld' && appeal.grounds.includes('procedure');
    if (!isDue || !appraisal.score) throw new Rejection('appraisal.no-step-to-redo', { appealId });
    const involved: readonly (string | undefined)[] = [
      appraisal.subject,
      ...tasksOf(appraisal, 'manager-review').flatMap(({ reviewer, submissions }) => [reviewer, ...submissions.map(({ by }) => by)]),
    ];
    if (involved.includes(context.actor)) throw new Rejection('appraisal.not-a-substitute');
    const again = await this.checked(appraisal, { step: 'manager-review' }, ratings, context.now);
    const amendments = Object.entries(again.ratings).map(([key, value]) => ({ kind: 'rating' as const, key, value }));
    const { position } = await this.parts.log.head();
    const { result, basis } = await this.parts.scoring.amend({
      period: appraisal.period,
      basis: appraisal.score.basis,
      amendments,
      position,
    });
    const cause = { kind: 'appeal' as const, id: appealId };
    const data = { cause, result, basis, ...(again.notes ? { notes: again.notes } : {}) };
    return this.run(id, { type: 'AmendAppraisal', data }, context, { appealId, ...again });
  }

  async scoreAgain(id: string, context: CommandContext): Promise<CommandResult> {
    const appraisal = await this.load(id);
    const { position: asOf } = await this.parts.log.head();
    // What is recorded up to there has to be seen before a score says that it stands on it.
    await this.parts.reach?.(asOf);
    const { period, scheme, subject } = appraisal;
    const { cycleId, rankedAt } = await this.cycleOf(appraisal);
    // Once the others have their places this one is placed against them.
    const frozen = rankedAt === null ? undefined : { cycleId, position: rankedAt };
    const scored = (await this.parts.scoring.score({ scheme, period, appraisals: [appraisal], asOf, frozen })).get(subject);
    if (!scored) throw new SchemeNotUsable(scheme);
    return this.run(id, { type: 'RecordScore', data: { result: scored.result, basis: scored.basis } }, context, { again: true });
  }

  async publishLate(id: string, context: CommandContext): Promise<CommandResult> {
    const cycle = await this.cycleOf(await this.load(id));
    if (!cycle.published) throw new Rejection('cycle.not-published');
    await this.scoreAgain(id, { ...context, requestKey: `${context.requestKey}/score` });
    const until = (phase: 'confirmation' | 'appeals'): Promise<Instant> =>
      this.deadlineIn(cycle, context.now, phaseOf(cycle, phase)?.derivation?.workingDays ?? LATE_RESULT_DAYS[phase]);
    const data = { confirmUntil: await until('confirmation'), appealUntil: await until('appeals') };
    return this.run(id, { type: 'PublishAppraisal', data }, context, { late: true });
  }

  /** `intent`: what the person said, where the command holds derived data beside it. */
  private run(id: string, command: AppraisalCommand, context: CommandContext, intent?: object): Promise<CommandResult> {
    return this.parts.runner.run(appraisalDecider, id, command, intent === undefined ? context : { ...context, intent });
  }

  private async load(id: string): Promise<Appraisal> {
    const { state } = await this.parts.runner.load(appraisalDecider, id);
    if (state.status === 'none') throw new Rejection('appraisal.not-opened');
    return state;
  }

  private async cycleOf({ cycleId }: Appraisal): Promise<CycleView> {
    const cycle = await this.parts.cycles.cycle(cycleId);
    if (!cycle) throw new Rejection('cycle.not-started');
    if (cycle.status === 'cancelled') throw new Rejection('cycle.not-running', { status: cycle.status });
    return cycle;
  }

  /** The deadline of a step as it stands now. Thrown when its phase has not begun: Rejection `appraisal.step-not-begun`. */
  private async dueAt(appraisal: Appraisal, step: Step): Promise<Instant> {
    const phase = phaseOf(await this.cycleOf(appraisal), step);
    if (!phase) throw new Rejection('appraisal.no-such-step', { step });
    if (phase.state === 'planned') throw new Rejection('appraisal.step-not-begun', { step, opensAt: phase.opensAt });
    return phase.closesAt;
  }

  /** What a rater gave, judged line by line, with the free words sealed and apart. Thrown: Rejection `appraisal.invalid-ratings`. */
  private async checked(appraisal: Appraisal, task: TaskToRate, ratings: GivenRatings, now: Instant): Promise<RatingsApart> {
    const { period, subject, cycleId, employee } = appraisal;
    const compiled = await this.schemeOf(appraisal);
    const errors = [
      ...validateRatings(compiled, {
        kind: periodKind(period),
        rater: raterOf(task),
        ratings,
        complete: true,
        ...(employee ? { employee } : {}),
        ...(task.department === undefined ? {} : { department: task.department }),
      }),
    ];
    const approvers = approversIn(ratings);
    if (approvers.length > 0) {
      const zone = (await this.parts.cycles.cycle(cycleId))?.calendar.zone ?? COMPANY_ZONE;
      const known = new Set((await this.parts.organisation.people(approvers, dayAt(now, zone))).keys());
      errors.push(...awardProblems(compiled.document, ratings, { subject, known }).filter(({ key }) => !errors.some((e) => e.key === key)));
    }
    if (errors.length > 0) throw new Rejection('appraisal.invalid-ratings', { errors: errors.map(({ code, key }) => `${key}: ${code}`) });
    return apart(compiled.document, ratings, (text) => this.parts.texts.make(subject, text));
  }

  private async linesOf(appraisal: Appraisal, task: TaskToRate): Promise<readonly RatingLine[]> {
    return linesOfTask(await this.schemeOf(appraisal), appraisal, task);
  }

  private async schemeOf({ scheme }: Appraisal): Promise<CompiledScheme> {
    const compiled = await this.parts.schemes.scheme(scheme.schemeId, scheme.version);
    if (!compiled) throw new SchemeNotUsable(scheme);
    return compiled;
  }

  /** Thrown when whoever acts may not do so for that person now: Rejection `appraisal.no-delegation`. */
  private async delegated(onBehalfOf: SubjectId | undefined, { actor, now }: CommandContext): Promise<{ onBehalfOf?: SubjectId }> {
    if (onBehalfOf === undefined) return {};
    if (!(await this.parts.delegations?.mayActFor(actor, onBehalfOf, now))) throw new Rejection('appraisal.no-delegation');
    return { onBehalfOf };
  }

  private comment({ subject }: Appraisal, comment: string | undefined) {
    return comment === undefined ? {} : { comment: this.parts.texts.make(subject, comment) };
  }

  private async deadlineIn({ calendar, dayLengthMs }: CycleView, start: Instant, workingDays: number): Promise<Instant> {
    const days = await calendarOfCycle(calendar.region, this.parts.organisation);
    return deadline({ start, workingDays, calendar: days, zone: calendar.zone, dayLengthMs: dayLengthMs ?? undefined }).at;
  }
}

function phaseOf(cycle: CycleView, phase: Phase): CycleView['phases'][number] | undefined {
  return cycle.phases.find((planned) => planned.phase === phase);
}

function laterOf(one: Instant, other: Instant | undefined): Instant {
  return other !== undefined && other > one ? other : one;
}
