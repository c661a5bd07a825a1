import { z } from 'zod';
import { LANGUAGES, openStage, report, type Stage, type Visitor } from './stage';

jest.setTimeout(240_000);

const WORDS = {
  'zh-CN': {
    admin: '管理',
    invite: '邀请 1 人',
    links: '邀请链接',
    close: '关闭',
    find: '查找',
    grant: /^授予角色/,
    coach: '教练',
    saveRoles: '保存角色',
    saved: /的角色已保存$/,
    active: '已启用',
    other: { button: 'English', heading: 'Administration' },
  },
  en: {
    admin: 'Administration',
    invite: 'Invite 1 person',
    links: 'Invitation links',
    close: 'Close',
    find: 'Find',
    grant: /^Grant roles/,
    coach: 'coach',
    saveRoles: 'Save roles',
    saved: /^Roles of .* saved$/,
    active: 'active',
    other: { button: '中文', heading: '管理' },
  },
} as const;

const PASSWORD = 'a-new-password-of-mine';
/** Somebody new in the organisation for each language's walk. */
const NEW = { 'zh-CN': { no: 'N901', name: '新同事甲', login: 'n901' }, en: { no: 'N902', name: '新同事乙', login: 'n902' } } as const;

const zAccounts = z.object({
  items: z.array(z.object({ subject: z.string(), name: z.string().nullable(), state: z.string(), grantedRoles: z.array(z.string()) })),
  next: z.string().optional(),
});

describe('administration', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
    const hr = await stage.visitor('linxiaomei');
    const rows = Object.values(NEW).map(({ no, name, login }) => `${no},${name},${login},rep,销售部,R220`);
    await hr.open('/imports/new?kind=people');
    const file = ['employee_no,name,login,roles,department,manager_no', ...rows].join('\r\n');
    await hr.attach('#file', { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
    await hr.click(hr.page.getByRole('button', { name: '导入', exact: true }));
    await hr.page.getByRole('heading', { name: '导入完成' }).waitFor();
  });
  afterEach(() => stage.leave());
  afterAll(() => stage.close());

  const accountsCalled = async (admin: Visitor, text: string) =>
    zAccounts.parse(await admin.ask(`/identity/accounts?q=${encodeURIComponent(text)}`)).items;

  it.each(LANGUAGES)('the administrator invites somebody and grants a role; the link opens an account, once: %s', async (language) => {
    const words = WORDS[language];
    const { no, name, login } = NEW[language];
    const admin = await stage.visitor('luohao', { language });
    const { page } = admin;
    await admin.beginTask();
    await admin.click(page.getByRole('navigation').first().getByRole('link', { name: words.admin, exact: true }));
    expect(await accountsCalled(admin, no)).toMatchObject([{ name, state: 'none' }]);
    await admin.fill('#account-find', no);
    await admin.click(page.getByRole('button', { name: words.find, exact: true }));
    await page.getByRole('cell', { name, exact: true }).last().waitFor();
    await admin.click(page.getByRole('checkbox', { name }));
    await admin.click(page.getByRole('button', { name: words.invite }));
    await admin.click(page.getByRole('dialog').getByRole('button', { name: words.invite }));
    const dialog = page.getByRole('dialog', { name: words.links });
    const link = await dialog.getByRole('textbox').first().inputValue();
    expect(await accountsCalled(admin, no)).toMatchObject([{ state: 'invited' }]);
    await admin.click(dialog.getByRole('button', { name: words.close }).last());
    await admin.click(page.getByRole('button', { name: words.grant }));
    await admin.click(page.getByRole('checkbox', { name: words.coach }));
    await admin.click(page.getByRole('button', { name: words.saveRoles }));
    await page.getByText(words.saved).waitFor();
    report('admin: invite somebody and grant a role', admin.steps, 12);
    expect(await accountsCalled(admin, no)).toMatchObject([{ grantedRoles: ['coach'] }]);

    const newcomer = await stage.stranger({ language });
    const path = new URL(link).pathname;
    await newcomer.open(path);
    await newcomer.fill('#password', PASSWORD);
    await newcomer.fill('#again', PASSWORD);
    await newcomer.click('button[type=submit]');
    await newcomer.page.waitForURL('**/sign-in');
    const signedIn = await stage.stranger({ language });
    await signedIn.signIn(login, PASSWORD);
    const me = z.object({ roles: z.array(z.string()) }).parse(await signedIn.ask('/session'));
    expect(me.roles.sort()).toEqual(['coach', 'rep']);
    await newcomer.open(path);
    await newcomer.fill('#password', PASSWORD);
    await newcomer.fill('#again', PASSWORD);
    await newcomer.click('button[type=submit]');
    await newcomer.page.getByText('identity.invitation-unknown').waitFor();
    expect(admin.complaints).toEqual([]);
  });

  it('the list of accounts is for administrators, goes on page by page, and can be narrowed by state', async () => {
    const admin = await stage.visitor('luohao');
    const hr = await stage.visitor('linxiaomei');
    expect(z.object({ code: z.string() }).parse(await hr.ask('/identity/accounts')).code).toBe('identity.not-allowed');
    const first = zAccounts.parse(await admin.ask('/identity/accounts?limit=10'));
    const second = zAccounts.parse(await admin.ask(`/identity/accounts?limit=10&after=${first.next}`));
    expect(first.items).toHaveLength(10);
    expect(second.items.some(({ subject }) => first.items.some((one) => one.subject === subject))).toBe(false);
    const locked = zAccounts.parse(await admin.ask('/identity/accounts?state=locked'));
    expect(locked).toEqual({ items: [] });
  });

  it.each(LANGUAGES)('anyone changes the language in at most 2 steps: %s', async (language) => {
    const { other } = WORDS[language];
    const admin = await stage.visitor('luohao', { language });
    await admin.open('/admin');
    admin.steps = 0;
    await admin.click(admin.page.getByRole('button', { name: other.button }));
    await admin.page.getByRole('heading', { level: 1, name: other.heading }).waitFor();
    report('anyone: change language', admin.steps, 2);
    expect(admin.steps).toBeLessThanOrEqual(2);
  });

  it.each(LANGUAGES)('pages of administration are accessible on a desk and on a phone: %s', async (language) => {
    const admin = await stage.visitor('luohao', { language });
    const found = [
      ...(await admin.inspect('/admin', 'admin-accounts')),
      ...(await admin.inspect('/admin?tab=health', 'admin-health')),
      ...(await admin.inspect('/admin?tab=integrations', 'admin-integrations')),
    ];
    expect(found).toEqual([]);
    expect(admin.complaints).toEqual([]);
  });
});
