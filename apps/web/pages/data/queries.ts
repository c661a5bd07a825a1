import { queryOptions } from '@tanstack/react-query';
import type { paths } from '#api-schema';
import { api, bodyOf } from '../../api/client';
import { ProblemError } from '../../api/problem';

type Json<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer T } } } };
}
  ? T
  : never;

export type Target = Json<'/api/v1/targets'>['items'][number];
export type ImportDone = Json<'/api/v1/imports'>['items'][number];
export type CalendarDay = Json<'/api/v1/calendar/days'>['days'][number];
export type PersonCard = Json<'/api/v1/people/{subject}/card'>;
export type Fact = Json<'/api/v1/people/{subject}/facts'>['items'][number];
export type Site = Json<'/api/v1/sites'>['items'][number];

/** What hardly changes while a page is open. */
const CALM_MS = 60_000;

export const sitesQuery = queryOptions({
  queryKey: ['sites'],
  staleTime: CALM_MS,
  queryFn: () => bodyOf(api.GET('/api/v1/sites')),
});

export const profilesQuery = queryOptions({
  queryKey: ['imports', 'profiles'],
  staleTime: CALM_MS,
  queryFn: () => bodyOf(api.GET('/api/v1/imports/profiles')),
});

const TARGETS_PAGE = 200;
/** Targets of one person that are shown at most; years of them fit in. */
export const MOST_TARGETS = 2_000;

/** All targets of one person, or of one period of theirs: what is accepted must be seen as a whole. */
export const targetsOfQuery = (subject: string, period: string | undefined) =>
  queryOptions({
    queryKey: ['targets', 'of', subject, period],
    queryFn: async () => {
      const items: Target[] = [];
      let after: string | undefined;
      do {
        const query = {
          subject,
          limit: TARGETS_PAGE,
          ...(period === undefined ? {} : { period }),
          ...(after === undefined ? {} : { after }),
        };
        const page = await bodyOf(api.GET('/api/v1/targets', { params: { query } }));
        items.push(...page.items);
        after = page.next;
      } while (after !== undefined && items.length < MOST_TARGETS);
      return { items, isAll: after === undefined };
    },
  });

/** Null where the caller may not ask: a filter is then typed. */
export const placesQuery = queryOptions({
  queryKey: ['people', 'places'],
  staleTime: CALM_MS,
  queryFn: async () => {
    try {
      return await bodyOf(api.GET('/api/v1/people/places'));
    } catch (error) {
      if (error instanceof ProblemError && error.status === 403) return null;
      throw error;
    }
  },
});
