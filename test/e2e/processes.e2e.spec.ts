import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort, type RunningTemporal, SEARCH_ATTRIBUTES, startTemporal } from '#infra/embedded';
import { createTestDatabase, eventuallyTrue, type TestDatabase } from '#libs/testing';
import { buildOnce, CentumProcess, runCentum } from './centum-process';

jest.setTimeout(180_000);

let folder: string;
let database: TestDatabase;
let keys: TestDatabase;
let temporal: RunningTemporal;
let settings: Readonly<Record<string, string>>;
const running: CentumProcess[] = [];

beforeAll(async () => {
  buildOnce();
  folder = mkdtempSync(path.join(tmpdir(), 'centum-processes-'));
  [database, keys] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  temporal = await startTemporal({
    binary: process.env['CENTUM_TEST_TEMPORAL_CLI'] ?? '',
    folder: path.join(folder, 'temporal'),
    searchAttributes: SEARCH_ATTRIBUTES,
    dieWithProcess: { removing: [] },
  });
  settings = {
    CENTUM_DATA: folder,
    CENTUM_HTTP_PORT: String(await freePort()),
    CENTUM_POSTGRES_URL: database.applicationUrl,
    CENTUM_POSTGRES_OWNER_URL: database.ownerUrl,
    CENTUM_KEYS_URL: keys.ownerUrl,
    CENTUM_TEMPORAL_ADDRESS: temporal.address,
    CENTUM_TENANT_KEY: 'a1'.repeat(32),
    CENTUM_SESSION_KEY: 'b2'.repeat(32),
  };
});

afterAll(async () => {
  for (const one of running) await one.signal('SIGKILL');
  await temporal.stop();
  await Promise.all([database.drop(), keys.drop()]);
  rmSync(folder, { recursive: true, force: true });
});

describe('each process alone, on servers of its own choosing', () => {
  it('says in one line what it misses', async () => {
    const { CENTUM_TENANT_KEY: _left, ...rest } = settings;
    const ended = await runCentum(['api'], rest);
    expect(ended.code).toBe(1);
    expect(ended.output.trim()).toMatch(/^CENTUM_TENANT_KEY: is needed.*$/);
  });

  it('says in one line that the database was never migrated', async () => {
    const ended = await runCentum(['projector'], settings);
    expect(ended.code).toBe(3);
    expect(ended.output.trim()).toMatch(/^PostgreSQL can't be reached, or holds no Centum yet .* run "centum migrate"\.$/);
  });

  it('migrates once and again, then api, worker and projector run beside each other and stop when told', async () => {
    for (const _time of ['once', 'again']) expect(await runCentum(['migrate'], settings)).toMatchObject({ code: 0 });
    for (const name of ['projector', 'worker', 'api']) running.push(new CentumProcess([name], settings));
    await Promise.all(running.map((one) => one.says('"msg":"started"')));
    const ready = `http://127.0.0.1:${settings['CENTUM_HTTP_PORT']}/api/v1/health/ready`;
    await eventuallyTrue(async () => (await fetch(ready)).ok, { timeoutMs: 30_000 });
    const doctor = await runCentum(['doctor'], settings);
    // The tests' own server runs without fsync, which is just what doctor is to find.
    expect(doctor.output.split('\n').filter((line) => line.startsWith('FAILED'))).toEqual([
      expect.stringMatching(/^FAILED +durability +fsync off/),
    ]);
    expect(doctor.code).toBe(1);
    for (const one of running.splice(0)) {
      const ended = await one.signal('SIGTERM');
      expect(ended).toMatchObject({ code: 0, output: expect.stringContaining('"msg":"stopped"') });
    }
  });
});
