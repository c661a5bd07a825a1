import { z } from 'zod';
import type { AppraisalView } from '#libs/appraisal/contracts';
import { eventually } from '#libs/testing';
import { LANGUAGES, openStage, PHONE, report, type Stage, type Visitor } from './stage';

jest.setTimeout(240_000);

const KEYS = ['knowledge', 'analysis', 'communication', 'adaptability', 'diligence'] as const;
/** What the specification allows for ten people with two rubrics each. */
const LIMIT = { steps: 26, people: 10, rubrics: 2 } as const;

const zSheets = z.object({
  items: z.array(
    z.looseObject({
      appraisal: z.looseObject({ appraisalId: z.string(), name: z.string() }),
      task: z.looseObject({ state: z.enum(['open', 'submitted', 'skipped']) }),
      waits: z.string().nullable(),
      submissions: z.array(
        z.looseObject({
          step: z.string(),
          versions: z.array(z.looseObject({ ratings: z.record(z.string(), z.string()).nullable(), comment: z.string().nullable() })),
        }),
      ),
      sentBack: z.array(z.looseObject({ reason: z.string() })),
    }),
  ),
});
type Sheets = z.infer<typeof zSheets>['items'];

describe('a team is scored, reviewed and answered', () => {
  let stage: Stage;
  let cycleId = '';
  let published: readonly AppraisalView[] = [];

  beforeAll(async () => {
    stage = await openStage();
    const { readers } = stage.product.features;
    const cycles = (await readers.cycles.cycles({ limit: 50 })).items;
    const running = cycles.find(({ status, published: isOut }) => status === 'running' && !isOut);
    const out = cycles.find(({ status, published: isOut }) => status === 'running' && isOut);
    if (!running || !out) throw new Error('the demo has a running and a published cycle');
    cycleId = running.cycleId;
    published = (await readers.appraisals.ofCycle({ cycleId: out.cycleId, limit: 200 })).items;
    // Everybody has spoken for themselves: managers may begin.
    for (const view of await open('self-review')) {
      const ratings = Object.fromEntries(KEYS.map((key) => [key, '91']));
      const input = { ratings, comment: '本月重点客户回款按期，新客户拜访不足。' };
      await acts().submitSelfReview(view.appraisalId, input, as(view.subject, `self/${view.subject}`));
    }
    await phaseIsOpen('manager-review');
  }, 600_000);
  afterEach(() => stage.leave());
  afterAll(() => stage.close());

  const acts = () => stage.product.features.services.acts;
  const as = (actor: AppraisalView['subject'], act: string) => ({
    now: stage.product.core.clock.now(),
    actor,
    requestKey: `test/team/${act}`,
  });

  async function open(step: string): Promise<readonly AppraisalView[]> {
    const { items } = await stage.product.features.readers.appraisals.ofCycle({ cycleId, limit: 200 });
    return items.filter(({ status, currentStep }) => status === 'open' && currentStep === step);
  }

  async function phaseIsOpen(name: string): Promise<void> {
    await eventually(async () => {
      const cycle = await stage.product.features.readers.cycles.cycle(cycleId);
      expect(cycle?.phases.find(({ phase }) => phase === name)?.state).toBe('open');
    });
  }

  async function sheetsOf(visitor: Visitor, step: string): Promise<Sheets> {
    return zSheets.parse(await visitor.ask(`/appraisals/sheets?cycleId=${cycleId}&step=${step}`)).items;
  }

  /** The fields of the person who is shown, once they are. */
  async function fieldsOf({ page }: Visitor, name: string) {
    await page.locator('.scoring-main h2', { hasText: name }).waitFor();
    return page.locator('.scoring-main form .rating-number').all();
  }

  /** Fills in everybody from the first on, going on by key. */
  async function scoreEverybody(visitor: Visitor, people: Sheets, ratings: readonly string[]): Promise<void> {
    for (const [at, { appraisal }] of people.entries()) {
      const fields = await fieldsOf(visitor, appraisal.name);
      expect(fields).toHaveLength(KEYS.length);
      for (const [line, field] of fields.entries()) await visitor.fill(field, ratings[line] ?? '90');
      if (at + 1 < people.length) await visitor.press('Alt+ArrowDown');
    }
  }

  const ratingsIn = (sheet: Sheets[number] | undefined): Record<string, string> | null | undefined =>
    sheet?.submissions.find(({ step }) => step === 'manager-review')?.versions.at(-1)?.ratings;

  it('a manager scores everybody one after another by key, and submits them together', async () => {
    const manager = await stage.visitor('r220', { language: 'zh-CN' });
    const people = await sheetsOf(manager, 'manager-review');
    expect(people.length).toBeGreaterThan(2);
    await manager.beginTask();
    await manager.click(manager.page.locator('a[href^="/team/score/"]').first());
    const first = people[0];
    if (first) await manager.page.locator('.scoring-people button', { hasText: first.appraisal.name }).waitFor();
    const before = manager.steps;
    const [name = ''] = people.map(({ appraisal }) => appraisal.name);
    // The link of a to-do names its person: the first of the list is a key away at most.
    if ((await manager.page.locator('.scoring-main h2').first().textContent()) !== name)
      for (const _ of people) await manager.press('Alt+ArrowUp');
    await scoreEverybody(manager, people, ['92', '88', '90', '85', '94']);
    const perPerson = (manager.steps - before) / people.length;
    expect(perPerson).toBe(KEYS.length);
    await manager.click(manager.page.getByRole('button', { name: `提交 ${people.length} 人` }));
    await manager.click(manager.page.getByRole('dialog').getByRole('button', { name: `提交 ${people.length} 人` }));
    await manager.page.getByText(`已提交 ${people.length} 人`).first().waitFor();
    const around = manager.steps - KEYS.length * people.length;
    // A person costs as many steps as there are fields: nothing is clicked in between.
    const forTen = around + LIMIT.people * LIMIT.rubrics;
    report(
      `manager: score ${people.length} people with ${KEYS.length} rubrics each`,
      manager.steps,
      LIMIT.steps + (people.length * KEYS.length - LIMIT.people * LIMIT.rubrics),
    );
    report('manager: score ten people with two rubrics each', forTen, LIMIT.steps);
    expect(forTen).toBeLessThanOrEqual(LIMIT.steps);
    for (const sheet of await sheetsOf(manager, 'manager-review')) {
      expect(sheet.task.state).toBe('submitted');
      expect(ratingsIn(sheet)).toEqual({ knowledge: '92', analysis: '88', communication: '90', adaptability: '85', diligence: '94' });
    }
    expect(manager.complaints).toEqual([]);
  });

  it('what is written stays when the page is left, and what somebody changed meanwhile is shown beside it', async () => {
    const manager = await stage.visitor('r210', { language: 'en' });
    const people = await sheetsOf(manager, 'manager-review');
    await manager.open(`/team/score/${cycleId}`);
    await scoreEverybody(manager, people, ['80', '81', '82', '83', '84']);
    await manager.open('/');
    await manager.open(`/team/score/${cycleId}`);
    await manager.page.getByRole('button', { name: `Submit ${people.length} people` }).waitFor();
    // At another screen the first of them was submitted before.
    const [view] = (await open('manager-review')).filter(({ appraisalId }) => appraisalId === people[0]?.appraisal.appraisalId);
    if (!view?.manager) throw new Error('nobody to score');
    const other = Object.fromEntries(KEYS.map((key) => [key, '99']));
    await acts().submitManagerScore(view.appraisalId, { ratings: other }, as(view.manager, 'elsewhere'));
    await manager.page.getByRole('button', { name: `Submit ${people.length} people` }).click();
    const dialog = manager.page.getByRole('dialog');
    await dialog.getByRole('button', { name: `Submit ${people.length} people` }).click();
    await dialog.getByText('1 person was not submitted; the others were').waitFor();
    await dialog.getByText('event-store.version-conflict').waitFor();
    expect((await sheetsOf(manager, 'manager-review')).filter(({ task }) => task.state !== 'submitted')).toEqual([]);
    await dialog
      .getByRole('alert')
      .getByRole('button', { name: people[0]?.appraisal.name ?? '' })
      .click();
    const conflict = manager.page.getByRole('alert').filter({ hasText: '99' });
    await conflict.getByText('80').first().waitFor();
    // Among each other stands what counts, not what was written before.
    const spread = manager.page.getByRole('region', { name: 'Spread of my ratings' }).first();
    await spread.getByRole('button').click();
    const rating = spread.getByRole('row').filter({ hasText: people[0]?.appraisal.name ?? '' });
    expect(await rating.getByRole('cell').first().textContent()).toContain('99');
    expect(await rating.textContent()).toContain('submitted');
    await conflict.getByRole('button').first().click();
    await conflict.waitFor({ state: 'detached' });
    expect(ratingsIn((await sheetsOf(manager, 'manager-review'))[0])).toEqual(other);
  });

  it('a second reviewer sends one back with a reason; the manager reads it, scores again, and all are approved', async () => {
    for (const view of await open('manager-review')) {
      const ratings = Object.fromEntries(KEYS.map((key) => [key, '90']));
      for (const { step, part, reviewer, state } of view.steps) {
        if (step !== 'manager-review' || reviewer === null || state !== 'open') continue;
        await acts().submitManagerScore(
          view.appraisalId,
          { ratings, ...(part === null ? {} : { part }) },
          as(reviewer, `${view.subject}/${part ?? 0}`),
        );
      }
    }
    await phaseIsOpen('second-review');
    const general = await stage.visitor('shenguohua', { language: 'zh-CN' });
    const manager = await stage.visitor('r220', { language: 'en' });
    const [returned] = await sheetsOf(manager, 'manager-review');
    if (!returned) throw new Error('nobody was scored');
    await general.open(`/team/review/${cycleId}`);
    const row = general.page.getByRole('row').filter({ hasText: returned.appraisal.name });
    await row.first().getByRole('checkbox').check();
    await general.page.getByRole('button', { name: '退回 1 人' }).first().click();
    await general.page.getByLabel('理由').fill('适应能力与事实不符，请说明依据。');
    await general.page.getByRole('dialog').getByRole('button', { name: '退回 1 人' }).click();
    await general.page.getByText('已退回 1 人').waitFor();

    await manager.beginTask();
    await manager.click(manager.page.locator('a[href^="/team/score/"]').first());
    await manager.page.getByText('适应能力与事实不符，请说明依据。').waitFor();
    for (const field of await fieldsOf(manager, returned.appraisal.name)) await manager.fill(field, '89');
    await manager.page.getByLabel(/Comment/).fill('Two complaints in the month; see the call-backs.');
    await manager.page.getByRole('button', { name: 'Submit 1 person' }).click();
    await manager.page.getByRole('dialog').getByRole('button', { name: 'Submit 1 person' }).click();
    await manager.page.getByText('1 person submitted').waitFor();

    await general.open(`/team/review/${cycleId}`);
    await general.page.getByRole('columnheader').getByRole('checkbox').check();
    const everybody = (await sheetsOf(general, 'second-review')).length;
    await general.page.getByRole('button', { name: `通过 ${everybody} 人` }).click();
    await general.page
      .getByRole('dialog')
      .getByRole('button', { name: `通过 ${everybody} 人` })
      .click();
    await general.page.getByText(`已通过 ${everybody} 人`).waitFor();
    const reviewed = await sheetsOf(general, 'second-review');
    expect(reviewed.map(({ task }) => task.state)).toEqual(reviewed.map(() => 'submitted'));
    const again = reviewed.find(({ appraisal }) => appraisal.appraisalId === returned.appraisal.appraisalId);
    expect(again?.submissions.find(({ step }) => step === 'manager-review')?.versions).toHaveLength(2);
    expect(again?.sentBack.map(({ reason }) => reason)).toEqual(['适应能力与事实不符，请说明依据。']);
    expect([...general.complaints, ...manager.complaints]).toEqual([]);
  });

  it('a manager answers an objection with a reason', async () => {
    const manager = await stage.visitor('r310', { language: 'zh-CN' });
    const { subject: me } = z.looseObject({ subject: z.string() }).parse(await manager.ask('/session'));
    const view = published.find((one) => one.manager === me && one.status === 'published' && one.response === 'none');
    if (!view) throw new Error('nobody of that team may object any more');
    await acts().object(view.appraisalId, { reason: '一笔回款已在月底到账，未计入本月。' }, as(view.subject, 'object'));
    await eventually(async () => {
      const todo = z.looseObject({ items: z.array(z.looseObject({ kind: z.string() })) }).parse(await manager.ask('/me/todo?limit=200'));
      expect(todo.items.map(({ kind }) => kind)).toContain('answer-objection');
    });
    const address = `/team/tasks/${view.appraisalId}?task=answer-objection`;
    expect(await manager.inspect(address, 'team-objection')).toEqual([]);
    await manager.open(address);
    await manager.page.getByText('一笔回款已在月底到账，未计入本月。').waitFor();
    await manager.page.locator('main textarea').fill('已与财务核对，该笔款项于次月 2 日到账，计入下月。');
    await manager.page.getByRole('button', { name: '发送回复' }).click();
    await manager.page
      .getByRole('dialog')
      .getByText(/之后不能再改/)
      .waitFor();
    await manager.page.getByRole('dialog').getByRole('button', { name: '发送回复' }).click();
    await manager.page.getByText('回复已发送').waitFor();
    const words = z
      .looseObject({ objection: z.looseObject({ answer: z.looseObject({ text: z.string() }) }) })
      .parse(await manager.ask(`/appraisals/${view.appraisalId}/words`));
    expect(words.objection.answer.text).toBe('已与财务核对，该笔款项于次月 2 日到账，计入下月。');
  });

  it('names lead to where one acts on the person; on a phone no fact is cut off', async () => {
    const manager = await stage.visitor('r220', { language: 'en' });
    const [first] = await sheetsOf(manager, 'manager-review');
    const name = first?.appraisal.name ?? '';
    await manager.open(`/team?cycle=${cycleId}`);
    await manager.page.getByRole('table').getByRole('link', { name }).click();
    await manager.page.locator('.scoring-main h2', { hasText: name }).waitFor();
    const coach = await stage.visitor('r120', { language: 'en' });
    await coach.open('/team');
    const coached = coach.page.getByRole('region', { name: 'To coach' }).locator('a[href^="/coaching/"]').first();
    await coached.click();
    await coach.page.waitForURL(/\/coaching\//);

    const phone = await stage.visitor('r220', { language: 'en', screen: PHONE });
    await phone.open(`/team/score/${cycleId}`);
    await phone.page.getByRole('list', { name: 'Facts of the period' }).first().waitFor();
    const cut =
      "[...document.querySelectorAll('.scoring-main *')].filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 200).length";
    expect(await phone.page.evaluate<number>(cut)).toBe(0);
    expect([...manager.complaints, ...coach.complaints, ...phone.complaints]).toEqual([]);
  });

  it.each(LANGUAGES)('the pages of a team are accessible on a desk and on a phone: %s', async (language) => {
    const region = await stage.visitor('r200', { language });
    expect(await region.inspect('/team?whose=line', 'team')).toEqual([]);
    const manager = await stage.visitor('r220', { language });
    expect(await manager.inspect(`/team/score/${cycleId}`, 'team-score')).toEqual([]);
    const general = await stage.visitor('shenguohua', { language });
    const [first] = await sheetsOf(general, 'second-review');
    const person = first?.appraisal.appraisalId.split('.')[1] ?? '';
    expect(await general.inspect(`/team/review/${cycleId}?person=${person}`, 'team-review')).toEqual([]);
    expect([...region.complaints, ...manager.complaints, ...general.complaints]).toEqual([]);
  });
});
