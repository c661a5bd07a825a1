import { type DynamicModule, Module } from '@nestjs/common';
import { ChangeOrganisationHandler, ImportPeopleHandler, PEOPLE_IMPORTS, PreviewPeopleHandler } from './organisation.handler';
import type { PeopleImports } from './people-import.service';

/** COMMAND_RUNNER comes from a global module of the process. */
@Module({})
export class OrganisationModule {
  static with(imports: PeopleImports): DynamicModule {
    return {
      module: OrganisationModule,
      providers: [{ provide: PEOPLE_IMPORTS, useValue: imports }, ImportPeopleHandler, PreviewPeopleHandler, ChangeOrganisationHandler],
    };
  }
}
