import type { AnyReactor } from '#libs/projections';
import { coachingStartReactor, type PlanStartParts } from './application/coaching-start.reactor';
import { coachingPlanProjection } from './read/coaching-plan.projection';
import { dailyLogProjection } from './read/daily-log.projection';

export { planDecider } from './domain/plan.decider';
export type { Plan, PlanState } from './domain/plan-state';
export { DEFAULT_PLAN_TEMPLATE } from './domain/default-template';
export { createCoachingDesk } from './application/coaching.service';
export type { CoachingDesk, CoachingParts, PlanAct, StartPlanInput } from './application/coaching.service';
export { createCoachingWork } from './application/coaching-work';
export { ActOnPlanRequest, StartPlanRequest } from './application/coaching.handler';
export { CoachingModule } from './application/coaching.module';
export { createCoachingReader } from './read/coaching.reader';
export { coachingPlanProjection, dailyLogProjection };

export const coachingProjections = [coachingPlanProjection, dailyLogProjection] as const;

/** They ask neighbours through their readers. */
export function coachingReactors(parts: PlanStartParts): readonly AnyReactor[] {
  return [coachingStartReactor(parts)];
}
