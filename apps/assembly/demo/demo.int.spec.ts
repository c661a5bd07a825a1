import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import type { Configuration } from '#libs/config';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { type Core, migrateDatabase, openCore } from '../index';
import { DEMO_PASSWORD, seedDemo } from './index';

interface Company {
  readonly database: TestDatabase;
  open(): Promise<Core>;
  end(): Promise<void>;
}

async function emptyCompany(): Promise<Company> {
  const database = await createTestDatabase();
  await migrateDatabase(database.ownerUrl);
  const folder = mkdtempSync(path.join(tmpdir(), 'centum-demo-'));
  const configuration: Configuration = {
    mode: 'embedded',
    dataDir: folder,
    vaultDir: path.join(folder, 'vault'),
    http: { host: '127.0.0.1', port: 1, publicUrl: 'http://127.0.0.1:1', ratePerMinute: 1_000 },
    postgres: { url: database.applicationUrl, ownerUrl: database.ownerUrl, poolSize: 10 },
    temporal: { address: '127.0.0.1:1', namespace: 'default', taskQueue: 'centum' },
    keys: { kind: 'file', path: path.join(folder, 'keys', 'subject-keys') },
    secrets: { tenantKey: randomBytes(32), sessionKey: randomBytes(32) },
    logLevel: 'error',
  };
  return {
    database,
    open: () => openCore(configuration, pino({ level: 'silent' })),
    end: async () => {
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

describe('the demo company', () => {
  let company: Company;
  let core: Core;
  beforeAll(async () => {
    company = await emptyCompany();
    core = await company.open();
    expect(await seedDemo(core)).toBe('seeded');
  }, 180_000);
  afterAll(async () => {
    await core.close();
    await company.end();
  });

  it('lets everybody in with the documented password', async () => {
    for (const login of ['shenguohua', 'linxiaomei', 'r111', 'luohao'])
      expect(await core.identity.signIn(core.privacy.lookupKey('login', login), DEMO_PASSWORD)).toMatchObject({
        token: expect.any(String),
      });
  });

  it('is made once: another start changes nothing', async () => {
    const before = await core.log.head();
    expect(await seedDemo(core)).toBe('seeded-before');
    expect(await core.log.head()).toEqual(before);
  });
});
