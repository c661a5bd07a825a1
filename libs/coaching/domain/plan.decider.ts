import { type ActorId, assertNever, canonicalJson, type Decider, type DecisionContext, parseDecimal, Rejection } from '#kernel';
import {
  type AcceptEvidence,
  type ChangeCoach,
  COACHING_LIMITS,
  type CoachingCommand,
  type CoachingEvent,
  type EndPlan,
  type ExtendPlan,
  type JudgeGate,
  type LogEvidence,
  type PausePlan,
  type RecordAssessment,
  type RecordDailyLog,
  type RecordGateOverdue,
  type RecordWeeklyReview,
  type ResumePlan,
  type Stage,
  type StartCoachingPlan,
} from '../contracts';
import { countingEvidence, missingFor, sumsUp } from './gate.policy';
import { evolvePlan, type Gate, type Plan, type PlanState } from './plan-state';

type Events = readonly CoachingEvent[];

/** Source of the rules: coaching.md. */
export const planDecider: Decider<CoachingCommand, PlanState, CoachingEvent> = {
  category: 'plan',
  initial: { stage: 'none' },
  decide(command, state, context) {
    if (command.type === 'StartCoachingPlan') return start(command, state, context);
    if (state.stage === 'none') throw new Rejection('coaching.unknown-plan');
    return decideStarted(command, state, context);
  },
  evolve: evolvePlan,
  isTerminal: ({ stage }) => stage === 'graduated' || stage === 'ended',
};

function decideStarted(command: Exclude<CoachingCommand, StartCoachingPlan>, state: Plan, context: DecisionContext): Events {
  switch (command.type) {
    case 'ChangeCoach':
      return changeCoach(command, state, context);
    case 'LogEvidence':
      return logEvidence(command, state, context);
    case 'AcceptEvidence':
      return acceptEvidence(command, state, context);
    case 'JudgeGate':
      return judgeGate(command, state, context);
    case 'RecordGateOverdue':
      return gateOverdue(command, state, context);
    case 'PausePlan':
      return pause(command, state, context);
    case 'ResumePlan':
      return resume(command, state, context);
    case 'ExtendPlan':
      return extend(command, state, context);
    case 'RecordAssessment':
      return assess(command, state, context);
    case 'RecordDailyLog':
      return dailyLog(command, state, context);
    case 'RecordWeeklyReview':
      return weeklyReview(command, state, context);
    case 'EndPlan':
      return end(command, state, context);
    default:
      return assertNever(command);
  }
}

function start({ data }: StartCoachingPlan, state: PlanState, { now }: DecisionContext): Events {
  if (state.stage !== 'none') {
    if (state.subject === data.subject) return [];
    throw new Rejection('coaching.plan-started-already');
  }
  if (data.coach === data.subject) throw new Rejection('coaching.own-coach');
  checkStages(data.stages);
  if (data.gates.length !== data.stages.length || data.gates.some(({ stage }, index) => stage !== data.stages[index]?.stage)) {
    throw new Rejection('coaching.gates-differ-from-stages');
  }
  const stages = data.stages.map((stage) => ({ ...stage, requirements: [...stage.requirements] }));
  return [
    {
      type: 'CoachingPlanStarted',
      data: { ...data, stages, gates: [...data.gates], assessmentDays: [...data.assessmentDays], startedAt: now },
    },
  ];
}

/** Stages follow each other without a gap from day 1. */
function checkStages(stages: readonly Stage[]): void {
  let expected = 1;
  for (const { stage, fromDay, toDay } of stages) {
    if (fromDay !== expected || toDay < fromDay) throw new Rejection('coaching.stage-days', { stage });
    expected = toDay + 1;
  }
  if (stages.length === 0) throw new Rejection('coaching.no-stages');
}

function changeCoach({ data }: ChangeCoach, state: Plan, { now, actor }: DecisionContext): Events {
  mustBeLive(state);
  if (data.coach === state.coach) return [];
  if (data.coach === state.subject || actor === state.subject) throw new Rejection('coaching.own-coach');
  return [{ type: 'CoachChanged', data: { planId: state.planId, coach: data.coach, previous: state.coach, by: actor, changedAt: now } }];
}

function logEvidence({ data }: LogEvidence, state: Plan, { now, actor }: DecisionContext): Events {
  const by = mustTakePart(state, actor);
  if (state.evidence.some(({ evidenceId }) => evidenceId === data.evidenceId)) return [];
  mustBeLive(state);
  const requirement = stageOf(state, data.stage).requirements.find(({ key }) => key === data.requirement);
  if (!requirement) throw new Rejection('coaching.unknown-requirement', { stage: data.stage, requirement: data.requirement });
  if (state.evidence.length >= COACHING_LIMITS.evidence)
    throw new Rejection('coaching.too-much-evidence', { limit: COACHING_LIMITS.evidence });
  const { measure } = requirement;
  if (measure === 'decomposition') {
    if (!data.decomposition || !sumsUp(data.decomposition)) throw new Rejection('coaching.decomposition-does-not-sum');
  } else if (measure !== 'done' && (data.value === undefined || !parseDecimal(data.value))) {
    throw new Rejection('coaching.value-missing', { requirement: data.requirement });
  }
  const { decomposition, files, ...rest } = data;
  return [
    {
      type: 'EvidenceLogged',
      data: {
        planId: state.planId,
        ...rest,
        ...(decomposition ? { decomposition: { target: decomposition.target, parts: [...decomposition.parts] } } : {}),
        files: [...files],
        by,
        loggedAt: now,
      },
    },
  ];
}

function acceptEvidence({ data }: AcceptEvidence, state: Plan, { now, actor }: DecisionContext): Events {
  mustBeLive(state);
  const by = mustCoach(state, actor);
  const item = state.evidence.find(({ evidenceId }) => evidenceId === data.evidenceId);
  if (!item) throw new Rejection('coaching.unknown-evidence');
  return item.byCoach
    ? []
    : [{ type: 'EvidenceAccepted', data: { planId: state.planId, evidenceId: data.evidenceId, by, acceptedAt: now } }];
}

/** Every try is kept; passing needs the evidence, failing says what was missing. */
function judgeGate({ data }: JudgeGate, state: Plan, { now, actor }: DecisionContext): Events {
  const by = mustCoach(state, actor);
  const gate = gateOf(state, data.stage);
  if (gate.state === 'passed') {
    if (data.passed) return [];
    throw new Rejection('coaching.gate-passed-already', { stage: data.stage });
  }
  mustBeRunning(state);
  const stage = stageOf(state, data.stage);
  const missing = missingFor(stage, state.evidence);
  const attempt = gate.attempts + 1;
  const { planId } = state;
  if (!data.passed)
    return [{ type: 'GateFailed', data: { planId, stage: data.stage, attempt, missing, note: data.note, by, failedAt: now } }];
  if (missing.length > 0) throw new Rejection('coaching.evidence-missing', { stage: data.stage, missing });
  const evidence = countingEvidence(stage, state.evidence).map(({ evidenceId }) => evidenceId);
  const passed: CoachingEvent = {
    type: 'GatePassed',
    data: { planId, stage: data.stage, attempt, evidence, late: now >= gate.dueAt, note: data.note, by, passedAt: now },
  };
  return [passed, ...graduation(evolvePlan(state, passed), data.today, now)];
}

function gateOverdue({ data }: RecordGateOverdue, state: Plan, { now }: DecisionContext): Events {
  const gate = gateOf(state, data.stage);
  if (state.stage !== 'running' || gate.state !== 'open') return [];
  if (now < gate.dueAt) throw new Rejection('coaching.not-due-yet', { stage: data.stage });
  const { planId, subject, coach } = state;
  return [{ type: 'GateOverdue', data: { planId, subject, coach, stage: data.stage, dueAt: gate.dueAt, at: now } }];
}

function pause({ data }: PausePlan, state: Plan, { now, actor }: DecisionContext): Events {
  mustNotBeSubject(state, actor);
  if (state.stage === 'paused') return [];
  mustBeRunning(state);
  if (state.pauses >= COACHING_LIMITS.pauses) throw new Rejection('coaching.too-many-pauses', { limit: COACHING_LIMITS.pauses });
  return [{ type: 'PlanPaused', data: { planId: state.planId, ...data, by: actor, pausedAt: now } }];
}

function resume({ data }: ResumePlan, state: Plan, { now, actor }: DecisionContext): Events {
  mustNotBeSubject(state, actor);
  if (state.stage === 'running') return [];
  if (state.stage !== 'paused') throw new Rejection('coaching.plan-over', { stage: state.stage });
  const pausedDaysInAll = state.pausedDays + data.pausedDays;
  const gates = data.gates.filter(({ stage }) => gateOf(state, stage).state === 'open');
  return [
    { type: 'PlanResumed', data: { planId: state.planId, by: actor, pausedDays: data.pausedDays, pausedDaysInAll, gates, resumedAt: now } },
  ];
}

function extend({ data }: ExtendPlan, state: Plan, { now, actor }: DecisionContext): Events {
  mustNotBeSubject(state, actor);
  mustBeRunning(state);
  if (state.extensionDays > 0) throw new Rejection('coaching.extended-already', { days: state.extensionDays });
  if (data.days < 1 || data.days > COACHING_LIMITS.extensionDays)
    throw new Rejection('coaching.extension-too-long', { limit: COACHING_LIMITS.extensionDays });
  const gates = data.gates.filter(({ stage }) => gateOf(state, stage).state !== 'passed');
  return [
    { type: 'PlanExtended', data: { planId: state.planId, days: data.days, reason: data.reason, gates, by: actor, extendedAt: now } },
  ];
}

function assess({ data }: RecordAssessment, state: Plan, { now, actor }: DecisionContext): Events {
  const rater = actor === state.coach ? 'coach' : 'self';
  if (rater === 'self' && actor !== state.subject) throw new Rejection('coaching.not-part-of-plan');
  const before = state.assessments.find((assessment) => assessment.day === data.day && assessment.rater === rater);
  if (before) {
    if (canonicalJson(before.values) === canonicalJson(data.values)) return [];
    throw new Rejection('coaching.assessed-already', { day: data.day });
  }
  mustBeRunning(state);
  if (!state.assessmentDays.includes(data.day)) throw new Rejection('coaching.no-assessment-day', { day: data.day });
  if (data.today < data.day) throw new Rejection('coaching.too-early', { day: data.day, today: data.today });
  const by = rater === 'coach' ? state.coach : state.subject;
  const recorded: CoachingEvent = {
    type: 'AssessmentRecorded',
    data: { planId: state.planId, day: data.day, rater, by, values: data.values, recordedAt: now },
  };
  return [recorded, ...graduation(evolvePlan(state, recorded), data.today, now)];
}

/** All gates passed and the last assessment done by both. */
function graduation(state: PlanState, day: number, now: DecisionContext['now']): Events {
  if (state.stage === 'none') return [];
  const last = Math.max(...state.assessmentDays);
  const assessed = (['self', 'coach'] as const).every((rater) =>
    state.assessments.some((done) => done.day === last && done.rater === rater),
  );
  if (!assessed || state.gates.some((gate) => gate.state !== 'passed')) return [];
  return [{ type: 'PlanGraduated', data: { planId: state.planId, subject: state.subject, day, graduatedAt: now } }];
}

function dailyLog({ data }: RecordDailyLog, state: Plan, { now, actor }: DecisionContext): Events {
  mustBeLive(state);
  if (data.date < state.startDay) throw new Rejection('coaching.before-the-plan', { date: data.date });
  if (!actor.startsWith('system:')) mustTakePart(state, actor);
  return [{ type: 'DailyLogRecorded', data: { planId: state.planId, ...data, by: actor, recordedAt: now } }];
}

function weeklyReview({ data }: RecordWeeklyReview, state: Plan, { now, actor }: DecisionContext): Events {
  mustBeLive(state);
  const by = mustCoach(state, actor);
  const { week, talk, actions } = data;
  return [{ type: 'WeeklyReviewRecorded', data: { planId: state.planId, week, talk, actions: [...actions], by, recordedAt: now } }];
}

function end({ data }: EndPlan, state: Plan, { now, actor }: DecisionContext): Events {
  if (state.stage === 'ended') return [];
  mustNotBeSubject(state, actor);
  mustBeLive(state);
  return [{ type: 'PlanEnded', data: { planId: state.planId, subject: state.subject, ...data, by: actor, endedAt: now } }];
}

function stageOf(state: Plan, stage: number): Stage {
  const found = state.stages.find((candidate) => candidate.stage === stage);
  if (!found) throw new Rejection('coaching.unknown-stage', { stage });
  return found;
}

function gateOf(state: Plan, stage: number): Gate {
  const found = state.gates.find((candidate) => candidate.stage === stage);
  if (!found) throw new Rejection('coaching.unknown-stage', { stage });
  return found;
}

function mustBeLive(state: Plan): void {
  if (state.stage === 'graduated' || state.stage === 'ended') throw new Rejection('coaching.plan-over', { stage: state.stage });
}

function mustBeRunning(state: Plan): void {
  mustBeLive(state);
  if (state.stage === 'paused') throw new Rejection('coaching.plan-paused');
}

function mustCoach(state: Plan, actor: ActorId) {
  if (actor !== state.coach) throw new Rejection('coaching.not-the-coach');
  return state.coach;
}

function mustTakePart(state: Plan, actor: ActorId) {
  const person = [state.subject, state.coach, state.mentor].find((candidate) => candidate === actor);
  if (person === undefined) throw new Rejection('coaching.not-part-of-plan');
  return person;
}

function mustNotBeSubject(state: Plan, actor: ActorId): void {
  if (actor === state.subject) throw new Rejection('coaching.own-plan');
}
