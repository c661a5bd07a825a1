import { createRoute } from '@tanstack/react-router';
import { frameRoute } from '../../app/root-route';
import { loadTexts } from '../../texts';
import { HomePage } from './home.page';

/** Part of the first load: a rep's home is what most people open. */
const homeRoute = createRoute({
  path: '/',
  getParentRoute: () => frameRoute,
  loader: () => loadTexts('home', 'explain'),
  component: HomePage,
});

export const homeRoutes = [homeRoute] as const;
