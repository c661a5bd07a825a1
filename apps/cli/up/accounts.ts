import type { Core, Features } from '#apps/assembly';
import { invitationLines, inviteFirstAdmin } from './first-admin';

/** What people are told about signing in. */
export interface Accounts {
  readonly lines: readonly string[];
}

/** Seeds the demo company once; without it, invites the first administrator. Runs before anything follows the log. */
export async function prepareAccounts(core: Core, features: Features, demo: boolean): Promise<Accounts> {
  const url = core.configuration.http.publicUrl;
  if (!demo) return { lines: invitationLines(url, await inviteFirstAdmin(core)) };
  core.logger.info({ modules: features.modules.length }, 'no demo yet');
  return { lines: [] };
}
