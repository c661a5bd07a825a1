import { type Instant, instant, isInstant, type SubjectId } from '#kernel';
import type { CycleReader, CycleReminder, CycleView, Phase } from '#libs/cycle/contracts';
import { asOfTable, type ReadDb } from '#libs/projections';
import { appraisalIdOf } from '../contracts';
import { ownUntil } from '../domain/own-acts.policy';
import { appraisalProjection, type AppraisalRow, type TodoKind } from './appraisal.projection';
import { raterTaskProjection, type RaterTaskKind } from './rater-task.projection';

export const TODO_LIMITS = { page: 200 } as const;

/** One thing that somebody has to do, and by when. */
export interface Todo {
  readonly kind: TodoKind | RaterTaskKind;
  readonly appraisalId: string;
  readonly cycleId: string;
  readonly cycleName: string;
  readonly period: string;
  /** Whose appraisal it is. */
  readonly subject: SubjectId;
  /** Null when anyone with `role` may. */
  readonly by: SubjectId | null;
  readonly role: string | null;
  /** Whose lines, and of which part of the period, where it is not the manager's own review of the whole. */
  readonly department: string | null;
  readonly part: number | null;
  /** Null where the phase has no end in the plan. */
  readonly dueAt: Instant | null;
  readonly overdue: boolean;
  /** False while the step's phase has not begun: it will come. */
  readonly begun: boolean;
  /** When HR last reminded of it by hand, and from when on it may again; null while it has not. */
  readonly reminded: { readonly at: Instant; readonly againFrom: Instant; readonly times: number } | null;
}

export interface TodoPage {
  readonly items: readonly Todo[];
  /** Hand it back as `after`; absent on the last page. */
  readonly next?: string;
}

type TodoRow = Pick<AppraisalRow, 'cycle_id' | 'subject' | 'period' | 'answer_until' | 'confirm_until' | 'todo_by' | 'todo_role'> & {
  readonly todo: Todo['kind'];
  /** '' for what the appraisal itself waits for; the rater's task otherwise. */
  readonly task: string;
  readonly department: string | null;
  readonly part: number | null;
};

const PHASE_OF: Readonly<Record<Exclude<Todo['kind'], 'answer-objection'>, Phase>> = {
  'self-review': 'self-review',
  'manager-review': 'manager-review',
  'second-review': 'second-review',
  confirm: 'confirmation',
  'department-review': 'manager-review',
  'nominate-peers': 'manager-review',
  'peer-review': 'manager-review',
  'customer-answers': 'manager-review',
};

const OWN = `SELECT cycle_id, subject, '' AS task, period, answer_until, confirm_until, todo, todo_by, todo_role, NULL::text AS department, NULL::int AS part
  FROM ${asOfTable(appraisalProjection)} a`;
/** Beside it: due while the appraisal is open and its task not done. */
const BESIDE = `SELECT t.cycle_id, t.subject, t.task, a.period, NULL::timestamptz AS answer_until, NULL::timestamptz AS confirm_until, t.kind AS todo, t.todo_by, t.todo_role,
    t.department, t.part
  FROM ${asOfTable(raterTaskProjection)} t
  JOIN ${asOfTable(appraisalProjection)} a ON a.cycle_id = t.cycle_id AND a.subject = t.subject
    AND a.status = 'open' AND a.steps->t.place->>'state' = 'open'
  WHERE t.open`;

export interface TodoParts {
  readonly read: ReadDb;
  readonly cycles: Pick<CycleReader, 'byIds' | 'reminders'>;
}

/** What a person must do: named, or by one of their roles; by cycle and subject, at most 200 a page. */
export async function todosOf(
  parts: TodoParts,
  query: {
    readonly person: SubjectId;
    readonly roles: readonly string[];
    readonly now: Instant;
    readonly after?: string;
    readonly limit: number;
  },
): Promise<TodoPage> {
  const size = pageSize(query.limit);
  const rows = await parts.read.query<TodoRow>(
    `SELECT * FROM (
       ${OWN} WHERE todo_by = $4 OR (todo_by IS NULL AND todo_role = ANY($5) AND subject <> $4)
       UNION ALL
       ${BESIDE} AND (t.todo_by = $4 OR (t.todo_by IS NULL AND t.todo_role = ANY($5) AND t.subject <> $4))
     ) todo WHERE ${AFTER_CURSOR} ORDER BY cycle_id, subject, task LIMIT ${size + 1}`,
    [...cursorOf(query.after), query.person, query.roles],
  );
  return todoPage(parts, rows, size, query.now);
}

export type OwedKind = Exclude<TodoKind, 'answer-objection'>;

export interface OwedQuery {
  readonly cycleId: string;
  readonly phase: OwedKind;
  readonly now: Instant;
  readonly after?: string;
  readonly limit: number;
}

/** Who is late in a cycle: what is owed although its deadline is over, or marked so. At most 200 a page. */
export async function lateOf(parts: TodoParts, query: OwedQuery): Promise<TodoPage> {
  const page = await owedOf(parts, query);
  return { ...page, items: page.items.filter(({ overdue }) => overdue) };
}

/** What is owed of a step, late or not; at most 200 a page. */
export async function owedOf(parts: TodoParts, query: OwedQuery): Promise<TodoPage> {
  const size = pageSize(query.limit);
  const rows = await parts.read.query<TodoRow>(
    `SELECT * FROM (
       ${OWN} WHERE cycle_id = $4 AND todo = $5
       UNION ALL
       ${BESIDE} AND t.cycle_id = $4 AND $5 = 'manager-review'
     ) todo WHERE ${AFTER_CURSOR} ORDER BY cycle_id, subject, task LIMIT ${size + 1}`,
    [...cursorOf(query.after), query.cycleId, query.phase],
  );
  return todoPage(parts, rows, size, query.now);
}

const OWED_KINDS: readonly OwedKind[] = ['self-review', 'manager-review', 'second-review', 'confirm'];

/** Of whom a reminder of a phase would be: all who owe it, or those who are late with it; of `subjects` alone where they are named. */
export interface RemindableQuery {
  readonly cycleId: string;
  readonly phase: Phase;
  readonly which: 'open' | 'late';
  readonly subjects?: readonly SubjectId[] | undefined;
  readonly now: Instant;
  /** People found, or counted, at most. */
  readonly most: number;
}

/**
 * Whose appraisals a reminder of a phase is about: owed (and overdue, where only those are meant), not reminded of within a
 * working day, each once; no more than `most`. Who was never reminded comes first, then who was longest ago, then by subject:
 * reminders that follow one another reach everybody, however many owe it.
 */
export async function remindableOf(parts: TodoParts, query: RemindableQuery): Promise<readonly SubjectId[]> {
  const asked = await askedOf(parts, query);
  if (!asked) return [];
  const rows = await parts.read.query<Pick<TodoRow, 'subject'>>(`${REMINDABLE} ORDER BY again_from NULLS FIRST, subject LIMIT $8`, asked);
  return rows.map(({ subject }) => subject);
}

/** How many `remindableOf` would find, counted where they are stored and up to `most`. */
export async function countRemindable(parts: TodoParts, query: RemindableQuery): Promise<number> {
  const asked = await askedOf(parts, query);
  if (!asked) return 0;
  const row = await parts.read.one<{ readonly people: number }>(
    `SELECT count(*)::int AS people FROM (${REMINDABLE} LIMIT $8) remindable`,
    asked,
  );
  return row?.people ?? 0;
}

/**
 * $1 cycle, $2 kind, $3 phase, $4 subjects or null, $5 now; $6 whether only results whose time to confirm is over, $7 the end of
 * that phase (`ownUntil` says the same of one). Reminders are read where the cycles keep them: told one by one, those who were
 * reminded already would have to be gone through before the first who wasn't.
 */
const REMINDABLE = `SELECT owed.subject, r.again_from FROM (
    SELECT subject FROM ${asOfTable(appraisalProjection)} a
     WHERE cycle_id = $1 AND todo = $2 AND (NOT $6::boolean OR GREATEST(confirm_until, $7::timestamptz) < $5::timestamptz)
    UNION
    SELECT subject FROM (${BESIDE} AND t.cycle_id = $1 AND $2 = 'manager-review') beside
  ) owed
  LEFT JOIN read.cycle_reminder r ON r.cycle_id = $1 AND r.phase = $3 AND r.subject = owed.subject
  WHERE ($4::text[] IS NULL OR owed.subject = ANY($4)) AND (r.again_from IS NULL OR r.again_from <= $5::timestamptz)`;

/** What `REMINDABLE` refers to, and its limit as `$8`; undefined where nobody is meant. */
async function askedOf({ cycles }: TodoParts, query: RemindableQuery): Promise<readonly unknown[] | undefined> {
  const { cycleId, phase, which, subjects, now, most } = query;
  const kind = OWED_KINDS.find((known) => PHASE_OF[known] === phase);
  const cycle = (await cycles.byIds([cycleId])).get(cycleId);
  if (kind === undefined || !cycle) return undefined;
  const closesAt = cycle.phases.find((planned) => planned.phase === phase)?.closesAt ?? null;
  const isLate = which === 'late';
  // Of all but results the deadline is the phase's: all are late with it or nobody is.
  if (isLate && kind !== 'confirm' && (closesAt === null || now <= closesAt)) return undefined;
  return [cycleId, kind, phase, subjects ?? null, now, isLate && kind === 'confirm', closesAt, most];
}

const AFTER_CURSOR = '(cycle_id, subject, task) > ($1, $2, $3)';

function pageSize(limit: number): number {
  return Math.min(Math.max(limit, 1), TODO_LIMITS.page);
}

function cursorOf(after: string | undefined): readonly [string, string, string] {
  const [cycleId = '', subject = '', task = ''] = (after ?? '').split('.');
  return [cycleId, subject, task];
}

async function todoPage({ cycles }: TodoParts, rows: readonly TodoRow[], size: number, now: Instant): Promise<TodoPage> {
  const shown = rows.slice(0, size);
  const views = await cycles.byIds(shown.map(({ cycle_id }) => cycle_id));
  const subjects = [...new Set(shown.map(({ subject }) => subject))];
  const reminders = new Map<string, CycleReminder>();
  for (const reminder of await cycles.reminders([...views.keys()], subjects))
    reminders.set(reminderKey(reminder.cycleId, reminder.phase, reminder.subject), reminder);
  const items = shown.flatMap((row) => {
    const cycle = views.get(row.cycle_id);
    return cycle ? [todoOf(row, cycle, { now, reminders })] : [];
  });
  const last = shown.at(-1);
  return rows.length > size && last ? { items, next: `${appraisalIdOf(last.cycle_id, last.subject)}.${last.task}` } : { items };
}

function reminderKey(cycleId: string, phase: Phase, subject: SubjectId): string {
  return `${cycleId} ${phase} ${subject}`;
}

/** A result is confirmed until its own deadline, which is later than the phase's where it was published late. */
function dueOf(row: TodoRow, { phases }: CycleView): Instant | null {
  if (row.todo === 'answer-objection') return instantOf(row.answer_until);
  if (row.todo === 'confirm') return ownUntil(instantOf(row.confirm_until), phases, 'confirmation');
  const phase = PHASE_OF[row.todo];
  return phases.find((planned) => planned.phase === phase)?.closesAt ?? null;
}

function instantOf(text: string | null): Instant | null {
  return text !== null && isInstant(text) ? instant(text) : null;
}

function todoOf(
  row: TodoRow,
  cycle: CycleView,
  { now, reminders }: { readonly now: Instant; readonly reminders: ReadonlyMap<string, CycleReminder> },
): Todo {
  const name = row.todo === 'answer-objection' ? undefined : PHASE_OF[row.todo];
  const phase = cycle.phases.find((planned) => planned.phase === name);
  const reminder = name && reminders.get(reminderKey(row.cycle_id, name, row.subject));
  const dueAt = dueOf(row, cycle);
  return {
    kind: row.todo,
    appraisalId: appraisalIdOf(row.cycle_id, row.subject),
    cycleId: row.cycle_id,
    cycleName: cycle.name,
    period: row.period,
    subject: row.subject,
    by: row.todo_by,
    role: row.todo_role,
    department: row.department,
    part: row.part,
    dueAt,
    overdue: dueAt !== null && now > dueAt,
    begun: phase === undefined || phase.state !== 'planned',
    reminded: reminder ? { at: reminder.remindedAt, againFrom: reminder.againFrom, times: reminder.times } : null,
  };
}
