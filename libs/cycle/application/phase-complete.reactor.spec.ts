import { actorId, instant } from '#kernel';
import type { RecordedEvent } from '#libs/event-store';
import type { AnyReactor, ReactorContext } from '#libs/projections';
import type { CycleProgressRow } from '../read/cycle-progress.projection';
import { createPhaseCompleteReactor } from './phase-complete.reactor';

const CYCLE = '0190a000-0000-8000-8000-00000000c001';
const AT = instant('2026-11-02T01:00:00.000Z');
const ACTOR = actorId('system:test');

function event(position: number, type: string, data: object, streamId: string): RecordedEvent {
  const metadata = { commandId: 'c', causationId: 'c', correlationId: 'c', actor: ACTOR, occurredAt: AT };
  return {
    epoch: 1,
    position,
    streamId,
    streamVersion: 1,
    eventId: `e${position}#0`,
    schemaVersion: 1,
    recordedAt: AT,
    metadata,
    type,
    data,
  };
}

it('reports a phase of 10 000 people at its last submission, after a handful of queries', async () => {
  const members = 10_000;
  const reactor: AnyReactor = createPhaseCompleteReactor();
  let queries = 0;
  let seen = 0;
  const row = (): CycleProgressRow => ({
    cycle_id: CYCLE,
    phase: 'self-review',
    state: 'open',
    counted: true,
    members,
    done: Math.max(0, seen - 1),
    late: 0,
    skipped: 0,
    position: seen,
  });
  const read = {
    one: () => {
      queries += 1;
      return Promise.resolve(row());
    },
  };
  const context = { read, now: AT, actor: ACTOR } as unknown as ReactorContext;
  const commands: string[] = [];
  for (let position = 1; position <= members + 1; position += 1) {
    seen = position;
    const opened = position === 1;
    const subject = `0190a000-0000-7000-8000-${String(position).padStart(12, '0')}`;
    const next = opened
      ? event(position, 'CyclePhaseOpened', { cycleId: CYCLE, phase: 'self-review' }, `cycle-${CYCLE}`)
      : event(position, 'SelfReviewSubmitted', { late: false }, `appraisal-${CYCLE}.${subject}`);
    const sent = await reactor.on[next.type]?.(next, context);
    for (const { target } of sent ?? []) commands.push(`${position} ${target}`);
  }
  expect(commands).toEqual([`${members + 1} cycle-${CYCLE}`]);
  expect(queries).toBeLessThan(10);
});
