import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext, CommandResult } from '#libs/event-store';
import type { CustomerAnswersInput, NominatePeersInput, PeerAnswerInput } from '../contracts';
import type { Raters } from './raters.service';

/** Bound to `createRaters` by the module. */
export const RATERS = Symbol('Raters');

export type RaterAct =
  | { readonly kind: 'nominate-peers'; readonly input: NominatePeersInput }
  | { readonly kind: 'answer-as-peer'; readonly input: PeerAnswerInput }
  | { readonly kind: 'record-customer-answers'; readonly input: CustomerAnswersInput };

/** One act about the groups of raters of one appraisal. */
export class ActOnRatersRequest {
  constructor(
    readonly appraisalId: string,
    readonly act: RaterAct,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(ActOnRatersRequest)
export class ActOnRatersHandler implements ICommandHandler<ActOnRatersRequest, CommandResult> {
  constructor(@Inject(RATERS) private readonly raters: Raters) {}

  execute({ appraisalId, act, context }: ActOnRatersRequest): Promise<CommandResult> {
    switch (act.kind) {
      case 'nominate-peers':
        return this.raters.nominatePeers(appraisalId, act.input, context);
      case 'answer-as-peer':
        return this.raters.answerAsPeer(appraisalId, act.input, context);
      case 'record-customer-answers':
        return this.raters.recordCustomerAnswers(appraisalId, act.input, context);
    }
  }
}
