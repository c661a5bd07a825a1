import { z } from 'zod';
import { DEMO_PASSWORD } from '#apps/assembly/demo';
import { IDENTITY_LIMITS } from '#libs/identity';
import { schemeJsonSchema, templateText } from '#libs/scheme';
import { eventuallyTrue } from '#libs/testing';
import { Asker, isProblem } from './asking';
import { apiWithoutPort } from './open-api';
import { startTestProduct, type TestProduct } from './product';

jest.setTimeout(120_000);

const zCycles = z.object({ items: z.array(z.looseObject({ cycleId: z.string(), status: z.string(), published: z.boolean() })) });
const zAppraisals = z.object({ items: z.array(z.looseObject({ appraisalId: z.string(), cycleId: z.string(), subject: z.string() })) });
const RATED = ['knowledge', 'analysis', 'communication', 'adaptability', 'diligence'];
const selfReview = (points: string) => ({
  kind: 'submit-self-review',
  input: { ratings: Object.fromEntries(RATED.map((key) => [key, points])), comment: '本月完成了重点客户的跟进。' },
});

let product: TestProduct;
let nobody: Asker;
const people = new Map<string, Asker>();
let cycles: { closed: string; published: string; running: string };
let paid: { appraisalId: string; cycleId: string };

const LOGINS = {
  rep: 'r111',
  mate: 'r112',
  otherTeam: 'r121',
  manager: 'r110',
  otherManager: 'r120',
  hr: 'linxiaomei',
  gm: 'shenguohua',
  finance: 'hezhiyuan',
  planning: 'tangyutong',
  auditor: 'fangzheng',
  admin: 'luohao',
};
const as = (who: keyof typeof LOGINS): Asker => {
  const found = people.get(who);
  if (!found) throw new Error(who);
  return found;
};
const position = async (): Promise<number> => (await product.core.log.head()).position;

beforeAll(async () => {
  product = await startTestProduct({ company: 'demo' });
  nobody = new Asker(product.url, undefined);
  for (const [who, login] of Object.entries(LOGINS)) people.set(who, await Asker.signIn(product.url, login, DEMO_PASSWORD));
  const { items } = zCycles.parse((await as('hr').get('/cycles')).body);
  const one = (status: string, published: boolean): string =>
    items.find((cycle) => cycle.status === status && cycle.published === published)?.cycleId ?? '';
  cycles = { closed: one('closed', true), published: one('running', true), running: one('running', false) };
  const mine = zAppraisals.parse((await as('rep').get('/appraisals/mine')).body).items;
  const found = mine.find(({ cycleId }) => cycleId === cycles.closed);
  if (!found) throw new Error('the rep was in the closed month');
  paid = found;
});
afterAll(() => product.stop());

const appraisalIn = (cycleId: string, who: Asker): string => `${cycleId}.${who.subject}`;

describe('requests that are wrong', () => {
  it('are refused with a problem and a stable code', async () => {
    const hr = as('hr');
    isProblem(await nobody.get('/cycles'), { status: 401, code: 'identity.not-signed-in' });
    isProblem(await new Asker(product.url, 'made-up').get('/cycles'), { status: 401, code: 'identity.not-signed-in' });
    isProblem(await hr.get('/no/such/route'), { status: 404, code: 'http.not-found' });
    isProblem(await hr.get('/people/%E0%A4%A'), { status: 400, code: 'http.malformed-request' });
    isProblem(await hr.get(`/cycles/${'a'.repeat(400)}`), { status: 414, code: 'http.address-too-long' });
    isProblem(await hr.get('/cycles/not-a-uuid'), { status: 400, code: 'http.invalid-input' });
    isProblem(await hr.post('/cycles', { raw: '{"name": ', type: 'application/json' }), { status: 400, code: 'http.malformed-request' });
    isProblem(await hr.post('/cycles', { raw: 'name=x', type: 'application/x-www-form-urlencoded' }), {
      status: 415,
      code: 'http.unsupported-media-type',
    });
    isProblem(await hr.post('/cycles', { json: { name: 'x'.repeat(1_100_000) } }), { status: 413, code: 'http.body-too-large' });
  });

  it('name the field that nobody asked for, and those that are missing', async () => {
    const answer = await as('hr').post(`/cycles/${cycles.running}/pause`, { json: { reason: 'x', colour: 'red' } });
    expect(isProblem(answer, { status: 400, code: 'http.invalid-input' })['errors']).toEqual([
      expect.objectContaining({ path: 'colour', code: 'unknown-field' }),
    ]);
    const empty = await as('hr').post(`/cycles/${cycles.running}/pause`, { json: {} });
    expect(isProblem(empty, { status: 400, code: 'http.invalid-input' })['errors']).toEqual([expect.objectContaining({ path: 'reason' })]);
  });

  it('are locked out after too many wrong passwords, without saying which of the two was wrong', async () => {
    const attempt = (login: string, password: string) => nobody.post('/session', { json: { login, password }, key: null });
    isProblem(await attempt('nobody-at-all', 'wrong-password'), { status: 401, code: 'identity.wrong-login-or-password' });
    for (let time = 0; time < IDENTITY_LIMITS.wrongPasswords; time += 1)
      isProblem(await attempt('r125', 'wrong-password'), { status: 401, code: 'identity.wrong-login-or-password' });
    isProblem(await attempt('r125', DEMO_PASSWORD), { status: 429, code: 'identity.locked' });
  });

  it('are too many at some point, of one account or of whoever is not signed in at one address', async () => {
    const api = await apiWithoutPort(product.core, product.features, 3);
    try {
      const ask = (headers = {}) => api.inject({ method: 'GET', url: '/api/v1/health/live', headers });
      const colleague = { authorization: `Bearer ${as('mate').token ?? ''}` };
      for (let time = 0; time < 3; time += 1) expect((await ask()).statusCode).toBe(200);
      const refused = await ask();
      expect(refused.statusCode).toBe(429);
      expect(refused.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(JSON.parse(refused.payload)).toMatchObject({ code: 'http.too-many-requests', status: 429 });
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      expect((await ask({ authorization: 'Bearer made-up' })).statusCode).toBe(429);
      for (let time = 0; time < 3; time += 1) expect((await ask(colleague)).statusCode).toBe(200);
      expect((await ask(colleague)).statusCode).toBe(429);
      expect((await ask({ authorization: `Bearer ${as('rep').token ?? ''}` })).statusCode).toBe(200);
    } finally {
      await api.close();
    }
  });
});

describe('commands', () => {
  it('need a well-formed key', async () => {
    const act = (key: string | null) => as('rep').post(`/appraisals/${paid.appraisalId}/acts`, { json: { kind: 'confirm' }, key });
    isProblem(await act(null), { status: 400, code: 'http.idempotency-key-missing' });
    isProblem(await act('short'), { status: 400, code: 'http.idempotency-key-malformed' });
  });

  it('are answered once per key, whatever else was decided since; other content under the same key is refused', async () => {
    const rep = await somebodyWaiting();
    const route = `/appraisals/${appraisalIn(cycles.running, rep)}/acts`;
    const first = await rep.post(route, { json: selfReview('80'), key: 'self-review-1' });
    expect(first).toMatchObject({ status: 200, body: { repeated: false } });
    expect(first.headers.get('etag')).toMatch(/^"v\d+"$/);
    await rep.post(route, { json: selfReview('81') });
    const again = await rep.post(route, { json: selfReview('80'), key: 'self-review-1' });
    expect(again.body).toEqual({ ...z.looseObject({}).parse(first.body), repeated: true });
    isProblem(await rep.post(route, { json: selfReview('99'), key: 'self-review-1' }), {
      status: 422,
      code: 'event-store.request-key-reused',
    });
  });

  it('decide on the version that was seen, when it is named', async () => {
    const rep = await somebodyWaiting();
    const appraisalId = appraisalIn(cycles.running, rep);
    const seen = (await rep.get(`/appraisals/${appraisalId}`)).headers.get('etag') ?? '';
    const act = (points: string, tag: string) =>
      rep.post(`/appraisals/${appraisalId}/acts`, { json: selfReview(points), headers: { 'if-match': tag } });
    expect((await act('70', seen)).status).toBe(200);
    isProblem(await act('71', seen), { status: 412, code: 'event-store.version-conflict' });
    isProblem(await act('71', 'W/"something"'), { status: 400, code: 'http.if-match-malformed' });
  });

  it('refuse a people file whole, with every problem by row and column, and record nothing', async () => {
    const before = await position();
    const file = [
      'employee_no,name,login,roles,position,department,team,region,site,manager_no,valid_from,valid_to',
      'X001,甲,x001,rep,,销售部,,,shanghai,C001,,',
      'X002,乙,x002,juggler,,销售部,,,shanghai,C001,,',
      'X003,丙,x003,rep,,销售部,,,shanghai,C001,31/02/2026,',
    ].join('\n');
    const answer = await as('hr').post('/imports/people', { raw: file, type: 'text/csv' });
    const problem = isProblem(answer, { status: 422, code: 'import.refused' });
    expect(problem['errors']).toEqual([
      expect.objectContaining({ path: 'row 3, column roles' }),
      expect.objectContaining({ path: 'row 4, column valid_from' }),
    ]);
    const orphan = file.split('\n').slice(0, 2).join('\n').replace('C001', 'NOBODY');
    const second = await as('hr').post('/imports/people', { raw: orphan, type: 'text/csv' });
    expect(isProblem(second, { status: 422, code: 'import.refused' })['errors']).toEqual([
      expect.objectContaining({ path: 'row 2, column manager_no' }),
    ]);
    isProblem(await as('hr').post('/imports/people', { json: {} }), { status: 415, code: 'http.file-expected' });
    expect(await position()).toBe(before);
  });

  it('give people out as a file that changes nothing when it comes in again, moves to come included', async () => {
    const hr = as('hr');
    const moves = [
      'employee_no,name,login,roles,position,department,team,region,site,manager_no,valid_from,valid_to',
      'R112,高秀兰,r112,rep,销售员,销售部,华东一组,华东,shanghai,R110,,2040-03-01',
      'R112,高秀兰,r112,rep,销售员,销售部,华东二组,华东,shanghai,R120,2040-03-01,',
    ].join('\n');
    const moved = await hr.post('/imports/people', { raw: moves, type: 'text/csv' });
    expect(moved.status).toBe(201);
    const { body } = await hr.get('/people/export', { 'centum-after': moved.headers.get('centum-token') ?? '' });
    const file = String(body);
    expect(file.split('\r\n').filter((line) => line.startsWith('R112,'))).toEqual(moves.split('\n').slice(1));
    const { body: told } = await hr.post('/imports/people/preview', { raw: file, type: 'text/csv', key: null });
    expect(told).toMatchObject({ newPeople: 0, changedPeople: 0 });
  });
});

describe('lists', () => {
  it('come in pages behind a cursor, and refuse a page over the cap by name', async () => {
    const seen: string[] = [];
    for (let after = ''; ;) {
      const { body } = await as('hr').get(`/appraisals?cycleId=${cycles.closed}&limit=10${after && `&after=${after}`}`);
      const page = zAppraisals.extend({ next: z.string().optional() }).parse(body);
      seen.push(...page.items.map(({ subject }) => subject));
      if (page.next === undefined) break;
      after = page.next;
    }
    expect(seen.length).toBe(29);
    expect(seen).toEqual([...new Set(seen)].sort());
    const over = await as('hr').get(`/appraisals?cycleId=${cycles.closed}&limit=201`);
    expect(isProblem(over, { status: 400, code: 'http.invalid-input' })['errors']).toEqual([expect.objectContaining({ path: 'limit' })]);
  });
});

describe('who sees what', () => {
  const refused = { status: 403, code: 'identity.not-allowed' };

  it('a rep reads their own and nothing of another rep', async () => {
    const [rep, mate] = [as('rep'), as('mate')];
    for (const route of [`/appraisals/${paid.appraisalId}`, `/appraisals/${paid.appraisalId}/explanation`])
      for (const [who, status] of [[rep, 200] as const, [mate, 403] as const])
        expect([route, (await who.get(route)).status]).toEqual([route, status]);
    expect((await rep.get(`/statements?cycleId=${paid.cycleId}`)).status).toBe(200);
    const routes = [
      `/statements?cycleId=${paid.cycleId}&subject=${rep.subject}`,
      `/people/${rep.subject}`,
      `/people/${rep.subject}/facts?period=2026-10`,
      `/people/${rep.subject}/targets?period=2026-10&metrics=sales.amount`,
      `/plans?subject=${rep.subject}`,
      `/appraisals?cycleId=${paid.cycleId}`,
      '/plans',
      '/appeals',
      '/payouts',
      '/people',
      '/cycles',
      `/audit/timeline?about=${rep.subject}`,
    ];
    for (const route of routes) isProblem(await mate.get(route), refused);
  });

  it('a manager sees the team without pay, and nobody of another team', async () => {
    const answer = await as('manager').get(`/appraisals/${paid.appraisalId}/explanation?language=en`);
    const own = await as('rep').get(`/appraisals/${paid.appraisalId}/explanation?language=en`);
    expect(answer.status).toBe(200);
    const lines = z.object({ result: z.object({ pay: z.object({ total: z.string() }) }) }).parse(own.body);
    const shown = JSON.stringify(answer.body);
    expect(JSON.stringify(own.body)).toMatch(/pay\./);
    expect(shown).not.toMatch(/pay|commission|bonus|salary|wage/i);
    expect(shown).not.toContain(lines.result.pay.total);
    expect((await as('manager').get(`/appraisals/${paid.appraisalId}`)).status).toBe(200);
    isProblem(await as('manager').get(`/statements?cycleId=${paid.cycleId}&subject=${as('rep').subject}`), refused);
    isProblem(await as('otherManager').get(`/appraisals/${paid.appraisalId}`), refused);
    isProblem(await as('otherManager').get(`/appraisals/${paid.appraisalId}/explanation`), refused);
  });

  it('HR reads scores without pay; finance and the general manager read pay; an administrator neither', async () => {
    const statement = `/statements?cycleId=${paid.cycleId}&subject=${as('rep').subject}`;
    const explanation = `/appraisals/${paid.appraisalId}/explanation`;
    const see = async (who: keyof typeof LOGINS) => [(await as(who).get(explanation)).status, (await as(who).get(statement)).status];
    expect(await see('hr')).toEqual([200, 403]);
    expect(await see('gm')).toEqual([200, 200]);
    expect(await see('finance')).toEqual([403, 200]);
    expect(await see('auditor')).toEqual([200, 200]);
    expect(await see('admin')).toEqual([403, 403]);
    expect(JSON.stringify((await as('hr').get(explanation)).body)).not.toMatch(/pay|commission|bonus/i);
    isProblem(await as('admin').get(`/appraisals?cycleId=${paid.cycleId}`), refused);
  });

  it('HR neither puts a scheme in force nor approves pay', async () => {
    const version = '/schemes/weighted-70-20-10/versions';
    expect((await as('hr').post(version, { json: { template: 'weighted-70-20-10' } })).status).toBe(201);
    isProblem(await as('hr').post(`${version}/2/put-in-force`), refused);
    const { body } = await as('finance').get(`/payouts?cycleId=${paid.cycleId}`);
    const [batch] = z.object({ items: z.array(z.looseObject({ batchId: z.string() })) }).parse(body).items;
    isProblem(await as('hr').post(`/payouts/${batch?.batchId}/acts`, { json: { act: 'approve' } }), refused);
  });

  it('nobody sees a score of their own before it is published, whatever list it stands in', async () => {
    const rep = as('rep');
    const id = appraisalIn(cycles.running, rep);
    expect((await rep.get(`/appraisals/${id}`)).body).toMatchObject({ score: null, grade: null });
    isProblem(await rep.get(`/appraisals/${id}/explanation`), { status: 404, code: 'appraisal.score-not-found' });
    const board = z
      .looseObject({ items: z.array(z.unknown()), own: z.unknown(), ranked: z.number() })
      .parse((await rep.get(`/leaderboard?cycleId=${cycles.running}`)).body);
    expect([board.items, board.own, board.ranked]).toEqual([[], null, 0]);
  });

  it("the board names the first places, oneself, and one's own team to its manager", async () => {
    const zBoard = z.looseObject({
      items: z.array(z.looseObject({ place: z.number(), isViewer: z.boolean(), name: z.string().nullable() })),
    });
    const board = zBoard.parse((await as('otherTeam').get(`/leaderboard?cycleId=${cycles.closed}&limit=100`)).body);
    const named = board.items.filter(({ name }) => name !== null);
    expect(named.every(({ place, isViewer }) => place <= 10 || isViewer)).toBe(true);
    const byHr = zBoard.parse((await as('hr').get(`/leaderboard?cycleId=${cycles.closed}&limit=100`)).body);
    expect(byHr.items.every(({ name }) => name !== null)).toBe(true);
  });
});

describe('writing a scheme', () => {
  const zFindings = z.object({
    ok: z.boolean(),
    findings: z.array(z.looseObject({ code: z.string(), path: z.string(), line: z.number() })),
  });

  it('is checked field by field before it is drafted, and nothing is stored', async () => {
    const yaml = templateText('weighted-70-20-10');
    const before = await position();
    const clean = zFindings.parse((await as('hr').post('/schemes/check', { json: { yaml }, key: null })).body);
    expect([clean.ok, clean.findings.map(({ code }) => code)]).toEqual([true, ['deposit-forbidden-by-law']]);
    const broken = yaml.replace('on: score', 'on: scor');
    const { body } = await as('hr').post('/schemes/check', { json: { yaml: broken }, key: null });
    const [first] = zFindings.parse(body).findings.filter(({ path }) => path === 'bands.on');
    expect(first).toMatchObject({
      severity: 'error',
      code: 'unknown-name',
      line: broken.split('\n').findIndex((line) => line.includes('on: scor')) + 1,
      sentence: { 'zh-CN': expect.stringContaining('scor'), en: expect.stringContaining('scor') },
    });
    expect(zFindings.parse((await as('hr').post('/schemes/check', { json: { yaml: 'a: *b' }, key: null })).body).ok).toBe(false);
    expect(await position()).toBe(before);
    isProblem(await as('rep').post('/schemes/check', { json: { yaml }, key: null }), { status: 403, code: 'identity.not-allowed' });
    isProblem(await as('hr').post('/schemes/check', { json: { yaml: '' }, key: null }), { status: 400, code: 'http.invalid-input' });
  });

  it('picks indicators from the library, and editors take the schema', async () => {
    const { items } = z
      .object({ items: z.array(z.looseObject({ id: z.string(), title: z.record(z.string(), z.string()), facts: z.array(z.unknown()) })) })
      .parse((await as('rep').get('/schemes/library')).body);
    expect(items.find(({ id }) => id === 'completion')).toMatchObject({ title: { 'zh-CN': expect.any(String), en: expect.any(String) } });
    expect((await as('rep').get('/schemes/json-schema')).body).toEqual(schemeJsonSchema());
    isProblem(await nobody.get('/schemes/library'), { status: 401, code: 'identity.not-signed-in' });
  });
});

describe('evidence', () => {
  it('is what it says by its content, kept sealed, and read by those who may read the appeal', async () => {
    const rep = as('rep');
    const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
    const send = (raw: Uint8Array<ArrayBuffer>) => rep.post('/appeals/evidence', { raw, type: 'application/octet-stream', key: null });
    const stored = await send(Uint8Array.from(pdf));
    expect(stored).toMatchObject({ status: 201, body: { mediaType: 'application/pdf', bytes: pdf.length } });
    const renamed = await send(Uint8Array.from(Buffer.from('MZ\x90\x00 this is no document', 'latin1')));
    isProblem(renamed, { status: 422, code: 'appeal.evidence-type' });
    const { hash } = z.object({ hash: z.string() }).parse(stored.body);
    const filed = await rep.post('/appeals', {
      json: {
        appraisalId: appraisalIn(cycles.published, rep),
        grounds: ['unfair-rating'],
        lines: [{ line: 'knowledge', kind: 'rating', key: 'knowledge', rightValue: '95' }],
        statement: '评分低于客户评价。',
        evidence: [{ hash, name: '客户评价.pdf' }],
      },
    });
    expect(filed.status).toBe(201);
    const { id } = z.object({ id: z.string() }).parse(filed.body);
    const read = (who: Asker) => who.get(`/appeals/${id}/evidence/${hash}`);
    await eventuallyTrue(async () => (await read(rep)).status === 200);
    expect(await read(as('hr'))).toMatchObject({ status: 200, body: pdf.toString() });
    isProblem(await read(as('mate')), { status: 403, code: 'identity.not-allowed' });
    isProblem(await read(as('manager')), { status: 403, code: 'identity.not-allowed' });
    isProblem(await rep.get(`/appeals/${id}/evidence/${'0'.repeat(64)}`), { status: 404, code: 'appeal.evidence-not-found' });
  });
});

describe('audit', () => {
  it('tells the history of a person and of an appraisal, and what changed between two moments', async () => {
    const auditor = as('auditor');
    const timeline = await auditor.get(`/audit/timeline?about=${as('rep').subject}&language=en`);
    const zTimeline = z.object({ entries: z.array(z.looseObject({ position: z.number(), what: z.string(), type: z.string() })) });
    expect(zTimeline.parse(timeline.body).entries.length).toBeGreaterThan(10);
    const stream = zTimeline.parse((await auditor.get(`/audit/timeline?stream=appraisal-${paid.appraisalId}`)).body).entries;
    const at = (type: string): number => stream.find((entry) => entry.type === type)?.position ?? 0;
    const [from, to] = [at('AppraisalOpened'), at('AppraisalPublished')];
    const difference = await auditor.get(`/audit/difference?appraisalId=${paid.appraisalId}&from=${from}&to=${to}&language=en`);
    expect(difference).toMatchObject({ status: 200, body: { before: { score: null }, after: { score: expect.any(String) } } });
    expect(JSON.stringify(difference.body)).toContain('AppraisalScored');
    isProblem(await as('hr').get(`/audit/timeline?about=${as('rep').subject}`), { status: 403, code: 'identity.not-allowed' });
  });

  it('is itself recorded: who looked at whose data, when and why', async () => {
    const auditor = as('auditor');
    const about = as('mate').subject;
    expect((await auditor.get(`/audit/timeline?about=${about}&reason=case-7`)).status).toBe(200);
    const read = await auditor.get(`/audit/timeline?about=${auditor.subject}&language=en`);
    const { entries } = z
      .object({ entries: z.array(z.looseObject({ type: z.string(), actor: z.string(), data: z.looseObject({}) })) })
      .parse(read.body);
    expect(entries.find(({ data }) => data['about'] === about)).toMatchObject({
      type: 'AuditRead',
      data: { question: 'timeline', reason: 'case-7' },
    });
  });
});

describe('live progress', () => {
  it('is sent as it changes, and taken up where it was left', async () => {
    const route = `/cycles/${cycles.running}/live`;
    const hr = as('hr');
    const first = await events(hr, route, {});
    const [at] = await first.next();
    expect(at?.data).toMatchObject({ status: 'running', progress: expect.any(Array) });
    const waiting = await somebodyWaiting();
    await waiting.post(`/appraisals/${appraisalIn(cycles.running, waiting)}/acts`, { json: selfReview('77') });
    const [moved] = await first.next();
    expect(moved?.id).not.toBe(at?.id);
    first.close();
    const resumed = await events(hr, route, { 'last-event-id': moved?.id ?? '' });
    const another = await somebodyWaiting();
    await another.post(`/appraisals/${appraisalIn(cycles.running, another)}/acts`, { json: selfReview('78') });
    const [next] = await resumed.next();
    expect(next?.id).not.toBe(moved?.id);
    resumed.close();
    isProblem(await as('rep').get(route), { status: 403, code: 'identity.not-allowed' });
  });
});

interface LiveEvent {
  readonly id: string;
  readonly data: unknown;
}

/** What an EventSource would see; `next` waits for at least one event. */
async function events(who: Asker, route: string, headers: Readonly<Record<string, string>>) {
  const abort = new AbortController();
  const response = await who.open(route, headers, abort.signal);
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  return {
    close: () => {
      abort.abort();
    },
    async next(): Promise<LiveEvent[]> {
      const found: LiveEvent[] = [];
      while (found.length === 0) {
        const read = await reader?.read();
        if (read?.value === undefined) throw new Error('the stream ended');
        text += decoder.decode(read.value, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) {
          const field = (name: string): string | undefined => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1];
          const data = field('data');
          // Beats only say that the connection stands.
          if (data !== undefined && field('event') !== 'beat') found.push({ id: field('id') ?? '', data: JSON.parse(data) as unknown });
        }
      }
      return found;
    },
  };
}

/** A rep whose self-review of the running month is still to be written; another one each time. */
async function somebodyWaiting(): Promise<Asker> {
  const { items } = await product.features.readers.appraisals.ofCycle({ cycleId: cycles.running, limit: 100 });
  const waiting = items.filter(({ currentStep }) => currentStep === 'self-review').map(({ subject }) => subject);
  for (const login of [
    'r112',
    'r113',
    'r114',
    'r122',
    'r123',
    'r124',
    'r211',
    'r212',
    'r213',
    'r214',
    'r221',
    'r222',
    'r223',
    'r311',
    'r312',
  ]) {
    if (used.has(login)) continue;
    const who = await Asker.signIn(product.url, login, DEMO_PASSWORD).catch(() => undefined);
    used.add(login);
    if (who && waiting.some((subject) => subject === who.subject)) return who;
  }
  throw new Error('nobody is waiting');
}
const used = new Set<string>();
