import { Command } from 'commander';
import { z } from 'zod';
import { type Company, makeScheme } from '#apps/cli/walkthrough';
import { actorId, subjectId } from '#kernel';
import { accountDecider } from '#libs/identity';
import { eventually } from '#libs/testing';
import { register as registerCycle } from '../../apps/cli/commands/cycle';
import { PASSWORD } from './company';
import { startTestProduct, type TestProduct } from './product';
import { signInEverybody } from './templates/cast';
import { Office } from './templates/office';
import { like } from './templates/people-of-cases';

jest.setTimeout(180_000);

const WAIT = { timeoutMs: 90_000, intervalMs: 500 };
const zId = z.object({ id: z.string() });
const zText = z.object({ 'zh-CN': z.string(), en: z.string() });
const zError = z.looseObject({ code: z.string(), key: z.string(), sentence: zText, concerns: z.array(z.object({ key: z.string() })) });
const zFindings = z.looseObject({ waiting: z.number(), withErrors: z.number(), errors: z.array(zError.extend({ people: z.number() })) });
const zErrors = z.object({ items: z.array(z.looseObject({ subject: z.string(), errors: z.array(zError) })) });
const zByScore = z.object({
  items: z.array(z.looseObject({ subject: z.string(), score: z.string().nullable(), grade: z.string().nullable(), errors: z.number() })),
});
const zWaiting = z.object({ items: z.array(z.looseObject({ subject: z.string(), reason: z.string(), step: z.string().nullable() })) });
const zPreview = z.looseObject({ members: z.number(), excluded: z.array(z.object({ reason: z.string(), count: z.number() })) });
const zPeople = z.object({ items: z.array(z.looseObject({ subject: z.string(), reason: z.string().nullable() })) });

describe('a cycle before its results come out, over HTTP and on the command line', () => {
  let product: TestProduct;
  let company: Company;
  let office: Office;
  const hr = () => company.withRole('hr').api;
  const inForce = (template: string) =>
    makeScheme({ company, hr: company.withRole('hr'), say: () => undefined }, `trial-${template}`, template);
  const subjects = (...numbers: readonly string[]) => numbers.map((number) => company.employee(number).subject);
  const started = async (schemeId: string, period: string, people: readonly string[], dayLengthMs = 60_000) => {
    const body = { name: `${schemeId} ${period}`, period, schemeId, scope: { subjects: subjects(...people) }, dayLengthMs };
    return (await hr().post('/cycles', zId, { body })).id;
  };

  beforeAll(async () => {
    product = await startTestProduct();
    company = await signInEverybody(product);
    office = new Office(company);
    office.start();
  });
  afterAll(async () => {
    await office.close();
    await product.stop();
  });

  /** As whoever has the role, in the language given. */
  async function centum(role: string, ...args: readonly string[]): Promise<string> {
    const session = z.object({ token: z.string() });
    const { login } = company.withRole(role);
    process.env['CENTUM_CLI_URL'] = product.url;
    process.env['CENTUM_CLI_TOKEN'] = (await hr().post('/session', session, { body: { login, password: PASSWORD } })).token;
    const written: string[] = [];
    const out = jest.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    try {
      const program = new Command('centum').exitOverride();
      registerCycle(program);
      await program.parseAsync(['node', 'centum', 'cycle', ...args]);
      return written.join('');
    } finally {
      out.mockRestore();
    }
  }

  it('tells who has no score and why, then which figures are missing and what they stop', async () => {
    const schemeId = await inForce('weighted-70-20-10');
    const cycleId = await started(schemeId, '2026-10', ['T101', 'T102'], 1_500);
    const waiting = await eventually(async () => {
      const found = await hr().get(`/cycles/${cycleId}/findings/waiting`, zWaiting);
      expect(found.items).toHaveLength(2);
      return found.items;
    }, WAIT);
    expect(waiting.map(({ reason }) => reason)).toEqual(['step-open', 'step-open']);
    // Nothing was imported: everyone is rated, and nobody can be scored.
    office.takeOn(cycleId, { period: '2026-10', people: ['T101', 'T102'].map((who) => like(who, '05-month')) });
    const found = await eventually(async () => {
      const body = await hr().get(`/cycles/${cycleId}/findings`, zFindings);
      expect(body).toMatchObject({ waiting: 0, withErrors: 2 });
      return body;
    }, WAIT);
    const missing = found.errors.find(({ key }) => key === 'sales.amount');
    expect(missing).toMatchObject({
      code: 'missing-fact',
      people: 2,
      sentence: { 'zh-CN': '缺少数据“销售额”。', en: 'The figure “Sales” is missing.' },
    });
    expect(missing?.concerns.map(({ key }) => key)).toContain('indicator.completion');
    const { items } = await company.withRole('general-manager').api.get(`/cycles/${cycleId}/findings/errors`, zErrors);
    expect(items.map(({ subject }) => subject).sort()).toEqual(subjects('T101', 'T102').sort());
    await expect(company.employee('T101').api.get(`/cycles/${cycleId}/findings`, zFindings)).rejects.toMatchObject({ status: 403 });
    await seesOthersAlone(cycleId, 'T102');
    const told = await centum('hr', 'findings', cycleId, '--language', 'en', '--people');
    expect(told).toContain('2 people: 2 with errors, 0 without a score yet; 0 findings about groups\n');
    expect(told).toMatch(/ {2}2 × The figure “Sales” is missing\. \(.+\)\n/u);
    expect(await centum('hr', 'findings', cycleId, '--language', 'zh-CN')).toContain('共 2 人：2 人有错误');
  });

  /** Somebody of HR who is in the cycle: everybody's result but their own, which isn't published. */
  async function seesOthersAlone(cycleId: string, who: string): Promise<void> {
    const { subject, api } = company.employee(who);
    const { runner, clock } = product.core;
    const context = { now: clock.now(), actor: actorId('system:test'), requestKey: `test/hr/${who}` };
    await runner.run(
      accountDecider,
      subjectId(subject),
      { type: 'GrantRoles', data: { subject: subjectId(subject), roles: ['hr'] } },
      context,
    );
    const others = await eventually(() => api.get(`/cycles/${cycleId}/findings/errors`, zErrors), WAIT);
    expect(others.items.map((item) => item.subject)).toEqual(subjects('T101'));
    const { items } = await api.get(`/cycles/${cycleId}/by-score`, zByScore);
    expect(items.find((item) => item.subject === subject)).toMatchObject({ score: null, grade: null, errors: 0 });
    expect(items.find((item) => item.subject !== subject)?.errors).toBeGreaterThan(0);
  }

  it('names who is on month and quarter where each pays the same, and starts without them', async () => {
    const schemeId = await inForce('component-bonus');
    const monthId = await started(schemeId, '2026-10', ['T101']);
    await eventually(async () => {
      expect((await hr().get(`/cycles/${monthId}/findings/waiting`, zWaiting)).items).toHaveLength(1);
    }, WAIT);
    const input = { name: 'quarter', period: '2026-Q4', schemeId, scope: { subjects: subjects('T101', 'T102') } };
    expect(await hr().post('/cycles/preview', zPreview, { body: input })).toMatchObject({
      members: 1,
      excluded: expect.arrayContaining([{ reason: 'paid-in-other-period', count: 1 }]),
    });
    const named = { ...input, which: 'out', reason: 'paid-in-other-period' };
    const { items } = await hr().post('/cycles/preview/people', zPeople, { body: named });
    expect(items).toMatchObject([{ subject: company.employee('T101').subject, reason: 'paid-in-other-period' }]);
    const quarterId = await started(schemeId, '2026-Q4', ['T101', 'T102']);
    const zCycle = z.looseObject({ members: z.number() });
    expect(await eventually(() => hr().get(`/cycles/${quarterId}`, zCycle), WAIT)).toMatchObject({ members: 1 });
    await eventually(async () => {
      expect((await hr().get(`/cycles/${quarterId}/findings/waiting`, zWaiting)).items).toHaveLength(1);
    }, WAIT);
    const told = await centum('hr', 'start', '--name', 'again', '--period', '2026-11', '--scheme', schemeId, '--roles', 'rep', '--preview');
    expect(told).toMatch(/on another period that pays the same, left out of this: .+\n/u);
  });
});
