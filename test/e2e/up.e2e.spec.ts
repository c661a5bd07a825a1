import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort, isAlive } from '#infra/embedded';
import { readConfiguration } from '#libs/config';
import { openPostgresLog, type StoredEvent } from '#libs/event-store';
import { buildOnce, CentumProcess, runCentum } from './centum-process';

jest.setTimeout(180_000);

let folder: string;
let port: string;
const started: CentumProcess[] = [];

beforeAll(buildOnce);
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'centum-up-'));
  port = String(await freePort());
});
afterEach(async () => {
  for (const one of started.splice(0)) await one.signal('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

async function up(): Promise<CentumProcess> {
  const one = new CentumProcess(['up', '--data', folder, '--port', port, '--no-demo'], {
    CENTUM_TEMPORAL_BINARY: process.env['CENTUM_TEST_TEMPORAL_CLI'] ?? '',
  });
  started.push(one);
  await one.says('Ready in');
  return one;
}

/** Every event there is, by log, id and hash of what is stored: what was there before must stand at the start of what is there later. */
async function story(): Promise<readonly string[]> {
  const log = await openPostgresLog({ url: readConfiguration({ CENTUM_DATA: folder }).postgres.url });
  try {
    const { logId } = await log.head();
    const events = await log.readAll(0, { maxEvents: 1_000 });
    const bytes = (event: StoredEvent) => createHash('sha256').update(event.metadata).update(event.payload).digest('hex');
    return [logId, ...events.map((event) => `${event.position} ${event.eventId} ${bytes(event)}`)];
  } finally {
    await log.close();
  }
}

describe('centum up', () => {
  it('starts everything, is found well, refuses a second one, and stops cleanly with its data kept', async () => {
    const first = await up();
    const before = await story();
    expect(before.length).toBeGreaterThan(1);

    const doctor = await runCentum(['doctor', '--data', folder, '--json']);
    const { ok, checks } = JSON.parse(doctor.output) as { ok: boolean; checks: readonly { part: string; state: string; found: string }[] };
    expect(checks.filter(({ state }) => state === 'failed' || state === 'warning')).toEqual([]);
    expect({ ok, code: doctor.code }).toEqual({ ok: true, code: 0 });
    expect(checks.map(({ part }) => part)).toEqual(
      expect.arrayContaining(['node', 'durability', 'event log', 'grants', 'search attributes', 'separation']),
    );

    const second = await runCentum(['up', '--data', folder, '--port', String(await freePort())]);
    expect(second).toMatchObject({ code: 1, output: expect.stringMatching(/^Centum runs already on .*: use it, stop it, or .*\n/) });

    const ended = await first.signal('SIGINT');
    expect(ended).toMatchObject({ code: 0, output: expect.stringContaining('Stopped.') });
    expect(ended.output).not.toContain('did not stop cleanly');

    const again = Date.now();
    await up();
    expect(Date.now() - again).toBeLessThan(10_000 * loadFactor());
    expect((await story()).slice(0, before.length)).toEqual(before);
  });

  it('takes up what a kill -9 left behind and loses nothing', async () => {
    const killed = await up();
    const before = await story();
    expect(before.length).toBeGreaterThan(1);
    await killed.signal('SIGKILL');
    const next = await up();
    expect((await story()).slice(0, before.length)).toEqual(before);
    const ended = await next.signal('SIGTERM');
    expect(ended.code).toBe(0);
    expect(killed.child.pid !== undefined && isAlive(killed.child.pid)).toBe(false);
  });

  it('names a busy port in one line and leaves nothing running', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(Number(port), '127.0.0.1', resolve));
    try {
      const ended = await runCentum(['up', '--data', folder, '--port', port]);
      expect(ended).toMatchObject({
        code: 1,
        output: expect.stringContaining(`Port ${port} is taken by another program: stop it or choose another with --port.`),
      });
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('names a missing Temporal program in one line and stops the database it had started', async () => {
    const ended = await runCentum(['up', '--data', folder, '--port', port], { CENTUM_TEMPORAL_BINARY: '/nowhere/temporal' });
    expect(ended).toMatchObject({
      code: 1,
      output: expect.stringContaining('CENTUM_TEMPORAL_BINARY names /nowhere/temporal, which is not a program'),
    });
    await up();
  });

  it('says what is wrong with its settings, all at once', async () => {
    const ended = await runCentum(['up', '--data', folder, '--port', '99999'], { CENTUM_LOG_LEVEL: 'loud', CENTUM_PROT: '1' });
    expect(ended.code).toBe(1);
    expect(
      ended.output
        .trim()
        .split('\n')
        .map((line) => line.split(':')[0]),
    ).toEqual(['CENTUM_PROT', 'CENTUM_HTTP_PORT', 'CENTUM_LOG_LEVEL']);
  });
});

/** The promise is about a machine that does nothing else; a test run has all its cores busy. */
function loadFactor(): number {
  return 3;
}
