import { type DynamicModule, Module } from '@nestjs/common';
import { ActOnAppealHandler, APPEAL_DESK, FileAppealHandler, StoreEvidenceHandler } from './appeal.handler';
import type { AppealDesk } from './appeal.service';

@Module({})
export class AppealModule {
  static with(desk: AppealDesk): DynamicModule {
    return {
      module: AppealModule,
      providers: [{ provide: APPEAL_DESK, useValue: desk }, StoreEvidenceHandler, FileAppealHandler, ActOnAppealHandler],
    };
  }
}
