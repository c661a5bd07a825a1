import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute, textOf } from '../../app/root-route';
import { loadTexts } from '../../texts';

const load = (): Promise<void> => loadTexts('team', 'explain');

const teamRoute = createRoute({
  path: '/team',
  getParentRoute: () => frameRoute,
  validateSearch: (search: Record<string, unknown>) => ({
    ...textOf(search, 'cycle'),
    ...textOf(search, 'whose'),
    ...textOf(search, 'after'),
  }),
  loader: load,
  component: lazyRouteComponent(() => import('./team.page'), 'TeamPage'),
});

const scoreRoute = createRoute({
  path: '/team/score/$cycleId',
  getParentRoute: () => frameRoute,
  validateSearch: (search: Record<string, unknown>) => textOf(search, 'person'),
  loader: load,
  component: lazyRouteComponent(() => import('./score.page'), 'ScorePage'),
});

const reviewRoute = createRoute({
  path: '/team/review/$cycleId',
  getParentRoute: () => frameRoute,
  validateSearch: (search: Record<string, unknown>) => textOf(search, 'person'),
  loader: load,
  component: lazyRouteComponent(() => import('./review.page'), 'ReviewPage'),
});

const tasksRoute = createRoute({
  path: '/team/tasks/$appraisalId',
  getParentRoute: () => frameRoute,
  validateSearch: (search: Record<string, unknown>) => textOf(search, 'task'),
  loader: load,
  component: lazyRouteComponent(() => import('./tasks.page'), 'TasksPage'),
});

const redoRoute = createRoute({
  path: '/team/redo/$appraisalId/$appealId',
  getParentRoute: () => frameRoute,
  loader: load,
  component: lazyRouteComponent(() => import('./redo.page'), 'RedoPage'),
});

export const teamRoutes = [teamRoute, scoreRoute, reviewRoute, tasksRoute, redoRoute] as const;
