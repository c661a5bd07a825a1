import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute, textOf } from '../../app/root-route';
import { loadTexts } from '../../texts';

/**
 * `about` (an id) or `stream` and `as` (what it is called) say whose history; `why` the reason of the look; `before` the page, `asOf` the moment;
 * `appraisal`, `from` and `to` two moments side by side; `at` one entry; `fact` what used it, found by `whose`,
 * `period` and `metric`; `looked` who was looked at. `…As`: what each is called.
 */
const auditSearch = (search: Record<string, unknown>) => ({
  ...textOf(search, 'tab'),
  ...textOf(search, 'about'),
  ...textOf(search, 'stream'),
  ...textOf(search, 'as'),
  ...textOf(search, 'why'),
  ...textOf(search, 'before'),
  ...textOf(search, 'asOf'),
  ...textOf(search, 'appraisal'),
  ...textOf(search, 'from'),
  ...textOf(search, 'to'),
  ...textOf(search, 'at'),
  ...textOf(search, 'fact'),
  ...textOf(search, 'looked'),
  ...textOf(search, 'whose'),
  ...textOf(search, 'period'),
  ...textOf(search, 'metric'),
  ...textOf(search, 'appraisalAs'),
  ...textOf(search, 'lookedAs'),
  ...textOf(search, 'whoseAs'),
});

const auditRoute = createRoute({
  path: '/audit',
  getParentRoute: () => frameRoute,
  validateSearch: auditSearch,
  loader: () => loadTexts('audit', 'explain'),
  component: lazyRouteComponent(() => import('./audit.page'), 'AuditPage'),
});

export const auditRoutes = [auditRoute] as const;
