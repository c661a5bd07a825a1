import { type Decider, Rejection } from '#kernel';
import { createTestDatabase, SPEC_ACTOR, SPEC_NOW, type TestDatabase, trivialSealer } from '#libs/testing';
import { z } from 'zod';
import {
  type CommandRunner,
  createRunner,
  defineEvent,
  type EventLog,
  EventRegistry,
  type EventsOf,
  migrateEventLog,
  openPostgresLog,
} from './index';

const raised = defineEvent({ type: 'Raised', version: 1, schema: z.strictObject({ by: z.int() }) });
const contracts = [raised] as const;
type CounterEvent = EventsOf<typeof contracts>;
interface Raise {
  readonly type: 'Raise';
  readonly data: { readonly by: number };
}

const counter: Decider<Raise, number, CounterEvent> = {
  category: 'counter',
  initial: 0,
  decide: ({ data }, total) => {
    if (total + data.by > 100) throw new Rejection('counter.full', { total });
    return [{ type: 'Raised', data }];
  },
  evolve: (total, event) => total + event.data.by,
  isTerminal: () => false,
};

let database: TestDatabase;
let logs: readonly EventLog[];
let runners: readonly CommandRunner[];
beforeAll(async () => {
  database = await createTestDatabase({ migrations: [migrateEventLog] });
  logs = await Promise.all([0, 1].map(() => openPostgresLog({ url: database.applicationUrl })));
  const registry = new EventRegistry(contracts);
  runners = logs.map((log) => createRunner({ log, registry, sealer: trivialSealer, fingerprintKey: Buffer.alloc(32, 3) }));
});
afterAll(async () => {
  await Promise.all(logs.map((log) => log.close()));
  await database.drop();
});

const context = { now: SPEC_NOW, actor: SPEC_ACTOR };

it('two runners that do the same sweep at once do it once, and both get the same answers', async () => {
  const items = Array.from({ length: 1_500 }, (_, index) => ({
    id: `s${index}`,
    command: { type: 'Raise', data: { by: 1 } } as const,
    requestKey: `sweep/${index}`,
  }));
  const [first, second] = await Promise.all(runners.map((runner) => runner.runMany(counter, items, context)));
  const answers = (outcomes: typeof first) =>
    outcomes?.map((outcome) => (outcome.kind === 'done' ? `${outcome.result.token} v${outcome.result.version}` : outcome.code));
  expect(answers(first)).toEqual(answers(second));
  expect(await logs[0]?.head()).toMatchObject({ position: 1_500 });
});

it('many commands on one stream through two runners are decided again until each has its turn', async () => {
  const run = async (runner: CommandRunner, number: number): Promise<PromiseSettledResult<unknown>[]> =>
    Promise.allSettled(
      Array.from({ length: 15 }, (_, index) =>
        runner.run(counter, 'hot', { type: 'Raise', data: { by: 4 } }, { ...context, requestKey: `hot/${number}/${index}` }),
      ),
    );
  const results = (await Promise.all(runners.map(run))).flat();
  const load = await runners[0]?.load(counter, 'hot');
  const done = results.filter(({ status }) => status === 'fulfilled').length;
  expect(load).toEqual({ state: done * 4, version: done });
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThanOrEqual(25);
  for (const result of results) {
    if (result.status === 'rejected')
      expect(result.reason).toMatchObject({ code: expect.stringMatching(/^(counter\.full|version-conflict)$/) });
  }
});
