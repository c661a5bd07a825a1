import { type DynamicModule, Module } from '@nestjs/common';
import type { TargetImports } from './target-import.service';
import { AcceptTargetsHandler, ImportTargetsHandler, PreviewTargetsHandler, TARGET_IMPORTS } from './targets.handler';

/** COMMAND_RUNNER comes from a global module of the process. */
@Module({})
export class TargetsModule {
  static with(imports: TargetImports): DynamicModule {
    return {
      module: TargetsModule,
      providers: [{ provide: TARGET_IMPORTS, useValue: imports }, ImportTargetsHandler, PreviewTargetsHandler, AcceptTargetsHandler],
    };
  }
}
