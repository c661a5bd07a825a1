import { isInstant, isUuid } from '#kernel';
import { appealDecider, appealProjection } from '#libs/appeal';
import { planDecider } from '#libs/coaching';
import { cycleDecider, cycleProgressProjection } from '#libs/cycle';
import type { RecordedEvent } from '#libs/event-store';
import { payoutBatchProjection, payoutDecider, payoutLineProjection } from '#libs/payout';
import { type AnyWorkflowRoute, defineWorkflowRoute, type NeighbourSignal, type SignalData } from '#libs/projections';
import {
  type AppealInput,
  type AppraisalCycleInput,
  type CoachingPlanInput,
  cycleWorkflowId,
  type PayoutBatchInput,
  SEARCH_ATTRIBUTE_NAMES,
  WORKFLOW_TYPES,
} from '#workflows/contracts';

/** Codes that help whoever reads a history; everything else in a signal is an id, a number or an instant. */
const TOLD_CODES = new Set(['phase', 'stage', 'step', 'kind', 'verdict', 'outcome']);

/** Ids, numbers, instants and a few codes of an event, never a text or a list. */
function signalData(event: RecordedEvent): SignalData {
  const told: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries<unknown>({ ...event.data })) {
    if (typeof value === 'number' || typeof value === 'boolean') told[key] = value;
    else if (typeof value === 'string' && (TOLD_CODES.has(key) || isUuid(value) || isInstant(value))) told[key] = value;
  }
  return told;
}

function shown(kind: string, cycleId: string): Readonly<Record<string, string>> {
  return { [SEARCH_ATTRIBUTE_NAMES.kind]: kind, ...(cycleId !== '' && { [SEARCH_ATTRIBUTE_NAMES.cycle]: cycleId }) };
}

/** Tells the cycle that an event of another stream names. */
const tellItsCycle: NeighbourSignal = (event) => {
  const cycleId = 'cycleId' in event.data ? event.data.cycleId : undefined;
  return typeof cycleId === 'string' ? { streamId: cycleWorkflowId(cycleId), data: signalData(event) } : undefined;
};

/** What the workflow itself records is not told to it again. */
const cycleRoute = defineWorkflowRoute({
  decider: cycleDecider,
  workflowType: WORKFLOW_TYPES.appraisalCycle,
  startsOn: ['CycleStarted'],
  endsOn: ['CycleClosed', 'CycleSweepRecorded'],
  ends: ({ type, data }) => type === 'CycleClosed' || ('step' in data && data.step === 'cancel'),
  argsOf: ({ data: { cycleId } }) => [{ cycleId } satisfies AppraisalCycleInput],
  searchAttributes: ({ data: { cycleId } }) => shown('cycle', cycleId),
  signals: {
    CyclePhaseCompleted: signalData,
    CyclePhaseClosed: signalData,
    CyclePhaseExtended: signalData,
    CyclePaused: signalData,
    CycleResumed: signalData,
    CycleCancelled: signalData,
  },
  neighbours: {
    AppealWithdrawn: tellItsCycle,
    AppealClosed: tellItsCycle,
    PayoutStarted: tellItsCycle,
    PayoutHoldLifted: tellItsCycle,
    PayoutReleased: tellItsCycle,
    PayoutAcknowledged: tellItsCycle,
    PayoutCancelled: tellItsCycle,
  },
  reads: [cycleProgressProjection, appealProjection, payoutBatchProjection, payoutLineProjection],
});

const appealRoute = defineWorkflowRoute({
  decider: appealDecider,
  workflowType: WORKFLOW_TYPES.appeal,
  startsOn: ['AppealFiled'],
  // Also one declined for good is closed by its workflow, at the end of the time to escalate.
  endsOn: ['AppealWithdrawn', 'AppealClosed'],
  argsOf: ({ data: { appealId } }) => [{ appealId } satisfies AppealInput],
  searchAttributes: ({ data }) => shown('appeal', 'cycleId' in data ? data.cycleId : ''),
  signals: {
    AppealMoreAsked: signalData,
    AppealMoreGiven: signalData,
    AppealAccepted: signalData,
    AppealDeclined: signalData,
    AppealEscalated: signalData,
    AppealReferredToFactOwner: signalData,
    FactOwnerCorrected: signalData,
    FactOwnerStoodBy: signalData,
    FactOwnerSilent: signalData,
    AppealOffered: signalData,
    OfferAccepted: signalData,
    OfferRefused: signalData,
    PanelSeated: signalData,
    PanelNotSeatable: signalData,
    PanelNamedByGm: signalData,
    PanelMemberReplaced: signalData,
    HearingNoted: signalData,
    VoteCast: signalData,
    AppealDecided: signalData,
    AppealWithdrawn: signalData,
    AppealClosed: signalData,
  },
});

/** A batch that was acknowledged may still hold lines: only the decider knows, so it stays among those asked about. */
const payoutRoute = defineWorkflowRoute({
  decider: payoutDecider,
  workflowType: WORKFLOW_TYPES.payoutBatch,
  startsOn: ['PayoutStarted'],
  endsOn: ['PayoutCancelled'],
  argsOf: ({ data: { batchId } }) => [{ batchId } satisfies PayoutBatchInput],
  searchAttributes: ({ data }) => shown('payout', 'cycleId' in data ? data.cycleId : ''),
  signals: {
    PayoutComputed: signalData,
    PayoutChecked: signalData,
    PayoutApproved: signalData,
    PayoutReleased: signalData,
    PayoutAcknowledged: signalData,
    PayoutHoldLifted: signalData,
    PayoutCancelled: signalData,
  },
});

const planRoute = defineWorkflowRoute({
  decider: planDecider,
  workflowType: WORKFLOW_TYPES.coachingPlan,
  startsOn: ['CoachingPlanStarted'],
  endsOn: ['PlanGraduated', 'PlanEnded'],
  argsOf: ({ data: { planId } }) => [{ planId } satisfies CoachingPlanInput],
  searchAttributes: ({ data }) =>
    shown('plan', 'cause' in data && typeof data.cause === 'object' && 'cycleId' in data.cause ? data.cause.cycleId : ''),
  signals: {
    GatePassed: signalData,
    GateFailed: signalData,
    PlanPaused: signalData,
    PlanResumed: signalData,
    PlanExtended: signalData,
    PlanGraduated: signalData,
    PlanEnded: signalData,
  },
});

/** How streams meet workflows: one route a category. */
export const productRoutes: readonly AnyWorkflowRoute[] = [cycleRoute, appealRoute, payoutRoute, planRoute];
