import { addDecimal, decimal, derivedUuid, formatFixed, Rejection, type SubjectId } from '#kernel';
import { COMPANY_ZONE, dayAt } from '#libs/calendar';
import type { CommandContext, CommandResult } from '#libs/event-store';
import type { PersonalTexts } from '#libs/privacy/contracts';
import type { SchemeSource } from '#libs/scheme';
import { depositDecider } from '../domain/deposit.decider';
import { type DepositHeld, depositOf } from '../read/deposit.query';
import { DEFAULT_CURRENCY } from '../read/statement.query';
import type { PayoutParts } from './payout-parts';
import { waitForReadModels } from './payout-work';

export interface DepositParts extends Pick<PayoutParts, 'runner' | 'log' | 'read' | 'cycles' | 'appraisals' | 'organisation'> {
  readonly schemes: SchemeSource;
  readonly texts: Pick<PersonalTexts, 'make'>;
}

/** Deposits that schemes withhold, by person. */
export interface DepositDesk {
  held(subject: SubjectId): Promise<DepositHeld>;
  /**
   * By HR or finance, when the person has left in good standing: all that is held becomes a line of a supplementary batch, which is
   * checked, approved and released like any other. Thrown: Rejection `payout.still-employed`, `payout.no-deposit-held`, `payout.own-deposit`.
   */
  release(input: { readonly subject: SubjectId; readonly reason: string }, context: CommandContext): Promise<CommandResult>;
}

export function createDepositDesk(parts: DepositParts): DepositDesk {
  return {
    held: (subject) => depositOf(parts, subject),
    async release({ subject, reason }, context) {
      const { position } = await parts.log.head();
      await waitForReadModels(parts, position);
      const isEmployed = await parts.organisation.person(subject, dayAt(context.now, COMPANY_ZONE));
      if (isEmployed) throw new Rejection('payout.still-employed');
      const { opening, withheld, cycleId } = await depositOf(parts, subject);
      if (cycleId === null) throw new Rejection('payout.no-deposit-held');
      const data = {
        releaseId: derivedUuid('deposit-release', context.requestKey),
        subject,
        cycleId,
        withheld: formatFixed(addDecimal(decimal(opening), decimal(withheld)), 2),
        currency: DEFAULT_CURRENCY,
        reason: parts.texts.make(subject, reason),
      };
      return parts.runner.run(
        depositDecider,
        subject,
        { type: 'ReleaseDeposit', data },
        { ...context, intent: { subject, reason: data.reason } },
      );
    },
  };
}
