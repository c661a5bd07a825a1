import type { Instant, PlainDay, SubjectId } from '#kernel';
import type { Activity, Assessment, CoachingEvent, GateTime, PlanCause, Stage } from '../contracts';
import type { EvidenceItem } from './gate.policy';

type DataOf<T extends CoachingEvent['type']> = Extract<CoachingEvent, { type: T }>['data'];

export interface Gate extends GateTime {
  readonly state: 'open' | 'overdue' | 'passed';
  readonly attempts: number;
}

/** A type alias, so that it fits a cell of a read model. */
export type Plan = {
  readonly stage: 'running' | 'paused' | 'graduated' | 'ended';
  readonly planId: string;
  readonly subject: SubjectId;
  readonly coach: SubjectId;
  readonly mentor: SubjectId | undefined;
  readonly cause: PlanCause;
  readonly template: string;
  readonly startDay: PlainDay;
  readonly startedAt: Instant;
  readonly calendar: { readonly region: string; readonly version: string; readonly zone: string };
  readonly dayLengthMs: number | undefined;
  readonly stages: readonly Stage[];
  readonly gates: readonly Gate[];
  readonly evidence: readonly EvidenceItem[];
  readonly assessmentDays: readonly number[];
  readonly activityPerDay: Activity | undefined;
  readonly assessments: readonly { readonly day: number; readonly rater: 'self' | 'coach'; readonly values: Assessment }[];
  readonly pause: { readonly cause: 'leave' | 'pause'; readonly day: number; readonly at: Instant } | undefined;
  readonly pauses: number;
  readonly pausedDays: number;
  readonly extensionDays: number;
  readonly outcome: DataOf<'PlanEnded'>['outcome'] | undefined;
  /** Raised whenever the next deadline may have changed. */
  readonly round: number;
};

export type PlanState = { readonly stage: 'none' } | Plan;

export function evolvePlan(state: PlanState, event: CoachingEvent): PlanState {
  if (event.type === 'CoachingPlanStarted') return state.stage === 'none' ? started(event.data) : state;
  if (state.stage === 'none') return state;
  switch (event.type) {
    case 'CoachChanged':
      return { ...state, coach: event.data.coach };
    case 'EvidenceLogged':
      return { ...state, evidence: [...state.evidence, evidenceOf(state, event.data)] };
    case 'EvidenceAccepted':
      return {
        ...state,
        evidence: state.evidence.map((item) => (item.evidenceId === event.data.evidenceId ? { ...item, byCoach: true } : item)),
      };
    case 'GatePassed':
      return gateMoved(state, event.data.stage, (gate) => ({ ...gate, state: 'passed', attempts: event.data.attempt }));
    case 'GateFailed':
      return {
        ...state,
        gates: state.gates.map((gate) => (gate.stage === event.data.stage ? { ...gate, attempts: event.data.attempt } : gate)),
      };
    case 'GateOverdue':
      return gateMoved(state, event.data.stage, (gate) => ({ ...gate, state: 'overdue' }));
    case 'PlanPaused': {
      const { cause, day, pausedAt } = event.data;
      return { ...state, stage: 'paused', pause: { cause, day, at: pausedAt }, pauses: state.pauses + 1, round: state.round + 1 };
    }
    case 'PlanResumed':
      return {
        ...state,
        stage: 'running',
        pause: undefined,
        pausedDays: event.data.pausedDaysInAll,
        gates: withTimes(state.gates, event.data.gates),
        round: state.round + 1,
      };
    case 'PlanExtended':
      return { ...state, extensionDays: event.data.days, gates: withTimes(state.gates, event.data.gates), round: state.round + 1 };
    case 'AssessmentRecorded': {
      const { day, rater, values } = event.data;
      return { ...state, assessments: [...state.assessments, { day, rater, values }] };
    }
    case 'PlanGraduated':
      return { ...state, stage: 'graduated', round: state.round + 1 };
    case 'PlanEnded':
      return { ...state, stage: 'ended', outcome: event.data.outcome, round: state.round + 1 };
    default:
      return state;
  }
}

function started(data: DataOf<'CoachingPlanStarted'>): Plan {
  return {
    stage: 'running',
    planId: data.planId,
    subject: data.subject,
    coach: data.coach,
    mentor: data.mentor,
    cause: data.cause,
    template: data.template,
    startDay: data.startDay,
    startedAt: data.startedAt,
    calendar: data.calendar,
    dayLengthMs: data.dayLengthMs,
    stages: data.stages,
    gates: data.gates.map((gate) => ({ ...gate, state: 'open', attempts: 0 })),
    evidence: [],
    assessmentDays: data.assessmentDays,
    activityPerDay: data.activityPerDay,
    assessments: [],
    pause: undefined,
    pauses: 0,
    pausedDays: 0,
    extensionDays: 0,
    outcome: undefined,
    round: 1,
  };
}

function evidenceOf(state: Plan, { planId: _, note: __, files: ___, ...logged }: DataOf<'EvidenceLogged'>): EvidenceItem {
  return { ...logged, byCoach: logged.by === state.coach };
}

function gateMoved(state: Plan, stage: number, change: (gate: Gate) => Gate): Plan {
  return { ...state, gates: state.gates.map((gate) => (gate.stage === stage ? change(gate) : gate)), round: state.round + 1 };
}

/** A gate that got a new time is open again; one that has passed keeps what it was. */
function withTimes(gates: readonly Gate[], times: readonly GateTime[]): readonly Gate[] {
  return gates.map((gate) => {
    const time = times.find(({ stage }) => stage === gate.stage);
    return time && gate.state !== 'passed' ? { ...gate, ...time, state: 'open' } : gate;
  });
}
