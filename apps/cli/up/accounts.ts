import type { Core } from '#apps/assembly';
import { DEMO_PASSWORD, demoPeople, seedDemo } from '#apps/assembly/demo';
import { invitationLines, inviteFirstAdmin } from './first-admin';

/** What people are told about signing in. */
export interface Accounts {
  readonly lines: readonly string[];
}

/** Whom a newcomer wants to be, in the order of the help. */
const SHOWN_ROLES = ['rep', 'manager', 'hr', 'finance', 'general-manager', 'auditor', 'admin'] as const;

/** Seeds the demo company once; without it, invites the first administrator. Runs before anything follows the log. */
export async function prepareAccounts(core: Core, demo: boolean, tell: (line: string) => void): Promise<Accounts> {
  const url = core.configuration.http.publicUrl;
  if (!demo) return { lines: invitationLines(url, await inviteFirstAdmin(core)) };
  const { position } = await core.log.head();
  if (position === 0) tell('Preparing the demo company (once) …');
  if ((await seedDemo(core)) === 'other-company') return { lines: invitationLines(url, await inviteFirstAdmin(core)) };
  return { lines: demoLines() };
}

function demoLines(): readonly string[] {
  const people = demoPeople();
  const shown = SHOWN_ROLES.flatMap((role) => {
    const first = people.find(({ roles }) => roles[0] === role);
    return first === undefined ? [] : [`  ${role.padEnd(16)} ${first.login}`];
  });
  return [
    `Demo accounts, password "${DEMO_PASSWORD}" / 演示账号,密码 ${DEMO_PASSWORD}:`,
    ...shown,
    `  … and ${people.length - shown.length} more, by login / 以及其他 ${people.length - shown.length} 人`,
  ];
}
