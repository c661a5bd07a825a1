import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext, CommandResult, CommandRunner } from '#libs/event-store';
import { COMMAND_RUNNER } from '#libs/runtime';
import type { DeclareMetric, DeclareSite, OverrideCalendar } from '../contracts';
import { ORGANISATION_ID, organisationDecider } from '../domain/organisation.decider';
import type { PeopleImportInput, PeopleImportResult, PeopleImports, PeoplePreview } from './people-import.service';

/** Bound to `createPeopleImports` by the module. */
export const PEOPLE_IMPORTS = Symbol('PeopleImports');

export class ImportPeopleRequest {
  constructor(
    readonly input: PeopleImportInput,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(ImportPeopleRequest)
export class ImportPeopleHandler implements ICommandHandler<ImportPeopleRequest, PeopleImportResult> {
  constructor(@Inject(PEOPLE_IMPORTS) private readonly imports: PeopleImports) {}

  execute({ input, context }: ImportPeopleRequest): Promise<PeopleImportResult> {
    return this.imports.import(input, context);
  }
}

export class PreviewPeopleRequest {
  constructor(readonly input: PeopleImportInput) {}
}

@CommandHandler(PreviewPeopleRequest)
export class PreviewPeopleHandler implements ICommandHandler<PreviewPeopleRequest, PeoplePreview> {
  constructor(@Inject(PEOPLE_IMPORTS) private readonly imports: PeopleImports) {}

  execute({ input }: PreviewPeopleRequest): Promise<PeoplePreview> {
    return this.imports.preview(input);
  }
}

/** A setting of the company: a calendar day, a site or a metric. */
export class ChangeOrganisationRequest {
  constructor(
    readonly command: OverrideCalendar | DeclareSite | DeclareMetric,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(ChangeOrganisationRequest)
export class ChangeOrganisationHandler implements ICommandHandler<ChangeOrganisationRequest, CommandResult> {
  constructor(@Inject(COMMAND_RUNNER) private readonly runner: CommandRunner) {}

  execute({ command, context }: ChangeOrganisationRequest): Promise<CommandResult> {
    return this.runner.run(organisationDecider, ORGANISATION_ID, command, context);
  }
}
