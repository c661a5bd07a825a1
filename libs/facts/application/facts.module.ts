import { type DynamicModule, Module } from '@nestjs/common';
import type { FactImports } from './fact-import.service';
import {
  CorrectFactHandler,
  FACT_IMPORTS,
  IMPORT_PROFILES,
  ImportFactFileHandler,
  ImportSetAsideHandler,
  PreviewFactFileHandler,
  RecordFactListHandler,
  SaveImportProfileHandler,
} from './facts.handler';
import type { ImportProfiles } from './import-profile.service';

@Module({})
export class FactsModule {
  static with(services: { readonly imports: FactImports; readonly profiles: ImportProfiles }): DynamicModule {
    return {
      module: FactsModule,
      providers: [
        { provide: FACT_IMPORTS, useValue: services.imports },
        { provide: IMPORT_PROFILES, useValue: services.profiles },
        ImportFactFileHandler,
        PreviewFactFileHandler,
        RecordFactListHandler,
        ImportSetAsideHandler,
        CorrectFactHandler,
        SaveImportProfileHandler,
      ],
    };
  }
}
