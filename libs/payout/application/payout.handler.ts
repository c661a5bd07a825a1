import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { SubjectId } from '#kernel';
import type { CommandContext, CommandResult } from '#libs/event-store';
import type { DepositDesk } from './deposit.service';
import type { PayoutAct, PayoutDesk } from './payout.service';
import type { StartedBatch } from './payout-work';

/** Bound to `createPayoutDesk` by the module. */
export const PAYOUT_DESK = Symbol('PayoutDesk');

/** The regular batch of a cycle, started by hand. */
export class StartPayoutRequest {
  constructor(
    readonly cycleId: string,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(StartPayoutRequest)
export class StartPayoutHandler implements ICommandHandler<StartPayoutRequest, StartedBatch> {
  constructor(@Inject(PAYOUT_DESK) private readonly desk: PayoutDesk) {}

  execute({ cycleId, context }: StartPayoutRequest): Promise<StartedBatch> {
    return this.desk.start(cycleId, context);
  }
}

/** Check, approve, hold, lift, release, acknowledge, cancel. */
export class ActOnPayoutRequest {
  constructor(
    readonly batchId: string,
    readonly act: PayoutAct,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(ActOnPayoutRequest)
export class ActOnPayoutHandler implements ICommandHandler<ActOnPayoutRequest, CommandResult> {
  constructor(@Inject(PAYOUT_DESK) private readonly desk: PayoutDesk) {}

  execute({ batchId, act, context }: ActOnPayoutRequest): Promise<CommandResult> {
    return this.desk.act(batchId, act, context);
  }
}

/** Bound to `createDepositDesk` by the module. */
export const DEPOSIT_DESK = Symbol('DepositDesk');

/** A deposit is given back. */
export class ReleaseDepositRequest {
  constructor(
    readonly subject: SubjectId,
    readonly reason: string,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(ReleaseDepositRequest)
export class ReleaseDepositHandler implements ICommandHandler<ReleaseDepositRequest, CommandResult> {
  constructor(@Inject(DEPOSIT_DESK) private readonly desk: DepositDesk) {}

  execute({ subject, reason, context }: ReleaseDepositRequest): Promise<CommandResult> {
    return this.desk.release({ subject, reason }, context);
  }
}
