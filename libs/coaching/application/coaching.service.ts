import { derivedUuid, type Instant, type PersonalText, type PlainDay, Rejection, type SubjectId } from '#kernel';
import { COMPANY_ZONE, dayAt } from '#libs/calendar';
import type { CommandContext, CommandResult, CommandRunner } from '#libs/event-store';
import type { OrganisationReader } from '#libs/organisation/contracts';
import type { Activity, Assessment, CoachingCommand, Stage } from '../contracts';
import { gateTimes, pausedDaysOf, planDay } from '../domain/plan-clock.policy';
import { planDecider } from '../domain/plan.decider';
import type { Plan } from '../domain/plan-state';
import { planCalendar, siteOf } from './plan-calendar';
import { startCommand } from './start-command';

export interface CoachingParts {
  readonly runner: CommandRunner;
  readonly organisation: OrganisationReader;
}

export interface StartPlanInput {
  readonly subject: SubjectId;
  readonly coach: SubjectId;
  readonly mentor?: SubjectId | undefined;
  readonly cause: { readonly kind: 'hr'; readonly reason: string } | { readonly kind: 'new-hire' };
  /** A company's own stages; the default table when absent. */
  readonly stages?: readonly Stage[] | undefined;
  readonly template?: string | undefined;
  readonly assessmentDays?: readonly number[] | undefined;
  /** Of a working day; the default table's when absent. */
  readonly activityPerDay?: Activity | undefined;
  readonly dayLengthMs?: number | undefined;
}

export interface DailyCounts {
  readonly visits: number;
  readonly calls: number;
  readonly prospects: number;
  readonly quotes: number;
  readonly followUps: number;
}

export type PlanAct =
  | { readonly act: 'change-coach'; readonly coach: SubjectId }
  | {
      readonly act: 'log-evidence';
      readonly stage: number;
      readonly requirement: string;
      readonly value?: string | undefined;
      readonly decomposition?:
        { readonly target: string; readonly parts: readonly { readonly label: string; readonly value: string }[] } | undefined;
      readonly note?: PersonalText | undefined;
    }
  | { readonly act: 'accept-evidence'; readonly evidenceId: string }
  | { readonly act: 'judge-gate'; readonly stage: number; readonly passed: boolean; readonly note?: PersonalText | undefined }
  | { readonly act: 'pause'; readonly cause: 'leave' | 'pause'; readonly reason: string }
  | { readonly act: 'resume' }
  | { readonly act: 'extend'; readonly days: number; readonly reason: string }
  | { readonly act: 'assess'; readonly day: number; readonly values: Assessment }
  | ({ readonly act: 'log-day'; readonly date?: PlainDay | undefined; readonly note?: PersonalText | undefined } & DailyCounts)
  | {
      readonly act: 'review-week';
      readonly week: number;
      readonly talk: PersonalText;
      readonly actions: readonly { readonly what: PersonalText; readonly due?: PlainDay | undefined }[];
    }
  | { readonly act: 'end'; readonly outcome: 'not-graduated' | 'stopped' | 'left' | 'replaced'; readonly reason: string };

/** What people do with plans: derives day numbers and deadlines, then decides. */
export interface CoachingDesk {
  start(input: StartPlanInput, context: CommandContext): Promise<CommandResult & { readonly planId: string }>;
  act(planId: string, act: PlanAct, context: CommandContext): Promise<CommandResult>;
}

export function createCoachingDesk(parts: CoachingParts): CoachingDesk {
  const { runner, organisation } = parts;
  return {
    async start(input, context) {
      const planId = derivedUuid('plan', context.requestKey);
      const site = await siteOfPerson(organisation, input.subject, context.now);
      const command = await startCommand(organisation, { ...input, planId, site }, context.now);
      return { ...(await runner.run(planDecider, planId, command, { ...context, intent: { ...input } })), planId };
    },
    async act(planId, act, context) {
      const { state } = await runner.load(planDecider, planId);
      if (state.stage === 'none') throw new Rejection('coaching.unknown-plan');
      const command = await commandOf(organisation, state, act, context);
      return runner.run(planDecider, planId, command, { ...context, intent: act });
    },
  };
}

async function siteOfPerson(organisation: OrganisationReader, subject: SubjectId, now: Instant) {
  const person = await organisation.person(subject, dayAt(now, COMPANY_ZONE));
  if (!person) throw new Rejection('coaching.unknown-person');
  return siteOf(organisation, person.site);
}

async function commandOf(
  organisation: OrganisationReader,
  plan: Plan,
  act: PlanAct,
  { now, requestKey }: CommandContext,
): Promise<CoachingCommand> {
  const clock = { ...plan, zone: plan.calendar.zone };
  const today = planDay(clock, plan.pausedDays, plan.pause?.at ?? now);
  switch (act.act) {
    case 'change-coach':
      return { type: 'ChangeCoach', data: { coach: act.coach } };
    case 'log-evidence': {
      const { act: _, ...evidence } = act;
      return { type: 'LogEvidence', data: { ...evidence, evidenceId: derivedUuid('evidence', requestKey), files: [] } };
    }
    case 'accept-evidence':
      return { type: 'AcceptEvidence', data: { evidenceId: act.evidenceId } };
    case 'judge-gate':
      return { type: 'JudgeGate', data: { today, stage: act.stage, passed: act.passed, note: act.note } };
    case 'pause':
      return { type: 'PausePlan', data: { cause: act.cause, reason: act.reason, day: today } };
    case 'resume': {
      const pausedDays = plan.pause ? pausedDaysOf(clock, plan.pause.at, now) : 0;
      const shift = plan.pausedDays + pausedDays + plan.extensionDays;
      return {
        type: 'ResumePlan',
        data: { pausedDays, gates: gateTimes(plan.stages, clock, shift, await planCalendar(organisation, plan.calendar.region)) },
      };
    }
    case 'extend': {
      const calendar = await planCalendar(organisation, plan.calendar.region);
      const gates = gateTimes(plan.stages, clock, plan.pausedDays + act.days, calendar);
      return { type: 'ExtendPlan', data: { days: act.days, reason: act.reason, gates } };
    }
    case 'assess':
      return { type: 'RecordAssessment', data: { day: act.day, today, values: act.values } };
    case 'log-day': {
      const { act: _, date = dayAt(now, plan.calendar.zone), ...counts } = act;
      return { type: 'RecordDailyLog', data: { ...counts, date, day: today } };
    }
    case 'review-week':
      return { type: 'RecordWeeklyReview', data: { week: act.week, talk: act.talk, actions: act.actions } };
    case 'end':
      return { type: 'EndPlan', data: { outcome: act.outcome, reason: act.reason } };
  }
}
