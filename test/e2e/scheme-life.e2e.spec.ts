import { z } from 'zod';
import { DEMO_PASSWORD, seedDemo } from '#apps/assembly/demo';
import { templateText } from '#libs/scheme';
import { eventually } from '#libs/testing';
import { Asker, isProblem } from './asking';
import { startTestProduct, type TestProduct } from './product';

jest.setTimeout(120_000);

const DEMO = 'weighted-70-20-10';
const LOGINS = {
  hr: 'linxiaomei',
  officer: 'zhouwenjing',
  sales: 'zhaohaifeng',
  finance: 'hezhiyuan',
  rep: 'r111',
  mate: 'r112',
  gm: 'shenguohua',
  auditor: 'fangzheng',
};
const zReceipt = z.object({ id: z.string(), version: z.number(), repeated: z.boolean() });

let product: TestProduct;
const people = new Map<string, Asker>();
const as = (who: keyof typeof LOGINS): Asker => {
  const found = people.get(who);
  if (!found) throw new Error(who);
  return found;
};

beforeAll(async () => {
  product = await startTestProduct({
    before: async (core) => {
      await seedDemo(core);
    },
  });
  for (const [who, login] of Object.entries(LOGINS)) people.set(who, await Asker.signIn(product.url, login, DEMO_PASSWORD));
});
afterAll(() => product.stop());

describe('the life of a scheme over HTTP', () => {
  const yaml = templateText(DEMO).replace('reviewAfterMonths: 12', 'reviewAfterMonths: 6');
  const version = `/schemes/${DEMO}/versions/2`;
  const shown = (status: string) =>
    eventually(async () => {
      expect((await as('hr').get(version)).body).toMatchObject({ status });
    });

  it('is drafted, and not approved before it was discussed', async () => {
    expect((await as('hr').post(`/schemes/${DEMO}/versions`, { json: { yaml } })).status).toBe(201);
    await shown('draft');
    isProblem(await as('gm').post(`${version}/approve`), { status: 409, code: 'scheme.not-discussed' });
    isProblem(await as('gm').post(`${version}/put-in-force`), { status: 409, code: 'scheme.not-discussed' });
    isProblem(await as('hr').post(`${version}/approve`), { status: 403, code: 'identity.not-allowed' });
    isProblem(await as('hr').get(`${version}/discussion`), { status: 404, code: 'scheme.discussion-not-found' });
  });

  it('is opened by HR to HR, sales, finance and reps', async () => {
    const logins = [LOGINS.officer, LOGINS.sales, LOGINS.finance, LOGINS.rep];
    const open = (json: object) => as('hr').post(`${version}/discussion`, { json });
    isProblem(await as('rep').post(`${version}/discussion`, { json: { logins } }), { status: 403, code: 'identity.not-allowed' });
    isProblem(await open({ logins: logins.slice(0, 2) }), { status: 422, code: 'scheme.missing-sides' });
    isProblem(await open({ logins: [...logins, 'nobody-at-all'] }), { status: 409, code: 'scheme.unknown-person' });
    expect((await open({ logins, until: '2030-01-01' })).status).toBe(201);
    await shown('in-discussion');
  });

  it('is commented on by those invited, who edit and withdraw their own', async () => {
    const say = (who: keyof typeof LOGINS, text: string) =>
      as(who).post(`${version}/comments`, { json: { text, about: 'sections.result' } });
    isProblem(await say('mate', '我也想说'), { status: 403, code: 'identity.not-allowed' });
    isProblem(await as('mate').get(`${version}/discussion`), { status: 403, code: 'identity.not-allowed' });
    const first = zReceipt.parse((await say('rep', '门槛偏高')).body).id;
    const second = zReceipt.parse((await say('finance', '预算没问题')).body).id;
    isProblem(await as('finance').post(`${version}/comments/${first}/edit`, { json: { text: '不高' } }), {
      status: 403,
      code: 'scheme.not-the-commenter',
    });
    expect((await as('rep').post(`${version}/comments/${first}/edit`, { json: { text: '门槛偏高，建议 85%' } })).status).toBe(201);
    expect((await as('finance').post(`${version}/comments/${second}/withdraw`)).status).toBe(201);
    await eventually(async () => {
      const { body } = await as('sales').get(`${version}/discussion`);
      expect(body).toMatchObject({
        status: 'in-discussion',
        invited: expect.arrayContaining([{ subject: as('rep').subject, name: expect.any(String), sides: ['rep'], commented: true }]),
        comments: [
          { commentId: first, by: as('rep').subject, about: 'sections.result', text: '门槛偏高，建议 85%' },
          { commentId: second, text: null },
        ],
      });
    });
  });

  it('is closed with a summary, approved and put in force by the general manager', async () => {
    expect((await as('hr').post(`${version}/discussion/close`, { json: { summary: '门槛维持，半年后复审' } })).status).toBe(201);
    await shown('discussed');
    expect((await as('gm').get(`${version}/discussion`)).body).toMatchObject({
      summary: '门槛维持，半年后复审',
      silent: ['hr', 'sales', 'finance'],
    });
    expect((await as('gm').post(`${version}/approve`)).status).toBe(201);
    await shown('approved');
    expect((await as('gm').post(`${version}/put-in-force`)).status).toBe(201);
    await shown('in-force');
  });

  it('is acknowledged by each person it concerns; who has not is listed for HR', async () => {
    const inForce = `/schemes/${DEMO}/versions/1`;
    const before = z.object({ concerned: z.number(), acknowledged: z.number() });
    const { concerned, acknowledged } = before.parse((await as('hr').get(`${inForce}/acknowledgements`)).body);
    expect(concerned).toBeGreaterThan(20);
    expect((await as('rep').get('/schemes/to-acknowledge')).body).toMatchObject({ items: [{ schemeId: DEMO, version: 1 }] });
    expect((await as('rep').post(`${inForce}/acknowledge`)).status).toBe(201);
    isProblem(await as('finance').post(`${inForce}/acknowledge`), { status: 409, code: 'scheme.not-concerned' });
    isProblem(await as('rep').get(`${inForce}/acknowledgements`), { status: 403, code: 'identity.not-allowed' });
    await eventually(async () => {
      const { body } = await as('hr').get(`${inForce}/acknowledgements?limit=2`);
      expect(body).toMatchObject({
        concerned,
        acknowledged: acknowledged + 1,
        missing: { items: [{ name: expect.any(String) }, {}], next: expect.any(String) },
      });
    });
    expect((await as('rep').get('/schemes/to-acknowledge')).body).toEqual({ items: [] });
  });

  it('comes to its review with results, cost, appeals, comments and acknowledgements', async () => {
    const { body } = await as('auditor').get(`/schemes/${DEMO}/versions/1/review`);
    const report = z
      .looseObject({
        results: z.array(z.looseObject({ people: z.number(), grades: z.array(z.looseObject({ people: z.number() })) })),
        cost: z.array(z.looseObject({ released: z.string() })),
        appeals: z.looseObject({ appeals: z.number() }),
        comments: z.array(z.looseObject({ text: z.string() })),
      })
      .parse(body);
    expect(report.results.length).toBeGreaterThanOrEqual(2);
    for (const { people: count, grades } of report.results) expect(grades.reduce((sum, grade) => sum + grade.people, 0)).toBe(count);
    expect(report.cost.some(({ released }) => Number(released) > 0)).toBe(true);
    expect(report.appeals.appeals).toBeGreaterThan(0);
    expect(report.comments.length).toBeGreaterThan(0);
    isProblem(await as('rep').get(`/schemes/${DEMO}/versions/1/review`), { status: 403, code: 'identity.not-allowed' });
  });

  it('is reviewed with a conclusion and its reason', async () => {
    const conclude = (who: keyof typeof LOGINS, json: object) => as(who).post(`${version}/review`, { json });
    isProblem(await conclude('auditor', { conclusion: 'keep', reason: '稳定' }), { status: 403, code: 'identity.not-allowed' });
    isProblem(await conclude('hr', { conclusion: 'keep', reason: '稳定', nextReviewOn: '2020-01-01' }), {
      status: 422,
      code: 'scheme.invalid-review-date',
    });
    expect((await conclude('hr', { conclusion: 'keep', reason: '稳定', nextReviewOn: '2040-01-01' })).status).toBe(201);
    await eventually(async () => {
      expect((await as('gm').get(`${version}/review`)).body).toMatchObject({
        reviewOn: '2040-01-01',
        reviews: [{ conclusion: 'keep', nextReviewOn: '2040-01-01', reason: '稳定' }],
      });
    });
    expect((await as('hr').get('/schemes/reviews-due')).body).toMatchObject({ items: [] });
  });
});
