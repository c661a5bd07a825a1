import type { RecordedEvent } from '#libs/event-store';
import { parseAppraisalId, type AppraisalEvent, type Step } from '#libs/appraisal/contracts';
import { defineProjection, type RowChange, type RowKey } from '#libs/projections';
import type { CycleEvent, Phase, PhaseState } from '../contracts';

/** Counts of one phase of one cycle. Each event moves them by one, so nobody is counted twice and nothing is queried. */
export type CycleProgressRow = {
  readonly cycle_id: string;
  readonly phase: string;
  readonly state: PhaseState;
  /** Members are final: the opening sweep (or the publication) is recorded. */
  readonly counted: boolean;
  readonly members: number;
  readonly done: number;
  readonly late: number;
  readonly skipped: number;
  /** Log position of the last event counted. */
  readonly position: number;
};

type Counts = Partial<Record<'members' | 'done' | 'late' | 'skipped', number>>;
type Counted<T extends AppraisalEvent['type']> = Extract<AppraisalEvent, { readonly type: T }>;
type Recorded<T extends CycleEvent['type']> = Extract<CycleEvent, { readonly type: T }>;
export type ProgressEvent =
  | Recorded<'CycleStarted' | 'CycleSweepRecorded' | 'CyclePhaseOpened' | 'CyclePhaseCompleted' | 'CyclePhaseClosed' | 'CyclePublished'>
  | Counted<
      | 'AppraisalOpened'
      | 'SelfReviewSubmitted'
      | 'ManagerScoreSubmitted'
      | 'SecondReviewApproved'
      | 'AppraisalSentBack'
      | 'AppraisalStepSkipped'
      | 'PeerAnswersRecorded'
      | 'CustomerAnswersRecorded'
      | 'AppraisalPublished'
      | 'ResultConfirmed'
      | 'ResultObjected'
    >;

/** One change of counts in one phase's row, by an event of an appraisal's stream. */
function counting<E extends ProgressEvent>(
  phases: (event: RecordedEvent<E>) => readonly (Phase | Step)[],
  counts: (event: RecordedEvent<E>) => Counts,
): RowChange<E, CycleProgressRow> {
  return {
    keys: (event) => {
      const ids = parseAppraisalId(event.streamId.slice('appraisal-'.length));
      return ids ? phases(event).map((phase): RowKey => [ids.cycleId, phase]) : [];
    },
    evolve: (row, event) => {
      if (!row) return undefined;
      const { members = 0, done = 0, late = 0, skipped = 0 } = counts(event);
      return {
        ...row,
        members: row.members + members,
        done: row.done + done,
        late: row.late + late,
        skipped: row.skipped + skipped,
        position: event.position,
      };
    },
  };
}

/** One phase's row moved on by an event of the cycle's own stream. */
function moving<E extends Recorded<CycleEvent['type']> & ProgressEvent>(
  phases: (event: RecordedEvent<E>) => readonly Phase[],
  move: (row: CycleProgressRow, event: RecordedEvent<E>) => CycleProgressRow,
): RowChange<E, CycleProgressRow> {
  return {
    keys: (event) => phases(event).map((phase): RowKey => [event.data.cycleId, phase]),
    evolve: (row, event) => (row ? { ...move(row, event), position: event.position } : undefined),
  };
}

const REVIEWS: readonly Phase[] = ['self-review', 'manager-review', 'second-review'];

const started: RowChange<Recorded<'CycleStarted'>, CycleProgressRow> = {
  keys: ({ data }) => data.phases.map(({ phase }): RowKey => [data.cycleId, phase]),
  evolve: (row, { position }, [cycleId, phase]) =>
    row ?? {
      cycle_id: String(cycleId),
      phase: String(phase),
      state: 'planned',
      counted: false,
      members: 0,
      done: 0,
      late: 0,
      skipped: 0,
      position,
    },
};

const submission = (step: Step) =>
  counting<Counted<'SelfReviewSubmitted' | 'ManagerScoreSubmitted' | 'SecondReviewApproved'>>(
    () => [step],
    // A step with several tasks is done with the last of them.
    ({ data }) => ('complete' in data && data.complete === false ? {} : { done: 1, late: data.late ? 1 : 0 }),
  );

/** Answers of a group complete the manager's step when nothing else of it is open. */
const ofGroup = counting<Counted<'PeerAnswersRecorded' | 'CustomerAnswersRecorded'>>(
  () => ['manager-review'],
  ({ data }) => (data.complete === false ? {} : { done: 1 }),
);

export const cycleProgressProjection = defineProjection<CycleProgressRow, ProgressEvent>({
  name: 'cycle_progress',
  version: 2,
  columns: {
    cycle_id: 'text',
    phase: 'text',
    state: 'text',
    counted: 'boolean',
    members: 'integer',
    done: 'integer',
    late: 'integer',
    skipped: 'integer',
    position: 'bigint',
  },
  key: ['cycle_id', 'phase'],
  history: false,
  on: {
    CycleStarted: started,
    CycleSweepRecorded: moving(
      ({ data }) => (data.step === 'open' ? REVIEWS : []),
      (row) => ({ ...row, counted: true }),
    ),
    CyclePhaseOpened: moving(
      ({ data }) => [data.phase],
      (row) => ({ ...row, state: 'open' }),
    ),
    CyclePhaseCompleted: moving(
      ({ data }) => [data.phase],
      (row) => ({ ...row, state: 'complete' }),
    ),
    CyclePhaseClosed: moving(
      ({ data }) => [data.phase],
      (row) => ({ ...row, state: 'closed' }),
    ),
    CyclePublished: moving(
      () => ['confirmation'],
      (row) => ({ ...row, counted: true }),
    ),
    AppraisalOpened: counting(
      ({ data }) => [...new Set(data.steps.map(({ step }) => step))],
      () => ({ members: 1 }),
    ),
    SelfReviewSubmitted: submission('self-review'),
    ManagerScoreSubmitted: submission('manager-review'),
    SecondReviewApproved: submission('second-review'),
    PeerAnswersRecorded: ofGroup,
    CustomerAnswersRecorded: ofGroup,
    AppraisalSentBack: counting(
      ({ data }) => data.reopened,
      () => ({ done: -1 }),
    ),
    AppraisalStepSkipped: counting(
      ({ data }) => [data.step],
      ({ data }) => (data.rule === 'hold' || data.complete === false ? {} : { skipped: 1 }),
    ),
    AppraisalPublished: counting(
      () => ['publication', 'confirmation'],
      () => ({ members: 1 }),
    ),
    ResultConfirmed: counting(
      () => ['confirmation'],
      ({ data }) => (data.how === 'by-silence' ? { skipped: 1 } : { done: 1, late: data.late ? 1 : 0 }),
    ),
    ResultObjected: counting(
      () => ['confirmation'],
      () => ({ done: 1 }),
    ),
  },
});
