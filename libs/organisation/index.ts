export { STANDARD_PEOPLE_PROFILE } from './application/people-file';
export { createPeopleImports, PEOPLE_IMPORT_LIMITS } from './application/people-import.service';
export type {
  PeopleImportCounts,
  PeopleImportInput,
  PeopleImportParts,
  PeopleImportResult,
  PeopleImports,
  PeoplePreview,
} from './application/people-import.service';
export { ChangeOrganisationRequest, ImportPeopleRequest, PEOPLE_IMPORTS, PreviewPeopleRequest } from './application/organisation.handler';
export { OrganisationModule } from './application/organisation.module';
export { ORGANISATION_ID, organisationDecider } from './domain/organisation.decider';
export { createKnownPeopleQuery } from './read/known-people.query';
export type { KnownPeopleQuery } from './read/known-people.query';
export { createOrganisationReader } from './read/organisation.query';
export { UNIT_LIMITS, unitNames } from './read/units.query';
export type { UnitNames } from './read/units.query';
export { peopleImportsBefore } from './read/import-history.query';
export { placesNamed } from './read/places.query';
export { peopleLines, personLines } from './read/person-lines.query';
export { organisationProjections } from './read/projections';
