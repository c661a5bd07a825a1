import { type DecisionContext, Rejection, type SubjectId } from '#kernel';
import { type CycleEvent, MOST_REMINDED, type RemindPeople } from '../contracts';
import type { Cycle, RecentReminder } from './cycle.state';

/** Reminders of one phase within a working day: with 500 people each, more than that is no reminder any more. */
const MOST_WITHIN_A_DAY = 40;

/**
 * Nobody is reminded of one phase twice within a working day, whoever presses the button. Thrown: Rejection `cycle.not-running`,
 * `cycle.phase-not-open`, `cycle.nobody-to-remind`, `cycle.too-many-to-remind`, `cycle.reminded-already`.
 */
export function remindPeople({ data }: RemindPeople, cycle: Cycle, { now, actor }: DecisionContext): readonly CycleEvent[] {
  const { phase, againFrom } = data;
  const planned = cycle.phases.find((candidate) => candidate.phase === phase);
  if (!planned) throw new Rejection('cycle.phase-not-planned', { phase });
  const subjects = [...new Set(data.subjects)];
  const earlier = (cycle.reminders ?? []).filter((reminder) => reminder.phase === phase);
  const last = earlier.at(-1);
  if (last?.remindedAt === now && isSame(last, subjects)) return [];
  if (cycle.status !== 'running') throw new Rejection('cycle.not-running', { status: cycle.status });
  if (planned.state !== 'open') throw new Rejection('cycle.phase-not-open', { phase, state: planned.state });
  if (subjects.length === 0) throw new Rejection('cycle.nobody-to-remind', { phase });
  if (subjects.length > MOST_REMINDED) throw new Rejection('cycle.too-many-to-remind', { most: MOST_REMINDED });
  const holding = earlier.filter((reminder) => reminder.againFrom > now);
  const held = new Set(holding.flatMap((reminder) => reminder.subjects));
  const people = subjects.filter((subject) => held.has(subject)).length;
  if (people > 0 || holding.length >= MOST_WITHIN_A_DAY) throw new Rejection('cycle.reminded-already', { phase, people });
  const round = (last?.round ?? 0) + 1;
  return [
    {
      type: 'CyclePeopleReminded',
      data: { cycleId: cycle.cycleId, phase, round, subjects, againFrom, by: actor, remindedAt: now },
    },
  ];
}

function isSame({ subjects }: RecentReminder, others: readonly SubjectId[]): boolean {
  return subjects.length === others.length && subjects.every((subject, place) => subject === others[place]);
}
