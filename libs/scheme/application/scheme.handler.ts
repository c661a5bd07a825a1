import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext, CommandResult, CommandRunner } from '#libs/event-store';
import { COMMAND_RUNNER } from '#libs/runtime';
import type { SchemeCommand } from '../contracts/commands';
import { schemeDecider } from '../domain/life/scheme.decider';

/** A scheme command with who, when and the request key. */
export class RunSchemeCommand extends Command<CommandResult> {
  constructor(
    readonly command: SchemeCommand,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RunSchemeCommand)
export class SchemeHandler implements ICommandHandler<RunSchemeCommand> {
  constructor(@Inject(COMMAND_RUNNER) private readonly runner: CommandRunner) {}

  execute({ command, context }: RunSchemeCommand): Promise<CommandResult> {
    return this.runner.run(schemeDecider, command.data.schemeId, command, context);
  }
}
