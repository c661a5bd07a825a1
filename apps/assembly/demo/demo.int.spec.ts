import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { decimal, formatFixed, sumDecimals } from '#kernel';
import type { Configuration } from '#libs/config';
import { projectorHealth, replay } from '#libs/projections';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { assembleFeatures, type Core, migrateDatabase, openCore, PRODUCT_PROJECTIONS } from '../index';
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

/**
 * As if the process were killed before its next command once it has run so many. Reactors are let through: a killed one would
 * not live to note that it failed, as one that is refused does.
 */
function killedAfter(core: Core, commands: number): Core {
  let left = commands;
  const runner = new Proxy(core.runner, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function' || name === 'load') return typeof method === 'function' ? method.bind(target) : method;
      return (...args: unknown[]) => {
        const isReactor = args.some((arg) => typeof arg === 'object' && arg !== null && 'causationId' in arg);
        left -= 1;
        if (left < 0 && !isReactor) throw new Error('killed');
        return method.apply(target, args);
      };
    },
  });
  return { ...core, runner };
}

async function eventsByType({ log }: Core): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const { type } of await log.readAll(0, { maxEvents: 5_000 })) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

describe('the demo company', () => {
  let company: Company;
  let core: Core;
  beforeAll(async () => {
    company = await emptyCompany();
    core = await company.open();
    expect(await seedDemo(core)).toBe('seeded');
  }, 240_000);
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

  it('has two closed months, one just published and one running', async () => {
    const { cycles, appraisals } = assembleFeatures(core).readers;
    const { items } = await cycles.cycles({ limit: 10 });
    const inOrder = [...items].sort((one, other) => (one.period < other.period ? -1 : 1));
    expect(inOrder.map(({ status, published }) => [status, published])).toEqual([
      ['closed', true],
      ['closed', true],
      ['running', true],
      ['running', false],
    ]);
    for (const { cycleId } of inOrder.slice(0, 3)) {
      const { items: members } = await appraisals.ofCycle({ cycleId, limit: 100 });
      expect(members).toHaveLength(29);
      expect(members.filter(({ score }) => score === null)).toEqual([]);
      expect(new Set(members.map(({ grade }) => grade)).size).toBeGreaterThanOrEqual(2);
    }
    const { items: running } = await appraisals.ofCycle({ cycleId: inOrder[3]?.cycleId ?? '', limit: 100 });
    const waiting = running.filter(({ currentStep }) => currentStep === 'self-review').length;
    expect(waiting).toBeGreaterThan(5);
    expect(waiting).toBeLessThan(25);
  });

  it('has paid the closed months to the cent', async () => {
    const { payouts, cycles } = assembleFeatures(core).readers;
    const { items } = await cycles.cycles({ limit: 10 });
    for (const { cycleId, status } of items) {
      const batches = await payouts.batchesOf(cycleId);
      expect(batches.map(({ stage }) => stage)).toEqual(status === 'closed' ? ['acknowledged'] : []);
      for (const { batchId, total } of batches) {
        const lines = (await payouts.lines({ batchId, limit: 200 })).items;
        expect(formatFixed(sumDecimals(lines.map(({ amount }) => decimal(amount))), 2)).toBe(total);
        expect(new Set(lines.map(({ status: line }) => line))).toEqual(new Set(['acknowledged']));
      }
    }
  });

  it('has an appeal before its panel and three plans', async () => {
    const { appeals, plans } = assembleFeatures(core).readers;
    const { items } = await appeals.list({ limit: 10 });
    expect(items).toMatchObject([{ stage: 'hearing', panel: [{}, {}, {}], votes: [{ verdict: 'uphold' }] }]);
    expect((await plans.list({ now: core.clock.now(), limit: 10 })).items).toHaveLength(3);
  });

  it('leaves nothing parked, and read models that a replay gives again', async () => {
    const health = await projectorHealth(core.pool, await core.log.head());
    expect(health.consumers.filter(({ state, behind }) => state !== 'following' || behind > 0)).toEqual([]);
    const report = await replay({ pool: core.pool, log: core.log, decoder: core.registry, projections: PRODUCT_PROJECTIONS });
    expect(report.outcomes.filter(({ outcome }) => outcome !== 'equal')).toEqual([]);
  });

  it('is made once: another start changes nothing', async () => {
    const before = await core.log.head();
    expect(await seedDemo(core)).toBe('seeded-before');
    expect(await core.log.head()).toEqual(before);
  });

  it('is taken up where a kill left it, and comes out the same', async () => {
    const other = await emptyCompany();
    const second = await other.open();
    try {
      await expect(seedDemo(killedAfter(second, 120))).rejects.toThrow('killed');
      await expect(seedDemo(killedAfter(second, 400))).rejects.toThrow('killed');
      expect(await seedDemo(second)).toBe('seeded');
      expect(await eventsByType(second)).toEqual(await eventsByType(core));
    } finally {
      await second.close();
      await other.end();
    }
  }, 240_000);
});
