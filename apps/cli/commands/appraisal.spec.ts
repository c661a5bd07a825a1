import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { register } from './appraisal';

const ID = '0190a000-0000-8000-8000-00000000c001.0190a000-0000-7000-8000-000000000001';
const title = { 'zh-CN': '销售额', en: 'Sales amount' };
const line = { key: 'peers.amount', title, type: 'points', from: '0', to: '100', options: [] };
const task = { step: 'manager-review', level: null, part: null, department: '服务部', group: null, lines: [line] };
const due = {
  kind: 'peer-review',
  appraisalId: ID,
  period: '2026-Q3',
  name: '蒋一鸣',
  department: null,
  part: null,
  dueAt: null,
  begun: true,
};
const ANSWERS: Readonly<Record<string, unknown>> = {
  'GET /api/v1/me/todo?limit=200': { items: [due] },
  [`GET /api/v1/appraisals/${ID}/rating-lines`]: { items: [task] },
  [`GET /api/v1/appraisals/${ID}/peers`]: { peers: [{ subject: 'p1', name: '苏晓彤' }], answered: 1, least: 3, most: 5, open: true },
  [`POST /api/v1/appraisals/${ID}/peers`]: { id: ID, version: 2, repeated: false },
  [`POST /api/v1/appraisals/${ID}/peer-review`]: { id: ID, version: 3, repeated: true },
  [`POST /api/v1/appraisals/${ID}/customer-answers`]: { id: ID, version: 3, repeated: false },
  [`POST /api/v1/appraisals/${ID}/acts`]: { id: ID, version: 4, repeated: false },
};

/** An edge that answers what is asked above, and keeps what was sent. */
let server: Server;
let url = '';
let folder = '';
const sent: { readonly route: string; readonly body: unknown }[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'centum-appraisal-'));
  server = createServer((request, response) => {
    const route = `${request.method} ${request.url}`;
    let text = '';
    request.on('data', (piece: Buffer) => (text += piece.toString('utf8')));
    request.on('end', () => {
      if (text !== '') sent.push({ route, body: JSON.parse(text) as unknown });
      const body = ANSWERS[route];
      response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body ?? { code: 'http.not-found', status: 404 }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env['CENTUM_CLI_TOKEN'] = 'token';
});
afterAll(async () => {
  delete process.env['CENTUM_CLI_TOKEN'];
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

async function centum(...args: readonly string[]): Promise<string> {
  const written: string[] = [];
  const out = jest.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  try {
    const program = new Command('centum').exitOverride();
    register(program);
    await program.parseAsync(['node', 'centum', 'appraisal', ...args, '--url', url]);
    return written.join('');
  } finally {
    out.mockRestore();
  }
}

it('says what there is to do, and which lines', async () => {
  expect(await centum('todo')).toMatch(/^peer-review +2026-Q3 +- {2}蒋一鸣 {2}0190a000/);
  const lines = await centum('lines', ID);
  expect(lines).toContain('manager-review (服务部): 1 lines');
  expect(lines).toMatch(/peers\.amount +points +0 … 100 +销售额 \/ Sales amount/);
});

it('names colleagues and says how many have answered, never who', async () => {
  expect(await centum('peers', ID, '--name', 'p1,p2')).toBe('p1  苏晓彤\n1 of 1 have answered (at least 3, at most 5)\n');
  expect(sent.at(-1)).toEqual({ route: `POST /api/v1/appraisals/${ID}/peers`, body: { peers: ['p1', 'p2'] } });
});

it('submits a file of ratings to the task of each rater', async () => {
  const file = join(folder, 'ratings.json');
  await writeFile(file, '{ "peers.amount": "85" }');
  const rate = (...args: string[]) => centum('rate', ID, '--file', file, ...args);
  expect(await rate('--as', 'peer')).toBe('submitted (already, with this key)\n');
  expect(sent.at(-1)?.body).toEqual({ ratings: { 'peers.amount': '85' } });
  await rate('--as', 'manager', '--department', '服务部');
  const input = { ratings: { 'peers.amount': '85' }, department: '服务部' };
  expect(sent.at(-1)).toEqual({ route: `POST /api/v1/appraisals/${ID}/acts`, body: { kind: 'submit-manager-score', input } });
  await rate('--as', 'customers');
  expect(sent.at(-1)?.route).toContain('customer-answers');
  await expect(centum('rate', ID, '--as', 'peer', '--file', join(folder, 'none.json'))).rejects.toMatchObject({ exitCode: 2 });
});
