import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute, textOf } from '../../app/root-route';
import { loadTexts } from '../../texts';

const load = (): Promise<void> => loadTexts('data');

type Search = Record<string, unknown>;

const peopleRoute = createRoute({
  path: '/people',
  getParentRoute: () => frameRoute,
  validateSearch: (search: Search) => ({
    ...textOf(search, 'department'),
    ...textOf(search, 'region'),
    ...textOf(search, 'team'),
    ...textOf(search, 'role'),
    ...textOf(search, 'day'),
    ...textOf(search, 'find'),
    ...textOf(search, 'after'),
  }),
  loader: load,
  component: lazyRouteComponent(() => import('./people.page'), 'PeoplePage'),
});

const personRoute = createRoute({
  path: '/people/$subject',
  getParentRoute: () => frameRoute,
  loader: load,
  component: lazyRouteComponent(() => import('./person.page'), 'PersonPage'),
});

const targetsRoute = createRoute({
  path: '/targets',
  getParentRoute: () => frameRoute,
  validateSearch: (search: Search) => ({
    ...textOf(search, 'metric'),
    ...textOf(search, 'after'),
    ...textOf(search, 'names'),
    ...textOf(search, 'which'),
  }),
  loader: load,
  component: lazyRouteComponent(() => import('./targets.page'), 'TargetsPage'),
});

const importsRoute = createRoute({
  path: '/imports',
  getParentRoute: () => frameRoute,
  validateSearch: (search: Search) => ({ ...textOf(search, 'kind'), ...textOf(search, 'after') }),
  loader: load,
  component: lazyRouteComponent(() => import('./imports.page'), 'ImportsPage'),
});

const wizardRoute = createRoute({
  path: '/imports/new',
  getParentRoute: () => frameRoute,
  validateSearch: (search: Search) => ({ ...textOf(search, 'kind'), ...textOf(search, 'key') }),
  loader: load,
  component: lazyRouteComponent(() => import('./import-wizard.page'), 'ImportWizardPage'),
});

const calendarRoute = createRoute({
  path: '/calendar',
  getParentRoute: () => frameRoute,
  validateSearch: (search: Search) => ({ ...textOf(search, 'place'), ...textOf(search, 'month'), ...textOf(search, 'view') }),
  loader: load,
  component: lazyRouteComponent(() => import('./calendar.page'), 'CalendarPage'),
});

export const dataRoutes = [peopleRoute, personRoute, targetsRoute, importsRoute, wizardRoute, calendarRoute] as const;
