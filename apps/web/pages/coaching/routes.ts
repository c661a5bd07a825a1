import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute, textOf } from '../../app/root-route';
import { loadTexts } from '../../texts';

export interface PlansSearch {
  /** Whose plans: those one coaches, one's line's, or all. */
  readonly whose?: string | undefined;
  readonly status?: string | undefined;
  /** `ended`: also those that are over. */
  readonly over?: string | undefined;
  readonly after?: string | undefined;
}

const myPlanRoute = createRoute({
  path: '/me/plan',
  getParentRoute: () => frameRoute,
  validateSearch: (search: Record<string, unknown>): { readonly plan?: string | undefined } => textOf(search, 'plan'),
  loader: () => loadTexts('coaching'),
  component: lazyRouteComponent(() => import('./my-plan.page'), 'MyPlanPage'),
});
const plansRoute = createRoute({
  path: '/coaching',
  getParentRoute: () => frameRoute,
  validateSearch: (search: Record<string, unknown>): PlansSearch => ({
    ...textOf(search, 'whose'),
    ...textOf(search, 'status'),
    ...textOf(search, 'over'),
    ...textOf(search, 'after'),
  }),
  loader: () => loadTexts('coaching'),
  component: lazyRouteComponent(() => import('./plans.page'), 'PlansPage'),
});
const planRoute = createRoute({
  path: '/coaching/$planId',
  getParentRoute: () => frameRoute,
  loader: () => loadTexts('coaching'),
  component: lazyRouteComponent(() => import('./plan.page'), 'PlanPage'),
});

export const coachingRoutes = [myPlanRoute, plansRoute, planRoute] as const;
