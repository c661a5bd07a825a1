import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { type Projector, startProjector, temporalWorkflows, type WorkflowPort } from '#apps/projector';
import { freePort, type RunningTemporal, SEARCH_ATTRIBUTES, startTemporal } from '#infra/embedded';
import { type AnyWorkflowRoute, defineWorkflowRoute } from '#libs/projections';
import { eventually, eventuallyTrue } from '#libs/testing';
import { type Account, type AccountEvent, accountDecider, close, deposit, NOW, open, openWorld, registry, type World } from './world';

/** Temporal's client takes a while to find a server that went and came back. */
const WAIT_MS = 60_000;
const TEST_MS = 240_000;

const route: AnyWorkflowRoute = defineWorkflowRoute<Account, AccountEvent>({
  decider: accountDecider,
  workflowType: 'accountKeeper',
  taskQueue: 'nobody-works-here',
  startsOn: ['AccountOpened'],
  endsOn: ['AccountClosed'],
  argsOf: (event) => [{ accountId: event.streamId.slice('account-'.length) }],
  searchAttributes: (event) => ({ CentumKind: 'account', CentumCycle: event.streamId }),
  signals: { AmountDeposited: (event) => ({ amount: event.data.amount }), AccountClosed: () => ({}) },
});

describe('the workflow bridge on a real Temporal server', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'centum-bridge-'));
  let port: number;
  let temporal: RunningTemporal;
  let connection: Connection;
  let client: Client;
  let world: World;
  let running: Projector[] = [];

  const startServer = async (): Promise<void> => {
    temporal = await startTemporal({
      binary: process.env['CENTUM_TEST_TEMPORAL_CLI'] ?? '',
      folder,
      port,
      searchAttributes: SEARCH_ATTRIBUTES,
      dieWithProcess: { removing: [] },
    });
  };

  beforeAll(async () => {
    port = await freePort('127.0.0.1');
    await startServer();
    connection = await Connection.connect({ address: temporal.address });
    client = new Client({ connection });
  }, TEST_MS);
  afterAll(async () => {
    await connection.close();
    await temporal.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(async () => {
    await Promise.all(running.map((projector) => projector.stop()));
    running = [];
    await world.end();
  }, TEST_MS);

  const bridging = (workflows: WorkflowPort = temporalWorkflows(client), routes: readonly AnyWorkflowRoute[] = [route]) => {
    const { log, runner, pool, logger } = world;
    const projector = startProjector({
      log,
      registry,
      runner,
      clock: { now: () => NOW },
      pool,
      projections: [],
      reactors: [],
      routes,
      workflows,
      logger,
    });
    running.push(projector);
    return projector;
  };
  const caughtUp = async (): Promise<number> => world.read.waitForProjection('bridge-account', await world.head(), WAIT_MS);
  const signalsOf = async (id: string): Promise<readonly unknown[]> => {
    const { events } = await client.workflow.getHandle(`account-${id}`).fetchHistory();
    return (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) => {
      const bytes = signal?.input?.payloads?.[0]?.data;
      const payload: unknown = bytes && JSON.parse(Buffer.from(bytes).toString('utf8'));
      return payload === undefined ? [] : [payload];
    });
  };
  const statusOf = (id: string): Promise<string> => temporalWorkflows(client).status(`account-${id}`);
  const unique = (name: string): string => `${name}${world.db.name}`;

  it(
    'starts one workflow a stream, tells it what was recorded in order, and starts none for a stream that is over',
    async () => {
      const [a, b] = [unique('a'), unique('b')];
      await world.run(a, open('o'), deposit(5));
      await world.run(b, open('o'), deposit(1), close);
      const projector = bridging();
      await world.run(a, deposit(6));
      await caughtUp();
      await projector.stop();
      expect(await statusOf(a)).toBe('running');
      expect(await statusOf(b)).toBe('missing');
      expect(await signalsOf(a)).toEqual([
        { epoch: 1, position: 2, type: 'AmountDeposited', data: { amount: 5 } },
        { epoch: 1, position: 6, type: 'AmountDeposited', data: { amount: 6 } },
      ]);
      const { typedSearchAttributes } = await client.workflow.getHandle(`account-${a}`).describe();
      expect(typedSearchAttributes.get({ name: 'CentumCycle', type: 'KEYWORD' })).toBe(`account-${a}`);
    },
    TEST_MS,
  );

  it(
    'given a bridge that died after the start and before its mark, when it runs again, then there is still one workflow',
    async () => {
      const a = unique('a');
      const real = temporalWorkflows(client);
      let dying = true;
      const first = bridging({
        ...real,
        start: async (request) => {
          const outcome = await real.start(request);
          if (dying) throw Object.assign(new Error('the process died here'), { code: 'ECONNRESET' });
          return outcome;
        },
      });
      await world.run(a, open('o'), deposit(5));
      await eventuallyTrue(async () => (await statusOf(a)) === 'running');
      await first.stop();
      dying = false;
      const { runId } = await client.workflow.getHandle(`account-${a}`).describe();
      const second = bridging();
      await caughtUp();
      await second.stop();
      expect((await client.workflow.getHandle(`account-${a}`).describe()).runId).toBe(runId);
      expect(await signalsOf(a)).toHaveLength(1);
    },
    TEST_MS,
  );

  it(
    "given Temporal's file deleted while streams are open, then their workflows are started again, at start-up and when a signal meets nothing",
    async () => {
      const [a, b, c] = [unique('a'), unique('b'), unique('c')];
      const first = bridging();
      await world.run(a, open('o'));
      await world.run(b, open('o'));
      await world.run(c, open('o'), close);
      await caughtUp();
      await loseTemporal();
      await eventuallyTrue(async () => (await statusOf(a)) === 'missing', { timeoutMs: WAIT_MS });
      await world.run(a, deposit(5));
      await caughtUp();
      expect(await statusOf(a)).toBe('running');
      await first.stop();
      await loseTemporal();
      await eventuallyTrue(async () => (await statusOf(a)) === 'missing', { timeoutMs: WAIT_MS });
      const second = bridging();
      await eventuallyTrue(async () => (await statusOf(a)) === 'running' && (await statusOf(b)) === 'running', { timeoutMs: WAIT_MS });
      await second.stop();
      expect(await statusOf(c)).toBe('missing');
    },
    TEST_MS,
  );

  it(
    'given a workflow that ended before its stream, then it is an alarm until the stream is over, and others go on',
    async () => {
      const [a, b] = [unique('a'), unique('b')];
      const projector = bridging();
      await world.run(a, open('o'));
      await caughtUp();
      await client.workflow.getHandle(`account-${a}`).terminate('by the test');
      await world.run(a, deposit(5));
      await world.run(b, open('o'), deposit(6));
      await caughtUp();
      expect(await projector.health()).toMatchObject({
        ok: false,
        alarms: [{ streamId: `account-${a}`, route: 'account', code: 'workflow-ended-before-its-stream' }],
      });
      expect(await signalsOf(b)).toHaveLength(1);
      await world.run(a, close);
      await caughtUp();
      await eventually(async () => expect(await projector.health()).toMatchObject({ ok: true, alarms: [] }));
      await projector.stop();
    },
    TEST_MS,
  );

  it(
    'tells a workflow what a stream of another category says about it',
    async () => {
      const [a, b] = [unique('a'), unique('b')];
      const watching: AnyWorkflowRoute = {
        ...route,
        category: 'none',
        startsOn: [],
        neighbours: {
          AmountDeposited: ({ streamId }) => (streamId.endsWith(b) ? { streamId: `account-${a}`, data: { from: streamId } } : undefined),
        },
      };
      const projector = bridging(undefined, [route, watching]);
      await world.run(a, open('o'));
      await caughtUp();
      await world.run(b, open('o'), deposit(6));
      await world.read.waitForProjection('bridge-none', await world.head(), WAIT_MS);
      await projector.stop();
      expect(await signalsOf(a)).toEqual([{ epoch: 1, position: 3, type: 'AmountDeposited', data: { from: `account-${b}` } }]);
    },
    TEST_MS,
  );

  async function loseTemporal(): Promise<void> {
    await temporal.stop();
    for (const suffix of ['', '-shm', '-wal']) rmSync(path.join(folder, `temporal.db${suffix}`), { force: true });
    await startServer();
  }
});
