import { type Instant, instant, isInstant, type SubjectId } from '#kernel';
import type { CycleReader, CycleView, Phase } from '#libs/cycle/contracts';
import { asOfTable, type ReadDb } from '#libs/projections';
import { appraisalIdOf } from '../contracts';
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
}

export interface TodoPage {
  readonly items: readonly Todo[];
  /** Hand it back as `after`; absent on the last page. */
  readonly next?: string;
}

type TodoRow = Pick<AppraisalRow, 'cycle_id' | 'subject' | 'period' | 'answer_until' | 'todo_by' | 'todo_role'> & {
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

const OWN = `SELECT cycle_id, subject, '' AS task, period, answer_until, todo, todo_by, todo_role, NULL::text AS department, NULL::int AS part
  FROM ${asOfTable(appraisalProjection)} a`;
/** Beside it: due while the appraisal is open and its task not done. */
const BESIDE = `SELECT t.cycle_id, t.subject, t.task, a.period, NULL::timestamptz AS answer_until, t.kind AS todo, t.todo_by, t.todo_role,
    t.department, t.part
  FROM ${asOfTable(raterTaskProjection)} t
  JOIN ${asOfTable(appraisalProjection)} a ON a.cycle_id = t.cycle_id AND a.subject = t.subject
    AND a.status = 'open' AND a.steps->t.place->>'state' = 'open'
  WHERE t.open`;

export interface TodoParts {
  readonly read: ReadDb;
  readonly cycles: Pick<CycleReader, 'cycle'>;
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

/** Who is late in a cycle: what is owed although its deadline is over, or marked so. At most 200 a page. */
export async function lateOf(
  parts: TodoParts,
  query: {
    readonly cycleId: string;
    readonly phase: Exclude<TodoKind, 'answer-objection'>;
    readonly now: Instant;
    readonly after?: string;
    readonly limit: number;
  },
): Promise<TodoPage> {
  const size = pageSize(query.limit);
  const rows = await parts.read.query<TodoRow>(
    `SELECT * FROM (
       ${OWN} WHERE cycle_id = $4 AND todo = $5
       UNION ALL
       ${BESIDE} AND t.cycle_id = $4 AND $5 = 'manager-review'
     ) todo WHERE ${AFTER_CURSOR} ORDER BY cycle_id, subject, task LIMIT ${size + 1}`,
    [...cursorOf(query.after), query.cycleId, query.phase],
  );
  const page = await todoPage(parts, rows, size, query.now);
  return { ...page, items: page.items.filter(({ overdue }) => overdue) };
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
  const views = new Map<string, CycleView>();
  for (const cycleId of new Set(shown.map(({ cycle_id }) => cycle_id))) {
    const view = await cycles.cycle(cycleId);
    if (view) views.set(cycleId, view);
  }
  const items = shown.flatMap((row) => {
    const cycle = views.get(row.cycle_id);
    return cycle ? [todoOf(row, cycle, now)] : [];
  });
  const last = shown.at(-1);
  return rows.length > size && last ? { items, next: `${appraisalIdOf(last.cycle_id, last.subject)}.${last.task}` } : { items };
}

function todoOf(row: TodoRow, cycle: CycleView, now: Instant): Todo {
  const name = row.todo === 'answer-objection' ? undefined : PHASE_OF[row.todo];
  const phase = cycle.phases.find((planned) => planned.phase === name);
  const answerBy = row.answer_until !== null && isInstant(row.answer_until) ? instant(row.answer_until) : null;
  const dueAt = row.todo === 'answer-objection' ? answerBy : (phase?.closesAt ?? null);
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
  };
}
