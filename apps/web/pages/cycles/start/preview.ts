import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from '../../../api/client';
import type { ExclusionReason, Preview, StartInput } from '../queries';

/** What starting would mean: dates, people, and what keeps it from starting. Records nothing. */
export const previewQuery = (input: StartInput) =>
  queryOptions({
    queryKey: ['cycles', 'preview', input],
    placeholderData: keepPreviousData,
    queryFn: () => bodyOf(api.POST('/api/v1/cycles/preview', { body: input })),
  });

export interface PeopleOfPreview {
  readonly which: 'in' | 'out';
  readonly reason?: ExclusionReason;
  readonly after?: string;
}

export const previewPeopleQuery = (input: StartInput, page: PeopleOfPreview) =>
  queryOptions({
    queryKey: ['cycles', 'preview', 'people', input, page],
    placeholderData: keepPreviousData,
    queryFn: () => bodyOf(api.POST('/api/v1/cycles/preview/people', { body: { ...input, ...page, limit: 50 } })),
  });

export type PreviewProblem = Preview['errors'][number];
