import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext, CommandResult } from '#libs/event-store';
import type { CoachingDesk, PlanAct, StartPlanInput } from './coaching.service';

/** Bound to `createCoachingDesk` by the module. */
export const COACHING_DESK = Symbol('CoachingDesk');

export class StartPlanRequest {
  constructor(
    readonly input: StartPlanInput,
    readonly context: CommandContext,
  ) {}
}
type Started = CommandResult & { readonly planId: string };

@CommandHandler(StartPlanRequest)
export class StartPlanHandler implements ICommandHandler<StartPlanRequest, Started> {
  constructor(@Inject(COACHING_DESK) private readonly desk: CoachingDesk) {}

  execute({ input, context }: StartPlanRequest): Promise<Started> {
    return this.desk.start(input, context);
  }
}

/** Everything that people do with a plan once it runs. */
export class ActOnPlanRequest {
  constructor(
    readonly planId: string,
    readonly act: PlanAct,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(ActOnPlanRequest)
export class ActOnPlanHandler implements ICommandHandler<ActOnPlanRequest, CommandResult> {
  constructor(@Inject(COACHING_DESK) private readonly desk: CoachingDesk) {}

  execute({ planId, act, context }: ActOnPlanRequest): Promise<CommandResult> {
    return this.desk.act(planId, act, context);
  }
}
