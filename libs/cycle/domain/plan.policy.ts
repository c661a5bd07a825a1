import { type Instant, instantPlusMs } from '#kernel';
import type { PhasePlan } from '../contracts';
import type { Cycle, PhaseInCycle } from './cycle.state';

/** The plan alone, as events carry it. */
export function planOf(phase: PhaseInCycle): PhasePlan {
  const { state: _state, openedAt: _openedAt, closed: _closed, ...plan } = phase;
  return plan;
}

/**
 * After a pause every deadline that was still ahead moves by the time paused: of open phases the end and the reminders
 * still to come, of planned phases the beginning too. A deadline that had already passed when the pause began stays.
 * Working days aren't looked at again: the time that was there before the pause is there after it, to the millisecond.
 */
export function plansAfterPause(cycle: Cycle, pausedAt: Instant, resumedAt: Instant): readonly PhasePlan[] {
  const ms = Date.parse(resumedAt) - Date.parse(pausedAt);
  if (ms <= 0) return [];
  return cycle.phases
    .filter((phase) => phase.state !== 'closed' && phase.closesAt > pausedAt)
    .map((phase) => moved(phase, ms, phase.state === 'planned' ? undefined : pausedAt));
}

/**
 * Later phases move only where they must: when the next planned phase would begin before the extended one ends, all
 * later planned phases move by the time gained, so that none loses a part of its window.
 */
export function plansAfterExtension(cycle: Cycle, extended: PhaseInCycle, closesAt: Instant): readonly PhasePlan[] {
  const later = cycle.phases.slice(cycle.phases.indexOf(extended) + 1).filter((phase) => phase.state === 'planned');
  const next = later[0];
  if (!next || next.opensAt >= closesAt) return [];
  const ms = Date.parse(closesAt) - Date.parse(extended.closesAt);
  return later.map((phase) => moved(phase, ms, undefined));
}

/** `openSince`: set for a phase that is open; then its beginning and what was already sent stay. */
function moved(phase: PhaseInCycle, ms: number, openSince: Instant | undefined): PhasePlan {
  const plan = planOf(phase);
  return {
    ...plan,
    opensAt: openSince === undefined ? instantPlusMs(plan.opensAt, ms) : plan.opensAt,
    closesAt: instantPlusMs(plan.closesAt, ms),
    remindAt: plan.remindAt.map((at) => (openSince !== undefined && at <= openSince ? at : instantPlusMs(at, ms))),
  };
}
