import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Period, SubjectId } from '#kernel';
import type { CommandContext, CommandResult, CommandRunner } from '#libs/event-store';
import { COMMAND_RUNNER } from '#libs/runtime';
import { targetAcceptanceDecider } from '../domain/target-import.decider';
import type { TargetFileInput, TargetImportResult, TargetImports, TargetPreview } from './target-import.service';

/** Bound to `createTargetImports` by the module. */
export const TARGET_IMPORTS = Symbol('TargetImports');

export class ImportTargetsRequest {
  constructor(
    readonly input: TargetFileInput,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(ImportTargetsRequest)
export class ImportTargetsHandler implements ICommandHandler<ImportTargetsRequest, TargetImportResult> {
  constructor(@Inject(TARGET_IMPORTS) private readonly imports: TargetImports) {}

  execute({ input, context }: ImportTargetsRequest): Promise<TargetImportResult> {
    return this.imports.import(input, context);
  }
}

export class PreviewTargetsRequest {
  constructor(readonly input: TargetFileInput) {}
}

@CommandHandler(PreviewTargetsRequest)
export class PreviewTargetsHandler implements ICommandHandler<PreviewTargetsRequest, TargetPreview> {
  constructor(@Inject(TARGET_IMPORTS) private readonly imports: TargetImports) {}

  execute({ input }: PreviewTargetsRequest): Promise<TargetPreview> {
    return this.imports.preview(input);
  }
}

export class AcceptTargetsRequest {
  constructor(
    readonly subject: SubjectId,
    readonly period: Period,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(AcceptTargetsRequest)
export class AcceptTargetsHandler implements ICommandHandler<AcceptTargetsRequest, CommandResult> {
  constructor(@Inject(COMMAND_RUNNER) private readonly runner: CommandRunner) {}

  execute({ subject, period, context }: AcceptTargetsRequest): Promise<CommandResult> {
    return this.runner.run(targetAcceptanceDecider, `${subject}.${period}`, { type: 'AcceptTargets', data: { subject, period } }, context);
  }
}
