import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import { DEMO_PASSWORD } from '#apps/assembly/demo';
import { register as registerScheme } from '../../apps/cli/commands/scheme';
import { subjectId } from '#kernel';
import { evaluate, loadScheme, templateText } from '#libs/scheme';
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
  product = await startTestProduct({ company: 'demo' });
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
      as(who).post(`${version}/comments`, { json: { text, about: 'sections.results' } });
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
          { commentId: first, by: as('rep').subject, about: 'sections.results', text: '门槛偏高，建议 85%' },
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

describe('a rehearsal over HTTP', () => {
  const zStanding = z.object({
    score: z.string().nullable(),
    grade: z.string().nullable(),
    rank: z.number().nullable(),
    pay: z.string().nullable(),
  });
  const zTrial = zStanding.extend({ errors: z.array(z.object({ code: z.string(), key: z.string() })) });
  const zRow = z.looseObject({
    period: z.string(),
    subject: z.string(),
    cycleId: z.string().nullable(),
    published: zStanding.nullable(),
    amended: z.boolean(),
    again: zTrial.nullable(),
    draft: zTrial,
    difference: z.object({ score: z.string().nullable(), pay: z.string().nullable(), places: z.number().nullable() }),
    defaulted: z.array(z.string()),
  });
  const zSummary = z.looseObject({
    log: z.object({ before: z.number(), after: z.number() }),
    periods: z.array(z.looseObject({ period: z.string(), people: z.number(), published: z.number(), notScored: z.number() })),
    cost: z.object({ published: z.string(), draft: z.string(), difference: z.string() }).nullable(),
  });
  const inForce = { schemeId: DEMO, version: 1 };
  const head = async (): Promise<number> => (await product.core.log.head()).position;
  /** Months with published results of the demo, oldest first. */
  const months = async (): Promise<string[]> => {
    const { items } = await product.features.readers.cycles.cycles({ limit: 100 });
    return items.filter(({ published }) => published).map(({ period }) => String(period));
  };
  const rehearse = (body: object, route = '', who: keyof typeof LOGINS = 'finance') =>
    as(who).post(`/schemes/rehearsals${route}`, { json: body, key: null });
  const summaryOf = async (body: object) => zSummary.parse((await rehearse(body)).body);
  const rowsOf = async (body: object, limit = 200) =>
    z.looseObject({ items: z.array(zRow), next: z.string().optional() }).parse((await rehearse(body, `/people?limit=${limit}`)).body);

  it('of the scheme in force over its own months changes nothing, writes nothing and names nobody', async () => {
    const periods = await months();
    const before = await head();
    const body = { scheme: inForce, against: inForce, periods, reevaluate: true };
    const summary = await summaryOf(body);
    expect(periods.length).toBeGreaterThanOrEqual(2);
    expect(summary.periods.map(({ period }) => period)).toEqual(periods);
    expect(summary.log).toEqual({ before, after: before });
    const { items } = await rowsOf(body);
    expect(items.length).toBe(
      Math.min(
        200,
        summary.periods.reduce((sum, { people: count }) => sum + count, 0),
      ),
    );
    // An appeal changed ratings and facts of some since; of all others nothing has moved.
    for (const { published, again, draft, difference } of items.filter(({ amended }) => !amended)) {
      expect({ ...draft, errors: undefined }).toMatchObject({ score: published?.score, grade: published?.grade, pay: published?.pay });
      expect(draft.rank).toBe(published?.rank);
      expect(again).toEqual(draft);
      expect(difference).toEqual({ score: '0.00', pay: '0.00', places: 0 });
    }
    const names = await product.features.readers.organisation.names(items.map(({ subject }) => subjectId(subject)));
    const opened = await product.core.privacy.open([...names.values()]);
    for (const name of opened) if (name.kind === 'text') expect(JSON.stringify(items)).not.toContain(name.text);
    expect(await head()).toBe(before);
  });

  it('of a changed text tells each difference, and sums them', async () => {
    const [period = ''] = await months();
    const yaml = templateText(DEMO)
      .replace('absence_deduction: { value: 10,', 'absence_deduction: { value: 30,')
      .replace('commission_b: { value: 90,', 'commission_b: { value: 70,');
    const summary = await summaryOf({ scheme: { yaml }, against: inForce, periods: [period] });
    const { items } = await rowsOf({ scheme: { yaml }, against: inForce, periods: [period] });
    expect(summary.cost?.difference).toMatch(/^-/);
    const total = items.reduce((sum, { difference }) => sum + Math.round(Number(difference.pay ?? '0') * 100), 0);
    expect(Math.round(Number(summary.cost?.difference) * 100)).toBe(total);
    expect(summary.periods[0]?.people).toBe(items.length);
    // Each number is the one that `centum score` gives for the same facts and ratings.
    const loading = loadScheme(yaml);
    if (!loading.ok) throw new Error('the text is readable');
    for (const { cycleId, subject, draft, amended } of items.slice(0, 10)) {
      const result = await product.features.readers.appraisals.publishedResult(`${cycleId ?? ''}.${subject}`);
      if (!result || amended) continue;
      const { facts, ratings } = result.current.basis;
      const input = { period, facts: Object.fromEntries(facts.map(({ key, value }) => [key, value])), ratings };
      const alone = evaluate(loading.scheme, input);
      expect([draft.score, draft.grade, draft.pay]).toEqual([alone.score, alone.grade, alone.pay.total]);
    }
  });

  it('goes on page by page as of the same moment', async () => {
    const body = { scheme: inForce, against: inForce, periods: await months() };
    const all = (await rowsOf(body)).items.slice(0, 7);
    const first = await rowsOf(body, 3);
    const second = await rowsOf(body, 3).then(({ next }) => rehearse(body, `/people?limit=4&after=${next ?? ''}`));
    const found = z.looseObject({ items: z.array(zRow) }).parse(second.body).items;
    expect([...first.items, ...found].map(({ period, subject }) => `${period} ${subject}`)).toEqual(
      all.map(({ period, subject }) => `${period} ${subject}`),
    );
  });

  it('names who can not be scored and why, or takes what is stated', async () => {
    const [period = ''] = await months();
    const yaml = templateText('twelve-item-sheet');
    const body = { scheme: { yaml }, against: inForce, periods: [period] };
    const { items } = await rowsOf(body);
    for (const { draft } of items) {
      expect(draft).toMatchObject({ score: null, rank: null, pay: null });
      expect(draft.errors).toEqual(expect.arrayContaining([{ code: 'missing-rating', key: 'discipline' }]));
    }
    const stated = await rowsOf({ ...body, ratings: { defaultShare: '80', carry: {}, defaults: {} } });
    for (const { draft, defaulted } of stated.items) {
      expect(defaulted).toEqual(['discipline']);
      expect(draft.errors.map(({ code }) => code)).not.toContain('missing-rating');
    }
  });

  it('of a scope takes everyone of it, also where nothing was published, and joins what was', async () => {
    const [published = ''] = await months();
    const { items: cycles } = await product.features.readers.cycles.cycles({ limit: 100 });
    const unpublished = cycles.find((cycle) => !cycle.published)?.period ?? '';
    const ratings = { carry: {}, defaults: {}, defaultShare: '80' };
    const body = { scheme: inForce, against: inForce, periods: [published, unpublished], scope: { roles: ['rep'] }, ratings };
    const { items } = await rowsOf(body);
    const of = (period: string) => items.filter((row) => row.period === period);
    expect(of(published).filter((row) => row.published !== null).length).toBeGreaterThan(20);
    expect(of(unpublished).length).toBeGreaterThan(20);
    for (const { published: then, defaulted, difference } of of(unpublished)) {
      expect([then, difference.score]).toEqual([null, null]);
      expect(defaulted.length).toBeGreaterThan(0);
    }
    const summary = await summaryOf(body);
    expect(summary.periods.map(({ people: count, published: then }) => [count, then])).toEqual([
      [of(published).length, of(published).filter((row) => row.published !== null).length],
      [of(unpublished).length, 0],
    ]);
    const apart = await rowsOf({ ...body, scope: { roles: ['rep'], regions: ['华东'] } });
    expect(apart.items.length).toBeLessThan(items.length);
    expect(apart.items.length).toBeGreaterThan(0);
  });

  it('streams all of it as a file that no spreadsheet runs, and says how far it is', async () => {
    const [period = ''] = await months();
    const body = { scheme: inForce, against: inForce, periods: [period] };
    const { body: file, headers } = await rehearse(body, '/csv');
    const lines = String(file).trimEnd().split('\r\n');
    const { items } = await rowsOf(body);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(lines).toHaveLength(items.length + 1);
    expect(lines[1]).toContain(items[0]?.subject);
    const live = await as('gm').post('/schemes/rehearsals', { json: body, key: null, headers: { accept: 'text/event-stream' } });
    expect(String(live.body)).toMatch(/^event: progress\n[\s\S]*event: summary\ndata: \{[^\n]*"log"[^\n]*\n\n$/);
  });

  it('gives HR scores by person and pay in sum, never what one person is paid', async () => {
    const [period = ''] = await months();
    const body = { scheme: inForce, against: inForce, periods: [period] };
    const { items } = z.looseObject({ items: z.array(zRow) }).parse((await rehearse(body, '/people', 'hr')).body);
    expect(items.length).toBeGreaterThan(20);
    for (const { published, again, draft, difference } of items)
      expect([published?.pay ?? null, again?.pay ?? null, draft.pay, difference.pay]).toEqual([null, null, null, null]);
    expect(items.filter(({ draft }) => draft.score !== null).length).toBeGreaterThan(20);
    expect(zSummary.parse((await rehearse(body, '', 'hr')).body).cost).toEqual((await summaryOf(body)).cost);
    const [seen, full] = await Promise.all([rehearse(body, '/csv', 'hr'), rehearse(body, '/csv')]);
    const pays = String(full.body).match(/,\d+\.\d\d(?=,)/g) ?? [];
    expect(pays.length).toBeGreaterThan((String(seen.body).match(/,\d+\.\d\d(?=,)/g) ?? []).length);
  });

  it('tells HR no sum that may be one person’s pay', async () => {
    const [period = ''] = await months();
    const body = { scheme: inForce, against: inForce, periods: [period], scope: { teams: ['华东一组'], roles: ['rep', 'manager'] } };
    const { periods, cost } = zSummary.parse((await rehearse(body, '', 'hr')).body);
    expect([cost, ...periods.map((of) => of['pay'])]).toEqual([null, null]);
    expect((await summaryOf(body)).cost).not.toBeNull();
  });

  it('is for HR, the general manager, finance and auditors; what it can’t do it names', async () => {
    const [period = ''] = await months();
    const body = { scheme: inForce, against: inForce, periods: [period] };
    for (const who of ['gm', 'finance', 'auditor'] as const) expect((await rehearse(body, '', who)).status).toBe(200);
    for (const route of ['', '/people', '/csv'])
      isProblem(await rehearse(body, route, 'rep'), { status: 403, code: 'identity.not-allowed' });
    isProblem(await rehearse({ ...body, scheme: { yaml: 'a: [' } }), { status: 422, code: 'scheme.invalid-text' });
    isProblem(await rehearse({ ...body, scheme: { yaml: 'a: [' } }, '/csv'), { status: 422, code: 'scheme.invalid-text' });
    isProblem(await rehearse({ ...body, periods: ['2026-10..2026-08'] }), { status: 422, code: 'scheme.invalid-periods' });
    isProblem(await rehearse({ ...body, periods: ['2020-01..2024-01'] }), { status: 422, code: 'scheme.invalid-periods' });
    isProblem(await rehearse({ ...body, periods: ['2001-01'] }), { status: 409, code: 'scheme.nothing-to-compare' });
    isProblem(await rehearse({ ...body, scheme: { schemeId: 'none', version: 1 } }), { status: 404, code: 'scheme.not-found' });
  });
});

describe('centum scheme', () => {
  const zToken = z.object({ token: z.string() });
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'centum-scheme-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function centum(who: keyof typeof LOGINS, ...args: readonly string[]): Promise<{ out: string; told: string; exitCode: number }> {
    const session = await new Asker(product.url, undefined).post('/session', {
      json: { login: LOGINS[who], password: DEMO_PASSWORD },
      key: null,
    });
    process.env['CENTUM_CLI_URL'] = product.url;
    process.env['CENTUM_CLI_TOKEN'] = zToken.parse(session.body).token;
    const [written, told]: [string[], string[]] = [[], []];
    const out = jest.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    const err = jest.spyOn(process.stderr, 'write').mockImplementation((text) => told.push(String(text)) > 0);
    process.exitCode = 0;
    try {
      const program = new Command('centum').exitOverride();
      registerScheme(program);
      await program.parseAsync(['node', 'centum', 'scheme', ...args]);
      return { out: written.join(''), told: told.join(''), exitCode: Number(process.exitCode) };
    } finally {
      process.exitCode = 0;
      out.mockRestore();
      err.mockRestore();
    }
  }

  it('takes a file from draft to force, each step by whose it is', async () => {
    const file = path.join(folder, 'four-grade.yaml');
    await writeFile(file, templateText('four-grade'));
    const version = ['four-grade', '1'] as const;
    const until = (status: string) =>
      eventually(async () => {
        expect((await centum('hr', 'list', '--status', status)).out).toContain('four-grade 1');
      });
    expect((await centum('hr', 'draft', file)).out).toMatch(/^four-grade: drafted/);
    await until('draft');
    const logins = [LOGINS.officer, LOGINS.sales, LOGINS.finance, LOGINS.rep].join();
    expect((await centum('hr', 'discuss', ...version, '--people', logins)).out).toBe('four-grade version 1: open to 4 people\n');
    await until('in-discussion');
    const { out } = await centum('rep', 'comment', ...version, '--text', '同意');
    const commentId = /comments (\S+)$/m.exec(out)?.[1] ?? '';
    await centum('rep', 'comment', ...version, '--edit', commentId, '--text', '同意，建议每半年看一次');
    await eventually(async () => {
      expect((await centum('gm', 'discuss', ...version)).out).toContain('同意，建议每半年看一次');
    });
    await centum('hr', 'close-discussion', ...version, '--summary', '通过');
    await until('discussed');
    expect((await centum('gm', 'approve', ...version)).out).toBe('four-grade version 1: put-in-force\n');
    await until('in-force');
    expect((await centum('rep', 'acknowledge')).exitCode).toBe(0);
    expect((await centum('hr', 'review')).out).toBe('no review is due\n');
    expect((await centum('finance', 'list', '--json')).out).toContain('"four-grade"');
    await expect(centum('rep', 'review', ...version)).rejects.toThrow('identity.not-allowed (403)');
  });

  it('tries a file on past months, with the log’s last position before and after, and a file of differences', async () => {
    const { items } = await product.features.readers.cycles.cycles({ limit: 100 });
    const period = String(items.find(({ published }) => published)?.period);
    const file = path.join(folder, 'draft.yaml');
    await writeFile(file, templateText(DEMO).replace('commission_b: { value: 90,', 'commission_b: { value: 70,'));
    const csv = path.join(folder, 'out.csv');
    const asked = ['--scheme', file, '--against', `${DEMO}/1`, '--periods', period];
    const { position } = await product.core.log.head();
    const { out, told } = await centum('hr', 'try', ...asked, '--people', '3', '--csv', csv);
    expect(out).toContain(`log: last position ${position} before, ${position} after`);
    expect(out).toMatch(/cost: [\d.]+ → [\d.]+ \(-[\d.]+\)/);
    expect(out.split('\n').filter((line) => line.startsWith(`  ${period} `))).toHaveLength(3);
    expect(told).toContain(`differences by person: ${csv}`);
    const bytes = await readFile(csv);
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = bytes.toString('utf8').trimEnd().split('\r\n');
    const { periods } = z
      .looseObject({ periods: z.array(z.looseObject({ people: z.number() })) })
      .parse(JSON.parse((await centum('finance', 'try', ...asked, '--json')).out));
    expect(lines).toHaveLength((periods[0]?.people ?? 0) + 1);
    await expect(centum('rep', 'try', ...asked)).rejects.toThrow('identity.not-allowed (403)');
    await expect(centum('hr', 'try', '--scheme', file, '--periods', '1999-01', '--against', `${DEMO}/1`)).rejects.toThrow(
      'scheme.nothing-to-compare',
    );
  });
});
