import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import type { Clock, IdSource } from '#kernel';
import type { CommandRunner, EventLog } from '#libs/event-store';
import type { IdentityService } from '#libs/identity';
import { CLOCK, COMMAND_RUNNER, EVENT_LOG, IDS } from '#libs/runtime';
import { HealthController } from './controllers/health.controller';
import { SessionController } from './controllers/session.controller';
import { Access } from './http/access';
import { AuthGuard } from './http/auth.guard';
import { NameBook } from './http/name-book';
import type { EdgeSettings } from './settings';
import { EDGE_SETTINGS, IDENTITY, LOGGER } from './tokens';

/** Everything the edge stands on; assembled once per process. */
export interface ApiParts {
  readonly settings: EdgeSettings;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly runner: CommandRunner;
  readonly log: EventLog;
  readonly identity: IdentityService;
  /** Readers, services and modules of the features, by their tokens. */
  readonly providers: readonly Provider[];
  readonly modules: readonly DynamicModule['imports'][];
}

@Module({})
export class ApiModule {
  static with(parts: ApiParts): DynamicModule {
    const values: Provider[] = [
      { provide: EDGE_SETTINGS, useValue: parts.settings },
      { provide: LOGGER, useValue: parts.logger },
      { provide: CLOCK, useValue: parts.clock },
      { provide: IDS, useValue: parts.ids },
      { provide: COMMAND_RUNNER, useValue: parts.runner },
      { provide: EVENT_LOG, useValue: parts.log },
      { provide: IDENTITY, useValue: parts.identity },
      ...parts.providers,
    ];
    return {
      module: ApiModule,
      global: true,
      imports: [CqrsModule.forRoot()],
      controllers: [SessionController, HealthController],
      providers: [...values, Access, NameBook, { provide: APP_GUARD, useClass: AuthGuard }],
      exports: values,
    };
  }
}
