import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { projectionConsumer, reactorConsumer, readConsumers, replay } from '#libs/projections';
import { eventuallyTrue } from '#libs/testing';
import { mirrorReactor } from './mirror.reactor';
import { accountDecider, balanceProjection, deposit, NOW, open, openWorld, registry, type World } from './world';

const KILLS = 4;
const WAIT_MS = 30_000;
const TEST_MS = 120_000;
const ROOT = path.resolve(__dirname, '../..');

function startProcess(url: string): ChildProcess {
  return spawn(
    process.execPath,
    ['--conditions=centum-source', path.join(ROOT, 'test/contract/run-ts.cjs'), path.join(__dirname, 'projector-process.ts'), url],
    {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { PATH: process.env['PATH'] ?? '' },
    },
  );
}

async function checkpoint(world: World, name: string): Promise<number> {
  return (await readConsumers(world.pool, name))[0]?.position ?? 0;
}

it(
  'given a projector killed again and again while events keep coming, then rows are the fold and every command had its effect once',
  async () => {
    const world = await openWorld('postgres');
    const projections = [balanceProjection(), balanceProjection({ name: 'versions', history: true })];
    try {
      await world.run('mirror', open('m'));
      await world.run('a', open('o'));
      let writing = true;
      let deposits = 0;
      const writer = (async () => {
        while (writing) {
          await world.run('a', deposit(1));
          deposits += 1;
        }
      })();
      for (let kill = 0; kill < KILLS; kill += 1) {
        const child = startProcess(world.db.applicationUrl);
        const from = await checkpoint(world, 'mirror-deposits');
        // Somewhere in the middle of its work, each time after another number of events.
        await eventuallyTrue(async () => (await checkpoint(world, 'mirror-deposits')) > from + 30 * (kill + 1), {
          timeoutMs: WAIT_MS,
          intervalMs: 3,
        });
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      writing = false;
      await writer;
      world.host((parts) => [
        ...projections.map((projection) => projectionConsumer(projection, parts)),
        reactorConsumer(mirrorReactor(), { runner: world.runner, clock: { now: () => NOW } }, parts),
      ]);
      await eventuallyTrue(async () => (await world.runner.load(accountDecider, 'mirror')).state.balance >= deposits, {
        timeoutMs: WAIT_MS,
      });
      for (const name of ['balance', 'versions', 'mirror-deposits']) await world.read.waitForProjection(name, await world.head(), WAIT_MS);
      expect((await world.runner.load(accountDecider, 'mirror')).state.balance).toBe(deposits);
      expect(await replay({ pool: world.pool, log: world.log, decoder: registry, projections })).toMatchObject({ equal: true });
    } finally {
      await world.end();
    }
  },
  TEST_MS,
);
