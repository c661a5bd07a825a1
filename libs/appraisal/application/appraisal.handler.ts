import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext, CommandResult } from '#libs/event-store';
import type {
  AnswerInput,
  ManagerScoreInput,
  ObjectionInput,
  RedoStepInput,
  SecondReviewInput,
  SelfReviewInput,
  SendBackInput,
} from '../contracts';
import type { AppraisalActs } from './appraisal-acts.service';

/** Bound to `createAppraisalActs` by the module. */
export const APPRAISAL_ACTS = Symbol('AppraisalActs');

export type AppraisalAct =
  | { readonly kind: 'submit-self-review'; readonly input: SelfReviewInput }
  | { readonly kind: 'submit-manager-score'; readonly input: ManagerScoreInput }
  | { readonly kind: 'approve-second-review'; readonly input: SecondReviewInput }
  | { readonly kind: 'send-back'; readonly input: SendBackInput }
  | { readonly kind: 'confirm' }
  | { readonly kind: 'object'; readonly input: ObjectionInput }
  | { readonly kind: 'answer-objection'; readonly input: AnswerInput }
  | { readonly kind: 'score-again' }
  | { readonly kind: 'publish-late' };

/** One act of one person on one appraisal. */
export class ActOnAppraisalRequest {
  constructor(
    readonly appraisalId: string,
    readonly act: AppraisalAct,
    readonly context: CommandContext,
    /** Of whoever acts: a task may name a role instead of a person. */
    readonly roles: readonly string[],
  ) {}
}

@CommandHandler(ActOnAppraisalRequest)
export class ActOnAppraisalHandler implements ICommandHandler<ActOnAppraisalRequest, CommandResult> {
  constructor(@Inject(APPRAISAL_ACTS) private readonly acts: AppraisalActs) {}

  execute({ appraisalId, act, context, roles }: ActOnAppraisalRequest): Promise<CommandResult> {
    switch (act.kind) {
      case 'submit-self-review':
        return this.acts.submitSelfReview(appraisalId, act.input, context);
      case 'submit-manager-score':
        return this.acts.submitManagerScore(appraisalId, act.input, context, roles);
      case 'approve-second-review':
        return this.acts.approveSecondReview(appraisalId, act.input, context, roles);
      case 'send-back':
        return this.acts.sendBack(appraisalId, act.input, context, roles);
      case 'confirm':
        return this.acts.confirm(appraisalId, context);
      case 'object':
        return this.acts.object(appraisalId, act.input, context);
      case 'answer-objection':
        return this.acts.answerObjection(appraisalId, act.input, context);
      case 'score-again':
        return this.acts.scoreAgain(appraisalId, context);
      case 'publish-late':
        return this.acts.publishLate(appraisalId, context);
    }
  }
}

/** The manager's step done again by a substitute, after an appeal upheld on procedure. */
export class RedoStepRequest {
  constructor(
    readonly appraisalId: string,
    readonly input: RedoStepInput,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(RedoStepRequest)
export class RedoStepHandler implements ICommandHandler<RedoStepRequest, CommandResult> {
  constructor(@Inject(APPRAISAL_ACTS) private readonly acts: AppraisalActs) {}

  execute({ appraisalId, input, context }: RedoStepRequest): Promise<CommandResult> {
    return this.acts.redoStep(appraisalId, input, context);
  }
}
