import type { Page } from 'playwright-core';
import { type Language, LANGUAGES, openStage, report, type Stage, type Visitor } from './stage';

jest.setTimeout(240_000);

const HR = 'linxiaomei';
const WORDS = {
  'zh-CN': {
    cycles: '考核周期',
    like: /^像上次一样开始/,
    start: '开始周期',
    follows: '自评结束后开始',
    remind: { 'self-review': /^催办自评/, confirmation: /^催办确认/ },
    act: /^催办 \d+ 人$/,
    reminded: /^已催办 \d+ 人/,
    opened: '查看这个周期',
  },
  en: {
    cycles: 'Cycles',
    like: /like last time$/,
    start: 'Start the cycle',
    follows: 'begins when Self-review has ended',
    remind: { 'self-review': /^Remind · Self-review/, confirmation: /^Remind · Confirmation/ },
    act: /^Remind \d+ (people|person)$/,
    reminded: /^Reminded \d+ (people|person)/,
    opened: 'See the cycle',
  },
} as const;

interface Cycle {
  readonly cycleId: string;
  readonly name: string;
  readonly period: string;
  readonly status: string;
  readonly published: boolean;
  readonly members: number;
  readonly scheme: object;
  readonly scope: object;
  readonly phases: readonly { readonly phase: string; readonly state: string; readonly closesAt: string }[];
}
interface Board {
  readonly items: readonly { readonly cycle: Cycle; readonly progress: readonly { readonly phase: string; readonly done: number }[] }[];
}
interface Owed {
  readonly items: readonly { readonly subject: string; readonly name: string; readonly reminded: object | null }[];
}

async function cyclesOf(visitor: Visitor): Promise<readonly Cycle[]> {
  const board = (await visitor.ask('/cycles/board')) as Board;
  return board.items.map(({ cycle }) => cycle);
}

function must<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('the demo company has none');
  return found;
}

/** The entry of the navigation, wherever the screen has it. */
function entry(page: Page, name: string) {
  return page.getByRole('navigation').getByRole('link', { name, exact: true });
}

describe('cycles', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterEach(() => stage.leave());
  afterAll(() => stage.close());

  it.each(LANGUAGES)('HR finds who is not done and reminds them in at most 3 steps: %s', async (language) => {
    const hr = await stage.visitor(HR, { language });
    const words = WORDS[language];
    const phase = language === 'zh-CN' ? 'self-review' : 'confirmation';
    const cycle = must((await cyclesOf(hr)).find(({ phases }) => phases.some((one) => one.phase === phase && one.state === 'open')));
    const before = (await hr.ask(`/cycles/${cycle.cycleId}/owed?phase=${phase}`)) as Owed;
    expect(before.items.every(({ reminded }) => reminded === null)).toBe(true);

    await hr.beginTask();
    await hr.click(entry(hr.page, words.cycles));
    await hr.click(hr.page.getByRole('button', { name: words.remind[phase] }));
    const dialog = hr.page.getByRole('dialog');
    for (const { name } of before.items) await dialog.getByText(name, { exact: true }).first().waitFor();
    await hr.click(dialog.getByRole('button', { name: words.act }));
    await hr.page.getByText(words.reminded).first().waitFor();
    report(`HR: find who is late and remind them (${language})`, hr.steps, 3);
    expect(hr.steps).toBeLessThanOrEqual(3);

    const after = (await hr.ask(`/cycles/${cycle.cycleId}/owed?phase=${phase}`)) as Owed;
    expect(after.items.map(({ subject }) => subject)).toEqual(before.items.map(({ subject }) => subject));
    expect(after.items.every(({ reminded }) => reminded !== null)).toBe(true);
    expect(await hr.ask(`/cycles/${cycle.cycleId}/owed/count?phase=${phase}`)).toMatchObject({ remindable: 0 });
    expect(hr.complaints).toEqual([]);
  });

  it('whoever was reminded sees it among what they have to do', async () => {
    const rep = await stage.visitor('r121');
    const { items } = (await rep.ask('/me/todo')) as {
      readonly items: readonly { readonly kind: string; readonly reminded: object | null }[];
    };
    expect(items.find(({ kind }) => kind === 'self-review')?.reminded).toMatchObject({ times: 1 });
  });

  it('the board moves without being reloaded', async () => {
    const hr = await stage.visitor(HR);
    await hr.open('/cycles');
    const running = must(
      (await cyclesOf(hr)).find(({ phases }) => phases.some(({ phase, state }) => phase === 'self-review' && state === 'open')),
    );
    const row = hr.page.getByRole('region', { name: running.name });
    await hr.page.locator('.mark', { hasText: '实时' }).waitFor();
    const board = (await hr.ask('/cycles/board')) as Board;
    const counts = must(
      board.items.find(({ cycle }) => cycle.cycleId === running.cycleId)?.progress.find(({ phase }) => phase === 'self-review'),
    );
    await row.getByText(`${counts.done} / ${running.members} 已完成`).waitFor();

    const rep = await stage.visitor('r121');
    await submitSelfReview(rep, running.cycleId);
    await row.getByText(`${counts.done + 1} / ${running.members} 已完成`).waitFor();
  });

  it('HR extends an open phase by working days, with a reason', async () => {
    const hr = await stage.visitor(HR);
    const running = must(
      (await cyclesOf(hr)).find(({ phases }) => phases.some(({ phase, state }) => phase === 'self-review' && state === 'open')),
    );
    const end = (cycle: Cycle): string => must(cycle.phases.find(({ phase }) => phase === 'self-review')).closesAt;
    await hr.open(`/cycles/${running.cycleId}`);
    await hr.page.getByRole('button', { name: '延期' }).click();
    const dialog = hr.page.getByRole('dialog');
    await dialog.getByLabel('延长几个工作日').fill('2');
    await dialog.getByLabel(/^原因/).fill('台风');
    await dialog.getByText('新的截止时间').waitFor();
    await dialog.getByRole('button', { name: '延期' }).click();
    await hr.page.getByText('已延期。').waitFor();
    const extended = must((await cyclesOf(hr)).find(({ cycleId }) => cycleId === running.cycleId));
    const days = (await hr.ask(`/calendar/deadline?workingDays=2&start=${new Date(Date.parse(end(running)) - 1).toISOString()}`)) as {
      readonly at: string;
    };
    expect(end(extended)).toBe(days.at);
  });

  it.each(LANGUAGES)("HR starts the next month's cycle like the last in at most 5 steps: %s", async (language) => {
    const hr = await stage.visitor(HR, { language });
    const words = WORDS[language];
    const before = await cyclesOf(hr);
    const last = must([...before].sort((one, other) => (one.period < other.period ? 1 : -1))[0]);
    await hr.beginTask();
    await hr.click(entry(hr.page, words.cycles));
    await hr.click(hr.page.getByRole('link', { name: words.like }));
    await hr.page.getByText(words.follows).first().waitFor();
    await hr.click(hr.page.getByRole('button', { name: words.start }));
    await hr.click(hr.page.getByRole('dialog').getByRole('button', { name: words.start }));
    await hr.page.getByRole('link', { name: words.opened }).waitFor();
    report(`HR: start next month's cycle like last month's (${language})`, hr.steps, 5);
    expect(hr.steps).toBeLessThanOrEqual(5);

    const started = must((await cyclesOf(hr)).find(({ cycleId }) => !before.some((one) => one.cycleId === cycleId)));
    expect(started).toMatchObject({ status: 'running', scheme: last.scheme, scope: last.scope });
    expect(started.period > last.period).toBe(true);
    await hr.page.getByText(started.name).first().waitFor();
    expect(hr.complaints).toEqual([]);
  });

  it('shows each role what it may do and no more', async () => {
    const manager = await stage.visitor('shenguohua');
    const [cycle] = await cyclesOf(manager);
    await manager.open(`/cycles/${must(cycle).cycleId}`);
    await manager.page.getByRole('button', { name: '各团队完成情况' }).waitFor();
    expect(await manager.page.getByRole('button', { name: '延期' }).count()).toBe(0);
    const rep = await stage.visitor('r222');
    await rep.open('/cycles');
    await rep.page.getByText('没有权限').waitFor();
  });

  it.each(LANGUAGES)('every page is accessible on a desk and on a phone: %s', async (language: Language) => {
    const hr = await stage.visitor(HR, { language });
    const cycles = await cyclesOf(hr);
    const published = must(cycles.find((one) => one.published)).cycleId;
    const running = must(
      cycles.find(({ phases }) => phases.some(({ phase, state }) => phase === 'self-review' && state === 'open')),
    ).cycleId;
    const form = 'of=2027-03&name=2027-03&scheme=weighted-70-20-10&roles=rep';
    const pages = [
      ['/cycles', 'cycles'],
      [`/cycles/new?${form}`, 'cycles-new-scheme'],
      [`/cycles/new?${form}&step=dates`, 'cycles-new-dates'],
      [`/cycles/new?${form}&step=people&which=out`, 'cycles-new-people'],
      [`/cycles/new?${form}&step=confirm`, 'cycles-new-confirm'],
      [`/cycles/${running}`, 'cycle-owed'],
      [`/cycles/${published}?view=findings`, 'cycle-findings'],
      [`/cycles/${published}?view=spread`, 'cycle-spread'],
      [`/cycles/${published}?view=completion`, 'cycle-completion'],
      ['/calibration', 'calibration'],
      [`/calibration/${published}?show=cards`, 'calibration-groups'],
    ] as const;
    const found: string[] = [];
    for (const [address, name] of pages) found.push(...(await hr.inspect(address, name)));
    expect(found).toEqual([]);
    expect(hr.complaints).toEqual([]);
  });
});

/** As the person's own page does it: every line of the self-review at 80. */
async function submitSelfReview(rep: Visitor, cycleId: string): Promise<void> {
  const { items } = (await rep.ask('/appraisals/mine')) as {
    readonly items: readonly { readonly appraisalId: string; readonly cycleId: string }[];
  };
  const { appraisalId } = must(items.find((one) => one.cycleId === cycleId));
  const ratings = { knowledge: '80', analysis: '80', communication: '80', adaptability: '80', diligence: '80' };
  const answer = await rep.page.request.post(`${rep.origin}/api/v1/appraisals/${appraisalId}/acts`, {
    headers: { 'Idempotency-Key': `test-self-review-${appraisalId}` },
    data: { kind: 'submit-self-review', input: { ratings } },
  });
  expect(answer.status()).toBe(200);
}
