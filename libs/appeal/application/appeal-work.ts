import { actorId, type Clock, type Instant, type Period, Rejection } from '#kernel';
import type { AppraisalReader, ScoreBasis } from '#libs/appraisal/contracts';
import { type CommandRunner, EventStoreError } from '#libs/event-store';
import type { OrganisationReader } from '#libs/organisation/contracts';
import type { Amendment, AppealCommand, AppealProgress, AppealStage, AppealWork, WorkOutcome } from '../contracts';
import { appealDecider } from '../domain/appeal.decider';
import type { Appeal, AppealState } from '../domain/appeal-state';
import { loadCase, type OpenCase, seatParts } from './appeal.service';

export interface AppealWorkParts {
  readonly runner: CommandRunner;
  readonly clock: Clock;
  readonly ids: { uuid(): string };
  readonly organisation: OrganisationReader;
  readonly appraisals: AppraisalReader;
  /** The scoring service of the appraisal feature: what the score would be with the corrections. Without it an offer names none. */
  readonly amend?: (input: {
    readonly period: Period;
    readonly basis: ScoreBasis;
    readonly amendments: readonly Amendment[];
    readonly position: number;
  }) => Promise<{ readonly result: { readonly score: string | null } }>;
}

const ACTOR = actorId('system:appeal-workflow');

/** Implements what the workflow of an appeal asks for; every act is a command like any other. */
export function createAppealWork(parts: AppealWorkParts): AppealWork {
  const { runner, clock } = parts;
  const run = async (
    appealId: string,
    requestKey: string,
    derive: (open: OpenCase, now: Instant) => Promise<AppealCommand | undefined>,
  ): Promise<WorkOutcome> => {
    const now = clock.now();
    const command = await derive(await loadCase(parts, appealId), now);
    if (!command) return { done: false, refused: 'appeal.nothing-owed' };
    return outcomeOf(() => runner.run(appealDecider, appealId, command, { now, actor: ACTOR, requestKey, intent: { type: command.type } }));
  };
  return {
    async progress(appealId) {
      return progressOf((await runner.load(appealDecider, appealId)).state);
    },
    doDuty: ({ appealId, duty, requestKey }) =>
      run(appealId, requestKey, async (open, now) => (dutyOf(open.appeal) === duty ? dutyCommand(parts, open, now) : undefined)),
    passDeadline: ({ appealId, stage, requestKey }) =>
      run(appealId, requestKey, async (open, now) => (open.appeal.stage === stage ? deadlineCommand(parts, open, now) : undefined)),
    recordDecisionOverdue: ({ appealId, requestKey }) =>
      run(appealId, requestKey, async ({ appeal }) => ({ type: 'RecordAppealOverdue', data: { stage: appeal.stage, what: 'decision' } })),
  };
}

/** A refused command is a result: a person may beat a timer by a moment. So is a key that a first try has used. */
export async function outcomeOf(send: () => Promise<unknown>): Promise<WorkOutcome> {
  try {
    await send();
    return { done: true, refused: null };
  } catch (error) {
    if (error instanceof Rejection) return { done: false, refused: error.code };
    if (error instanceof EventStoreError && error.code === 'request-key-reused') return { done: true, refused: null };
    throw error;
  }
}

export function progressOf(state: AppealState): AppealProgress {
  if (state.stage === 'none') throw new Rejection('appeal.unknown');
  const stopped = state.remaining !== undefined;
  return {
    stage: state.stage,
    terminal: appealDecider.isTerminal(state),
    round: state.round,
    dueAt: state.overdueRound === state.round ? null : (state.due?.at ?? null),
    decideBy: stopped || ENDED.has(state.stage) ? null : (state.decideBy?.at ?? null),
    decisionOverdueRecorded: state.decisionOverdue,
    duty: dutyOf(state),
  };
}

const ENDED: ReadonlySet<AppealStage> = new Set(['decided', 'declined', 'declined-final', 'withdrawn', 'closed']);

function dutyOf(appeal: Appeal): 'seat-panel' | 'make-offer' | null {
  if (appeal.stage === 'to-panel') return 'seat-panel';
  return appeal.stage === 'offer-due' ? 'make-offer' : null;
}

async function dutyCommand(parts: AppealWorkParts, open: OpenCase, now: Instant): Promise<AppealCommand> {
  const { appeal, clock } = open;
  const { terms } = appeal;
  if (appeal.stage === 'offer-due') {
    const score = await foretoldScore(parts, appeal);
    return { type: 'OfferCorrection', data: { score, answerBy: clock.due(now, terms.offerDays) } };
  }
  const { pool, remaining } = await seatParts(parts, open, now);
  const decideBy = appeal.decideBy ?? clock.due(now, terms.decisionDays);
  return { type: 'SeatPanel', data: { pool, remaining, decideBy, voteBy: clock.due(now, terms.voteDays) } };
}

async function foretoldScore({ amend, appraisals }: AppealWorkParts, { appraisalId, corrections }: Appeal): Promise<string | undefined> {
  const result = amend && (await appraisals.publishedResult(appraisalId));
  if (!result) return undefined;
  const { period, position } = result;
  const amended = await amend({ period, basis: result.current.basis, amendments: corrections, position });
  return amended.result.score ?? undefined;
}

/** What a passed deadline leads to, stage by stage. */
async function deadlineCommand(parts: AppealWorkParts, open: OpenCase, now: Instant): Promise<AppealCommand | undefined> {
  const { appeal, clock } = open;
  switch (appeal.stage) {
    case 'triage':
    case 'escalated':
      return { type: 'RecordAppealOverdue', data: { stage: appeal.stage, what: 'triage' } };
    case 'more-asked':
      return {
        type: 'GiveMore',
        data: { evidence: [], triageBy: clock.resumed(now, appeal.remaining ?? { workingDays: appeal.terms.triageDays }) },
      };
    case 'fact-owner':
      return { type: 'RecordFactOwnerSilence', data: {} };
    case 'offered':
      return { type: 'RefuseOffer', data: { how: 'by-silence' } };
    case 'hearing': {
      const { pool, remaining } = await seatParts(parts, open, now);
      const { voteDays, closeDays } = appeal.terms;
      return { type: 'CloseVoting', data: { pool, remaining, voteBy: clock.due(now, voteDays), closeBy: clock.due(now, closeDays) } };
    }
    case 'declined':
    case 'declined-final':
    case 'decided':
      return { type: 'CloseAppeal', data: { schemeAtFault: null } };
    default:
      return undefined;
  }
}
