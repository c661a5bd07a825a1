import type { Period } from '#kernel';
import { cycleDecider } from '#libs/cycle';
import type { Phase, StartCycleInput, SweepCohort, SweepResult } from '#libs/cycle/contracts';
import type { AppraisalView, GivenRatings } from './contracts';
import { type CycleWorld, GENERAL_MANAGER, HR, MANAGER } from './cycle.test-kit';

/** What the workflow does: sweep every cohort, record the counts. */
export async function sweep(world: CycleWorld, cycleId: string, phase: Phase, step: SweepCohort['step']): Promise<SweepResult> {
  const asOf = await world.settled();
  const result = await world.sweeps.sweepCohort({ cycleId, phase, step, round: 0, cohort: 0, asOf }, () => undefined);
  const data = { phase, step, round: 0, ...result, ...(step === 'rank' ? { asOf } : {}) };
  await world.runner.run(cycleDecider, cycleId, { type: 'RecordCycleSweep', data }, world.as(HR));
  await world.settled();
  return result;
}

export async function advance(world: CycleWorld, cycleId: string, phase: Phase): Promise<void> {
  await world.runner.run(cycleDecider, cycleId, { type: 'CloseCyclePhase', data: { phase, cause: 'advanced' } }, world.as(HR));
}

export function inputFor(schemeId: string, of: Period): StartCycleInput {
  return { name: of, period: of, schemeId, scope: {}, setAside: [], calendarRegion: 'CN', zone: 'Asia/Shanghai' };
}

export type RatingsOf = (appraisal: AppraisalView) => GivenRatings;

/** From the start until the manager's ratings and the second reviews are in and everyone is scored. */
export async function runToScores(world: CycleWorld, schemeId: string, of: Period, ratingsOf: RatingsOf = () => ({})): Promise<string> {
  const { cycleId } = await world.start.start(inputFor(schemeId, of), world.as(HR));
  const asOf = await world.settled();
  const phases = (await world.cycles.cycle(cycleId))?.phases.map(({ phase }) => phase) ?? [];
  const [first] = phases;
  if (first === undefined || asOf === 0) throw new Error('the cycle has no phases');
  await sweep(world, cycleId, first, 'open');
  const { items } = await world.appraisals.ofCycle({ cycleId, limit: 100 });
  for (const phase of phases) {
    if (phase !== 'self-review' && phase !== 'manager-review' && phase !== 'second-review') break;
    await world.phases.open(cycleId, phase, world.as(HR));
    await world.settled();
    for (const appraisal of items) {
      const id = appraisal.appraisalId;
      if (phase === 'manager-review') await world.acts.submitManagerScore(id, { ratings: ratingsOf(appraisal) }, world.as(MANAGER));
      if (phase === 'second-review') await world.acts.approveSecondReview(id, {}, world.as(GENERAL_MANAGER));
    }
    await sweep(world, cycleId, phase, 'close');
    await advance(world, cycleId, phase);
  }
  await world.settled();
  return cycleId;
}

/** As the workflow does it: placed before anything is published, where the scheme ranks people. */
export async function publish(world: CycleWorld, cycleId: string): Promise<SweepResult> {
  await world.phases.open(cycleId, 'publication', world.as(HR));
  await world.settled();
  const cycle = await world.cycles.cycle(cycleId);
  for (const step of cycle?.ranked ? (['score', 'rank'] as const) : []) await sweep(world, cycleId, 'publication', step);
  const published = await sweep(world, cycleId, 'publication', 'publish');
  await world.phases.publish(cycleId, world.as(HR));
  await world.settled();
  return published;
}
