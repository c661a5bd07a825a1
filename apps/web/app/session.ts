import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import type { components } from '#api-schema';
import { api, bodyOf } from '../api/client';
import { ProblemError } from '../api/problem';
import { forgetDrafts } from '../pieces/draft';

export type Role = components['schemas']['Person']['roles'][number];

/** Who is signed in. */
export interface Me {
  readonly subject: string;
  readonly name: string | null;
  readonly roles: readonly Role[];
}

/** Null when nobody is signed in. */
export const meQuery = queryOptions({
  queryKey: ['session'],
  staleTime: 5 * 60_000,
  queryFn: async (): Promise<Me | null> => {
    try {
      return await bodyOf(api.GET('/api/v1/session'));
    } catch (error) {
      if (error instanceof ProblemError && error.status === 401) return null;
      throw error;
    }
  },
});

/** The signed-in person; pages stand below the frame, which lets nobody else through. */
export function useMe(): Me {
  const { data } = useQuery(meQuery);
  if (!data) throw new Error('nobody is signed in');
  return data;
}

export function hasRole(me: Me, ...roles: readonly Role[]): boolean {
  return roles.some((role) => me.roles.includes(role));
}

/** Ends the session; nothing of it stays on this device but the chosen language. Thrown: ProblemError. */
export async function signOut(queries: QueryClient): Promise<void> {
  try {
    await api.DELETE('/api/v1/session');
  } catch (error) {
    // It has ended by itself: what is kept on the device goes all the same.
    if (!(error instanceof ProblemError && error.status === 401)) throw error;
  }
  forgetDrafts();
  queries.clear();
}
