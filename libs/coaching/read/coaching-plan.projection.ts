import type { Message, SealedText, SubjectId } from '#kernel';
import type { RecordedEvent } from '#libs/event-store';
import { defineProjection, type RowChange, type RowKey } from '#libs/projections';
import { COACHING_LIMITS, type CoachingEvent } from '../contracts';
import { evolvePlan, type Plan } from '../domain/plan-state';

export type PlanNote = {
  readonly what: CoachingEvent['type'];
  readonly by: string;
  readonly at: string;
  readonly text: SealedText;
  readonly evidenceId?: string;
  readonly stage?: number;
};
export type ReviewCell = {
  readonly week: number;
  readonly by: string;
  readonly at: string;
  readonly talk: SealedText;
  readonly actions: readonly { readonly what: SealedText; readonly due: string | null }[];
};
export type HappeningCell = {
  readonly what: CoachingEvent['type'];
  readonly by: string;
  readonly at: string;
  readonly stage?: number;
  readonly attempt?: number;
  readonly days?: number;
  readonly reason?: string;
  readonly missing?: readonly string[];
};

/** One row a plan: its state as the decider folds it, the notes of evidence and gates, its weekly reviews and what happened to it. */
export type CoachingPlanTableRow = {
  readonly plan_id: string;
  readonly subject: SubjectId;
  readonly coach: SubjectId;
  readonly stage: string;
  readonly live: boolean;
  readonly state: Plan;
  readonly notes: readonly PlanNote[];
  /** Newest last, as many as are shown. */
  readonly reviews: readonly ReviewCell[];
  readonly happenings: readonly HappeningCell[];
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
    reviews: [...(row?.reviews ?? []), ...reviewsOf(message, event)].slice(-COACHING_LIMITS.shownReviews),
    happenings: [...(row?.happenings ?? []), ...happeningsOf(message, event)].slice(-COACHING_LIMITS.shownHappenings),
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
    case 'EvidenceLogged': {
      const { note: text, evidenceId, stage } = message.data;
      return text ? [{ ...note(text.toJSON()), evidenceId, stage }] : [];
    }
    case 'GatePassed':
    case 'GateFailed': {
      const { note: text, stage } = message.data;
      return text ? [{ ...note(text.toJSON()), stage }] : [];
    }
    default:
      return [];
  }
}

function reviewsOf(message: PlanEvent, { metadata }: RecordedEvent<PlanEvent>): readonly ReviewCell[] {
  if (message.type !== 'WeeklyReviewRecorded') return [];
  const { week, talk, actions } = message.data;
  const cells = actions.map(({ what, due }) => ({ what: what.toJSON(), due: due ?? null }));
  return [{ week, by: metadata.actor, at: metadata.occurredAt, talk: talk.toJSON(), actions: cells }];
}

/** What a plan's page tells as its history; evidence, assessments and reviews stand in places of their own. */
function happeningsOf(message: PlanEvent, { metadata }: RecordedEvent<PlanEvent>): readonly HappeningCell[] {
  const step = { what: message.type, by: metadata.actor, at: metadata.occurredAt };
  switch (message.type) {
    case 'CoachingPlanStarted':
    case 'CoachChanged':
    case 'PlanGraduated':
      return [step];
    case 'GatePassed':
      return [{ ...step, stage: message.data.stage, attempt: message.data.attempt }];
    case 'GateFailed':
      return [{ ...step, stage: message.data.stage, attempt: message.data.attempt, missing: [...message.data.missing] }];
    case 'GateOverdue':
      return [{ ...step, stage: message.data.stage }];
    case 'PlanPaused':
      return [{ ...step, reason: message.data.reason }];
    case 'PlanResumed':
      return [{ ...step, days: message.data.pausedDays }];
    case 'PlanExtended':
      return [{ ...step, days: message.data.days, reason: message.data.reason }];
    case 'PlanEnded':
      return [{ ...step, reason: message.data.reason }];
    default:
      return [];
  }
}

export const coachingPlanProjection = defineProjection<CoachingPlanTableRow, CoachingEvent>({
  name: 'coaching_plan',
  version: 3,
  columns: {
    plan_id: 'text',
    subject: 'text',
    coach: 'text',
    stage: 'text',
    live: 'boolean',
    state: 'jsonb',
    notes: 'jsonb',
    reviews: 'jsonb',
    happenings: 'jsonb',
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
    // Logs have a table of their own; without their version whoever acts on the plan as it is shown would be told that it changed.
    DailyLogRecorded: {
      keys: ({ data }) => [[data.planId]],
      evolve: (row, { streamVersion: version, position }) => row && { ...row, version, position },
    },
    PlanGraduated: change(),
    PlanEnded: change(),
  },
});
