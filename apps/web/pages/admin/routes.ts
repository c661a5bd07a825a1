import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute, textOf } from '../../app/root-route';
import { loadTexts } from '../../texts';

const adminRoute = createRoute({
  path: '/admin',
  getParentRoute: () => frameRoute,
  validateSearch: (search: Record<string, unknown>) => ({
    ...textOf(search, 'tab'),
    ...textOf(search, 'state'),
    ...textOf(search, 'find'),
    ...textOf(search, 'after'),
  }),
  loader: () => loadTexts('admin'),
  component: lazyRouteComponent(() => import('./admin.page'), 'AdminPage'),
});

export const adminRoutes = [adminRoute] as const;
