import type { Core, Features } from '#apps/assembly';
import { DEMO_PASSWORD, type DemoSeeding, seedDemo } from '#apps/assembly/demo';
import { EmbeddedError } from '#infra/embedded';
import { invitationLines, inviteFirstAdmin } from './first-admin';

/** What people are told about signing in. */
export interface Accounts {
  readonly lines: readonly string[];
}

/** Seeds the demo company once; without it, invites the first administrator. Runs before anything follows the log. */
export async function prepareAccounts(core: Core, features: Features, demo: boolean): Promise<Accounts> {
  const { http } = core.configuration;
  if (!demo) return { lines: invitationLines(http.publicUrl, await inviteFirstAdmin(core)) };
  if (!LOOPBACK.has(http.host))
    throw new EmbeddedError(`The demo's password is published, so it is for this machine only: start with --no-demo on ${http.host}.`);
  core.logger.info({ modules: features.modules.length }, 'preparing the demo company');
  return { lines: demoLines(await seedDemo(core)) };
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

interface DemoLogin {
  readonly login: string;
  readonly who: string;
  readonly next: string;
}

/** One of each, in the order in which a month passes from hand to hand. */
const LOGINS: readonly DemoLogin[] = [
  { login: 'r121', who: '销售员 rep', next: '自评、查看上期成绩与申诉 · self-review, see last result, appeal' },
  { login: 'r120', who: '组长 manager', next: '为组员评分、带教 · score the team, coach' },
  { login: 'linxiaomei', who: '人力资源 HR', next: '周期进度、提前结束阶段、申诉受理 · cycle board, end a phase early, appeals' },
  { login: 'shenguohua', who: '总经理 general manager', next: '复核、批准发放 · second review, approve pay' },
  { login: 'hezhiyuan', who: '财务 finance', next: '核对与发放批次 · check and release pay batches' },
  { login: 'tangyutong', who: '计划 planning', next: '目标与业绩数据 · targets and facts' },
  { login: 'penglixin', who: '教练 coach', next: '百日计划 · 100-day plans' },
  { login: 'fangzheng', who: '审计 auditor', next: '时间线与回溯 · timelines, as-of' },
];

function demoLines(seeding: DemoSeeding): readonly string[] {
  if (seeding === 'other-company')
    return ['This data folder holds a company of its own, so there is no demo in it. / 数据目录中已有公司数据，不再写入演示数据。'];
  const width = Math.max(...LOGINS.map(({ login }) => login.length));
  return [
    `Demo accounts, password for all / 演示账号，统一密码: ${DEMO_PASSWORD}`,
    ...LOGINS.map(({ login, who, next }) => `  ${login.padEnd(width)}  ${who} — ${next}`),
    'Own data instead / 使用自己的数据: npm start -- --no-demo --data DIR',
  ];
}
