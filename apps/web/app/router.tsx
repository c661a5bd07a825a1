import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { adminRoutes } from '../pages/admin/routes';
import { appealsRoutes } from '../pages/appeals/routes';
import { auditRoutes } from '../pages/audit/routes';
import { coachingRoutes } from '../pages/coaching/routes';
import { cyclesRoutes } from '../pages/cycles/routes';
import { dataRoutes } from '../pages/data/routes';
import { homeRoutes } from '../pages/home/routes';
import { leaderboardRoutes, tvRoutes } from '../pages/leaderboard/routes';
import { meRoutes } from '../pages/me/routes';
import { payoutsRoutes } from '../pages/payouts/routes';
import { schemesRoutes } from '../pages/schemes/routes';
import { teamRoutes } from '../pages/team/routes';
import { BrokenPage, MissingPage, WaitingPage } from './last-resorts';
import { frameRoute, rootRoute, textOf } from './root-route';

const signInRoute = createRoute({
  path: '/sign-in',
  getParentRoute: () => rootRoute,
  validateSearch: (search: Record<string, unknown>): { readonly from?: string | undefined } => textOf(search, 'from'),
  component: lazyRouteComponent(() => import('../pages/session/sign-in.page'), 'SignInPage'),
});
const invitationRoute = createRoute({
  path: '/invitation/$token',
  getParentRoute: () => rootRoute,
  component: lazyRouteComponent(() => import('../pages/session/invitation.page'), 'InvitationPage'),
});

const routeTree = rootRoute.addChildren([
  signInRoute,
  invitationRoute,
  ...tvRoutes,
  frameRoute.addChildren([
    ...homeRoutes,
    ...meRoutes,
    ...teamRoutes,
    ...coachingRoutes,
    ...leaderboardRoutes,
    ...cyclesRoutes,
    ...schemesRoutes,
    ...appealsRoutes,
    ...dataRoutes,
    ...payoutsRoutes,
    ...auditRoutes,
    ...adminRoutes,
  ]),
]);

export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree,
    context: { queries },
    defaultPreload: 'intent',
    // Queries decide what is fresh; the router only starts them.
    defaultPreloadStaleTime: 0,
    defaultPendingComponent: WaitingPage,
    defaultErrorComponent: BrokenPage,
    defaultNotFoundComponent: MissingPage,
    scrollRestoration: true,
    // Addresses are for people: ?period=2026-10 stays as it is, without JSON's quotes.
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const written = new URLSearchParams();
      for (const [key, value] of Object.entries(search)) {
        if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') written.set(key, String(value));
      }
      const text = written.toString();
      return text === '' ? '' : `?${text}`;
    },
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    readonly router: ReturnType<typeof makeRouter>;
  }
}
