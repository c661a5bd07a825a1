import { Pool } from 'pg';
import { asOfTable, projectorHealth, readConsumers, requestRebuild, resumeConsumer } from '#libs/projections';
import { eventually, eventuallyTrue, withClient } from '#libs/testing';
import { balanceProjection, type BalanceRow, close, deposit, open, openWorld, type World } from './world';

const WAIT_MS = 15_000;

describe('a projection in PostgreSQL', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(async () => {
    await world.end();
  });

  const balances = (table = asOfTable(balanceProjection())) =>
    world.read.query<BalanceRow>(`SELECT account, balance, exact, notes FROM ${table} AS b ORDER BY account`);

  it('given recorded events, when it has reached their position, then its rows are the fold and hold exact values', async () => {
    await world.run('a', open('o1'), deposit(5), deposit(7));
    await world.run('b', open('o2'), deposit(1), close);
    world.projecting(balanceProjection());
    await world.read.waitForProjection('balance', await world.head(), WAIT_MS);
    expect(await balances()).toEqual([{ account: 'account-a', balance: 12, exact: '12.50', notes: [5, 7] }]);
    await world.run('a', deposit(8));
    await world.read.waitForProjection('balance', await world.head(), WAIT_MS);
    expect(await balances()).toEqual([{ account: 'account-a', balance: 20, exact: '20.50', notes: [5, 7, 8] }]);
  });

  it('given history, when asked as of each position, then the rows are what a fold up to there gives', async () => {
    const projection = balanceProjection({ name: 'versions', history: true });
    world.projecting(projection);
    await world.run('a', open('o1'), deposit(5));
    await world.read.waitForProjection(projection, await world.head(), WAIT_MS);
    await world.run('a', deposit(7), close);
    await world.read.waitForProjection(projection, await world.head(), WAIT_MS);
    const at = async (position?: number) => (await balances(asOfTable(projection, position))).map((row) => row.balance);
    expect([await at(0), await at(1), await at(2), await at(3), await at(4), await at()]).toEqual([[], [0], [5], [12], [], []]);
    expect(() => asOfTable(balanceProjection(), 3)).toThrow(expect.objectContaining({ code: 'no-history' }));
  });

  it('given a backend killed in mid-transaction over and over, then rows and checkpoint are never apart', async () => {
    world.projecting(balanceProjection());
    await world.run('a', open('o1'));
    let killing = true;
    const killer = withClient(world.db.ownerUrl, async (client) => {
      while (killing) {
        await client.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
        );
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
    });
    for (let index = 0; index < 300; index += 1) await world.run('a', deposit(1));
    killing = false;
    await killer;
    await world.read.waitForProjection('balance', await world.head(), WAIT_MS);
    expect(await balances()).toMatchObject([{ balance: 300 }]);
  });

  it('given an event that can not be folded, then that projection parks before it and the others go on; resumed, it takes it', async () => {
    let poison: number | undefined = 13;
    world.projecting(balanceProjection({ poison: () => poison }), balanceProjection({ name: 'other' }));
    await world.run('a', open('o1'), deposit(5), deposit(13), deposit(2));
    const head = await world.head();
    await world.read.waitForProjection('other', head, WAIT_MS);
    await expect(world.read.waitForProjection('balance', head, WAIT_MS)).rejects.toMatchObject({ code: 'projection-parked' });
    const health = await projectorHealth(world.pool, await world.log.head());
    expect(health.ok).toBe(false);
    expect(health.consumers).toContainEqual(
      expect.objectContaining({
        name: 'balance',
        state: 'parked',
        position: 2,
        behind: 2,
        parked: expect.objectContaining({ position: 3, type: 'AmountDeposited', code: 'TypeError' }),
      }),
    );
    expect(await balances()).toMatchObject([{ balance: 5 }]);
    poison = undefined;
    expect(await resumeConsumer(world.pool, 'balance')).toBe(true);
    await eventuallyTrue(async () => (await balances())[0]?.balance === 20);
    expect((await projectorHealth(world.pool, await world.log.head())).ok).toBe(true);
  });

  it('given a raised version, when the program starts, then readers see the old rows until the new ones have caught up', async () => {
    await world.run('a', open('o1'), deposit(5));
    const first = world.projecting(balanceProjection());
    await world.read.waitForProjection('balance', await world.head(), WAIT_MS);
    await first.stop();
    await world.run('a', deposit(6));
    world.projecting(balanceProjection({ version: 2, factor: 10 }));
    await eventually(async () =>
      expect(await readConsumers(world.pool, 'balance')).toMatchObject([{ role: 'live', version: 2, position: 3 }]),
    );
    expect(await balances()).toMatchObject([{ balance: 110 }]);
    const { rows } = await world.pool.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'read' AND tablename LIKE 'balance%'`);
    expect(rows).toEqual([{ tablename: 'balance_v2' }]);
  });

  it('given events that keep coming, when a rebuild is asked for, then it swaps and nothing is lost or doubled', async () => {
    await world.run('a', open('o1'));
    world.projecting(balanceProjection());
    for (let index = 0; index < 50; index += 1) await world.run('a', deposit(1));
    await world.read.waitForProjection('balance', await world.head(), WAIT_MS);
    let writing = true;
    let written = 50;
    const writer = (async () => {
      while (writing) {
        await world.run('a', deposit(1));
        written += 1;
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    expect(await requestRebuild(world.pool, 'balance')).toBe(true);
    await eventually(async () => expect(await readConsumers(world.pool, 'balance')).toMatchObject([{ role: 'live', build: 2 }]));
    writing = false;
    await writer;
    await world.read.waitForProjection('balance', await world.head(), WAIT_MS);
    expect(await balances()).toMatchObject([{ balance: written }]);
  });

  it('given two processes, then one owns the projection and the other takes over when it stops', async () => {
    const otherPool = new Pool({ connectionString: world.db.applicationUrl, max: 4 });
    try {
      const first = world.projecting(balanceProjection());
      await eventuallyTrue(() => first.owned().length === 1);
      const consumers = (await import('#libs/projections')).projectionConsumer;
      const second = world.host((parts) => [consumers(balanceProjection(), parts)], { pool: otherPool });
      await world.run('a', open('o1'), deposit(1));
      await world.read.waitForProjection('balance', await world.head(), WAIT_MS);
      expect(second.owned()).toEqual([]);
      await first.stop();
      await world.run('a', deposit(1));
      await world.read.waitForProjection('balance', await world.head(), WAIT_MS);
      expect(second.owned()).toEqual(['balance']);
      expect(await balances()).toMatchObject([{ balance: 2 }]);
      await second.stop();
    } finally {
      await otherPool.end();
    }
  });
});
