import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, Outlet, redirect } from '@tanstack/react-router';
import { Frame } from './frame';
import { BrokenPage, MissingPage } from './last-resorts';
import { meQuery } from './session';

export interface RouterContext {
  readonly queries: QueryClient;
}

export const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  notFoundComponent: MissingPage,
  errorComponent: BrokenPage,
});

/** What every page inside the frame may have in its address. */
export interface FrameSearch {
  /** Chosen in the top bar: YYYY-MM, YYYY-Qn or YYYY. */
  readonly period?: string | undefined;
  /** What the explanation drawer explains; see pieces/explain. */
  readonly explain?: string | undefined;
  /** Which part of the explanation; the first when absent. */
  readonly explainTab?: string | undefined;
}

/** Everything that needs somebody signed in; who is not comes back to the same address after signing in. */
export const frameRoute = createRoute({
  id: 'frame',
  getParentRoute: () => rootRoute,
  validateSearch: (search: Record<string, unknown>): FrameSearch => ({
    ...textOf(search, 'period'),
    ...textOf(search, 'explain'),
    ...textOf(search, 'explainTab'),
  }),
  beforeLoad: async ({ context, location }) => {
    const me = await context.queries.ensureQueryData(meQuery);
    if (!me) throw redirect({ to: '/sign-in', search: { from: location.href } });
    return { me };
  },
  component: Frame,
});

/** A search parameter when it is a short text; anything else in an address is left out. */
export function textOf<K extends string>(search: Record<string, unknown>, key: K): { readonly [P in K]?: string | undefined } {
  const value = search[key];
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  if (typeof text !== 'string' || text === '' || text.length > 300) return {};
  const found: { [P in K]?: string } = {};
  found[key] = text;
  return found;
}
