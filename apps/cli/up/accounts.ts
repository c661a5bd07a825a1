import type { Core } from '#apps/assembly';
import { DEMO_PASSWORD, demoPeople, seedDemo } from '#apps/assembly/demo';
import { EmbeddedError } from '#infra/embedded';
import { invitationLines, inviteFirstAdmin } from './first-admin';

/** What people are told about signing in. */
export interface Accounts {
  readonly lines: readonly string[];
}

interface DemoLogin {
  readonly login: string;
  readonly who: string;
  readonly next: string;
}

/** One of each, in the order in which a month passes from hand to hand. */
const LOGINS: readonly DemoLogin[] = [
  { login: 'r121', who: '销售员 rep', next: '自评、上期成绩、申诉 · self-review, last result, appeal' },
  { login: 'r120', who: '组长 manager', next: '为组员评分、带教 · score the team, coach' },
  { login: 'linxiaomei', who: '人力资源 HR', next: '周期看板、催办与延期、申诉 · cycles, remind and extend, appeals' },
  { login: 'shenguohua', who: '总经理 general manager', next: '复核、批准发放 · second review, approve pay' },
  { login: 'hezhiyuan', who: '财务 finance', next: '核对、发放 · check and release pay' },
  { login: 'tangyutong', who: '计划 planning', next: '目标与业绩数据 · targets and facts' },
  { login: 'fangzheng', who: '审计 auditor', next: '时间线、回溯 · timelines, as-of' },
  { login: 'luohao', who: '管理员 administrator', next: '账号与角色 · accounts and roles' },
];

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

/** Seeds the demo company once; without it, invites the first administrator. Runs before anything follows the log. */
export async function prepareAccounts(core: Core, demo: boolean, tell: (line: string) => void): Promise<Accounts> {
  const { publicUrl: url, host } = core.configuration.http;
  if (!demo) return { lines: invitationLines(url, await inviteFirstAdmin(core)) };
  if (!LOOPBACK.has(host)) throw new EmbeddedError(`The demo's password is published: start with --no-demo to listen on ${host}.`);
  const { position } = await core.log.head();
  if (position === 0) tell('Preparing the demo company (once) …');
  if ((await seedDemo(core)) === 'other-company') return { lines: invitationLines(url, await inviteFirstAdmin(core)) };
  return { lines: demoLines() };
}

function demoLines(): readonly string[] {
  const width = Math.max(...LOGINS.map(({ login }) => login.length));
  return [
    `Demo accounts, password "${DEMO_PASSWORD}" / 演示账号，密码 ${DEMO_PASSWORD}:`,
    ...LOGINS.map(({ login, who, next }) => `  ${login.padEnd(width)}  ${who} — ${next}`),
    `  … and ${demoPeople().length - LOGINS.length} more, by login / 以及其他 ${demoPeople().length - LOGINS.length} 人`,
    'Own data instead / 使用自己的数据: npm start -- --no-demo --data DIR',
  ];
}
