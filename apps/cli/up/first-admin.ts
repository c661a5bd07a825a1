import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Core } from '#apps/assembly';
import { actorId, isSubjectId, type SubjectId, subjectId } from '#kernel';
import { accountDecider } from '#libs/identity';
import type { Role } from '#libs/organisation/contracts';

const SYSTEM = actorId('system:centum-up');
const LOGIN = 'admin';
/** People are imported by HR, and nobody else is in HR before the first import: an administrator alone could do nothing. */
const FIRST_ROLES: readonly Role[] = ['admin', 'hr'];

/** A one-time token for the first administrator, anew at each start until it was used; undefined afterwards. */
export async function inviteFirstAdmin(core: Core): Promise<string | undefined> {
  const { runner, clock, ids, identity, privacy, configuration } = core;
  const subject = adminOf(configuration.dataDir, ids.uuid());
  const { state } = await runner.load(accountDecider, subject);
  if (state.active) return undefined;
  const context = { now: clock.now(), actor: SYSTEM, requestKey: `account-${subject}/first-admin/roles` };
  await runner.run(accountDecider, subject, { type: 'GrantRoles', data: { subject, roles: FIRST_ROLES } }, context);
  await identity.openAccounts([{ subject, loginKey: privacy.lookupKey('login', LOGIN) }]);
  const { token } = await identity.invite(subject, `account-${subject}/first-admin/${ids.uuid()}`);
  return token;
}

/** Who the first administrator is stands beside the data: the log knows people, not this one's place. */
function adminOf(dataDir: string, fresh: string): SubjectId {
  const file = path.join(dataDir, 'first-admin');
  const known = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  if (isSubjectId(known)) return known;
  writeFileSync(file, `${fresh}\n`, { mode: 0o600, flush: true });
  return subjectId(fresh);
}

/** How the token is used, in both languages. */
export function invitationLines(url: string, token: string | undefined): readonly string[] {
  if (token === undefined) return ['Accounts are as they were. / 账号保持不变。'];
  return [
    'First administrator: set a password once, within 7 days, then sign in as "admin". / 首位管理员:7 天内设置一次密码,再以 admin 登录。',
    `  link / 链接: ${url}/invitation#${token}`,
    `  or: curl -X POST ${url}/api/v1/session/invitation -H 'content-type: application/json' -d '{"token":"${token}","password":"…"}'`,
  ];
}
