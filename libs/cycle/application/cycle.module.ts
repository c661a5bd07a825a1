import { type DynamicModule, Module } from '@nestjs/common';
import type { CycleReminders } from './cycle-reminders.service';
import type { CycleStart } from './cycle-start.service';
import { ChangeCycleHandler, CYCLE_REMINDERS, CYCLE_START, RemindPeopleHandler, StartCycleHandler } from './cycle.handler';

/** COMMAND_RUNNER comes from a global module of the process. */
@Module({})
export class CycleModule {
  static with({ start, reminders }: { readonly start: CycleStart; readonly reminders: CycleReminders }): DynamicModule {
    return {
      module: CycleModule,
      providers: [
        { provide: CYCLE_START, useValue: start },
        { provide: CYCLE_REMINDERS, useValue: reminders },
        StartCycleHandler,
        ChangeCycleHandler,
        RemindPeopleHandler,
      ],
    };
  }
}
