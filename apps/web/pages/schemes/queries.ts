import { queryOptions } from '@tanstack/react-query';
import type { components, paths } from '#api-schema';
import { api, bodyOf } from '../../api/client';

type Answer<P extends keyof paths, M extends 'get' | 'post'> =
  paths[P] extends Readonly<
    Record<M, { readonly responses: { readonly 200: { readonly content: { readonly 'application/json': infer B } } } }>
  >
    ? B
    : never;

export type SchemeVersion = components['schemas']['SchemeVersion'];
export type BoardVersion = components['schemas']['SchemeBoardVersion'];
export type Finding = components['schemas']['SchemeFinding'];
export type Discussion = components['schemas']['SchemeDiscussion'];
export type Review = components['schemas']['SchemeReview'];
export type TemplateId = Answer<'/api/v1/schemes/templates', 'get'>['items'][number]['id'];
export type Library = Answer<'/api/v1/schemes/library', 'get'>;

/** Of all schemes, or of one. */
export function boardQuery(schemeId?: string) {
  return queryOptions({
    queryKey: ['schemes', 'board', schemeId ?? ''],
    queryFn: async () =>
      (await bodyOf(api.GET('/api/v1/schemes/board', { params: { query: schemeId === undefined ? {} : { schemeId } } }))).items,
  });
}

/** A version's text never changes; what becomes of it does. */
export function versionQuery(schemeId: string, version: number) {
  return queryOptions({
    queryKey: ['schemes', 'version', schemeId, version],
    queryFn: () => bodyOf(api.GET('/api/v1/schemes/{schemeId}/versions/{version}', { params: { path: { schemeId, version } } })),
  });
}

export const libraryQuery = queryOptions({
  queryKey: ['schemes', 'library'],
  staleTime: Infinity,
  queryFn: () => bodyOf(api.GET('/api/v1/schemes/library')),
});

export const templatesQuery = queryOptions({
  queryKey: ['schemes', 'templates'],
  staleTime: Infinity,
  queryFn: async () => (await bodyOf(api.GET('/api/v1/schemes/templates'))).items,
});

/** The newest month whose results are out: what a text is tried on first, since there is something to compare it with. */
export function lastPublishedMonthQuery() {
  return queryOptions({
    queryKey: ['leaderboard', 'cycles', 'newest'],
    queryFn: () => bodyOf(api.GET('/api/v1/leaderboard/cycles', { params: { query: { limit: 20 } } })),
    select: ({ items }) => items.map(({ period }) => period).find((period) => /^\d{4}-\d{2}$/.test(period)),
  });
}
