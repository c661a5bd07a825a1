import { type DynamicModule, Module } from '@nestjs/common';
import type { AppraisalActs } from './appraisal-acts.service';
import { ActOnAppraisalHandler, APPRAISAL_ACTS, RedoStepHandler } from './appraisal.handler';
import { ActOnRatersHandler, RATERS } from './raters.handler';
import type { Raters } from './raters.service';

@Module({})
export class AppraisalModule {
  static with({ acts, raters }: { readonly acts: AppraisalActs; readonly raters: Raters }): DynamicModule {
    const values = [
      { provide: APPRAISAL_ACTS, useValue: acts },
      { provide: RATERS, useValue: raters },
    ];
    return { module: AppraisalModule, providers: [...values, ActOnAppraisalHandler, RedoStepHandler, ActOnRatersHandler] };
  }
}
