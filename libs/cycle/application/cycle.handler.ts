import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext, CommandResult, CommandRunner } from '#libs/event-store';
import { COMMAND_RUNNER } from '#libs/runtime';
import type { CancelCycle, CloseCyclePhase, ExtendCyclePhase, PauseCycle, ResumeCycle, StartCycleInput } from '../contracts';
import { cycleDecider } from '../domain/cycle.decider';
import type { CycleReminders, RemindInput } from './cycle-reminders.service';
import type { CycleStart } from './cycle-start.service';

/** Bound to `createCycleStart` by the module. */
export const CYCLE_START = Symbol('CycleStart');

/** Bound to `createCycleReminders` by the module. */
export const CYCLE_REMINDERS = Symbol('CycleReminders');

export class StartCycleRequest {
  constructor(
    readonly input: StartCycleInput,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(StartCycleRequest)
export class StartCycleHandler implements ICommandHandler<StartCycleRequest> {
  constructor(@Inject(CYCLE_START) private readonly cycleStart: CycleStart) {}

  execute({ input, context }: StartCycleRequest): Promise<CommandResult & { readonly cycleId: string }> {
    return this.cycleStart.start(input, context);
  }
}

/** What HR may do with a cycle under way; its workflow hears of it through the recorded event. */
export class ChangeCycleRequest {
  constructor(
    readonly cycleId: string,
    readonly command: PauseCycle | ResumeCycle | CancelCycle | ExtendCyclePhase | CloseCyclePhase,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(ChangeCycleRequest)
export class ChangeCycleHandler implements ICommandHandler<ChangeCycleRequest, CommandResult> {
  constructor(@Inject(COMMAND_RUNNER) private readonly runner: CommandRunner) {}

  execute({ cycleId, command, context }: ChangeCycleRequest): Promise<CommandResult> {
    return this.runner.run(cycleDecider, cycleId, command, context);
  }
}

/** A reminder by hand of a step that people owe. */
export class RemindPeopleRequest {
  constructor(
    readonly cycleId: string,
    readonly input: RemindInput,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(RemindPeopleRequest)
export class RemindPeopleHandler implements ICommandHandler<RemindPeopleRequest, CommandResult> {
  constructor(@Inject(CYCLE_REMINDERS) private readonly reminders: CycleReminders) {}

  execute({ cycleId, input, context }: RemindPeopleRequest): Promise<CommandResult> {
    return this.reminders.remind(cycleId, input, context);
  }
}
