import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { LANGUAGES, openStage, report, type Stage } from './stage';

jest.setTimeout(300_000);

const zMine = z.object({ items: z.array(z.looseObject({ appraisalId: z.string(), publishedAt: z.string().nullable() })) });
const zLeaves = z.object({
  items: z.array(z.looseObject({ kind: z.string(), factId: z.string().nullable(), recordId: z.string().nullable() })),
});
const zReads = z.object({
  items: z.array(z.looseObject({ question: z.string(), reason: z.string().nullable(), aboutName: z.string().nullable() })),
});
const zEntry = z.looseObject({ leaf: z.string() });

const WORDS = {
  'zh-CN': {
    pay: '兑现',
    person: '姓名、工号或登录名',
    why: '查看理由',
    find: '查找',
    look: '查看经过',
    raw: '原始事件',
    json: '下载所示（JSON）',
    slider: '回放位置',
    asOf: '回放到第',
    proof: '叶子指纹',
    changes: '其间的变化',
    lines: '由此支付的明细',
    sales: /^销售额：/,
    commission: '提成',
    chooseForm: '选这张考核表',
    compare: '对比',
    first: '最早',
    last: '现在',
    needsForm: '先选择一张考核表',
    theirFacts: '看这个人的数据',
    uses: '看用在哪里',
    looks: '看谁看过此人',
    beyond: /还没有这一条/,
    notThere: /还没有第 99999999 条/,
  },
  en: {
    pay: 'Payouts',
    person: 'Name, number or login',
    why: 'Reason for looking',
    find: 'Find',
    look: 'Show the timeline',
    raw: 'Raw event',
    json: 'Download what is shown (JSON)',
    slider: 'Position in the log',
    asOf: 'As of entry',
    proof: 'Leaf hash',
    changes: 'What changed between',
    lines: 'Lines paid from those',
    sales: /^Sales:/,
    commission: 'Commission',
    chooseForm: 'Choose this form',
    compare: 'Compare',
    first: 'Beginning',
    last: 'Now',
    needsForm: 'Choose an appraisal form first',
    theirFacts: 'Their facts',
    uses: 'What used it',
    looks: 'Who looked at them',
    beyond: /no such entry yet/,
    notThere: /no entry 99999999 yet/,
  },
} as const;

describe('history and proof, for the auditor', () => {
  let stage: Stage;
  let appraisalId: string;

  beforeAll(async () => {
    stage = await openStage();
    const rep = await stage.visitor('r222');
    const mine = zMine.parse(await rep.ask('/appraisals/mine')).items.filter(({ publishedAt }) => publishedAt !== null);
    appraisalId = mine.at(-1)?.appraisalId ?? '';
  });
  afterEach(() => stage.leave());
  afterAll(() => stage.close());

  it.each(LANGUAGES)('from a paid amount to the record in the CRM export in at most 4 steps: %s', async (language) => {
    const words = WORDS[language];
    const auditor = await stage.visitor('fangzheng', { language });
    await auditor.beginTask();
    await auditor.click(auditor.page.locator('nav.side').getByRole('link', { name: words.pay, exact: true }));
    await auditor.click(auditor.page.locator('a[href^="/payouts/"]').first());
    // A commission stands on the month's pay facts; who comes first, and whether they earned one, differs from demo to demo.
    await auditor.click(auditor.page.locator('tr', { hasText: words.commission }).first().locator('.explained').first());
    const drawer = auditor.page.getByRole('dialog');
    await drawer.locator('.sentence').waitFor();
    // Below the last number stand the records that it is made of; they load when it is unfolded.
    const last = drawer.locator('details').last();
    if ((await last.getAttribute('open')) === null) await auditor.click(last.locator('summary').last());
    await drawer
      .getByText(/^(PC|SO)-\d{4}-\d{2}-/)
      .first()
      .waitFor();
    report(`auditor: from a paid amount to the record in the CRM export (${language})`, auditor.steps, 4);
    expect(auditor.steps).toBeLessThanOrEqual(4);
    expect(auditor.complaints).toEqual([]);
  });

  it.each(LANGUAGES)(
    'the history of a person, with the reason of the look recorded, as of an earlier moment, downloaded: %s',
    async (language) => {
      const words = WORDS[language];
      const auditor = await stage.visitor('fangzheng', { language });
      const { page } = auditor;
      await auditor.open('/audit');
      await page.getByLabel(words.why).fill(`complaint 17 ${language}`);
      await page.getByLabel(words.person).fill('r222');
      await page.getByRole('button', { name: words.find, exact: true }).click();
      await page.getByRole('button', { name: words.look }).click();
      const raw = page.getByRole('button', { name: new RegExp(`^${words.raw}`) });
      await raw.first().waitFor();
      const before = await raw.count();
      await raw.first().click();
      await page.locator('pre').first().waitFor();
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: words.json }).click()]);
      expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toHaveLength(before);

      const reads = zReads.parse(await auditor.ask('/audit/reads?limit=1'));
      expect(reads.items[0]).toMatchObject({ question: 'timeline', reason: `complaint 17 ${language}` });
      expect(reads.items[0]?.aboutName).not.toBeNull();

      // The slider goes back by keys alone.
      await page.getByRole('slider', { name: words.slider }).press('ArrowLeft');
      await page.getByText(words.asOf).first().waitFor();
      expect(new URL(page.url()).searchParams.get('asOf')).toMatch(/^\d+$/);
      expect(auditor.complaints).toEqual([]);
    },
  );

  it('two moments of an appraisal, field by field with the event; the hash of an entry; what used a fact', async () => {
    const words = WORDS.en;
    const auditor = await stage.visitor('fangzheng', { language: 'en' });
    await auditor.open(`/audit?tab=compare&appraisal=${appraisalId}&from=0&to=900`);
    await auditor.page.getByRole('heading', { name: words.changes }).waitFor();
    await auditor.page.getByText('AppraisalPublished').first().waitFor();

    await auditor.open('/audit?tab=proof&at=5');
    await auditor.page.getByText(zEntry.parse(await auditor.ask('/audit/entries/5')).leaf).waitFor();

    const { items } = zLeaves.parse(await auditor.ask(`/appraisals/${appraisalId}/explanation/facts`));
    const fact = items.find(({ factId }) => factId !== null);
    await auditor.open(`/audit?tab=uses&fact=${fact?.factId ?? ''}`);
    await auditor.page.getByText(fact?.recordId ?? 'no record').waitFor();
    await auditor.page.getByRole('heading', { name: words.lines }).waitFor();
    expect(await auditor.page.locator('a[href^="/payouts/"]').count()).toBeGreaterThan(1);
  });

  it.each(LANGUAGES)('nobody needs an id: a form, a fact and a person looked at are found by whose they are: %s', async (language) => {
    const words = WORDS[language];
    const auditor = await stage.visitor('fangzheng', { language });
    const { page } = auditor;
    const find = async (): Promise<void> => {
      await page.getByLabel(words.person).fill('r222');
      await page.getByRole('button', { name: words.find, exact: true }).click();
    };
    await auditor.open('/audit?tab=compare');
    await page.getByText(words.needsForm).waitFor();
    expect(await page.getByRole('button', { name: words.compare, exact: true }).isDisabled()).toBe(true);
    await find();
    await page.locator('form select').first().selectOption({ index: 1 });
    await page.getByRole('button', { name: new RegExp(`^${words.chooseForm}`) }).click();
    await page.getByRole('button', { name: words.first, exact: true }).click();
    await page.getByRole('button', { name: words.last, exact: true }).click();
    await page.getByRole('button', { name: words.compare, exact: true }).click();
    await page.getByRole('heading', { name: words.changes }).waitFor();
    expect(await page.locator('main').innerText()).toContain('刘佳怡 · ');

    await auditor.open('/audit?tab=uses');
    await find();
    await page.getByRole('button', { name: new RegExp(`^${words.theirFacts}`) }).click();
    await page.locator('main select').first().selectOption(stage.months.published);
    await page
      .getByRole('button', { name: new RegExp(`^${words.uses} SO-`) })
      .first()
      .click();
    await page.getByRole('heading', { name: words.lines }).waitFor();

    await auditor.open('/audit?tab=looks');
    await find();
    await page.getByRole('button', { name: new RegExp(`^${words.looks}`) }).click();
    await page
      .getByRole('row', { name: /刘佳怡/ })
      .first()
      .waitFor();
    expect(auditor.complaints).toEqual([]);
  });

  it.each(LANGUAGES)('entries and who acted are said in words, and none beyond the end is shown: %s', async (language) => {
    const words = WORDS[language];
    const auditor = await stage.visitor('fangzheng', { language });
    const { page } = auditor;
    await auditor.open(`/audit?stream=appraisal-${appraisalId}`);
    await page.locator('ol.cards li').first().waitFor();
    const told = await page.locator('ol.cards').innerText();
    expect(told).not.toMatch(/system:|cycle-sweep|cycle-workflow/);
    await page.locator('input[inputmode=numeric]').fill('99999999');
    await page.getByText(words.beyond).waitFor();
    await auditor.open('/audit?asOf=99999999');
    await page.getByRole('alert').getByText(words.notThere).waitFor();
    await auditor.open('/audit?asOf=5');
    await page.locator('main').getByText('PeopleLinesRecorded').first().waitFor();
  });

  it('nobody else is let in', async () => {
    const admin = await stage.visitor('luohao', { language: 'en' });
    await admin.open('/audit');
    await admin.page.getByRole('alert').first().waitFor();
    expect(await admin.page.getByRole('slider').count()).toBe(0);
  });

  it.each(LANGUAGES)('every part is accessible on a desk and on a phone: %s', async (language) => {
    const auditor = await stage.visitor('fangzheng', { language });
    const parts = [
      `?stream=appraisal-${appraisalId}`,
      `?tab=compare&appraisal=${appraisalId}&from=0&to=900`,
      '?tab=uses',
      '?tab=proof&at=5',
      '?tab=looks',
    ];
    for (const part of parts) {
      expect(await auditor.inspect(`/audit${part}`, `audit${/tab=(\w+)/.exec(part)?.[1] ?? ''}`)).toEqual([]);
    }
    expect(auditor.complaints).toEqual([]);
  });
});
