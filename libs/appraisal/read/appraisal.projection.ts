import type { SubjectId } from '#kernel';
import type { RecordedEvent } from '#libs/event-store';
import { defineProjection, type RowChange, type RowKey } from '#libs/projections';
import { type AppraisalEvent, type AppraisalStatus, parseAppraisalId, type ResponseState, type Step, type StepState } from '../contracts';

/** What the person named in `todo_by` (or anyone with the role, where nobody is named) has to do next. */
export type TodoKind = 'self-review' | 'manager-review' | 'second-review' | 'confirm' | 'answer-objection';

export type StepCell = {
  readonly step: Step;
  readonly reviewer: SubjectId | null;
  readonly role: string | null;
  /** Of second reviews that follow one another; null where there is one. */
  readonly level: number | null;
  /** Of manager reviews: the part of the period, the department or the group of raters it is about; null for the manager's own. */
  readonly part: number | null;
  readonly department: string | null;
  readonly group: 'peers' | 'customers' | null;
  readonly state: StepState;
  readonly late: boolean;
};

/** One row an appraisal. No ratings and no texts: those are read from the stream by whoever may. */
export type AppraisalRow = {
  readonly cycle_id: string;
  readonly subject: SubjectId;
  readonly cohort: number;
  readonly period: string;
  readonly scheme_id: string;
  readonly scheme_version: number;
  readonly status: AppraisalStatus;
  readonly current_step: Step | null;
  readonly steps: readonly StepCell[];
  readonly manager: SubjectId | null;
  readonly department: string;
  readonly team: string | null;
  readonly region: string | null;
  readonly site: string | null;
  readonly score: string | null;
  readonly grade: string | null;
  readonly errors: readonly { readonly code: string; readonly key: string }[];
  readonly amended: boolean;
  readonly response: ResponseState;
  readonly published_at: string | null;
  readonly confirm_until: string | null;
  readonly appeal_until: string | null;
  readonly answer_until: string | null;
  readonly todo: TodoKind | null;
  readonly todo_by: SubjectId | null;
  /** Set where nobody is named: any holder of this role may. */
  readonly todo_role: string | null;
  readonly late_steps: number;
  readonly version: number;
  readonly position: number;
};

const STREAM_PREFIX = 'appraisal-';

export function appraisalKey(event: RecordedEvent): readonly RowKey[] {
  const ids = parseAppraisalId(event.streamId.slice(STREAM_PREFIX.length));
  return ids ? [[ids.cycleId, ids.subject]] : [];
}

type EventOf<T extends AppraisalEvent['type']> = Extract<AppraisalEvent, { readonly type: T }>;

/** The next row, with what every event moves: whose turn it is, and where the stream stands. */
function changed<E extends AppraisalEvent>(
  next: (row: AppraisalRow, data: E['data']) => Partial<AppraisalRow>,
): RowChange<E, AppraisalRow> {
  return {
    keys: appraisalKey,
    evolve: (row, event) => row && withTurn({ ...row, ...next(row, event.data), version: event.streamVersion, position: event.position }),
  };
}

function withTurn(row: AppraisalRow): AppraisalRow {
  const open = row.steps.find(({ state }) => state === 'open');
  const current_step = open?.step ?? null;
  return { ...row, current_step, late_steps: row.steps.filter(({ late }) => late).length, ...turnOf(row, open) };
}

function turnOf(row: AppraisalRow, open: StepCell | undefined): Pick<AppraisalRow, 'todo' | 'todo_by' | 'todo_role'> {
  // Tasks beside the manager's own stand in a list of their own: several people may be at it.
  if (row.status === 'open' && open && isBeside(row, open)) return { todo: null, todo_by: null, todo_role: null };
  if (row.status === 'open' && open) {
    const todo_by = open.step === 'self-review' ? row.subject : open.reviewer;
    return { todo: open.step, todo_by, todo_role: todo_by === null ? open.role : null };
  }
  if (row.status === 'published' && row.response === 'none') return { todo: 'confirm', todo_by: row.subject, todo_role: null };
  if (row.status === 'published' && row.response === 'objected') return { todo: 'answer-objection', todo_by: row.manager, todo_role: null };
  return { todo: null, todo_by: null, todo_role: null };
}

/** A task that may be done beside the manager's own, in any order. */
function isBeside({ steps }: AppraisalRow, cell: StepCell): boolean {
  return cell.step === 'manager-review' && cell !== steps.find(({ step }) => step === 'manager-review');
}

/** Of the task that an event is about: the step's first where it names none. */
function placeIn({ steps }: AppraisalRow, name: Step, task: number | undefined): number {
  return task ?? steps.findIndex(({ step }) => step === name);
}

function submitted<E extends EventOf<'SelfReviewSubmitted' | 'ManagerScoreSubmitted' | 'SecondReviewApproved'>>(
  step: Step,
): RowChange<E, AppraisalRow> {
  return changed<E>((row, data) => {
    const at = placeIn(row, step, 'task' in data ? data.task : undefined);
    return { steps: withStep(row, (_cell, place) => place === at, { state: 'submitted', late: data.late }) };
  });
}

function withStep(row: AppraisalRow, which: (cell: StepCell, place: number) => boolean, change: Partial<StepCell>): readonly StepCell[] {
  return row.steps.map((cell, place) => (which(cell, place) ? { ...cell, ...change } : cell));
}

const opened: RowChange<EventOf<'AppraisalOpened'>, AppraisalRow> = {
  keys: appraisalKey,
  evolve: (row, { data, streamVersion, position }) =>
    row ??
    withTurn({
      cycle_id: data.cycleId,
      subject: data.subject,
      cohort: data.cohort,
      period: data.period,
      scheme_id: data.scheme.schemeId,
      scheme_version: data.scheme.version,
      status: 'open',
      current_step: null,
      steps: data.steps.map(({ step, reviewer, role, level, part, department, group }): StepCell => ({
        step,
        reviewer: reviewer ?? null,
        role: role ?? null,
        level: level ?? null,
        part: part ?? null,
        department: department ?? null,
        group: group ?? null,
        state: 'open',
        late: false,
      })),
      manager: data.parts.at(-1)?.manager ?? null,
      department: data.unit.department,
      team: data.unit.team ?? null,
      region: data.unit.region ?? null,
      site: data.unit.site ?? null,
      score: null,
      grade: null,
      errors: [],
      amended: false,
      response: 'none',
      published_at: null,
      confirm_until: null,
      appeal_until: null,
      answer_until: null,
      todo: null,
      todo_by: null,
      todo_role: null,
      late_steps: 0,
      version: streamVersion,
      position,
    }),
};

const resultOf = ({ result: { score, grade, errors } }: EventOf<'AppraisalScored' | 'AppraisalAmended'>['data']) => ({
  score,
  grade,
  errors,
});

export const appraisalProjection = defineProjection<AppraisalRow, AppraisalEvent>({
  name: 'appraisal',
  version: 2,
  columns: {
    cycle_id: 'text',
    subject: 'text',
    cohort: 'integer',
    period: 'text',
    scheme_id: 'text',
    scheme_version: 'integer',
    status: 'text',
    current_step: 'text',
    steps: 'jsonb',
    manager: 'text',
    department: 'text',
    team: 'text',
    region: 'text',
    site: 'text',
    score: 'numeric',
    grade: 'text',
    errors: 'jsonb',
    amended: 'boolean',
    response: 'text',
    published_at: 'timestamptz',
    confirm_until: 'timestamptz',
    appeal_until: 'timestamptz',
    answer_until: 'timestamptz',
    todo: 'text',
    todo_by: 'text',
    todo_role: 'text',
    late_steps: 'integer',
    version: 'integer',
    position: 'bigint',
  },
  key: ['cycle_id', 'subject'],
  indexes: [{ columns: ['cycle_id', 'cohort', 'subject'] }, { columns: ['subject', 'period'] }, { columns: ['todo_by', 'todo'] }],
  history: true,
  on: {
    AppraisalOpened: opened,
    SelfReviewSubmitted: submitted('self-review'),
    ManagerScoreSubmitted: submitted('manager-review'),
    SecondReviewApproved: submitted('second-review'),
    AppraisalSentBack: changed((row, { reopened, tasks }) => ({
      steps: withStep(row, ({ step }, place) => tasks?.includes(place) ?? reopened.includes(step), { state: 'open', late: false }),
    })),
    AppraisalStepSkipped: changed((row, { step, rule, task }) => {
      const at = placeIn(row, step, task);
      return { steps: withStep(row, (_cell, place) => place === at, rule === 'hold' ? { late: true } : { state: 'skipped' }) };
    }),
    PeersNominated: changed(() => ({})),
    PeerAnswered: changed(() => ({})),
    PeerReviewClosed: changed(() => ({})),
    PeerAnswersRecorded: changed((row, { task }) => ({ steps: withStep(row, (_cell, place) => place === task, { state: 'submitted' }) })),
    CustomerAnswersRecorded: changed((row, { task }) => ({
      steps: withStep(row, (_cell, place) => place === task, { state: 'submitted' }),
    })),
    AppraisalScored: changed((_row, data) => ({ status: 'scored', ...resultOf(data) })),
    AppraisalPublished: changed((_row, data) => ({
      status: 'published',
      published_at: data.publishedAt,
      confirm_until: data.confirmUntil,
      appeal_until: data.appealUntil,
    })),
    ResultConfirmed: changed(() => ({ response: 'confirmed' })),
    ResultObjected: changed((_row, data) => ({ response: 'objected', answer_until: data.answerUntil })),
    ObjectionAnswered: changed(() => ({ response: 'answered' })),
    AppraisalAmended: changed((_row, data) => ({ ...resultOf(data), amended: true })),
    AppraisalCorrectionProposed: changed(() => ({})),
    AppraisalCorrectionSettled: changed(() => ({})),
    AppraisalFinalised: changed(() => ({ status: 'final' })),
    AppraisalCancelled: changed(() => ({ status: 'cancelled' })),
  },
});
