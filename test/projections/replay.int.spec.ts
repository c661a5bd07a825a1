import { readConsumers, replay, type ReplayReport } from '#libs/projections';
import { balanceProjection, close, deposit, open, openWorld, registry, type World } from './world';

const WAIT_MS = 15_000;

describe('replay', () => {
  let world: World;
  const current = balanceProjection();
  const versions = balanceProjection({ name: 'versions', history: true });
  beforeEach(async () => {
    world = await openWorld();
    world.projecting(current, versions);
    for (let index = 0; index < 30; index += 1) await world.run(`a${index}`, open(`o${index % 3}`), deposit(index), deposit(1));
    await world.run('a7', close);
    for (const projection of [current, versions]) await world.read.waitForProjection(projection, await world.head(), WAIT_MS);
  });
  afterEach(async () => {
    await world.end();
  });

  const replayed = (to?: number): Promise<ReplayReport> =>
    replay({ pool: world.pool, log: world.log, decoder: registry, projections: [current, versions], ...(to !== undefined && { to }) });
  const tableOf = async (name: string): Promise<string> => `read.${(await readConsumers(world.pool, name))[0]?.tableName}`;

  it('given nothing but recorded events, then every read model is equal and no scratch schema is left', async () => {
    expect(await replayed()).toMatchObject({
      equal: true,
      position: 91,
      outcomes: [
        { projection: 'balance', outcome: 'equal', rows: 29 },
        { projection: 'versions', outcome: 'equal', rows: 90 },
      ],
    });
    const { rows } = await world.pool.query(`SELECT nspname FROM pg_namespace WHERE nspname LIKE 'replay%'`);
    expect(rows).toEqual([]);
  });

  it('given a live value that no event says, then the first such row is named with both values', async () => {
    await world.pool.query(`UPDATE ${await tableOf('balance')} SET exact = '5.5' WHERE account = 'account-a5'`);
    await world.pool.query(`UPDATE ${await tableOf('versions')} SET balance = 999 WHERE account = 'account-a3' AND balance = 3`);
    const { equal, outcomes } = await replayed();
    expect(equal).toBe(false);
    expect(outcomes).toEqual([
      {
        projection: 'balance',
        outcome: 'different',
        rows: 25,
        difference: { key: { account: 'account-a5' }, side: 'both', columns: { exact: { live: '5.5', rebuilt: '6.50' } } },
      },
      expect.objectContaining({
        outcome: 'different',
        difference: {
          key: { account: 'account-a3', from_position: '11' },
          side: 'both',
          columns: { balance: { live: '999', rebuilt: '3' } },
        },
      }),
    ]);
  });

  it.each([
    [`DELETE FROM TABLE_ WHERE account = 'account-a12'`, { key: { account: 'account-a12' }, side: 'rebuilt-only', columns: {} }],
    [
      `INSERT INTO TABLE_ (account, balance) VALUES ('account-a11x', 1)`,
      { key: { account: 'account-a11x' }, side: 'live-only', columns: {} },
    ],
    [`INSERT INTO TABLE_ (account, balance) VALUES ('z', 1)`, { key: { account: 'z' }, side: 'live-only', columns: {} }],
  ])('given %s, then the row is named as being on one side only', async (statement, difference) => {
    await world.pool.query(statement.replace('TABLE_', await tableOf('balance')));
    expect((await replayed()).outcomes[0]).toMatchObject({ outcome: 'different', difference });
  });

  it('given a past position, then versioned rows are compared as they were and the others have nothing to compare with', async () => {
    expect((await replayed(40)).outcomes).toEqual([
      { projection: 'balance', outcome: 'not-compared', reason: 'no-history' },
      { projection: 'versions', outcome: 'equal', rows: 40 },
    ]);
  });

  it('given events that keep coming, then both sides are compared at the same position', async () => {
    let writing = true;
    const writer = (async () => {
      while (writing) {
        await world.run('a1', deposit(1));
        // The log in memory never leaves the turn by itself.
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const report = await replayed();
    writing = false;
    await writer;
    expect(report).toMatchObject({ equal: true, outcomes: [{ outcome: 'equal' }, { outcome: 'equal' }] });
  });
});
