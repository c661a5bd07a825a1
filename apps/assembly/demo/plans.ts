import { type Instant, instantPlusMs, type SubjectId } from '#kernel';
import { addDays, dayAt, isWorkingDay, OFFICIAL_CALENDAR_CN } from '#libs/calendar';
import { type Plan, type PlanAct, planDecider } from '#libs/coaching';
import type { Assessment, Requirement, Stage } from '#libs/coaching/contracts';
import { at, DEMO_ZONE, type DemoDates } from './demo-dates';
import type { DemoWorld } from './demo-world';
import { draw } from './opinions';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LOG_DAYS = 14;

/** Whose results start a plan, and how many gates each passes before something is missing. */
export const PLANS: readonly { readonly employeeNo: string; readonly passes: number }[] = [
  { employeeNo: 'R111', passes: 7 },
  { employeeNo: 'R115', passes: 2 },
  { employeeNo: 'R322', passes: 7 },
];

/** One person's plan until the first start. */
interface Course {
  readonly world: DemoWorld;
  readonly plan: Plan;
  readonly employeeNo: string;
  readonly end: Instant;
}

interface Act {
  readonly actor: SubjectId;
  /** Its place in the request key. */
  readonly purpose: string;
  readonly now: Instant;
  readonly said: PlanAct | ((plan: Plan) => PlanAct);
}

/** What happened in the plans that the published results started: gates passed, one that was not, assessments, daily logs. */
export async function followPlans(world: DemoWorld, dates: DemoDates): Promise<void> {
  for (const { employeeNo, passes } of PLANS) {
    const [planId] = await world.features.readers.plans.livePlansOf(world.person(employeeNo));
    if (planId === undefined) throw new Error(`nothing started a plan for ${employeeNo}`);
    const course = { world, plan: await load(world, planId), employeeNo, end: at(dates.startDay, 0) };
    const acts = [...assessments(course), ...stages(course, passes), ...days(course), ...weeks(course)];
    for (const act of acts.filter(({ now }) => now < course.end).sort((one, other) => (one.now < other.now ? -1 : 1)))
      await perform(course, act);
  }
  await world.settled();
}

async function load({ core }: DemoWorld, planId: string): Promise<Plan> {
  const { state } = await core.runner.load(planDecider, planId);
  if (state.stage === 'none') throw new Error('a plan that is listed exists');
  return state;
}

async function perform({ world, plan: { planId }, employeeNo }: Course, { actor, purpose, now, said }: Act): Promise<void> {
  const act = typeof said === 'function' ? said(await load(world, planId)) : said;
  await world.features.services.coachingDesk.act(planId, act, world.as(actor, `plan/${employeeNo}/${purpose}`, now));
}

/** Each gate on the afternoon before it is due, until one that is not due yet or that fails. */
function stages(course: Course, passes: number): readonly Act[] {
  const { plan, end, world } = course;
  const acts: Act[] = [];
  for (const [index, stage] of plan.stages.entries()) {
    const gate = plan.gates.find((candidate) => candidate.stage === stage.stage);
    const judgedAt = gate && instantPlusMs(gate.dueAt, -9 * HOUR_MS);
    if (judgedAt === undefined || judgedAt >= end) return [...acts, ...begun(course, stage)];
    const judge = { act: 'judge-gate' as const, stage: stage.stage };
    if (index >= passes) {
      const note = world.core.privacy.make(plan.subject, '证据不齐，补齐后再评。');
      const failed = { ...judge, passed: false, note };
      return [...acts, ...begun(course, stage), { actor: plan.coach, purpose: `gate/${stage.stage}/failed`, now: judgedAt, said: failed }];
    }
    for (const requirement of stage.requirements)
      for (let number = 1; number <= requirement.count; number += 1)
        acts.push(
          ...evidence(course, stage, requirement, { number, now: instantPlusMs(judgedAt, (number - requirement.count - 1) * DAY_MS) }),
        );
    acts.push({ actor: plan.coach, purpose: `gate/${stage.stage}/passed`, now: judgedAt, said: { ...judge, passed: true } });
  }
  return acts;
}

function begun(course: Course, stage: Stage): readonly Act[] {
  const [requirement] = stage.requirements;
  const now = instantPlusMs(course.end, -30 * HOUR_MS);
  return requirement ? evidence(course, stage, requirement, { number: 1, now }) : [];
}

/** Logged by the person and, where the gate asks for it, accepted by the coach. */
function evidence(
  { plan }: Course,
  { stage }: Stage,
  requirement: Requirement,
  { number, now }: { readonly number: number; readonly now: Instant },
): readonly Act[] {
  const { key, byCoach } = requirement;
  const purpose = `evidence/${stage}/${key}/${number}`;
  const logged: Act = {
    actor: plan.subject,
    purpose,
    now,
    said: { act: 'log-evidence', stage, requirement: key, ...valueFor(requirement) },
  };
  if (!byCoach) return [logged];
  const said = ({ evidence: known }: Plan): PlanAct => {
    const item = known.filter((one) => one.stage === stage && one.requirement === key)[number - 1];
    if (!item) throw new Error('evidence is logged before it is accepted');
    return { act: 'accept-evidence', evidenceId: item.evidenceId };
  };
  return [logged, { actor: plan.coach, purpose: `${purpose}/accepted`, now: instantPlusMs(now, 2 * HOUR_MS), said }];
}

function valueFor({ measure, atLeast, atMost }: Requirement): Partial<Extract<PlanAct, { act: 'log-evidence' }>> {
  if (measure === 'done') return {};
  if (measure !== 'decomposition') return { value: atLeast ?? atMost ?? '1' };
  const parts = [
    { label: '老客户', value: '62000.00' },
    { label: '新客户', value: '38000.00' },
  ];
  return { decomposition: { target: '100000.00', parts } };
}

function assessments(course: Course): readonly Act[] {
  const { plan } = course;
  return [1, 50].flatMap((day): readonly Act[] => {
    const now = instantPlusMs(plan.startedAt, (day - 1) * DAY_MS + 8 * HOUR_MS);
    return [
      { actor: plan.subject, purpose: `assess/${day}/self`, now, said: { act: 'assess', day, values: levels(course, day, 'self') } },
      {
        actor: plan.coach,
        purpose: `assess/${day}/coach`,
        now: instantPlusMs(now, HOUR_MS),
        said: { act: 'assess', day, values: levels(course, day, 'coach') },
      },
    ];
  });
}

/** Six dimensions, better later than earlier. */
function levels({ employeeNo }: Course, day: number, rater: string): Assessment {
  const level = (dimension: string): number => 2 + (day > 1 ? 1 : 0) + draw(2, employeeNo, day, rater, dimension);
  return {
    body: level('body'),
    mind: level('mind'),
    thinking: level('thinking'),
    knowledge: level('knowledge'),
    skill: level('skill'),
    action: level('action'),
  };
}

/** The last two weeks, on working days. */
function days({ plan, end, employeeNo }: Course): readonly Act[] {
  const last = addDays(dayAt(end, DEMO_ZONE), -1);
  return Array.from({ length: LOG_DAYS }, (_, back) => addDays(last, -back))
    .filter((date) => date >= plan.startDay && isWorkingDay(date, OFFICIAL_CALENDAR_CN))
    .map((date): Act => {
      const count = (what: string, below: number): number => draw(below, employeeNo, date, what);
      const counts = {
        visits: 1 + count('visits', 4),
        calls: 4 + count('calls', 9),
        prospects: count('prospects', 4),
        quotes: count('quotes', 3),
        followUps: 1 + count('follow-ups', 4),
      };
      return { actor: plan.subject, purpose: `day/${date}`, now: at(date, 18), said: { act: 'log-day', date, ...counts } };
    });
}

function weeks({ world, plan }: Course): readonly Act[] {
  const { privacy } = world.core;
  return [1, 2, 3].map((week): Act => {
    const talk = privacy.make(plan.subject, '本周拜访量达标，报价后跟进需要更快。');
    const actions = [{ what: privacy.make(plan.subject, '约访三家停滞客户') }];
    const now = instantPlusMs(plan.startedAt, week * 7 * DAY_MS);
    return { actor: plan.coach, purpose: `week/${week}`, now, said: { act: 'review-week', week, talk, actions } };
  });
}
