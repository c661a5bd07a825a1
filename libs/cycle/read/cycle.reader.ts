import { instant, period, type SubjectId, subjectId } from '#kernel';
import { asOfTable, type ReadDb } from '#libs/projections';
import { type CyclePage, type CycleProgress, type CycleReader, type CycleReminder, type CycleView, type Phase, PHASES } from '../contracts';
import type { PhaseInCycle } from '../domain/cycle.state';
import { cycleProgressProjection, type CycleProgressRow } from './cycle-progress.projection';
import { cycleReminderProjection, type CycleReminderRow } from './cycle-reminder.projection';
import { cycleProjection, type CycleRow } from './cycle.projection';

export const CYCLE_READ_LIMITS = { page: 100, remindersOf: 1_000, byIds: 1_000 } as const;

export function createCycleReader(read: ReadDb): CycleReader {
  return {
    async cycle(cycleId, asOf) {
      const row = await read.one<CycleRow>(`SELECT * FROM ${asOfTable(cycleProjection, asOf)} c WHERE cycle_id = $1`, [cycleId]);
      return row && viewOf(row);
    },
    async byIds(cycleIds) {
      const wanted = [...new Set(cycleIds)].slice(0, CYCLE_READ_LIMITS.byIds);
      if (wanted.length === 0) return new Map();
      const rows = await read.query<CycleRow>(`SELECT * FROM ${asOfTable(cycleProjection)} c WHERE cycle_id = ANY($1)`, [wanted]);
      return new Map(rows.map((row) => [row.cycle_id, viewOf(row)]));
    },
    async cycles({ status, period: of, after, limit }): Promise<CyclePage> {
      const size = Math.min(Math.max(limit, 1), CYCLE_READ_LIMITS.page);
      const rows = await read.query<CycleRow>(
        `SELECT * FROM ${asOfTable(cycleProjection)} c
         WHERE ($1::text IS NULL OR status = $1) AND ($2::text IS NULL OR period = $2) AND ($3::text IS NULL OR cycle_id > $3)
         ORDER BY cycle_id LIMIT $4`,
        [status ?? null, of ?? null, after ?? null, size + 1],
      );
      const items = rows.slice(0, size).map(viewOf);
      const last = items.at(-1);
      return rows.length > size && last ? { items, next: last.cycleId } : { items };
    },
    async ofPeriods(periods) {
      const rows = await read.query<Pick<CycleRow, 'cycle_id' | 'period'> & { readonly scheme: CycleView['scheme'] }>(
        `SELECT cycle_id, period, state->'terms'->'scheme' AS scheme FROM ${asOfTable(cycleProjection)} c
         WHERE period = ANY($1) AND status <> 'cancelled' ORDER BY cycle_id`,
        [periods],
      );
      return rows.map(({ cycle_id: cycleId, period: of, scheme }) => ({ cycleId, period: period(of), scheme }));
    },
    async progress(cycleId) {
      const rows = await read.query<CycleProgressRow>(`SELECT * FROM ${asOfTable(cycleProgressProjection)} p WHERE cycle_id = $1`, [
        cycleId,
      ]);
      return rows.map(progressOf).sort((a, b) => PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase));
    },
    reminders: (cycleIds, subjects) => remindersOf(read, cycleIds, subjects),
  };
}

async function remindersOf(read: ReadDb, cycleIds: readonly string[], subjects: readonly SubjectId[]): Promise<readonly CycleReminder[]> {
  if (cycleIds.length === 0 || subjects.length === 0) return [];
  const rows = await read.query<CycleReminderRow>(
    `SELECT * FROM ${asOfTable(cycleReminderProjection)} r WHERE cycle_id = ANY($1) AND subject = ANY($2)`,
    [cycleIds.slice(0, CYCLE_READ_LIMITS.remindersOf), subjects.slice(0, CYCLE_READ_LIMITS.remindersOf)],
  );
  return rows.map(({ cycle_id, phase, subject, reminded_at, again_from, times }) => ({
    cycleId: cycle_id,
    phase: phaseName(phase),
    subject: subjectId(subject),
    remindedAt: instant(reminded_at),
    againFrom: instant(again_from),
    times,
  }));
}

export function viewOf({ state, position, version }: Pick<CycleRow, 'state' | 'position' | 'version'>): CycleView {
  const { terms } = state;
  return {
    cycleId: state.cycleId,
    name: terms.name,
    period: period(terms.period),
    scheme: terms.scheme,
    scope: terms.scope,
    setAside: terms.setAside,
    status: state.status,
    published: state.published,
    publishedAt: state.publishedAt ?? null,
    startedAt: terms.startedAt,
    membersAt: terms.membersAt,
    members: terms.members,
    excluded: terms.excluded,
    cohorts: terms.cohorts,
    phases: state.phases.map(phaseViewOf),
    calendar: terms.calendar,
    dayLengthMs: terms.dayLengthMs ?? null,
    ranked: terms.ranked ?? false,
    rankedAt: state.sweeps.find(({ step }) => step === 'rank')?.asOf ?? null,
    version,
    position,
  };
}

function phaseViewOf({ closed, openedAt, ...phase }: PhaseInCycle): CycleView['phases'][number] {
  return { ...phase, openedAt: openedAt ?? null, closedAt: closed?.at ?? null };
}

export function progressOf({ cycle_id, phase, members, done, late, skipped }: CycleProgressRow): CycleProgress {
  return { cycleId: cycle_id, phase: phaseName(phase), members, done, late, skipped };
}

function phaseName(text: string): Phase {
  const phase = PHASES.find((name) => name === text);
  if (!phase) throw new RangeError(`not a phase: ${text}`);
  return phase;
}
