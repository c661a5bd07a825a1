import { eventually } from '#libs/testing';
import { type Language, LANGUAGES, openStage, PHONE, report, type Stage, type Visitor } from './stage';

jest.setTimeout(240_000);

/** Who grows, with whose help, in which language they are looked at. */
const PAIRS: Readonly<Record<Language, { readonly rep: string; readonly coach: string }>> = {
  'zh-CN': { rep: 'r115', coach: 'r120' },
  en: { rep: 'r111', coach: 'r110' },
};
const WORDS = {
  'zh-CN': {
    mine: '我的百天养成',
    calls: /^电话/,
    visits: /^拜访/,
    quotes: /^报价/,
    followUps: /^跟进/,
    send: '提交日志',
    update: '更新日志',
    coaching: '百天养成',
    talk: '谈了什么',
    what: '第 1 项行动',
    due: '第 1 项的日期',
    record: /^提交第 \d+ 周面谈$/,
    pass: '通过',
    passed: '关卡已通过',
    said: '每次报价后两天内跟进',
    past: '日期不能早于今天',
  },
  en: {
    mine: 'My 100 days',
    calls: /^Calls/,
    visits: /^Visits/,
    quotes: /^Quotes/,
    followUps: /^Follow-ups/,
    send: 'Send the log',
    update: 'Update the log',
    coaching: 'Coaching',
    talk: 'What was talked about',
    what: 'Action 1',
    due: 'Due date of action 1',
    record: /^Record the talk of week \d+$/,
    pass: 'Pass',
    passed: 'The gate is passed',
    said: 'Follow up within two days of each quote',
    past: 'No earlier than today',
  },
} as const;

interface Plan {
  readonly planId: string;
  readonly name: string;
  readonly coach: string;
  readonly day: number;
  readonly extensionDays: number;
  readonly gates: readonly { readonly stage: number; readonly state: string; readonly missing: readonly string[] }[];
  readonly evidence: readonly { readonly stage: number; readonly byCoach: boolean; readonly note: string | null }[];
  readonly reviews: readonly {
    readonly week: number;
    readonly talk: string;
    readonly actions: readonly { readonly what: string; readonly due: string | null }[];
  }[];
  readonly happenings: readonly { readonly what: string; readonly stage: number | null }[];
  readonly status: { readonly status: string };
}
interface Logs {
  readonly items: readonly {
    readonly date: string;
    readonly calls: number;
    readonly visits: number;
    readonly prospects: number;
    readonly quotes: number;
    readonly followUps: number;
  }[];
}

/** Some day to come. */
const DUE = `${new Date().getUTCFullYear() + 1}-03-05`;

describe('the hundred days', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterEach(() => stage.leave());
  afterAll(() => stage.close());

  async function ownPlan(rep: Visitor): Promise<Plan> {
    const { subject } = (await rep.ask('/session')) as { subject: string };
    const { items } = (await rep.ask(`/plans?subject=${subject}`)) as { items: readonly Plan[] };
    const [plan] = items;
    if (!plan) throw new Error('this person has no plan');
    return plan;
  }
  const planOf = async (who: Visitor, { planId }: Plan): Promise<Plan> => (await who.ask(`/plans/${planId}`)) as Plan;
  const openGate = ({ gates }: Plan) => gates.find(({ state }) => state !== 'passed');

  it.each(LANGUAGES)('a rep logs a day on a phone in at most 6 steps: %s', async (language) => {
    const rep = await stage.visitor(PAIRS[language].rep, { language, screen: PHONE });
    const words = WORDS[language];
    await rep.beginTask();
    await rep.click(rep.page.getByRole('link', { name: words.mine }).last());
    await rep.fill(rep.page.getByRole('textbox', { name: words.calls }), '9');
    await rep.fill(rep.page.getByRole('textbox', { name: words.visits }), '3');
    await rep.fill(rep.page.getByRole('textbox', { name: words.quotes }), '1');
    await rep.fill(rep.page.getByRole('textbox', { name: words.followUps }), '2');
    // No new prospect that day: what stays 0 costs nothing.
    await rep.click(rep.page.getByRole('button', { name: words.send }));
    await rep.page.getByRole('button', { name: words.update }).waitFor();
    report(`rep: daily log on a phone (${language})`, rep.steps, 6);
    expect(rep.steps).toBeLessThanOrEqual(6);
    const { items } = (await rep.ask(`/plans/${(await ownPlan(rep)).planId}/logs`)) as Logs;
    expect(items[0]).toMatchObject({ calls: 9, visits: 3, prospects: 0, quotes: 1, followUps: 2 });
    expect(rep.complaints).toEqual([]);
  });

  it('a day said again is replaced, by the steppers', async () => {
    const rep = await stage.visitor('r322', { language: 'en' });
    await rep.open('/me/plan');
    await rep.click(rep.page.getByRole('button', { name: 'One more: Visits' }));
    await rep.click(rep.page.getByRole('button', { name: WORDS.en.send }));
    await rep.page.getByRole('button', { name: WORDS.en.update }).waitFor();
    await rep.click(rep.page.getByRole('button', { name: 'One more: Visits' }));
    await rep.click(rep.page.getByRole('button', { name: WORDS.en.update }));
    const plan = await ownPlan(rep);
    await eventually(async () => {
      const { items } = (await rep.ask(`/plans/${plan.planId}/logs`)) as Logs;
      expect(items[0]).toMatchObject({ visits: 2 });
      expect(items.filter(({ date }) => date === items[0]?.date)).toHaveLength(1);
    });
  });

  it('what is no whole number is said at its field and not sent; a started log stays with its day, and never overwrites another', async () => {
    const rep = await stage.visitor('r322', { language: 'en', screen: PHONE });
    const { page } = rep;
    const plan = await ownPlan(rep);
    const today = async () => ((await rep.ask(`/plans/${plan.planId}/logs`)) as Logs).items[0];
    const before = await today();
    const calls = page.getByRole('textbox', { name: WORDS.en.calls });
    await rep.open('/me/plan');
    for (const wrong of ['-5', '3.7', '99999999', 'abc']) {
      await calls.fill(wrong);
      await page.getByText('A whole number from 0 to 9,999').waitFor();
      expect(await calls.inputValue()).toBe(wrong);
      await page.getByRole('button', { name: WORDS.en.update }).click();
      expect(await today()).toEqual(before);
    }
    expect(await rep.findings()).toEqual([]);
    await rep.shoot('my-plan-wrong');
    await calls.fill('12');
    const day = page.getByLabel('Day', { exact: true });
    await day.selectOption({ index: 1 });
    expect(await calls.inputValue()).not.toBe('12');
    await day.selectOption({ index: 0 });
    expect(await calls.inputValue()).toBe('12');
    await rep.open('/me/plan');
    expect(await calls.inputValue()).toBe('12');
    await page.getByText('Kept on this device').waitFor();

    // The same day was said at another screen meanwhile: both stand there before anything is replaced.
    const elsewhere = await stage.visitor('r322', { language: 'en' });
    await elsewhere.open('/me/plan');
    await elsewhere.page.getByRole('textbox', { name: WORDS.en.calls }).fill('40');
    await elsewhere.page.getByRole('button', { name: WORDS.en.update }).click();
    await elsewhere.page.getByText(/is recorded$/).waitFor();
    expect(await today()).toMatchObject({ calls: 40 });
    await page.getByRole('button', { name: WORDS.en.update }).click();
    const note = page.getByRole('alert').filter({ hasText: 'Somebody else changed this' });
    await note.getByText('40').waitFor();
    await note.getByText('12').waitFor();
    expect(await rep.findings()).toEqual([]);
    await rep.shoot('my-plan-conflict');
    expect(await today()).toMatchObject({ calls: 40 });
    await note.getByRole('button').last().click();
    await page.getByRole('button', { name: WORDS.en.update }).click();
    await page.getByText(/is recorded$/).waitFor();
    await eventually(async () => expect(await today()).toMatchObject({ calls: 12 }));
    expect([...rep.complaints, ...elsewhere.complaints]).toEqual([]);
  });

  it.each(LANGUAGES)('a coach reviews the week on one screen: %s', async (language) => {
    const rep = await stage.visitor(PAIRS[language].rep, { language });
    const before = await ownPlan(rep);
    const coach = await stage.visitor(PAIRS[language].coach, { language });
    const words = WORDS[language];
    await coach.beginTask();
    await coach.click(coach.page.getByRole('navigation').getByRole('link', { name: words.coaching, exact: true }).first());
    await coach.click(coach.page.getByRole('link', { name: before.name }));
    await coach.fill(coach.page.getByLabel(words.talk), words.said);
    await coach.fill(coach.page.getByLabel(words.what, { exact: true }), words.said);
    // A day that is over is refused where it is typed, and nothing is sent.
    await coach.page.getByLabel(words.due).fill('2020-01-06');
    await coach.page.getByText(words.past).waitFor();
    await coach.page.getByRole('button', { name: words.record }).click();
    expect((await planOf(coach, before)).reviews).toHaveLength(before.reviews.length);
    await coach.fill(coach.page.getByLabel(words.due), DUE);
    await coach.click(coach.page.getByRole('button', { name: words.record }));
    report(`coach: weekly review (${language})`, coach.steps, 7);
    expect(coach.steps).toBeLessThanOrEqual(7);
    await eventually(async () => {
      const [review] = (await planOf(coach, before)).reviews;
      expect(review).toMatchObject({ talk: words.said, actions: [{ what: words.said, due: DUE }] });
      expect(review?.week).toBe(Math.ceil(before.day / 7));
    });
    // The person reads it, with the day until which it is to be done.
    await rep.open('/me/plan');
    await rep.page.getByText(words.said).first().waitFor();
  });

  it('a coach passes the gate whose evidence is there, and the next one only with its evidence', async () => {
    const rep = await stage.visitor('r115', { language: 'zh-CN' });
    const coach = await stage.visitor('r120', { language: 'zh-CN' });
    const plan = await ownPlan(rep);
    expect(openGate(plan)).toMatchObject({ stage: 3, missing: [] });
    await coach.open(`/coaching/${plan.planId}`);
    await coach.click(coach.page.getByRole('button', { name: '通过', exact: true }));
    // It can't be undone: said once what happens, and nothing happens before.
    const question = coach.page.getByRole('dialog');
    await question.getByText(/将记为通过，之后不能改回/).waitFor();
    expect(openGate(await planOf(coach, plan))).toMatchObject({ stage: 3 });
    await coach.click(question.getByRole('button', { name: /^通\s?过$/ }));
    await coach.page.getByText('关卡已通过').waitFor();
    await eventually(async () => expect(openGate(await planOf(coach, plan))).toMatchObject({ stage: 4 }));
    // The next: nothing there yet, and the page says what is missing instead of trying.
    const gate = coach.page.getByRole('group', { name: /评定关卡：4/ });
    await gate.getByText(/还缺证据：客户分析/).waitFor();
    expect(await gate.getByRole('button', { name: '通过', exact: true }).isDisabled()).toBe(true);
  });

  it('a rep logs evidence, the coach accepts it and passes the gate: a status follows', async () => {
    const rep = await stage.visitor('r111', { language: 'en' });
    const coach = await stage.visitor('r110', { language: 'en' });
    const plan = await ownPlan(rep);
    expect(openGate(plan)).toMatchObject({ stage: 6, missing: ['closed-case'] });
    await rep.open('/me/plan');
    await rep.click(rep.page.getByRole('button', { name: /^Log evidence: Closed case/ }).first());
    await rep.fill(rep.page.getByLabel(/^Note/).last(), 'Cause: late quote. Action: template. Result: won.');
    await rep.click(rep.page.getByRole('button', { name: 'Log it' }));
    await rep.page.getByText('waits for the coach').waitFor();

    await coach.open(`/coaching/${plan.planId}`);
    await coach.page.getByText('Cause: late quote. Action: template. Result: won.').waitFor();
    await coach.click(coach.page.getByRole('button', { name: /^Accept evidence: Closed case/ }));
    const pass = coach.page.getByRole('group', { name: /Judge the gate: 6/ }).getByRole('button', { name: 'Pass', exact: true });
    await eventually(async () => expect(await pass.isEnabled()).toBe(true));
    await coach.click(pass);
    await coach.click(coach.page.getByRole('dialog').getByRole('button', { name: 'Pass', exact: true }));
    await eventually(async () => expect(openGate(await planOf(coach, plan))).toMatchObject({ stage: 7 }));
    expect((await planOf(coach, plan)).happenings[0]).toMatchObject({ what: 'GatePassed', stage: 6 });
  });

  it('a coach extends a plan once; a second time the button is there and says why not', async () => {
    const coach = await stage.visitor('r110', { language: 'en' });
    const rep = await stage.visitor('r111', { language: 'en' });
    const plan = await ownPlan(rep);
    await coach.open(`/coaching/${plan.planId}`);
    await coach.click(coach.page.getByRole('button', { name: 'Extend' }));
    const dialog = coach.page.getByRole('dialog');
    await coach.fill(dialog.getByLabel('Reason'), 'two weeks of leave');
    await coach.click(dialog.getByRole('button', { name: 'Extend' }));
    await coach.page.getByText('Extended by 14 days already').waitFor();
    expect((await planOf(coach, plan)).extensionDays).toBe(14);
    // Nobody runs their own plan: these buttons are not there for the person.
    await rep.open('/me/plan');
    expect(await rep.page.getByRole('button', { name: 'Extend' }).count()).toBe(0);
  });

  it('HR starts a plan for somebody, whose manager coaches unless somebody else is named', async () => {
    const hr = await stage.visitor('linxiaomei', { language: 'zh-CN' });
    await hr.open('/coaching');
    await hr.click(hr.page.getByRole('button', { name: '开始一个计划' }));
    const dialog = hr.page.getByRole('dialog');
    await hr.click(dialog.getByLabel('销售员'));
    await hr.page.keyboard.type('刘佳怡');
    await hr.page.keyboard.press('Enter');
    await hr.fill(dialog.getByLabel('原因', { exact: true }), '本人申请');
    await hr.click(dialog.getByRole('button', { name: /^开\s?始$/ }));
    await hr.page.getByRole('heading', { level: 1, name: '刘佳怡 的百天养成' }).waitFor();
    const rep = await stage.visitor('r222');
    const plan = await ownPlan(rep);
    const manager = (await (await stage.visitor('r220')).ask('/session')) as { subject: string };
    expect(plan).toMatchObject({ coach: manager.subject, day: 1, status: { status: 'on-track' } });
  });

  it.each(LANGUAGES)('its pages are accessible on a desk and on a phone: %s', async (language) => {
    const { rep: login, coach: coachLogin } = PAIRS[language];
    const rep = await stage.visitor(login, { language });
    expect(await rep.inspect('/me/plan', 'my-plan')).toEqual([]);
    const coach = await stage.visitor(coachLogin, { language });
    expect(await coach.inspect('/coaching', 'coaching')).toEqual([]);
    expect(await coach.inspect(`/coaching/${(await ownPlan(rep)).planId}`, 'coaching-plan')).toEqual([]);
    const none = await stage.visitor('r223', { language });
    expect(await none.inspect('/me/plan', 'my-plan-none')).toEqual([]);
    expect([...rep.complaints, ...coach.complaints, ...none.complaints]).toEqual([]);
  });
});
