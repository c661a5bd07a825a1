import { queryOptions } from '@tanstack/react-query';
import type { components } from '#api-schema';
import { api, bodyOf } from '../../api/client';

export type Person = components['schemas']['Person'];
type Role = Person['roles'][number];

/** Who is asked for when a plan is started, by role. */
const ROLES = { coached: ['rep'], coaches: ['coach', 'manager'] } as const satisfies Record<string, readonly Role[]>;
const PAGE = 200;
const PAGES = 25;
const SELDOM_MS = 300_000;

/** Everybody of those roles; who may not list people gets a refusal. */
export function peopleQuery(who: keyof typeof ROLES) {
  return queryOptions({
    queryKey: ['people', 'coaching', who],
    staleTime: SELDOM_MS,
    queryFn: async (): Promise<readonly Person[]> => {
      const lists = await Promise.all(ROLES[who].map(everyone));
      return [...new Map(lists.flat().map((person) => [person.subject, person])).values()];
    },
  });
}

async function everyone(role: Role): Promise<readonly Person[]> {
  const found: Person[] = [];
  let after: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const { items, next } = await bodyOf(
      api.GET('/api/v1/people', { params: { query: { role, limit: PAGE, ...(after === undefined ? {} : { after }) } } }),
    );
    found.push(...items);
    if (next === undefined) break;
    after = next;
  }
  return found;
}
