import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { SubjectId } from '#kernel';
import { demoPeople } from '#apps/assembly/demo';
import type { AppraisalView } from '#libs/appraisal/contracts';
import { type Language, LANGUAGES, openStage, report, type Stage, type Visitor } from './stage';

jest.setTimeout(240_000);

const KEYS = ['knowledge', 'analysis', 'communication', 'adaptability', 'diligence'] as const;
const TEN = 10;
const COMMENT_MOST = 4_000;
const LIMIT = { why: 2, selfReview: 14 } as const;

/** What the pages say, by language. */
const WORDS = {
  'zh-CN': {
    submit: '提交自评',
    comment: '补充说明',
    submitted: '自评已提交',
    mine: '我的考核',
    confirm: '确认结果',
    confirmed: '已确认',
    object: '提出异议',
    objected: '异议已提出',
    reason: '理由',
    download: '下载 CSV',
    conflict: '内容已被他人更改',
    useNow: '采用现在的内容',
    here: '你在这里',
    coming: /^接下来是上级评分，.+开始。$/,
    cut: '超出的 10 个字没有收下',
  },
  en: {
    submit: 'Submit the self-review',
    comment: 'Comment',
    submitted: 'Self-review submitted',
    mine: 'My appraisals',
    confirm: 'Confirm the result',
    confirmed: 'Confirmed',
    object: 'Object',
    objected: 'Your objection was sent',
    reason: 'Reason',
    download: 'Download CSV',
    conflict: 'Somebody else changed this',
    useNow: 'Use what is there now',
    here: 'you are here',
    coming: /^Next is Manager scoring, from .+\.$/,
    cut: '10 characters beyond the limit were left out',
  },
} as const satisfies Record<Language, object>;

const zDetail = z.looseObject({
  response: z.string(),
  submissions: z.array(
    z.looseObject({
      step: z.string(),
      versions: z.array(z.looseObject({ ratings: z.record(z.string(), z.string()).nullable(), comment: z.string().nullable() })),
    }),
  ),
});
const zProcess = z.looseObject({
  here: z.string().nullable(),
  phases: z.array(z.looseObject({ phase: z.string(), closesAt: z.string() })),
});
const zProblem = z.looseObject({ status: z.number(), code: z.string() });
const zStatement = z.looseObject({ lines: z.array(z.looseObject({ key: z.string(), entitled: z.string() })), entitledTotal: z.string() });

describe('a rep’s own appraisals and pay', () => {
  let stage: Stage;
  let running = '';
  let published = '';
  /** A closed month: its pay has gone out. */
  let paid = '';
  /** Their self-review is open and their last result waits for an answer; by login. */
  let reps: readonly { readonly login: string; readonly subject: SubjectId }[] = [];

  beforeAll(async () => {
    stage = await openStage();
    const { cycles, appraisals } = stage.product.features.readers;
    const everything = (await cycles.cycles({ limit: 50 })).items;
    const all = everything.filter(({ status }) => status === 'running');
    paid =
      everything
        .flatMap(({ status, period }) => (status === 'closed' ? [period] : []))
        .sort()
        .at(-1) ?? '';
    running = all.find((cycle) => !cycle.published)?.cycleId ?? '';
    published = all.find((cycle) => cycle.published)?.cycleId ?? '';
    const views = async (cycleId: string): Promise<readonly AppraisalView[]> => (await appraisals.ofCycle({ cycleId, limit: 200 })).items;
    const toReview = (await views(running)).filter(({ status, currentStep }) => status === 'open' && currentStep === 'self-review');
    const toAnswer = (await views(published)).filter(({ status, response }) => status === 'published' && response === 'none');
    const both = toReview.filter(({ subject }) => toAnswer.some((other) => other.subject === subject)).map(({ subject }) => subject);
    const logins = await loginsOf();
    reps = both.flatMap((subject) => {
      const login = logins.get(subject);
      return login === undefined ? [] : [{ login, subject }];
    });
  });
  afterEach(() => stage.leave());
  afterAll(() => stage.close());

  async function loginsOf(): Promise<ReadonlyMap<SubjectId, string>> {
    const { core, features } = stage.product;
    const keys = new Map(demoPeople().map(({ employeeNo, login }) => [core.privacy.lookupKey('employee-no', employeeNo), login]));
    const found = await features.readers.organisation.find('employee-no', [...keys.keys()]);
    const logins = new Map<SubjectId, string>();
    for (const [key, login] of keys) {
      const [subject] = found.get(key) ?? [];
      if (subject) logins.set(subject, login);
    }
    return logins;
  }

  function rep(number: number): { readonly login: string; readonly subject: SubjectId } {
    const found = reps[number];
    if (!found) throw new Error(`the demo has ${reps.length} reps who have both to do`);
    return found;
  }

  async function detailOf(visitor: Visitor, cycleId: string, subject: SubjectId) {
    return zDetail.parse(await visitor.ask(`/appraisals/${cycleId}.${subject}`));
  }

  const fields = ({ page }: Visitor) => page.locator('.review-line .rating-number');

  it.each(LANGUAGES)('reviews themselves, sees the result and why, answers it, and reads what it pays: %s', async (language) => {
    const words = WORDS[language];
    const { login, subject } = rep(LANGUAGES.indexOf(language));
    const visitor = await stage.visitor(login, { language });
    const { page } = visitor;

    // Self-review, from home.
    await visitor.beginTask();
    await visitor.click(page.locator(`a[href^="/me/appraisals/${running}"]`).first());
    await page.getByText(words.here).first().waitFor();
    await fields(visitor).first().waitFor();
    expect(await fields(visitor).count()).toBe(KEYS.length);
    for (const [line, field] of (await fields(visitor).all()).entries()) await visitor.fill(field, String(90 + line));
    // What is longer than is taken is not lost in silence.
    const comment = page.getByRole('textbox', { name: words.comment });
    await comment.fill('x'.repeat(COMMENT_MOST + 10));
    await page.getByText(words.cut).waitFor();
    expect(await comment.inputValue()).toHaveLength(COMMENT_MOST);
    await comment.fill('');
    await visitor.click(page.getByRole('button', { name: words.submit }));
    await visitor.click(page.getByRole('dialog').getByRole('button', { name: words.submit }));
    await page.getByText(words.submitted).first().waitFor();
    // The next phase has not begun: nobody stands in it, and the page says from when on it is.
    await page.getByText(words.coming).waitFor();
    expect(await page.getByText(words.here).count()).toBe(0);
    // Each line is one field: ten of them cost as many steps more.
    const forTen = visitor.steps - KEYS.length + TEN;
    report(`rep: self-review of ten lines (${KEYS.length} filled in, ${language})`, forTen, LIMIT.selfReview);
    expect(forTen).toBeLessThanOrEqual(LIMIT.selfReview);
    const said = (await detailOf(visitor, running, subject)).submissions.find(({ step }) => step === 'self-review')?.versions.at(-1);
    expect(said?.ratings).toEqual(Object.fromEntries(KEYS.map((key, index) => [key, String(90 + index)])));

    // Why the score is what it is: on home, and from the list.
    await visitor.beginTask();
    await visitor.click(page.locator('main .explained').first());
    await page
      .getByRole('dialog')
      .getByText(/=\s*\d/)
      .first()
      .waitFor();
    report(`rep: see why my score is what it is (home, ${language})`, visitor.steps, LIMIT.why);
    expect(visitor.steps).toBeLessThanOrEqual(LIMIT.why);
    await visitor.beginTask();
    await visitor.click(page.locator('nav.side').getByRole('link', { name: words.mine }));
    await visitor.click(page.locator('main .explained').first());
    await page
      .getByRole('dialog')
      .getByText(/=\s*\d/)
      .first()
      .waitFor();
    report(`rep: see why my score is what it is (list, ${language})`, visitor.steps, LIMIT.why);
    expect(visitor.steps).toBeLessThanOrEqual(LIMIT.why);

    // The result line by line, each number with its reason.
    await visitor.open(`/me/appraisals/${published}`);
    await page
      .locator('.result-table')
      .getByText(/^[\d,]+\.\d\d (元|CNY)$/)
      .first()
      .waitFor();
    await page.locator('.result-table .explained').first().click();
    await page
      .getByRole('dialog')
      .getByText(/=\s*\d/)
      .first()
      .waitFor();
    await page.keyboard.press('Escape');

    // The answer to it: one confirms, the other objects.
    if (language === 'zh-CN') {
      await page.getByRole('button', { name: words.confirm }).click();
      await page.getByRole('dialog').getByRole('button', { name: words.confirm }).click();
      await page.getByText(words.confirmed).first().waitFor();
      expect((await detailOf(visitor, published, subject)).response).toBe('confirmed');
      await page.getByRole('button', { name: words.object, disabled: true }).waitFor();
    } else {
      await page.getByRole('button', { name: words.object, exact: true }).click();
      const send = page.getByRole('dialog').getByRole('button', { name: words.object, exact: true });
      expect(await send.isDisabled()).toBe(true);
      await page.getByRole('dialog').getByLabel(words.reason).fill('Two returns were booked in the wrong month.');
      await send.click();
      await page.getByText(words.objected).first().waitFor();
      await page.getByText('Two returns were booked in the wrong month.').waitFor();
      expect((await detailOf(visitor, published, subject)).response).toBe('objected');
    }
    expect(visitor.complaints).toEqual([]);
  });

  it.each(LANGUAGES)('the statement says each line’s rule, what differs, and is there as a file: %s', async (language) => {
    const visitor = await stage.visitor('r222', { language });
    const { page } = visitor;
    await visitor.open('/me/statement');
    await page.locator('main table a[href*="/me/statement/"]').nth(1).click();
    const table = page.locator('.statement-table');
    await table.waitFor();
    const period = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    const mine = z
      .object({ items: z.array(z.looseObject({ cycleId: z.string(), period: z.string() })) })
      .parse(await visitor.ask('/statements/mine'));
    const cycleId = mine.items.find((one) => one.period === period)?.cycleId ?? '';
    const statement = zStatement.parse(await visitor.ask(`/statements/words?cycleId=${cycleId}`));
    expect(await table.locator('tbody tr').count()).toBe(statement.lines.length);
    expect(await table.locator('tbody tr').first().locator('td').nth(5).textContent()).not.toBe('');
    // What the rule read is money, and has two decimals like the amounts beside it.
    await table
      .getByText(/^(应计提成|Commission earned) [\d,]+\.\d\d$/)
      .first()
      .waitFor();
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: WORDS[language].download }).click();
    const file = await (await coming).path();
    const text = await readFile(file, 'utf8');
    expect(text.startsWith('\uFEFF')).toBe(true);
    expect(text).toContain(statement.entitledTotal);
    expect(text.trimEnd().split('\r\n')).toHaveLength(statement.lines.length + 2);
    // An amount opens its own line of the explanation.
    await table.locator('.explained').nth(1).click();
    await page.getByRole('dialog').waitFor();
    expect(new URL(page.url()).searchParams.get('explain')).toContain('~line.');
    expect(visitor.complaints).toEqual([]);
  });

  it('shows both versions when it was submitted somewhere else meanwhile, and keeps nothing of the draft then', async () => {
    const { login, subject } = rep(2);
    const words = WORDS.en;
    const visitor = await stage.visitor(login, { language: 'en' });
    const { page } = visitor;
    await visitor.open(`/me/appraisals/${running}`);
    await fields(visitor).first().waitFor();
    for (const field of await fields(visitor).all()) await field.fill('77');
    const { core, features } = stage.product;
    const input = { ratings: Object.fromEntries(KEYS.map((key) => [key, '88'])), comment: 'from the phone' };
    const context = { now: core.clock.now(), actor: subject, requestKey: 'test/me/elsewhere' };
    await features.services.acts.submitSelfReview(`${running}.${subject}`, input, context);
    await page.getByRole('button', { name: words.submit }).click();
    await page.getByRole('dialog').getByRole('button', { name: words.submit }).click();
    const note = page.getByRole('alert').filter({ hasText: words.conflict });
    await note.waitFor();
    await note.getByText('88').first().waitFor();
    await note.getByText('77').first().waitFor();
    await note.getByText('from the phone').waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await note.getByRole('button', { name: words.useNow }).click();
    await note.waitFor({ state: 'detached' });
    expect((await detailOf(visitor, running, subject)).submissions[0]?.versions).toHaveLength(1);
    const kept = await page.evaluate<string>(
      "Object.keys(localStorage).filter((key) => key.startsWith('centum.draft.self-review')).join()",
    );
    expect(kept).toBe('');
  });

  it('a rep reads where their own appraisal is, and no cycle nor anybody else’s', async () => {
    const [one, other] = [rep(0), rep(1)];
    const visitor = await stage.visitor(one.login);
    const process = zProcess.parse(await visitor.ask(`/appraisals/${running}.${one.subject}/process`));
    expect(process.phases.map(({ phase }) => phase)).toContain('self-review');
    expect(zProblem.parse(await visitor.ask(`/cycles/${running}`))).toMatchObject({ status: 403 });
    for (const path of ['process', 'result', 'line-facts'])
      expect(zProblem.parse(await visitor.ask(`/appraisals/${running}.${other.subject}/${path}`))).toMatchObject({ status: 403 });
    const foreign = `/statements/words?cycleId=${published}&subject=${other.subject}`;
    expect(zProblem.parse(await visitor.ask(foreign))).toMatchObject({ status: 403, code: 'identity.not-allowed' });
    // Before publication there is no result to see.
    expect(zProblem.parse(await visitor.ask(`/appraisals/${running}.${one.subject}/result`))).toMatchObject({
      code: 'appraisal.score-not-found',
    });
  });

  it.each(LANGUAGES)('is accessible on a desk and on a phone: %s', async (language) => {
    const visitor = await stage.visitor(rep(3).login, { language });
    const found = [
      ...(await visitor.inspect('/me/appraisals', 'me-appraisals')),
      ...(await visitor.inspect(`/me/appraisals/${running}`, 'me-self-review')),
      ...(await visitor.inspect(`/me/appraisals/${published}`, 'me-result')),
      ...(await visitor.inspect('/me/statement', 'me-statements')),
      ...(await visitor.inspect(`/me/statement/${paid}`, 'me-statement')),
      ...(await visitor.inspect('/me/statement/1999-01', 'me-statement-empty')),
    ];
    expect(found).toEqual([]);
    expect(visitor.complaints).toEqual([]);
  });
});
