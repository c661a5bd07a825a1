import { type DynamicModule, Module } from '@nestjs/common';
import type { DepositDesk } from './deposit.service';
import { ActOnPayoutHandler, DEPOSIT_DESK, PAYOUT_DESK, ReleaseDepositHandler, StartPayoutHandler } from './payout.handler';
import type { PayoutDesk } from './payout.service';

@Module({})
export class PayoutModule {
  static with(desk: PayoutDesk, deposits: DepositDesk): DynamicModule {
    return {
      module: PayoutModule,
      providers: [
        { provide: PAYOUT_DESK, useValue: desk },
        { provide: DEPOSIT_DESK, useValue: deposits },
        StartPayoutHandler,
        ActOnPayoutHandler,
        ReleaseDepositHandler,
      ],
    };
  }
}
