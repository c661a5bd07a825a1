import { type DynamicModule, Module, type Provider, type Type } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import type { Core, Features } from '#apps/assembly';
import { CLOCK, COMMAND_RUNNER, EVENT_LOG, IDS } from '#libs/runtime';
import { AppealBoardController } from './controllers/appeal-board.controller';
import { AppealFileController } from './controllers/appeal-file.controller';
import { AppealPeopleController } from './controllers/appeal-people.controller';
import { AccountsController } from './controllers/accounts.controller';
import { PeopleListController } from './controllers/people-list.controller';
import { TargetListController } from './controllers/target-list.controller';
import { SettingsController } from './controllers/settings.controller';
import { ImportsController } from './controllers/imports.controller';
import { AppealsController } from './controllers/appeals.controller';
import { AppraisalHistoryController } from './controllers/appraisal-history.controller';
import { AuditController } from './controllers/audit.controller';
import { AuditLogController } from './controllers/audit-log.controller';
import { AppraisalProcessController } from './controllers/appraisal-process.controller';
import { AppraisalsController } from './controllers/appraisals.controller';
import { OwnAppraisalsController } from './controllers/own-appraisals.controller';
import { CalendarController } from './controllers/calendar.controller';
import { CycleBoardController } from './controllers/cycle-board.controller';
import { CycleRemindersController } from './controllers/cycle-reminders.controller';
import { ColleaguesController } from './controllers/colleagues.controller';
import { ContestableController } from './controllers/contestable.controller';
import { CyclesController } from './controllers/cycles.controller';
import { DepositsController } from './controllers/deposits.controller';
import { ExplanationFactsController } from './controllers/explanation-facts.controller';
import { FindingsController } from './controllers/findings.controller';
import { FactsController } from './controllers/facts.controller';
import { HealthController, type HealthSource } from './controllers/health.controller';
import { IdentityController } from './controllers/identity.controller';
import { LeaderboardController } from './controllers/leaderboard.controller';
import { MyStatementsController } from './controllers/my-statements.controller';
import { PlansController } from './controllers/plans.controller';
import { RaterSheetsController } from './controllers/rater-sheets.controller';
import { RatersController } from './controllers/raters.controller';
import { RatingAidsController } from './controllers/rating-aids.controller';
import { PayoutDetailsController } from './controllers/payout-details.controller';
import { PayoutsController } from './controllers/payouts.controller';
import { PeopleController } from './controllers/people.controller';
import { PeopleImportsController } from './controllers/people-imports.controller';
import { SchemeLifeController } from './controllers/scheme-life.controller';
import { SchemeBoardController } from './controllers/scheme-board.controller';
import { SchemeToolsController } from './controllers/scheme-tools.controller';
import { SchemeRehearsalController } from './controllers/scheme-rehearsal.controller';
import { SchemesController } from './controllers/schemes.controller';
import { SearchController } from './controllers/search.controller';
import { SessionController } from './controllers/session.controller';
import { TargetsController } from './controllers/targets.controller';
import { TeamController } from './controllers/team.controller';
import { TodoController } from './controllers/todo.controller';
import { Access } from './http/access';
import { AuthGuard } from './http/auth.guard';
import { ImportProgressBook } from './http/import-progress';
import { AuditLooks } from './http/audit-looks';
import { LiveAnswers } from './http/live';
import { NameBook } from './http/name-book';
import { PeopleInOrder } from './http/people-order';
import { OwnWritesInterceptor } from './http/own-writes.interceptor';
import type { EdgeSettings } from './settings';
import * as token from './tokens';

/** Everything the edge stands on; assembled once per process. */
export interface ApiParts {
  readonly settings: EdgeSettings;
  readonly core: Core;
  readonly features: Features;
  readonly health: HealthSource;
}

const CONTROLLERS: readonly Type[] = [
  SessionController,
  SearchController,
  IdentityController,
  HealthController,
  PeopleImportsController,
  AccountsController,
  ImportsController,
  PeopleListController,
  TargetListController,
  SettingsController,
  PeopleController,
  CalendarController,
  TargetsController,
  FactsController,
  SchemeLifeController,
  SchemeBoardController,
  SchemeRehearsalController,
  SchemeToolsController,
  SchemesController,
  FindingsController,
  CycleBoardController,
  CycleRemindersController,
  CyclesController,
  TodoController,
  TeamController,
  RaterSheetsController,
  RatingAidsController,
  ColleaguesController,
  ExplanationFactsController,
  AppraisalHistoryController,
  AppraisalProcessController,
  OwnAppraisalsController,
  AppraisalsController,
  RatersController,
  AppealBoardController,
  AppealFileController,
  AppealPeopleController,
  ContestableController,
  AppealsController,
  MyStatementsController,
  PayoutsController,
  PayoutDetailsController,
  DepositsController,
  LeaderboardController,
  PlansController,
  AuditController,
  AuditLogController,
];

@Module({})
export class ApiModule {
  static with(parts: ApiParts): DynamicModule {
    const values = [...sharedProviders(parts), ...featureProviders(parts.features)];
    return {
      module: ApiModule,
      global: true,
      imports: [CqrsModule.forRoot(), ...parts.features.modules],
      controllers: [...CONTROLLERS],
      providers: [
        ...values,
        Access,
        NameBook,
        PeopleInOrder,
        AuditLooks,
        LiveAnswers,
        ImportProgressBook,
        { provide: APP_GUARD, useClass: AuthGuard },
        { provide: APP_INTERCEPTOR, useClass: OwnWritesInterceptor },
      ],
      exports: values,
    };
  }
}

function sharedProviders({ settings, core, health }: ApiParts): Provider[] {
  return [
    { provide: token.EDGE_SETTINGS, useValue: settings },
    { provide: token.LOGGER, useValue: core.logger },
    { provide: token.IDENTITY, useValue: core.identity },
    { provide: token.PRIVACY, useValue: core.privacy },
    { provide: token.FILE_VAULT, useValue: core.vault },
    { provide: token.READ_DB, useValue: core.readDb },
    { provide: token.HEALTH, useValue: health },
    { provide: token.EVENT_REGISTRY, useValue: core.registry },
    { provide: CLOCK, useValue: core.clock },
    { provide: IDS, useValue: core.ids },
    { provide: COMMAND_RUNNER, useValue: core.runner },
    { provide: EVENT_LOG, useValue: core.log },
  ];
}

function featureProviders({ readers, services }: Features): Provider[] {
  return [
    { provide: token.ORGANISATION, useValue: readers.organisation },
    { provide: token.TARGETS, useValue: readers.targets },
    { provide: token.FACTS, useValue: readers.facts },
    { provide: token.IMPORT_PROFILES_READER, useValue: readers.profiles },
    { provide: token.SCHEMES, useValue: readers.schemes },
    { provide: token.SCHEME_SOURCE, useValue: readers.schemeSource },
    { provide: token.SCHEME_LIFE, useValue: readers.schemeLife },
    { provide: token.SCHEME_REPORTS, useValue: readers.schemeReports },
    { provide: token.REHEARSALS, useValue: services.rehearsals },
    { provide: token.SCHEME_DESK, useValue: services.schemeDesk },
    { provide: token.CYCLES, useValue: readers.cycles },
    { provide: token.APPRAISALS, useValue: readers.appraisals },
    { provide: token.APPEALS, useValue: readers.appeals },
    { provide: token.PAYOUTS, useValue: readers.payouts },
    { provide: token.PLANS, useValue: readers.plans },
    { provide: token.TIMELINES, useValue: readers.timelines },
    { provide: token.CYCLE_START, useValue: services.cycleStart },
    { provide: token.SCORING, useValue: services.scoring },
    { provide: token.PAYOUT_FILES, useValue: services.payoutDesk },
    { provide: token.DEPOSITS, useValue: services.depositDesk },
  ];
}
