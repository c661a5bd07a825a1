import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute, textOf } from '../../app/root-route';
import { loadTexts } from '../../texts';

/** `stage` and the cursor `after` of the list of batches. */
const listSearch = (search: Record<string, unknown>) => ({ ...textOf(search, 'stage'), ...textOf(search, 'after') });
/** What of one batch is shown: the tab, filters of its lines, and the person looked at. */
const batchSearch = (search: Record<string, unknown>) => ({
  ...textOf(search, 'tab'),
  ...textOf(search, 'status'),
  ...textOf(search, 'line'),
  ...textOf(search, 'person'),
  ...textOf(search, 'after'),
});

const payoutsRoute = createRoute({
  path: '/payouts',
  getParentRoute: () => frameRoute,
  validateSearch: listSearch,
  loader: () => loadTexts('payouts'),
  component: lazyRouteComponent(() => import('./payouts.page'), 'PayoutsPage'),
});
const batchRoute = createRoute({
  path: '/payouts/$batchId',
  getParentRoute: () => frameRoute,
  validateSearch: batchSearch,
  loader: () => loadTexts('payouts'),
  component: lazyRouteComponent(() => import('./batch.page'), 'BatchPage'),
});

export const payoutsRoutes = [payoutsRoute, batchRoute] as const;
