import type { Instant, SubjectId } from '#kernel';
import { dayAt } from '#libs/calendar';
import type { OrganisationReader } from '#libs/organisation/contracts';
import { type Activity, ASSESSMENT_DAYS, type PlanCause, type Stage, type StartCoachingPlan } from '../contracts';
import { DEFAULT_PLAN_TEMPLATE } from '../domain/default-template';
import { gateTimes } from '../domain/plan-clock.policy';
import { planCalendar, type PlanSite } from './plan-calendar';

export interface PlanToStart {
  readonly planId: string;
  readonly subject: SubjectId;
  readonly coach: SubjectId;
  readonly mentor?: SubjectId | undefined;
  readonly cause: PlanCause;
  readonly site: PlanSite;
  readonly stages?: readonly Stage[] | undefined;
  readonly template?: string | undefined;
  readonly assessmentDays?: readonly number[] | undefined;
  readonly activityPerDay?: Activity | undefined;
  readonly dayLengthMs?: number | undefined;
}

/** Starts today, in the person's zone; the gates' deadlines are derived on the calendar named in the event. */
export async function startCommand(organisation: OrganisationReader, plan: PlanToStart, now: Instant): Promise<StartCoachingPlan> {
  const { planId, subject, coach, mentor, cause, dayLengthMs } = plan;
  const { zone } = plan.site;
  const calendar = await planCalendar(organisation, plan.site.region);
  const stages = plan.stages ?? DEFAULT_PLAN_TEMPLATE.stages;
  const startDay = dayAt(now, zone);
  return {
    type: 'StartCoachingPlan',
    data: {
      planId,
      subject,
      coach,
      mentor,
      cause,
      template: plan.template ?? DEFAULT_PLAN_TEMPLATE.template,
      startDay,
      calendar: { region: calendar.region, version: calendar.version, zone },
      stages,
      gates: gateTimes(stages, { startDay, startedAt: now, zone, dayLengthMs }, 0, calendar),
      assessmentDays: plan.assessmentDays ?? ASSESSMENT_DAYS,
      activityPerDay: plan.activityPerDay ?? DEFAULT_PLAN_TEMPLATE.activityPerDay,
      dayLengthMs,
    },
  };
}
