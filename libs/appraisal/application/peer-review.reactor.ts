import { defineReactor, type ReactorCommand, type ReactorContext, type ReactorHandler } from '#libs/projections';
import type { PersonalTexts } from '#libs/privacy/contracts';
import type { AppraisalEvent, RecordPeerAnswers } from '../contracts';
import { appraisalDecider } from '../domain/appraisal.decider';
import { isComplete } from '../domain/peer-review';
import { boundsOf, peerAnswersOf, type PeerAnswersParts } from './peer-answers';

type Watched = Extract<
  AppraisalEvent,
  { readonly type: 'PeersNominated' | 'PeerAnswered' | 'PeerReviewClosed' | 'PeerAnswersRecorded' | 'AppraisalCancelled' }
>;

export interface PeerReviewParts extends PeerAnswersParts {
  readonly texts: Pick<PersonalTexts, 'open' | 'forget'>;
}

const idOf = (streamId: string): string => streamId.slice('appraisal-'.length);

/** Under a key of its own: the event that led here names whoever answered last, and nothing beside the answers names anybody. */
function recording(appraisalId: string, command: RecordPeerAnswers): ReactorCommand {
  const requestKey = `peer-review/${appraisalId}/${command.data.raters}`;
  return {
    target: appraisalId,
    send: (runner, context) =>
      runner.run(appraisalDecider, appraisalId, command, {
        now: context.now,
        actor: context.actor,
        requestKey,
        causationId: requestKey,
        correlationId: requestKey,
        intent: { record: appraisalId },
      }),
  };
}

/**
 * Records the answers of colleagues together, when all of them have answered or their step is closed, and then throws away
 * the key that they were sealed with.
 */
export function createPeerReviewReactor(parts: PeerReviewParts) {
  const record = async ({ streamId }: { readonly streamId: string }, { load }: ReactorContext): Promise<readonly ReactorCommand[]> => {
    const { state } = await load(appraisalDecider, idOf(streamId));
    if (state.status !== 'open' || !state.peerRound) return [];
    const scheme = await parts.schemes.scheme(state.scheme.schemeId, state.scheme.version);
    const { least } = boundsOf(scheme?.document ?? {});
    if (!state.peerRound.closed && !isComplete(state.peerRound, least)) return [];
    const command = await peerAnswersOf(parts, state);
    return command ? [recording(idOf(streamId), command)] : [];
  };
  const forget: ReactorHandler<Watched> = async ({ streamId }, { load }) => {
    const { state } = await load(appraisalDecider, idOf(streamId));
    if (state.status !== 'none' && state.peerRound) await parts.texts.forget([state.peerRound.round]);
    return [];
  };
  return defineReactor<Watched>({
    name: 'peer-review',
    version: 1,
    on: {
      PeersNominated: record,
      PeerAnswered: record,
      PeerReviewClosed: record,
      PeerAnswersRecorded: forget,
      AppraisalCancelled: forget,
    },
  });
}
