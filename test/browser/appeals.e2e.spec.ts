import { readFileSync } from 'node:fs';
import path from 'node:path';
import { eventually, eventuallyTrue } from '#libs/testing';
import { type Language, LANGUAGES, openStage, report, type Stage, type Visitor } from './stage';

jest.setTimeout(240_000);

const PROOF = {
  name: '客户表扬 thanks.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n'),
};
const PROGRAM = { name: 'letter.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ this is a program') };

const WORDS = {
  'zh-CN': {
    mine: '我的申诉',
    appeal: /^对 .+ 的结果提出申诉$/,
    line: '沟通能力',
    other: '责任心',
    right: '沟通能力应为',
    statement: '申诉理由',
    file: '选择文件',
    submit: '提交申诉',
    appeals: '申诉',
    accept: '受理',
    ask: '要求补充',
    question: '需要补充什么',
    answer: '答复',
    give: '提交补充',
    uphold: '支持申诉',
    reason: /^理由/,
    vote: '投票',
    decision: '决定与理由',
    upheld: '支持',
    original: '原结果',
    overtaken: '内容已被他人更改',
  },
  en: {
    mine: 'My appeals',
    appeal: /^Appeal the result of .+$/,
    line: 'Communication',
    other: 'Diligence',
    right: 'Communication: right value',
    statement: 'Your reasons',
    file: 'Choose files',
    submit: 'File the appeal',
    appeals: 'Appeals',
    accept: 'Accept',
    ask: 'Ask for more',
    question: 'What is missing',
    answer: 'Your answer',
    give: 'Send the answer',
    uphold: 'uphold',
    reason: /^Reason/,
    vote: 'Vote',
    decision: 'Decision and reasons',
    upheld: 'upheld',
    original: 'Original',
    overtaken: 'Somebody else changed this',
  },
} as const;

interface CaseFile {
  readonly appealId: string;
  readonly stage: string;
  readonly lines: readonly { readonly key: string; readonly right: string; readonly published: string }[];
  readonly evidence: readonly { readonly name: string; readonly hash: string }[];
  readonly panel: readonly { readonly name: string; readonly voted: boolean | null }[];
  readonly votes: readonly { readonly member: { readonly name: string }; readonly reason: string }[];
  readonly draws: readonly { readonly seed: string; readonly excluded?: readonly unknown[] }[];
  readonly decision: { readonly verdict: string } | null;
  readonly published: { readonly score: string };
  readonly amended: { readonly score: string } | null;
}

/** Who appeals in which language; each has a result inside its window. */
const APPELLANTS: Readonly<Record<Language, string>> = { 'zh-CN': 'r222', en: 'r223' };

describe('appeals, from filing to the decision', () => {
  let stage: Stage;
  const filed = new Map<Language, string>();
  beforeAll(async () => {
    stage = await openStage();
  });
  afterEach(() => stage.leave());
  afterAll(() => stage.close());

  const fileOf = async (who: Visitor, appealId: string): Promise<CaseFile> => (await who.ask(`/appeals/${appealId}/file`)) as CaseFile;
  const board = async (who: Visitor, query: string): Promise<readonly { appealId: string; name: string; stage: string }[]> =>
    ((await who.ask(`/appeals/board?${query}`)) as { items: { appealId: string; name: string; stage: string }[] }).items;

  it.each(LANGUAGES)('a rep files one line with one file in at most 8 steps: %s', async (language) => {
    const words = WORDS[language];
    const rep = await stage.visitor(APPELLANTS[language], { language });
    const { page } = rep;
    await rep.beginTask();
    await rep.click(page.locator('nav.side').getByRole('link', { name: words.mine }));
    await rep.click(page.getByRole('link', { name: words.appeal }).first());
    await rep.click(page.getByRole('checkbox', { name: words.line, exact: true }));
    await rep.fill(page.getByLabel(words.right), '97');
    await rep.fill(page.getByLabel(words.statement), 'Customers thanked in writing twice.');
    await rep.attach(page.getByLabel(words.file), PROOF);
    await page.getByText(PROOF.name).waitFor();
    await rep.click(page.getByRole('button', { name: words.submit }));
    await page.locator('.moments').waitFor();
    report('rep: file an appeal with one line and one file', rep.steps, 8);
    expect(rep.steps).toBeLessThanOrEqual(8);

    const [mine] = await board(rep, 'whose=mine');
    expect(mine).toMatchObject({ stage: 'triage' });
    const appealId = mine?.appealId ?? '';
    filed.set(language, appealId);
    const file = await fileOf(rep, appealId);
    expect(file.lines).toMatchObject([{ key: 'communication', right: '97' }]);
    expect(file.evidence).toMatchObject([{ name: PROOF.name }]);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: PROOF.name }).click();
    expect((await download).suggestedFilename()).toBe(PROOF.name);
    // Home leads to the appeal that was filed, and offers no second one.
    await rep.open('/');
    await page.locator(`main a[href="/me/appeals/${appealId}"]`).waitFor();
    expect(await page.locator('main a[href^="/me/appeals/new"]').count()).toBe(0);
    expect(rep.complaints).toEqual([]);
  });

  it.each(LANGUAGES)('every page of a rep is accessible on a desk and on a phone, and keeps the draft: %s', async (language) => {
    const words = WORDS[language];
    const rep = await stage.visitor(language === 'en' ? 'r224' : 'r221', { language });
    const { page } = rep;
    await rep.open('/me/appeals/new?line=communication');
    await page.getByLabel(words.statement).fill('not finished yet');
    await page.getByLabel(words.file).setInputFiles(PROGRAM);
    await page.getByRole('alert').filter({ hasText: 'PDF' }).waitFor();
    await eventuallyTrue(() => page.evaluate<boolean>("Object.keys(localStorage).some((key) => key.startsWith('centum.draft.appeal.'))"));
    expect(await rep.inspect('/me/appeals/new', 'appeal-new')).toEqual([]);
    expect(await page.getByLabel(words.statement).inputValue()).toBe('not finished yet');
    expect(await page.getByRole('checkbox', { name: words.line, exact: true }).isChecked()).toBe(true);
    // Another line of the result joins the draft, and nothing of it is lost.
    await rep.open('/me/appeals/new?line=diligence');
    const added = page.getByRole('checkbox', { name: words.other, exact: true });
    await eventuallyTrue(() => added.isChecked());
    expect(await page.getByRole('checkbox', { name: words.line, exact: true }).isChecked()).toBe(true);
    expect(await page.getByLabel(words.statement).inputValue()).toBe('not finished yet');
    // Taken out again it stays out: the address was done with.
    await added.uncheck();
    await page.reload();
    await page.getByLabel(words.statement).waitFor();
    expect(await added.isChecked()).toBe(false);
    expect(await rep.inspect('/me/appeals', 'my-appeals')).toEqual([]);
    expect(rep.complaints).toEqual([]);
  });

  it('HR asks one for more and accepts the other; who was slower sees both', async () => {
    const zh = WORDS['zh-CN'];
    const en = WORDS.en;
    const [first = '', second = ''] = [filed.get('zh-CN'), filed.get('en')];
    const hr = await stage.visitor('linxiaomei', { language: 'zh-CN' });
    const officer = await stage.visitor('zhouwenjing', { language: 'en' });
    await hr.beginTask();
    await hr.click(hr.page.locator('nav.side').getByRole('link', { name: zh.appeals, exact: true }));
    await hr.page.locator(`a[href$="${first}"]`).waitFor();

    // Both have the same file open; the officer writes a question while the head accepts.
    await officer.open(`/appeals/${first}`);
    await officer.page.getByLabel(en.ask).check();
    await officer.page.getByLabel(en.question).fill('Please add the letters.');
    await hr.click(hr.page.locator(`a[href$="${first}"]`));
    await hr.page.getByRole('button', { name: zh.accept }).waitFor();
    await hr.settled();
    await hr.click(hr.page.getByRole('button', { name: zh.accept }));
    // Nothing is drawn and no clock runs before it is said once what happens.
    expect((await fileOf(hr, first)).stage).toBe('triage');
    await hr.click(hr.page.getByRole('dialog').getByRole('button', { name: zh.accept }));
    await eventually(async () => expect((await fileOf(hr, first)).stage).toBe('hearing'), { timeoutMs: 30_000, intervalMs: 250 });
    await officer.page.getByRole('button', { name: en.ask }).click();
    const note = officer.page.getByRole('alert').filter({ hasText: en.overtaken });
    await note.waitFor();
    expect(await note.textContent()).toContain('Please add the letters.');

    const seated = await fileOf(hr, first);
    expect(seated.panel).toHaveLength(3);
    expect(seated.draws).toMatchObject([{ excluded: expect.any(Array) }]);
    expect((await fileOf(await stage.visitor('r222'), first)).draws[0]).not.toHaveProperty('excluded');

    await officer.open(`/appeals/${second}`);
    await officer.page.getByLabel(en.ask).check();
    await officer.page.getByLabel(en.question).fill('Which letters?');
    await officer.page.getByRole('button', { name: en.ask }).click();
    const rep = await stage.visitor('r223', { language: 'en' });
    await eventually(async () =>
      expect(await rep.ask('/me/todo/appeals')).toMatchObject({ items: [{ kind: 'give-more', appealId: second }] }),
    );
    await rep.open(`/me/appeals/${second}`);
    await rep.page.getByText('Which letters?').first().waitFor();
    await rep.page.getByLabel(en.answer).fill('Those of October.');
    await rep.page.getByRole('button', { name: en.give }).click();
    await eventually(async () =>
      expect(await hr.ask('/me/todo/appeals')).toMatchObject({
        items: expect.arrayContaining([expect.objectContaining({ kind: 'triage-appeal', appealId: second })]),
      }),
    );
    expect([...hr.complaints, ...officer.complaints, ...rep.complaints]).toEqual([]);
  });

  it('members vote without seeing each other, and the appellant sees the decision with what it changed', async () => {
    const auditor = await stage.visitor('fangzheng', { language: 'en' });
    const [demo] = (await board(auditor, 'whose=all')).filter(({ appealId }) => ![...filed.values()].includes(appealId));
    const appealId = demo?.appealId ?? '';
    const before = await fileOf(auditor, appealId);
    expect(before.votes).toHaveLength(1);
    const waiting = before.panel.filter(({ voted }) => voted === false);
    expect(waiting).toHaveLength(2);
    for (const [index, language] of LANGUAGES.entries()) {
      const words = WORDS[language];
      const member = await stage.visitor(panelLogin(waiting[index]?.name ?? ''), { language });
      await eventually(async () =>
        expect(await member.ask('/me/todo/appeals')).toMatchObject({
          items: expect.arrayContaining([expect.objectContaining({ kind: 'vote-on-appeal', appealId })]),
        }),
      );
      expect(await member.inspect(`/appeals/${appealId}`, 'appeal-vote')).toEqual([]);
      expect(await member.page.locator('main').textContent()).not.toContain(before.votes[0]?.reason);
      await member.page.getByRole('radio', { name: words.uphold }).check();
      await member.page.getByLabel(words.reason).fill('The file shows it.');
      await member.page.getByRole('button', { name: words.vote, exact: true }).click();
      await member.page.getByRole('dialog').getByRole('button', { name: words.vote, exact: true }).click();
      await eventually(async () => expect((await fileOf(auditor, appealId)).votes).toHaveLength(index + 2));
      expect(member.complaints).toEqual([]);
    }
    await eventually(async () => expect((await fileOf(auditor, appealId)).amended).not.toBeNull(), { timeoutMs: 20_000, intervalMs: 250 });
    const after = await fileOf(auditor, appealId);
    expect(after.decision).toMatchObject({ verdict: 'upheld' });
    expect(after.amended?.score).not.toBe(after.published.score);
    for (const language of LANGUAGES) {
      const words = WORDS[language];
      const rep = await stage.visitor('r313', { language });
      expect(await rep.inspect(`/me/appeals/${appealId}`, 'appeal-decided')).toEqual([]);
      const decision = rep.page.getByRole('region', { name: words.decision });
      const shown = await decision.textContent();
      for (const text of [words.upheld, words.original, after.published.score, after.amended?.score ?? '', 'The file shows it.'])
        expect(shown).toContain(text);
      expect(rep.complaints).toEqual([]);
    }
  });

  it.each(LANGUAGES)('the board and a file in triage are accessible on a desk and on a phone: %s', async (language) => {
    const hr = await stage.visitor('linxiaomei', { language });
    expect(await hr.inspect('/appeals?show=all', 'appeals')).toEqual([]);
    expect(await hr.inspect(`/appeals/${filed.get('en') ?? ''}`, 'appeal-triage')).toEqual([]);
    expect(hr.complaints).toEqual([]);
  });
});

/** The login of whoever of the pool has this name. */
function panelLogin(name: string): string {
  const people = readFileSync(path.resolve(__dirname, '../../apps/assembly/demo/data/people.csv'), 'utf8')
    .split('\n')
    .map((row) => row.split(','));
  const login = people.find(([, called, , roles]) => called === name && roles?.includes('panel') === true)?.[2];
  if (login === undefined) throw new Error(`nobody of the pool is called ${name}`);
  return login;
}
