import { templateText } from '#libs/scheme';
import { eventually } from '#libs/testing';
import { type Language, LANGUAGES, openStage, PHONE, type Stage, type Visitor } from './stage';

jest.setTimeout(240_000);

const TEMPLATE = 'weighted-70-20-10';
const WORDS = {
  'zh-CN': {
    start: '用它起草：业绩 70 · 能力 20 · 态度 10',
    noErrors: '没有错误',
    save: '起草为新版本',
    draft: '草稿',
    discussion: '讨论',
    logins: '按账号邀请（可多个）',
    invite: '邀请 4 人',
    comment: '意见',
    send: '发表',
    edit: '修改',
    keep: '保存',
    withdraw: '撤回',
    withdrawn: '（已撤回）',
    close: '结束讨论',
    summary: '结论',
    discussed: '已讨论',
    notDiscussed: '讨论结束后才能批准和执行。',
    putInForce: '执行',
    inForce: '执行中',
    said: '同意，但回款应更重要。',
  },
  en: {
    start: 'Draft from it: Results 70 · ability 20 · attitude 10',
    noErrors: 'no errors',
    save: 'Draft as a new version',
    draft: 'draft',
    discussion: 'Discussion',
    logins: 'Invite by login (several)',
    invite: 'Invite 4 people',
    comment: 'Comment',
    send: 'Comment',
    edit: 'Edit',
    keep: 'Save',
    withdraw: 'Withdraw',
    withdrawn: '(withdrawn)',
    close: 'Close the discussion',
    summary: 'Conclusion',
    discussed: 'discussed',
    notDiscussed: 'It can be approved and put in force once its discussion is closed.',
    putInForce: 'Put in force',
    inForce: 'in force',
    said: 'Agreed, but collections should weigh more.',
  },
} as const;

interface Version {
  readonly schemeId: string;
  readonly version: number;
  readonly status: string;
  readonly yaml: string;
}

describe('the pages of schemes', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterEach(() => stage.leave());
  afterAll(() => stage.close());

  it.each(LANGUAGES)('from a template to a scheme in force, heard by every side: %s', async (language) => {
    const words = WORDS[language];
    const hr = await stage.visitor('linxiaomei', { language });
    const id = await draftFromTemplate(hr, language);
    const text = await versionOf(hr, id);
    // Only the two numbers are others, and the id: each line beside them is the template's.
    expect(text).toMatchObject({ version: 1, status: 'draft' });
    expect(linesChanged(templateText(TEMPLATE), text.yaml)).toEqual([
      `id: ${id}`,
      '  completion_points: { value: 35, unit: points }',
      '  collections_points: { value: 20, unit: points }',
    ]);

    const manager = await stage.visitor('shenguohua', { language });
    await manager.open(`/schemes/${id}`);
    await manager.page.getByText(words.notDiscussed).waitFor();
    expect(await manager.page.getByRole('button', { name: words.putInForce, exact: true }).isDisabled()).toBe(true);

    await hr.page.getByRole('button', { name: words.discussion, exact: true }).click();
    await hr.page.getByLabel(words.logins).fill('linxiaomei, r220, hezhiyuan, r222');
    await hr.page.getByRole('button', { name: words.invite }).click();
    await hr.page.getByText('何志远').first().waitFor();

    await commentOn(await stage.visitor('hezhiyuan', { language }), id, language);
    await changeOfMind(await stage.visitor('r222', { language }), id, language);

    await hr.open(`/schemes/${id}?tab=discussion`);
    await hr.page.getByText(words.said).waitFor();
    await hr.page.getByRole('button', { name: words.close }).click();
    await hr.page.getByRole('dialog').getByLabel(words.summary).fill('一致同意 / agreed');
    await hr.page.getByRole('dialog').getByRole('button', { name: words.close }).click();
    await hr.page.locator('.mark', { hasText: words.discussed }).first().waitFor();

    await manager.open('/');
    await manager.page.locator(`#todo a[href^="/schemes/${id}?"]`).click();
    await manager.page.getByRole('button', { name: words.putInForce, exact: true }).click();
    await manager.page.getByRole('dialog').getByRole('button', { name: words.putInForce, exact: true }).click();
    await manager.page.locator('.mark', { hasText: words.inForce }).waitFor();
    expect(await versionOf(manager, id)).toMatchObject({ status: 'in-force' });
    expect([...hr.complaints, ...manager.complaints]).toEqual([]);
  });

  it('forms and text are one: what a form changes stands in the YAML, and what was written there stays', async () => {
    const hr = await stage.visitor('linxiaomei', { language: 'en' });
    await hr.open(`/schemes/${TEMPLATE}/edit?part=yaml`);
    const yaml = hr.page.locator('#whole-yaml');
    await yaml.fill(`# Tried before the talk in December\n${await yaml.inputValue()}`);
    await hr.page.getByRole('button', { name: 'Indicators and weights' }).click();
    await hr.page.locator('#at-sections_0_indicators_0_points').fill('20');
    await hr.page.locator('#at-sections_0_indicators_1_points').fill('35');
    await hr.page.getByRole('button', { name: 'YAML' }).click();
    // The forms have changed two numbers; the comment stands where it was written.
    expect((await yaml.inputValue()).startsWith('# Tried before the talk in December\nlanguage: 1\n')).toBe(true);
    expect(await yaml.inputValue()).toContain('completion_points: { value: 20, unit: points }');
    await hr.page.getByRole('button', { name: 'Try-out' }).click();
    await hr.page.getByRole('button', { name: 'Try it' }).click();
    const month = formatMonth(stage.months.published);
    // It is tried on the newest month that was published: everybody who was scored then.
    await hr.page.getByRole('heading', { name: `${month}: 29 people` }).waitFor();
    await hr.page.getByText(/^Against weighted-70-20-10 version 1, as recorded up to \d+$/).waitFor();
    await hr.page.getByRole('img', { name: `Grades in ${month}, then and tried` }).waitFor();
    await hr.page.locator('.ant-btn-loading').waitFor({ state: 'detached' });
    await hr.shoot('schemes-try-out');
    expect(await hr.findings()).toEqual([]);
    expect(hr.complaints).toEqual([]);
  });

  it('on a phone the form comes first; how many findings there are stays in sight, each with its place in words', async () => {
    const hr = await stage.visitor('linxiaomei', { language: 'en', screen: PHONE });
    const { page } = hr;
    await hr.open(`/schemes/${TEMPLATE}/edit?part=parameters`);
    await page.getByText('Ability › Points').first().waitFor();
    await hr.open(`/schemes/${TEMPLATE}/edit?part=scoring`);
    const points = page.locator('#at-sections_0_indicators_0_points');
    expect((await points.boundingBox())?.y).toBeLessThan((await page.locator('#checks').boundingBox())?.y ?? 0);
    await points.fill('');
    const link = page.locator('.to-checks');
    await link.getByText(/\d errors?/).waitFor();
    await link.click();
    const finding = page.locator('.finding-list button').first();
    expect(await finding.textContent()).not.toMatch(/line \d+|“value”/);
    expect(await finding.getAttribute('title')).toMatch(/^line \d+, column \d+ /);
    await hr.open(`/schemes/${TEMPLATE}/edit?part=yaml`);
    await page.locator('#whole-yaml').fill('language: [');
    await page.getByRole('button', { name: /^YAML ✕\d/ }).waitFor();
    expect(await page.getByRole('button', { name: /^Basics ✕/ }).count()).toBe(0);
  });

  it('who is scored by a scheme finds it to acknowledge, and it is gone then', async () => {
    const rep = await stage.visitor('r222', { language: 'zh-CN' });
    const before = await toAcknowledge(rep);
    await rep.open('/schemes');
    for (const _ of before) {
      const act = rep.page.getByRole('button', { name: /^已阅知：/ });
      const left = await act.count();
      await act.first().click();
      await eventually(async () => expect(await act.count()).toBeLessThan(left));
    }
    expect(await toAcknowledge(rep)).toEqual([]);
    // A rep reads schemes, and does not write any.
    expect(await rep.page.getByRole('link', { name: /^用它起草/ }).count()).toBe(0);
    await rep.open(`/schemes/${TEMPLATE}/edit`);
    await rep.page.getByText('没有权限').waitFor();
  });

  it.each(LANGUAGES)('are accessible and fit on a desk and a phone: %s', async (language) => {
    const hr = await stage.visitor('linxiaomei', { language });
    expect(await hr.inspect('/schemes', 'schemes')).toEqual([]);
    expect(await hr.inspect(`/schemes/${TEMPLATE}`, 'schemes-one')).toEqual([]);
    expect(await hr.inspect(`/schemes/${TEMPLATE}?tab=review`, 'schemes-review')).toEqual([]);
    expect(await hr.inspect('/schemes/new?template=discipline-70-30&part=scoring', 'schemes-new')).toEqual([]);
    expect(await hr.inspect(`/schemes/${TEMPLATE}/edit?part=process`, 'schemes-edit')).toEqual([]);
    expect(hr.complaints).toEqual([]);
  });
});

/** HR changes a weight in a form: the checker objects beside the field; puts it right and drafts it. Gives the scheme's id. */
async function draftFromTemplate(hr: Visitor, language: Language): Promise<string> {
  const words = WORDS[language];
  const { page } = hr;
  await hr.open('/schemes');
  await page.getByRole('link', { name: words.start, exact: true }).click();
  await page.locator('#at-sections_0_indicators_0_points').fill('35');
  await page.locator('#at-sections_0_points-notes .wrong').first().waitFor();
  await page.locator('#draft-why', { hasText: /1|2/ }).waitFor();
  expect(await page.getByRole('button', { name: words.save }).isDisabled()).toBe(true);
  expect(await page.locator('#at-sections_0_points').getAttribute('aria-invalid')).toBe('true');
  expect(await page.locator('#at-sections_0_points').getAttribute('aria-describedby')).toBe('at-sections_0_points-notes');
  await page.locator('#at-sections_0_indicators_1_points').fill('20');
  await page.locator('.editor-side').getByText(words.noErrors).waitFor();
  await page.getByRole('button', { name: words.save }).click();
  await page.waitForURL(/\/schemes\/weighted-70-20-10-\d+\?version=1$/);
  await page.locator('.mark', { hasText: words.draft }).first().waitFor();
  return new URL(page.url()).pathname.slice('/schemes/'.length);
}

/** Who is invited finds it on their home, counted by the bell, and it is gone once they have commented. */
async function commentOn(invited: Visitor, id: string, language: Language): Promise<void> {
  const words = WORDS[language];
  const { page, complaints } = invited;
  await invited.open('/');
  const todo = page.locator(`#todo a[href^="/schemes/${id}?"]`);
  await todo.waitFor();
  const before = await counted(invited);
  expect(before).toBeGreaterThan(0);
  expect(await invited.inspect('/', 'home-invited')).toEqual([]);
  await todo.click();
  await page.locator('textarea').fill(words.said);
  await page.locator('form').getByRole('button', { name: words.send }).click();
  await page.locator('.comments').getByText(words.said).waitFor();
  await page.locator('nav.side a.brand').click();
  await page.locator('#todo').waitFor();
  await todo.waitFor({ state: 'detached' });
  expect(await counted(invited)).toBe(before - 1);
  expect(complaints).toEqual([]);
}

/** What the bell counts. */
async function counted({ page }: Visitor): Promise<number> {
  return Number(/\d+/.exec((await page.locator('header a.ant-btn').getAttribute('aria-label')) ?? '')?.[0]);
}

/** A rep, told of it on their home, comments, edits it, and takes it back. */
async function changeOfMind(rep: Visitor, id: string, language: Language): Promise<void> {
  const words = WORDS[language];
  const { page } = rep;
  await rep.open('/');
  await page.locator(`#todo a[href^="/schemes/${id}?"]`).click();
  await page.locator('form textarea').fill('……');
  await page.locator('form').getByRole('button', { name: words.send }).click();
  const own = page.locator('.comments li', { hasText: '……' });
  await own.getByRole('button', { name: words.edit }).click();
  await page.locator('.comments textarea').fill('!!!');
  await page.locator('.comments').getByRole('button', { name: words.keep }).click();
  await page.locator('.comments li', { hasText: '!!!' }).getByRole('button', { name: words.withdraw }).click();
  await page.getByRole('dialog').getByRole('button', { name: words.withdraw }).click();
  await page.getByText(words.withdrawn).waitFor();
}

async function versionOf(visitor: Visitor, id: string): Promise<Version> {
  return (await visitor.ask(`/schemes/${id}/versions/1`)) as Version;
}

async function toAcknowledge(visitor: Visitor): Promise<readonly unknown[]> {
  return ((await visitor.ask('/schemes/to-acknowledge')) as { items: unknown[] }).items;
}

function linesChanged(before: string, after: string): string[] {
  const lines = before.split('\n');
  return after.split('\n').filter((line, index) => line !== lines[index]);
}

/** `2026-09` → `Sep 2026`, as pages in English say it. */
function formatMonth(month: string): string {
  return new Intl.DateTimeFormat('en', { year: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${month}-01`));
}
