import type { Message, SealedText, SubjectId } from '#kernel';
import type { RecordedEvent } from '#libs/event-store';
import { defineProjection, type RowChange, type RowKey } from '#libs/projections';
import type { CoachingEvent } from '../contracts';
import { evolvePlan, type Plan } from '../domain/plan-state';

export type PlanNote = { readonly what: CoachingEvent['type']; readonly by: string; readonly at: string; readonly text: SealedText };

/** One row a plan: its state as the decider folds it, and the notes of evidence, gates and reviews. */
export type CoachingPlanTableRow = {
  readonly plan_id: string;
  readonly subject: SubjectId;
  readonly coach: SubjectId;
  readonly stage: string;
  readonly live: boolean;
  readonly state: Plan;
  readonly notes: readonly PlanNote[];
  readonly version: number;
  readonly position: number;
};

/** Evolved into the plan's row; daily logs have rows of their own. */
type PlanEvent = Exclude<CoachingEvent, { type: 'DailyLogRecorded' }>;

function change<E extends PlanEvent>(): RowChange<E, CoachingPlanTableRow> {
  return {
    keys: ({ data }): readonly RowKey[] => [[data.planId]],
    evolve: (row, event) => rowAfter(row, event),
  };
}

function rowAfter(row: CoachingPlanTableRow | undefined, event: RecordedEvent<PlanEvent>): CoachingPlanTableRow | undefined {
  const message = messageOf(event);
  const state = evolvePlan(row?.state ?? { stage: 'none' }, message);
  if (state.stage === 'none') return row;
  return {
    plan_id: state.planId,
    subject: state.subject,
    coach: state.coach,
    stage: state.stage,
    live: state.stage === 'running' || state.stage === 'paused',
    state,
    notes: [...(row?.notes ?? []), ...notesOf(message, event)],
    version: event.streamVersion,
    position: event.position,
  };
}

/** A recorded event without what the log adds. The pair of type and data was checked when it was decoded. */
function messageOf(event: RecordedEvent<PlanEvent>): PlanEvent {
  const message: Message = { type: event.type, data: event.data };
  return message as PlanEvent;
}

function notesOf(message: PlanEvent, { metadata }: RecordedEvent<PlanEvent>): readonly PlanNote[] {
  const note = (text: SealedText): PlanNote => ({ what: message.type, by: metadata.actor, at: metadata.occurredAt, text });
  switch (message.type) {
    case 'EvidenceLogged':
    case 'GatePassed':
    case 'GateFailed':
      return message.data.note ? [note(message.data.note.toJSON())] : [];
    case 'WeeklyReviewRecorded':
      return [message.data.talk, ...message.data.actions.map(({ what }) => what)].map((text) => note(text.toJSON()));
    default:
      return [];
  }
}

export const coachingPlanProjection = defineProjection<CoachingPlanTableRow, PlanEvent>({
  name: 'coaching_plan',
  version: 1,
  columns: {
    plan_id: 'text',
    subject: 'text',
    coach: 'text',
    stage: 'text',
    live: 'boolean',
    state: 'jsonb',
    notes: 'jsonb',
    version: 'integer',
    position: 'bigint',
  },
  key: ['plan_id'],
  indexes: [{ columns: ['subject'] }, { columns: ['coach'] }],
  history: true,
  on: {
    CoachingPlanStarted: change(),
    CoachChanged: change(),
    EvidenceLogged: change(),
    EvidenceAccepted: change(),
    GatePassed: change(),
    GateFailed: change(),
    GateOverdue: change(),
    PlanPaused: change(),
    PlanResumed: change(),
    PlanExtended: change(),
    AssessmentRecorded: change(),
    WeeklyReviewRecorded: change(),
    PlanGraduated: change(),
    PlanEnded: change(),
  },
});
