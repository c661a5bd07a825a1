import { type DynamicModule, Module } from '@nestjs/common';
import type { AppraisalActs } from './appraisal-acts.service';
import { ActOnAppraisalHandler, APPRAISAL_ACTS, RedoStepHandler } from './appraisal.handler';

@Module({})
export class AppraisalModule {
  static with(acts: AppraisalActs): DynamicModule {
    return { module: AppraisalModule, providers: [{ provide: APPRAISAL_ACTS, useValue: acts }, ActOnAppraisalHandler, RedoStepHandler] };
  }
}
