import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../../app/root-route';
import { loadTexts } from '../../texts';

const texts = () => loadTexts('me', 'explain');

const appraisalsRoute = createRoute({
  path: '/me/appraisals',
  getParentRoute: () => frameRoute,
  loader: texts,
  component: lazyRouteComponent(() => import('./appraisals.page'), 'AppraisalsPage'),
});
const appraisalRoute = createRoute({
  path: '/me/appraisals/$cycleId',
  getParentRoute: () => frameRoute,
  loader: texts,
  component: lazyRouteComponent(() => import('./appraisal.page'), 'AppraisalPage'),
});
const statementsRoute = createRoute({
  path: '/me/statement',
  getParentRoute: () => frameRoute,
  loader: texts,
  component: lazyRouteComponent(() => import('./statements.page'), 'StatementsPage'),
});
const statementRoute = createRoute({
  path: '/me/statement/$period',
  getParentRoute: () => frameRoute,
  loader: texts,
  component: lazyRouteComponent(() => import('./statement.page'), 'StatementPage'),
});

export const meRoutes = [appraisalsRoute, appraisalRoute, statementsRoute, statementRoute] as const;
