import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute, textOf } from '../../app/root-route';
import { loadTexts } from '../../texts';

const load = (): Promise<void> => loadTexts('appeals', 'explain');

const myAppealsRoute = createRoute({
  path: '/me/appeals',
  getParentRoute: () => frameRoute,
  validateSearch: (search: Record<string, unknown>) => textOf(search, 'after'),
  loader: load,
  component: lazyRouteComponent(() => import('./my-appeals.page'), 'MyAppealsPage'),
});

/** `appraisal`: the result it is about; `line`: what is ticked already, as the API names contestable lines. */
const newAppealRoute = createRoute({
  path: '/me/appeals/new',
  getParentRoute: () => frameRoute,
  validateSearch: (search: Record<string, unknown>) => ({ ...textOf(search, 'appraisal'), ...textOf(search, 'line') }),
  loader: load,
  component: lazyRouteComponent(() => import('./new-appeal.page'), 'NewAppealPage'),
});

const myAppealRoute = createRoute({
  path: '/me/appeals/$appealId',
  getParentRoute: () => frameRoute,
  loader: load,
  component: lazyRouteComponent(() => import('./case.page'), 'MyAppealPage'),
});

const appealsRoute = createRoute({
  path: '/appeals',
  getParentRoute: () => frameRoute,
  validateSearch: (search: Record<string, unknown>) => ({
    ...textOf(search, 'stage'),
    ...textOf(search, 'show'),
    ...textOf(search, 'whose'),
    ...textOf(search, 'after'),
  }),
  loader: load,
  component: lazyRouteComponent(() => import('./board.page'), 'BoardPage'),
});

const appealRoute = createRoute({
  path: '/appeals/$appealId',
  getParentRoute: () => frameRoute,
  loader: load,
  component: lazyRouteComponent(() => import('./case.page'), 'CasePage'),
});

export const appealsRoutes = [myAppealsRoute, newAppealRoute, myAppealRoute, appealsRoute, appealRoute] as const;
