import { type DynamicModule, Module } from '@nestjs/common';
import { ActOnPlanHandler, COACHING_DESK, StartPlanHandler } from './coaching.handler';
import type { CoachingDesk } from './coaching.service';

@Module({})
export class CoachingModule {
  static with(desk: CoachingDesk): DynamicModule {
    return { module: CoachingModule, providers: [{ provide: COACHING_DESK, useValue: desk }, StartPlanHandler, ActOnPlanHandler] };
  }
}
