import { actorId, type Instant, instantPlusMs, type Period, type SubjectId } from '#kernel';
import type { AppraisalView } from '#libs/appraisal/contracts';
import { addDays, dayAt, daysIn } from '#libs/calendar';
import { cycleDecider, type PhaseInCycle } from '#libs/cycle';
import type { Phase, SweepStep } from '#libs/cycle/contracts';
import { DEMO_SCHEME, STAFF } from './company';
import { at, DEMO_ZONE } from './demo-dates';
import type { DemoWorld } from './demo-world';
import { draw, managerComment, managerRatings, selfComment, selfRatings } from './opinions';

/** Acts that the workflow of a cycle does when it is there. */
export const WORKFLOW = actorId('system:cycle-workflow');
const AT_ONCE = 8;
const HOUR_MS = 3_600_000;

/** One month's cycle on its way through the history. */
export interface Month {
  readonly world: DemoWorld;
  readonly cycleId: string;
  readonly period: Period;
  /** 0 is the oldest month of the demo. */
  readonly number: number;
}

export async function startMonth(world: DemoWorld, period: Period, number: number, now: Instant): Promise<Month> {
  world.setNow(now);
  const input = {
    name: `${period} 月度销售绩效 · monthly sales appraisal`,
    period,
    schemeId: DEMO_SCHEME,
    scope: { roles: ['rep'] },
    setAside: [],
    calendarRegion: 'CN' as const,
    zone: DEMO_ZONE,
  };
  const { cycleId } = await world.features.services.cycleStart.start(input, world.as(world.person(STAFF.hr), `cycle/${period}`));
  await world.settled();
  return { world, cycleId, period, number };
}

export function key({ period }: Month, ...rest: readonly string[]): string {
  return ['cycle', period, ...rest].join('/');
}

export async function phaseOf({ world, cycleId }: Month, phase: Phase): Promise<PhaseInCycle> {
  const { state } = await world.core.runner.load(cycleDecider, cycleId);
  const found = state.status === 'none' ? undefined : state.phases.find((candidate) => candidate.phase === phase);
  if (!found) throw new Error(`the demo's cycle has no phase ${phase}`);
  return found;
}

export async function isClosed({ world, cycleId }: Month): Promise<boolean> {
  return (await world.core.runner.load(cycleDecider, cycleId)).state.status === 'closed';
}

export async function openPhase(month: Month, phase: Phase, now: Instant): Promise<void> {
  const { world, cycleId } = month;
  world.setNow(now);
  await world.features.services.cyclePhases.open(cycleId, phase, world.as(WORKFLOW, key(month, phase, 'open-phase')));
  await world.settled();
}

/** By HR where it was neither done nor due. */
export async function closePhase(month: Month, phase: Phase, now: Instant): Promise<void> {
  const { world, cycleId } = month;
  world.setNow(now);
  await world.settled();
  const { state, closesAt } = await phaseOf(month, phase);
  if (state === 'closed') return;
  const cause = state === 'complete' ? 'all-done' : now >= closesAt ? 'deadline' : 'advanced';
  const actor = cause === 'advanced' ? world.person(STAFF.hr) : WORKFLOW;
  await world.core.runner.run(
    cycleDecider,
    cycleId,
    { type: 'CloseCyclePhase', data: { phase, cause } },
    world.as(actor, key(month, phase, 'close-phase')),
  );
}

/** The company is one cohort. Its counts follow from what was there at the time, so a repeat is known by its purpose. */
export async function sweep(month: Month, phase: Phase, step: SweepStep, now: Instant): Promise<void> {
  const { world, cycleId } = month;
  world.setNow(now);
  const asOf = await world.settled();
  const { state } = await world.core.runner.load(cycleDecider, cycleId);
  if (state.status !== 'none' && state.sweeps.some((done) => done.phase === phase && done.step === step)) return;
  const request = { cycleId, phase, step, round: 0, cohort: 0, asOf };
  const counts = await world.features.services.sweeps.sweepCohort(request, () => undefined);
  const data = { phase, step, round: 0, ...counts };
  const context = { ...world.as(WORKFLOW, key(month, phase, 'sweep', step)), intent: { phase, step } };
  await world.core.runner.run(cycleDecider, cycleId, { type: 'RecordCycleSweep', data }, context);
  await world.settled();
}

export interface Member {
  readonly appraisal: AppraisalView;
  readonly subject: SubjectId;
  readonly employeeNo: string;
}

/** By employee number. */
export async function membersOf({ world, cycleId }: Month): Promise<readonly Member[]> {
  const { items } = await world.features.readers.appraisals.ofCycle({ cycleId, limit: 500 });
  return items
    .map((appraisal) => ({ appraisal, subject: appraisal.subject, employeeNo: world.numberOf(appraisal.subject) }))
    .sort((one, other) => (one.employeeNo < other.employeeNo ? -1 : 1));
}

/** When people get round to it: days of a phase, each person at an hour of their own. */
export interface Days {
  readonly from: Instant;
  readonly until: Instant;
}

function momentIn({ from, until }: Days, member: Member, what: string): Instant {
  const first = dayAt(from, DEMO_ZONE);
  const last = dayAt(instantPlusMs(until, -1), DEMO_ZONE);
  const day = addDays(first, draw(Math.max(1, daysIn(first, last)), member.employeeNo, what, first));
  const moment = at(day, 9.5 + draw(80, member.employeeNo, what, day) / 10);
  if (moment <= from) return instantPlusMs(from, HOUR_MS / 4);
  return moment < until ? moment : instantPlusMs(until, -HOUR_MS / 4);
}

/** A few at a time: what people do at the same hour. */
async function each(members: readonly Member[], act: (member: Member) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < members.length; from += AT_ONCE) await Promise.all(members.slice(from, from + AT_ONCE).map(act));
}

export async function selfReviews(month: Month, days: Days, isSilent: (member: Member) => boolean): Promise<void> {
  const { world, number } = month;
  const speaking = (await membersOf(month)).filter((member) => !isSilent(member));
  await each(speaking, (member) => {
    const { employeeNo, subject, appraisal } = member;
    const comment = selfComment(employeeNo, number);
    const input = { ratings: selfRatings(employeeNo, number), ...(comment === undefined ? {} : { comment }) };
    const context = world.as(subject, key(month, 'self-review', employeeNo), momentIn(days, member, 'self'));
    return world.features.services.acts.submitSelfReview(appraisal.appraisalId, input, context);
  });
}

/** After a transfer inside the month each of the managers rates the days that were theirs. */
export async function managerScores(month: Month, days: Days): Promise<void> {
  const { world, number } = month;
  await each(await membersOf(month), async (member) => {
    const { employeeNo, appraisal } = member;
    const comment = managerComment(employeeNo, number);
    const input = { ratings: managerRatings(employeeNo, number), ...(comment === undefined ? {} : { comment }) };
    for (const { step, part, reviewer } of appraisal.steps) {
      if (step !== 'manager-review') continue;
      const name = part === null ? [] : [String(part)];
      const by = reviewer ?? managerOf(member);
      const context = world.as(by, key(month, 'manager-review', employeeNo, ...name), momentIn(days, member, 'manager'));
      await world.features.services.acts.submitManagerScore(
        appraisal.appraisalId,
        { ...input, ...(part === null ? {} : { part }) },
        context,
      );
    }
  });
}

export async function secondReviews(month: Month, days: Days): Promise<void> {
  const { world } = month;
  await each(await membersOf(month), (member) => {
    const context = world.as(
      world.person(STAFF.generalManager),
      key(month, 'second-review', member.employeeNo),
      momentIn(days, member, 'second'),
    );
    return world.features.services.acts.approveSecondReview(member.appraisal.appraisalId, {}, context);
  });
}

/** Two of three confirm; the others are silent, and `objecting` says why not and is answered. */
export async function confirmations(month: Month, days: Days, objecting?: string): Promise<void> {
  const { world, number } = month;
  const { acts } = world.features.services;
  await each(await membersOf(month), async (member) => {
    const { employeeNo, subject, appraisal } = member;
    const now = momentIn(days, member, 'confirm');
    const context = world.as(subject, key(month, 'confirmation', employeeNo), now);
    if (employeeNo === objecting) {
      await acts.object(appraisal.appraisalId, { reason: '一笔回款已在月底到账，未计入本月。' }, context);
      const answering = world.as(managerOf(member), key(month, 'answer', employeeNo), instantPlusMs(now, HOUR_MS * 3));
      await acts.answerObjection(appraisal.appraisalId, { answer: '已与财务核对，该笔款项于次月 2 日到账，计入下月。' }, answering);
    } else if (draw(3, employeeNo, number, 'confirms') > 0) await acts.confirm(appraisal.appraisalId, context);
  });
}

function managerOf({ appraisal }: Member): SubjectId {
  if (appraisal.manager === null) throw new Error('a member of a cycle has a manager');
  return appraisal.manager;
}
