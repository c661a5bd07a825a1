import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute, textOf } from '../../app/root-route';
import { loadTexts } from '../../texts';

/** What these pages keep in their address. */
interface SchemesSearch {
  readonly tab?: string | undefined;
  readonly version?: string | undefined;
  readonly against?: string | undefined;
  readonly part?: string | undefined;
  readonly template?: string | undefined;
  readonly after?: string | undefined;
}

function validateSearch(search: Record<string, unknown>): SchemesSearch {
  return {
    ...textOf(search, 'tab'),
    ...textOf(search, 'version'),
    ...textOf(search, 'against'),
    ...textOf(search, 'part'),
    ...textOf(search, 'template'),
    ...textOf(search, 'after'),
  };
}

const loader = (): Promise<void> => loadTexts('schemes');

const listRoute = createRoute({
  path: '/schemes',
  getParentRoute: () => frameRoute,
  validateSearch,
  loader,
  component: lazyRouteComponent(() => import('./schemes.page'), 'SchemesPage'),
});
const newRoute = createRoute({
  path: '/schemes/new',
  getParentRoute: () => frameRoute,
  validateSearch,
  loader,
  component: lazyRouteComponent(() => import('./edit.page'), 'NewSchemePage'),
});
const oneRoute = createRoute({
  path: '/schemes/$schemeId',
  getParentRoute: () => frameRoute,
  validateSearch,
  loader,
  component: lazyRouteComponent(() => import('./scheme.page'), 'SchemePage'),
});
const editRoute = createRoute({
  path: '/schemes/$schemeId/edit',
  getParentRoute: () => frameRoute,
  validateSearch,
  loader,
  component: lazyRouteComponent(() => import('./edit.page'), 'EditSchemePage'),
});

export const schemesRoutes = [listRoute, newRoute, oneRoute, editRoute] as const;
