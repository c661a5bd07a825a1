import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute, textOf } from '../../app/root-route';
import { loadTexts } from '../../texts';

type Search = Readonly<Record<string, string | undefined>>;
const load = (): Promise<void> => loadTexts('cycles', 'explain');

/** What may stand in the address of a page here; all of it is text. */
function texts(...names: readonly string[]): (search: Record<string, unknown>) => Search {
  return (search) => Object.fromEntries(names.flatMap((name) => Object.entries(textOf(search, name))));
}

/** Names of a scope are many: longer than what other texts of an address may be. */
const LONGEST_SCOPE = 4_000;
const SCOPES = ['roles', 'departments', 'regions', 'teams'] as const;
const startTexts = texts('step', 'like', 'name', 'of', 'scheme', 'calendar', 'which', 'reason', 'after', 'started');
function startSearch(search: Record<string, unknown>): Search {
  const scopes = SCOPES.flatMap((name) => {
    const value = search[name];
    return typeof value === 'string' && value !== '' && value.length <= LONGEST_SCOPE ? [[name, value] as const] : [];
  });
  return { ...startTexts(search), ...Object.fromEntries(scopes) };
}

const boardRoute = createRoute({
  path: '/cycles',
  getParentRoute: () => frameRoute,
  validateSearch: texts('status', 'after', 'remind'),
  loader: load,
  component: lazyRouteComponent(() => import('./board.page'), 'BoardPage'),
});

const startRoute = createRoute({
  path: '/cycles/new',
  getParentRoute: () => frameRoute,
  validateSearch: startSearch,
  loader: load,
  component: lazyRouteComponent(() => import('./start/start.page'), 'StartPage'),
});

const cycleRoute = createRoute({
  path: '/cycles/$cycleId',
  getParentRoute: () => frameRoute,
  validateSearch: texts('view', 'phase', 'list', 'group', 'step', 'after', 'asOf', 'remind'),
  loader: load,
  component: lazyRouteComponent(() => import('./cycle/cycle.page'), 'CyclePage'),
});

const calibrationRoute = createRoute({
  path: '/calibration',
  getParentRoute: () => frameRoute,
  validateSearch: texts('after'),
  loader: load,
  component: lazyRouteComponent(() => import('./calibration/calibration.page'), 'CalibrationPage'),
});

const groupsRoute = createRoute({
  path: '/calibration/$cycleId',
  getParentRoute: () => frameRoute,
  validateSearch: texts('group', 'grade', 'show', 'after', 'asOf'),
  loader: load,
  component: lazyRouteComponent(() => import('./calibration/groups.page'), 'GroupsPage'),
});

export const cyclesRoutes = [boardRoute, startRoute, cycleRoute, calibrationRoute, groupsRoute] as const;
