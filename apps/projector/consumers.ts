import type { AnyProjection, AnyReactor, AnyWorkflowRoute } from '#libs/projections';

/** Every consumer of the product, by feature. One that is missing here does not run. */
export const productProjections: readonly AnyProjection[] = [];
export const productReactors: readonly AnyReactor[] = [];
export const productRoutes: readonly AnyWorkflowRoute[] = [];
