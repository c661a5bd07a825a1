import { type CloseCause, type CyclePhase, type CycleStepName, type RecordedCycle, type RecordedPhase, WORKFLOW_LIMITS } from './contracts';
import type { Action, Next } from './follow-record';

export type CycleAction = Action &
  (
    | { readonly kind: 'sweep'; readonly phase: CyclePhase; readonly step: CycleStepName; readonly round: number }
    | { readonly kind: 'open-phase'; readonly phase: CyclePhase }
    | { readonly kind: 'close-phase'; readonly phase: CyclePhase; readonly cause: CloseCause }
    | { readonly kind: 'publish' }
    | { readonly kind: 'start-payout' }
    | { readonly kind: 'close-cycle' }
  );

/** A place is known when everyone has a score; a cycle without places does not pay for them. */
const PUBLISHING = { ranked: ['score', 'rank', 'publish'], alone: ['publish'] } as const;

type NextOfCycle = Next<CycleAction>;

/** From publication on these run side by side; everything else is one after another in the order of the plan. */
const AFTER_PUBLICATION: ReadonlySet<CyclePhase> = new Set(['confirmation', 'appeals', 'payout']);

/** The next thing that a cycle owes, from what is recorded alone. */
export function nextCycleStep(cycle: RecordedCycle, nowMs: number): NextOfCycle {
  const first = cycle.phases[0];
  if (cycle.status === 'closed' || first === undefined) return { kind: 'end' };
  if (cycle.status === 'cancelled') return isSwept(cycle, first.phase, 'cancel') ? { kind: 'end' } : sweep(first.phase, 'cancel');
  if (cycle.status === 'paused') return waitFor(undefined);
  if (!isSwept(cycle, first.phase, 'open')) return sweep(first.phase, 'open');
  return nextInSequence(cycle, nowMs) ?? nextSideBySide(cycle, nowMs) ?? settle(cycle, nowMs);
}

function nextInSequence(cycle: RecordedCycle, nowMs: number): NextOfCycle | undefined {
  let previous: RecordedPhase | undefined;
  for (const phase of cycle.phases) {
    if (AFTER_PUBLICATION.has(phase.phase)) continue;
    const next =
      phase.phase === 'publication' ? nextOfPublication(cycle, phase, previous, nowMs) : nextOfReview(cycle, phase, previous, nowMs);
    if (next !== undefined) return next;
    previous = phase;
  }
  return undefined;
}

function nextOfReview(
  cycle: RecordedCycle,
  phase: RecordedPhase,
  previous: RecordedPhase | undefined,
  nowMs: number,
): NextOfCycle | undefined {
  if (!phase.opened) {
    const early = previous?.closed === 'all-done' || previous?.closed === 'advanced';
    return early ? open(phase) : openWhenDue(phase, nowMs);
  }
  return nextOfWindow(cycle, phase, nowMs);
}

/** An open window with reminders until all are done or it is over; then everyone who is left is closed before the phase is. */
function nextOfWindow(cycle: RecordedCycle, phase: RecordedPhase, nowMs: number): NextOfCycle | undefined {
  const closesAt = Date.parse(phase.closesAt);
  const over = phase.closed !== null || phase.completed || nowMs >= closesAt;
  if (over) {
    // Also when it was closed by hand: those who are left are still to be closed.
    if (!isSwept(cycle, phase.phase, 'close')) return sweep(phase.phase, 'close');
    return phase.closed === null ? close(phase, phase.completed ? 'all-done' : 'deadline') : undefined;
  }
  const due = phase.remindAt.filter((at) => Date.parse(at) <= nowMs).length;
  // A cycle taken up late reminds once, for the latest of those that are due.
  if (due > 0 && !hasReminded(cycle, phase, due)) return sweep(phase.phase, 'remind', due);
  const nextReminder = phase.remindAt.map((at) => Date.parse(at)).find((at) => at > nowMs);
  return waitFor(Math.min(nextReminder ?? closesAt, closesAt));
}

/** Results come out on the planned day even if the reviews were done early, unless a person advanced the phase before. */
function nextOfPublication(
  cycle: RecordedCycle,
  phase: RecordedPhase,
  previous: RecordedPhase | undefined,
  nowMs: number,
): NextOfCycle | undefined {
  if (cycle.published) return phase.opened && phase.closed === null ? close(phase, 'advanced') : undefined;
  if (!phase.opened) return previous?.closed === 'advanced' ? open(phase) : openWhenDue(phase, nowMs);
  for (const step of PUBLISHING[cycle.ranked ? 'ranked' : 'alone']) if (!isSwept(cycle, phase.phase, step)) return sweep(phase.phase, step);
  return { kind: 'do', action: { kind: 'publish', key: 'publication/publish' } };
}

/** Something to do in any of the windows comes first, else the earliest instant that one of them waits for. */
function nextSideBySide(cycle: RecordedCycle, nowMs: number): NextOfCycle | undefined {
  const waits: (number | undefined)[] = [];
  for (const phase of cycle.phases) {
    if (!AFTER_PUBLICATION.has(phase.phase)) continue;
    const next = nextAfterPublication(cycle, phase, nowMs);
    if (next === undefined) continue;
    if (next.kind !== 'wait') return next;
    waits.push(next.untilMs);
  }
  if (waits.length === 0) return undefined;
  return waitFor(Math.min(...waits.map((until) => until ?? Number.POSITIVE_INFINITY)));
}

function nextAfterPublication(cycle: RecordedCycle, phase: RecordedPhase, nowMs: number): NextOfCycle | undefined {
  if (phase.phase === 'payout') return nextOfPayout(cycle, phase, nowMs);
  if (!phase.opened) return open(phase);
  if (phase.phase === 'confirmation') return nextOfWindow(cycle, phase, nowMs);
  if (phase.closed !== null) return undefined;
  const closesAt = Date.parse(phase.closesAt);
  return nowMs >= closesAt ? close(phase, 'deadline') : waitFor(closesAt);
}

/** The batch has a workflow of its own; the phase is over when the batch is started and its window has passed or all is paid. */
function nextOfPayout(cycle: RecordedCycle, phase: RecordedPhase, nowMs: number): NextOfCycle | undefined {
  if (!phase.opened) return openWhenDue(phase, nowMs);
  if (!cycle.payoutStarted) return { kind: 'do', action: { kind: 'start-payout', key: 'payout/start' } };
  if (phase.closed !== null) return undefined;
  const closesAt = Date.parse(phase.closesAt);
  if (phase.completed) return close(phase, 'all-done');
  return nowMs >= closesAt ? close(phase, 'deadline') : waitFor(closesAt);
}

/** A cycle closes when nothing is held or unpaid and no appeal is open; told by signals, and looked at now and then. */
function settle(cycle: RecordedCycle, nowMs: number): NextOfCycle {
  const { unsettled } = cycle;
  if (unsettled === null || unsettled.openAppeals > 0 || unsettled.heldLines > 0 || unsettled.unpaidBatches > 0) {
    return waitFor(nowMs + Math.min(cycle.dayLengthMs ?? WORKFLOW_LIMITS.settleRecheckMs, WORKFLOW_LIMITS.settleRecheckMs));
  }
  const last = cycle.phases.at(-1);
  if (last !== undefined && !isSwept(cycle, last.phase, 'finalise')) return sweep(last.phase, 'finalise');
  return { kind: 'do', action: { kind: 'close-cycle', key: 'close' } };
}

function isSwept(cycle: RecordedCycle, phase: CyclePhase, step: CycleStepName): boolean {
  return cycle.sweeps.some((done) => done.phase === phase && done.step === step);
}

function hasReminded(cycle: RecordedCycle, phase: RecordedPhase, round: number): boolean {
  return cycle.sweeps.some((done) => done.phase === phase.phase && done.step === 'remind' && done.round >= round);
}

function sweep(phase: CyclePhase, step: CycleStepName, round = 0): NextOfCycle {
  return { kind: 'do', action: { kind: 'sweep', key: `${phase}/${step}/${round}`, phase, step, round } };
}

function open({ phase }: RecordedPhase): NextOfCycle {
  return { kind: 'do', action: { kind: 'open-phase', key: `${phase}/open-phase`, phase } };
}

function openWhenDue(phase: RecordedPhase, nowMs: number): NextOfCycle {
  const opensAt = Date.parse(phase.opensAt);
  return nowMs >= opensAt ? open(phase) : waitFor(opensAt);
}

function close({ phase }: RecordedPhase, cause: CloseCause): NextOfCycle {
  return { kind: 'do', action: { kind: 'close-phase', key: `${phase}/close-phase/${cause}`, phase, cause } };
}

function waitFor(untilMs: number | undefined): NextOfCycle {
  return { kind: 'wait', untilMs };
}

/** The phases that are open, or what else the cycle is at. */
export function phaseShown(cycle: RecordedCycle): string {
  if (cycle.status !== 'running') return cycle.status;
  const open = cycle.phases.filter((phase) => phase.opened && phase.closed === null).map(({ phase }) => phase);
  if (open.length > 0) return open.join('+');
  return cycle.phases.every(({ closed }) => closed !== null) ? 'settling' : 'between-phases';
}
