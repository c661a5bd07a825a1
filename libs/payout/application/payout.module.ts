import { type DynamicModule, Module } from '@nestjs/common';
import { ActOnPayoutHandler, PAYOUT_DESK, StartPayoutHandler } from './payout.handler';
import type { PayoutDesk } from './payout.service';

@Module({})
export class PayoutModule {
  static with(desk: PayoutDesk): DynamicModule {
    return { module: PayoutModule, providers: [{ provide: PAYOUT_DESK, useValue: desk }, StartPayoutHandler, ActOnPayoutHandler] };
  }
}
