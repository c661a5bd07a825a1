import { type Decider, type DecisionContext, Rejection } from '#kernel';
import type { AppraisalCommand, AppraisalEvent } from '../contracts';
import {
  amendAppraisal,
  answerObjection,
  cancelAppraisal,
  confirmResult,
  finaliseAppraisal,
  objectToResult,
  publishAppraisal,
  recordScore,
} from './appraisal-result';
import {
  approveSecondReview,
  closeAppraisalStep,
  openAppraisal,
  sendBackAppraisal,
  submitManagerScore,
  submitSelfReview,
} from './appraisal-steps';
import { correctScore } from './corrections';
import { type Appraisal, type AppraisalState, evolveAppraisal, NO_APPRAISAL } from './appraisal.state';
import { decideRaters } from './peer-review';

export const appraisalDecider: Decider<AppraisalCommand, AppraisalState, AppraisalEvent> = {
  category: 'appraisal',
  initial: NO_APPRAISAL,
  decide(command, state, context) {
    if (command.type === 'OpenAppraisal') return openAppraisal(command, state, context);
    if (state.status === 'none') throw new Rejection('appraisal.not-opened');
    return decideOpened(command, state, context);
  },
  evolve: evolveAppraisal,
  /** A final one may still be amended by a decision that arrives late. */
  isTerminal: (state) => state.status === 'cancelled',
};

function decideOpened(
  command: Exclude<AppraisalCommand, { type: 'OpenAppraisal' }>,
  appraisal: Appraisal,
  context: DecisionContext,
): readonly AppraisalEvent[] {
  switch (command.type) {
    case 'SubmitSelfReview':
      return submitSelfReview(command, appraisal, context);
    case 'SubmitManagerScore':
      return submitManagerScore(command, appraisal, context);
    case 'ApproveSecondReview':
      return approveSecondReview(command, appraisal, context);
    case 'SendBackAppraisal':
      return sendBackAppraisal(command, appraisal, context);
    case 'CloseAppraisalStep':
      return closeAppraisalStep(command, appraisal, context);
    case 'RecordScore':
      return recordScore(command, appraisal, context);
    case 'PublishAppraisal':
      return publishAppraisal(command, appraisal, context);
    case 'ConfirmResult':
      return confirmResult(command, appraisal, context);
    case 'ObjectToResult':
      return objectToResult(command, appraisal, context);
    case 'AnswerObjection':
      return answerObjection(command, appraisal, context);
    case 'AmendAppraisal':
      return amendAppraisal(command, appraisal, context);
    case 'FinaliseAppraisal':
      return finaliseAppraisal(command, appraisal, context);
    case 'CancelAppraisal':
      return cancelAppraisal(command, appraisal, context);
    case 'CorrectScore':
      return correctScore(command, appraisal, context);
    case 'NominatePeers':
    case 'AnswerAsPeer':
    case 'RecordPeerAnswers':
    case 'RecordCustomerAnswers':
      return decideRaters(command, appraisal, context);
  }
}
