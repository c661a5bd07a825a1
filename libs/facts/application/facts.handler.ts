import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '#libs/event-store';
import type { FactCorrection } from '../contracts';
import type { FactImports } from './fact-import.service';
import type { FactFileInput, FactImportResult, FactListInput, FactPreview } from './fact-import.types';
import type { ImportProfiles, SaveProfileInput } from './import-profile.service';

/** Bound to `createFactImports` and `createImportProfiles` by the module. */
export const FACT_IMPORTS = Symbol('FactImports');
export const IMPORT_PROFILES = Symbol('ImportProfiles');

export class ImportFactFileRequest {
  constructor(
    readonly input: FactFileInput,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(ImportFactFileRequest)
export class ImportFactFileHandler implements ICommandHandler<ImportFactFileRequest, FactImportResult> {
  constructor(@Inject(FACT_IMPORTS) private readonly imports: FactImports) {}

  execute({ input, context }: ImportFactFileRequest): Promise<FactImportResult> {
    return this.imports.importFile(input, context);
  }
}

export class PreviewFactFileRequest {
  constructor(readonly input: FactFileInput) {}
}

@CommandHandler(PreviewFactFileRequest)
export class PreviewFactFileHandler implements ICommandHandler<PreviewFactFileRequest, FactPreview> {
  constructor(@Inject(FACT_IMPORTS) private readonly imports: FactImports) {}

  execute({ input }: PreviewFactFileRequest): Promise<FactPreview> {
    return this.imports.preview(input);
  }
}

export class RecordFactListRequest {
  constructor(
    readonly input: FactListInput,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(RecordFactListRequest)
export class RecordFactListHandler implements ICommandHandler<RecordFactListRequest, FactImportResult> {
  constructor(@Inject(FACT_IMPORTS) private readonly imports: FactImports) {}

  execute({ input, context }: RecordFactListRequest): Promise<FactImportResult> {
    return this.imports.importList(input, context);
  }
}

export class ImportSetAsideRequest {
  constructor(
    readonly importId: string,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(ImportSetAsideRequest)
export class ImportSetAsideHandler implements ICommandHandler<ImportSetAsideRequest, FactImportResult> {
  constructor(@Inject(FACT_IMPORTS) private readonly imports: FactImports) {}

  execute({ importId, context }: ImportSetAsideRequest): Promise<FactImportResult> {
    return this.imports.importSetAside(importId, context);
  }
}

export class CorrectFactRequest {
  constructor(
    readonly correction: FactCorrection,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(CorrectFactRequest)
export class CorrectFactHandler implements ICommandHandler<CorrectFactRequest, { readonly factId: string; readonly token: string | null }> {
  constructor(@Inject(FACT_IMPORTS) private readonly imports: FactImports) {}

  execute({ correction, context }: CorrectFactRequest): Promise<{ readonly factId: string; readonly token: string | null }> {
    return this.imports.correct(correction, context);
  }
}

export class SaveImportProfileRequest {
  constructor(
    readonly input: SaveProfileInput,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(SaveImportProfileRequest)
export class SaveImportProfileHandler implements ICommandHandler<
  SaveImportProfileRequest,
  { readonly name: string; readonly version: number; readonly token: string | null }
> {
  constructor(@Inject(IMPORT_PROFILES) private readonly profiles: ImportProfiles) {}

  execute({
    input,
    context,
  }: SaveImportProfileRequest): Promise<{ readonly name: string; readonly version: number; readonly token: string | null }> {
    return this.profiles.save(input, context);
  }
}
