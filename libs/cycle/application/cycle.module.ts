import { type DynamicModule, Module } from '@nestjs/common';
import type { CycleStart } from './cycle-start.service';
import { ChangeCycleHandler, CYCLE_START, StartCycleHandler } from './cycle.handler';

/** COMMAND_RUNNER comes from a global module of the process. */
@Module({})
export class CycleModule {
  static with(start: CycleStart): DynamicModule {
    return { module: CycleModule, providers: [{ provide: CYCLE_START, useValue: start }, StartCycleHandler, ChangeCycleHandler] };
  }
}
