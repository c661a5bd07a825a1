import { type Decider, type Message, Rejection } from '#kernel';
import type { CommandRunner, EventLog, StoredEvent } from '#libs/event-store';
import { createInMemoryLog } from '#libs/event-store';
import {
  type AnyReactor,
  defineReactor,
  dispatch,
  projectionConsumer,
  projectorHealth,
  reactorConsumer,
  reactorRequestKey,
  readConsumers,
} from '#libs/projections';
import { eventually, eventuallyTrue } from '#libs/testing';
import { mirrorReactor } from './mirror.reactor';
import { type AccountEvent, accountDecider, balanceProjection, deposit, NOW, open, openWorld, type World } from './world';

const WAIT_MS = 15_000;

describe('reactors', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(async () => {
    await world.end();
  });

  const reacting = (reactor: AnyReactor, runner: CommandRunner = world.runner) =>
    world.host((parts) => [
      projectionConsumer(balanceProjection(), parts),
      reactorConsumer(reactor, { runner, clock: { now: () => NOW } }, parts),
    ]);
  const mirrored = async () => (await world.runner.load(accountDecider, 'mirror')).state.balance;

  it('given a reactor stopped after its command and before its checkpoint, when it runs again, then the effect is there once', async () => {
    await world.run('mirror', open('m'));
    await world.run('a', open('o'), deposit(3), deposit(4));
    let crash = true;
    const crashing: CommandRunner = {
      run: async (decider, id, command, context) => {
        const result = await world.runner.run(decider, id, command, context);
        if (crash) throw Object.assign(new Error('the process died here'), { code: 'ECONNRESET' });
        return result;
      },
      runMany: world.runner.runMany.bind(world.runner),
      runTogether: world.runner.runTogether.bind(world.runner),
      load: world.runner.load.bind(world.runner),
      loadMany: world.runner.loadMany.bind(world.runner),
    };
    const first = reacting(mirrorReactor(), crashing);
    await eventuallyTrue(async () => (await mirrored()) === 3);
    await first.stop();
    crash = false;
    reacting(mirrorReactor());
    await world.read.waitForProjection('mirror-deposits', await world.head(), WAIT_MS);
    expect(await mirrored()).toBe(7);
    expect((await readConsumers(world.pool, 'mirror-deposits'))[0]).toMatchObject({ kind: 'reactor', parked: null });
  });

  it('given a refused command, then the rejection is counted and the reactor goes on', async () => {
    await world.run('a', open('o'), deposit(3));
    reacting(mirrorReactor());
    await world.read.waitForProjection('mirror-deposits', await world.head(), WAIT_MS);
    await eventually(async () =>
      expect((await readConsumers(world.pool, 'mirror-deposits'))[0]).toMatchObject({
        rejections: 1,
        lastRejection: 'account.not-open',
        parked: null,
      }),
    );
  });

  it('given a handler that fails, then the reactor parks naming the event, and takes it when it can', async () => {
    await world.run('mirror', open('m'));
    await world.run('a', open('o'), deposit(3));
    let fail = true;
    reacting(mirrorReactor({ fail: () => fail, concurrency: 4 }));
    await eventually(async () =>
      expect((await projectorHealth(world.pool, await world.log.head())).consumers).toContainEqual(
        expect.objectContaining({
          name: 'mirror-deposits',
          state: 'parked',
          parked: expect.objectContaining({ position: 3, type: 'AmountDeposited', code: 'TypeError' }),
        }),
      ),
    );
    fail = false;
    await world.read.waitForProjection('mirror-deposits', await world.head(), WAIT_MS).catch(() => undefined);
    await eventuallyTrue(async () => (await mirrored()) === 3);
  });

  it('given many streams and side-by-side handling, then every event has its effect once', async () => {
    await world.run('mirror', open('m'));
    for (let index = 0; index < 40; index += 1) await world.run(`a${index}`, open('o'), deposit(1), deposit(1));
    reacting(mirrorReactor({ concurrency: 16 }));
    await world.read.waitForProjection('mirror-deposits', await world.head(), WAIT_MS);
    expect(await mirrored()).toBe(80);
  });
});

describe('request keys of reactors', () => {
  it('shortens the ids that a chain of reactors makes, the same way each time', () => {
    expect(reactorRequestKey('r', 'key#0', 'cycle-1')).toBe('r/key#0/cycle-1');
    const long = 'x'.repeat(280);
    const key = reactorRequestKey('r', long, 'cycle-1');
    expect(Buffer.byteLength(key)).toBeLessThan(120);
    expect(key).toBe(reactorRequestKey('r', long, 'cycle-1'));
  });
});

/** The log after a restore: history cut at a position, epoch raised, other events after it. */
function restorable(log: EventLog): EventLog & { restore(keep: number): void } {
  let epoch = 1;
  let keep = Infinity;
  let base = 0;
  const shown = (event: StoredEvent): StoredEvent | undefined => {
    if (event.position <= keep) return event;
    return event.position > base ? { ...event, epoch, position: event.position - base + keep } : undefined;
  };
  const all = async () => (await log.readAll(0, { maxEvents: 5000 })).flatMap((event) => shown(event) ?? []);
  return {
    ...log,
    capabilities: log.capabilities,
    append: (request) => log.append(request),
    readStream: (id, options) => log.readStream(id, options),
    readStreams: (ids) => log.readStreams(ids),
    findRequests: (keys) => log.findRequests(keys),
    waitFor: (token, timeoutMs) => log.waitFor(token, timeoutMs),
    positionAt: (time) => log.positionAt(time),
    onCommit: (wake) => log.onCommit(wake),
    close: () => log.close(),
    head: async () => ({ logId: (await log.head()).logId, epoch, position: (await all()).length }),
    readAll: async (after, { maxEvents }) => (await all()).filter(({ position }) => position > after).slice(0, maxEvents),
    restore: (kept) => {
      keep = kept;
      base = Infinity;
      void log.head().then(({ position }) => {
        base = position;
      });
      epoch += 1;
    },
  };
}

describe('a log restored from an older backup', () => {
  it('given a raised epoch, then projections are rebuilt and reactors take the new events at positions seen before', async () => {
    const log = restorable(createInMemoryLog());
    const world = await openWorld(log);
    const seen: string[] = [];
    const watch: Decider<Message, number, Message> = {
      category: 'none',
      initial: 0,
      decide: () => {
        throw new Rejection('none.none');
      },
      evolve: (state) => state,
      isTerminal: () => false,
    };
    const reactor = defineReactor<AccountEvent>({
      name: 'watcher',
      version: 1,
      on: {
        AccountOpened: async (event) => {
          seen.push(`${event.epoch}:${event.position}:${event.streamId}`);
          return [];
        },
        AmountDeposited: async () => [dispatch(watch, 'x', { type: 'Nothing', data: {} })],
        AccountClosed: async () => [],
      },
    });
    try {
      world.host((parts) => [
        projectionConsumer(balanceProjection(), parts),
        reactorConsumer(reactor, { runner: world.runner, clock: { now: () => NOW } }, parts),
      ]);
      await world.run('a', open('o'));
      await world.run('b', open('o'));
      await world.run('c', open('o'));
      await world.read.waitForProjection('balance', 3, WAIT_MS);
      await world.read.waitForProjection('watcher', 3, WAIT_MS);
      log.restore(1);
      await world.run('d', open('o'));
      await eventually(async () =>
        expect(await readConsumers(world.pool)).toMatchObject([
          { name: 'balance', role: 'live', epoch: 2, position: 2 },
          { name: 'watcher', epoch: 2, position: 2 },
        ]),
      );
      expect(await world.read.query('SELECT account FROM read.balance ORDER BY account')).toEqual([
        { account: 'account-a' },
        { account: 'account-d' },
      ]);
      expect(seen).toEqual(['1:1:account-a', '1:2:account-b', '1:3:account-c', '2:2:account-d']);
    } finally {
      await world.end();
    }
  });
});
