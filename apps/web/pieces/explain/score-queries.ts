import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { components, paths } from '#api-schema';
import { api, bodyOf } from '../../api/client';
import { language } from '../../texts';

export type Explained = paths['/api/v1/appraisals/{appraisalId}/explanation']['get']['responses']['200']['content']['application/json'];
export interface ScoreAddress {
  readonly appraisalId: string;
  readonly key: string | undefined;
  readonly which: 'current' | 'published';
}

export type Leaf = components['schemas']['ExplainedLeaf'];

export function explanationQuery({ appraisalId, which }: ScoreAddress) {
  const now = language();
  return queryOptions({
    queryKey: ['appraisal', appraisalId, 'explanation', which, now],
    queryFn: () =>
      bodyOf(
        api.GET('/api/v1/appraisals/{appraisalId}/explanation', {
          params: { path: { appraisalId }, query: { which, language: now } },
        }),
      ),
  });
}

/** The records under one leaf of the tree, page by page. */
export function recordsQuery({ appraisalId, which }: ScoreAddress, key: string) {
  return infiniteQueryOptions({
    queryKey: ['appraisal', appraisalId, 'records', which, key],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      bodyOf(
        api.GET('/api/v1/appraisals/{appraisalId}/explanation/facts', {
          params: {
            path: { appraisalId },
            query: { which, key, limit: 50, ...(pageParam === undefined ? {} : { after: Number(pageParam) }) },
          },
        }),
      ),
    getNextPageParam: (page) => page.next,
  });
}
