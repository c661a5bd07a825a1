import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { frameRoute, rootRoute } from '../../app/root-route';
import { meQuery } from '../../app/session';
import { loadTexts } from '../../texts';
import { boardSearch, tvSearch } from './board-address';

const boardRoute = createRoute({
  path: '/leaderboard',
  getParentRoute: () => frameRoute,
  validateSearch: boardSearch,
  loader: () => loadTexts('leaderboard'),
  component: lazyRouteComponent(() => import('./board.page'), 'BoardPage'),
});

/** Outside the frame: nothing but the board on the wall. Somebody is signed in all the same. */
const tvRoute = createRoute({
  path: '/tv',
  getParentRoute: () => rootRoute,
  validateSearch: tvSearch,
  beforeLoad: async ({ context, location }) => {
    if (!(await context.queries.ensureQueryData(meQuery))) throw redirect({ to: '/sign-in', search: { from: location.href } });
  },
  loader: () => loadTexts('leaderboard'),
  component: lazyRouteComponent(() => import('./tv.page'), 'TvPage'),
});

export const leaderboardRoutes = [boardRoute] as const;
export const tvRoutes = [tvRoute] as const;
