import { actorId, type Decider, PersonalText, Rejection, subjectId } from '#kernel';
import { createHarness, type Harness, SPEC_ACTOR, SPEC_NOW, testText, trivialSealer } from '#libs/testing';
import fc from 'fast-check';
import { z } from 'zod';
import {
  type AppendRequest,
  createRunner,
  defineEvent,
  type EventLog,
  EventStoreError,
  type EventsOf,
  personalText,
  RUNNER_LIMITS,
  together,
} from './index';

const ANNA = subjectId('0190a000-0000-7000-8000-000000000001');
const deposited = defineEvent({
  type: 'Deposited',
  version: 1,
  schema: z.strictObject({ amount: z.int(), memo: personalText().optional() }),
});
const withdrawn = defineEvent({ type: 'Withdrawn', version: 1, schema: z.strictObject({ amount: z.int() }) });
const contracts = [deposited, withdrawn] as const;
type AccountEvent = EventsOf<typeof contracts>;
type AccountCommand =
  | { readonly type: 'Deposit'; readonly data: { readonly amount: number; readonly memo?: PersonalText } }
  | { readonly type: 'Withdraw'; readonly data: { readonly amount: number } };

const account: Decider<AccountCommand, number, AccountEvent> = {
  category: 'account',
  initial: 0,
  decide: (command, balance) => {
    const { amount } = command.data;
    if (amount === 0) return [];
    if (command.type === 'Withdraw' && amount > balance) throw new Rejection('account.not-enough', { balance });
    if (command.type === 'Withdraw') return [{ type: 'Withdrawn', data: { amount } }];
    const { memo } = command.data;
    return [{ type: 'Deposited', data: memo ? { amount, memo } : { amount } }];
  },
  evolve: (balance, event) => balance + (event.type === 'Deposited' ? event.data.amount : -event.data.amount),
  isTerminal: () => false,
};

const deposit = (amount: number): AccountCommand => ({ type: 'Deposit', data: { amount } });
const withdraw = (amount: number): AccountCommand => ({ type: 'Withdraw', data: { amount } });

let harness: Harness;
beforeEach(() => {
  harness = createHarness(contracts);
});

describe('run', () => {
  it('decides on the state and appends at the version read', async () => {
    await harness.run(account, 'a', deposit(5));
    const result = await harness.run(account, 'a', withdraw(3));
    expect(result).toEqual({ streamId: 'account-a', version: 2, token: '1.2', repeated: false });
    expect(await harness.runner.load(account, 'a')).toEqual({ state: 2, version: 2 });
    expect(await harness.runner.load(account, 'a', { toPosition: 1 })).toEqual({ state: 5, version: 1 });
  });

  it('gives events their id from the key and metadata from the context', async () => {
    await harness.run(account, 'a', deposit(5), { requestKey: 'k1', causationId: 'cause' });
    expect(await harness.events('account-a')).toMatchObject([
      {
        eventId: 'k1#0',
        metadata: { actor: SPEC_ACTOR, commandId: 'k1', causationId: 'cause', correlationId: 'k1', occurredAt: SPEC_NOW },
      },
    ]);
  });

  it('answers a known key with the first result, though the command would be refused now', async () => {
    await harness.run(account, 'a', deposit(5));
    const first = await harness.run(account, 'a', withdraw(5), { requestKey: 'k' });
    expect(await harness.run(account, 'a', withdraw(5), { requestKey: 'k' })).toEqual({ ...first, repeated: true });
    expect(await harness.events('account-a')).toHaveLength(2);
  });

  it.each([
    ['input', 'a', deposit(6), {}],
    ['target', 'b', deposit(5), {}],
    ['type', 'a', withdraw(5), {}],
    ['actor', 'a', deposit(5), { actor: actorId(ANNA) }],
  ])('refuses a known key with another %s', async (_, id, command, changes) => {
    await harness.run(account, 'a', deposit(5), { requestKey: 'k' });
    await expect(harness.run(account, id, command, { requestKey: 'k', ...changes })).rejects.toMatchObject({ code: 'request-key-reused' });
  });

  it('knows a personal text again by subject and tag', async () => {
    const memo = (): AccountCommand => ({ type: 'Deposit', data: { amount: 1, memo: testText(ANNA, '奖金') } });
    await harness.run(account, 'a', memo(), { requestKey: 'k' });
    expect(await harness.run(account, 'a', memo(), { requestKey: 'k' })).toMatchObject({ repeated: true });
    const other: AccountCommand = { type: 'Deposit', data: { amount: 1, memo: testText(ANNA, '罚款') } };
    await expect(harness.run(account, 'a', other, { requestKey: 'k' })).rejects.toMatchObject({ code: 'request-key-reused' });
  });

  it('knows a request again by its intent, though what was derived from it differs', async () => {
    const intent = { wish: 'deposit' };
    const first = await harness.run(account, 'a', deposit(5), { requestKey: 'k', intent });
    expect(await harness.run(account, 'a', deposit(6), { requestKey: 'k', intent })).toEqual({ ...first, repeated: true });
    const other = { requestKey: 'k', intent: { wish: 'withdraw' } };
    await expect(harness.run(account, 'a', deposit(5), other)).rejects.toMatchObject({ code: 'request-key-reused' });
  });

  it('records the key of a decision without events', async () => {
    const first = await harness.run(account, 'a', deposit(0), { requestKey: 'k' });
    expect(first).toEqual({ streamId: 'account-a', version: 0, token: null, repeated: false });
    expect(await harness.run(account, 'a', deposit(0), { requestKey: 'k' })).toEqual({ ...first, repeated: true });
    await expect(harness.run(account, 'a', deposit(1), { requestKey: 'k' })).rejects.toMatchObject({ code: 'request-key-reused' });
  });

  it('does not record the key of a rejection', async () => {
    await expect(harness.run(account, 'a', withdraw(5), { requestKey: 'k' })).rejects.toMatchObject({ code: 'account.not-enough' });
    await harness.run(account, 'a', deposit(5));
    expect(await harness.run(account, 'a', withdraw(5), { requestKey: 'k' })).toMatchObject({ version: 2, repeated: false });
  });

  it('decides again after a conflict', async () => {
    await Promise.all(Array.from({ length: 20 }, () => harness.run(account, 'a', deposit(1))));
    expect(await harness.runner.load(account, 'a')).toEqual({ state: 20, version: 20 });
  });
});

describe('trouble below', () => {
  function runnerOver(append: (log: EventLog, request: AppendRequest, attempt: number) => ReturnType<EventLog['append']>) {
    const pauses: number[] = [];
    let attempts = 0;
    const { log } = harness;
    const runner = createRunner({
      registry: harness.registry,
      sealer: trivialSealer,
      fingerprintKey: Buffer.alloc(32, 7),
      pause: async (ms) => Promise.resolve(void pauses.push(ms)),
      log: {
        readStream: (id, options) => log.readStream(id, options),
        readStreams: (ids) => log.readStreams(ids),
        findRequests: (keys) => log.findRequests(keys),
        append: (request) => append(log, request, ++attempts),
      },
    });
    return { runner, pauses };
  }

  it('asks again with the same key when the outcome is unknown, and writes once', async () => {
    const { runner } = runnerOver(async (log, request, attempt) => {
      const outcome = await log.append(request);
      if (attempt < 3) throw new EventStoreError('outcome-unknown');
      return outcome;
    });
    expect(await runner.run(account, 'a', deposit(1), harness.context())).toMatchObject({ version: 1, repeated: true });
    expect(await harness.events('account-a')).toHaveLength(1);
  });

  it('gives up after a bounded number of conflicts, with growing waits', async () => {
    const { runner, pauses } = runnerOver(async () => Promise.reject(new EventStoreError('version-conflict')));
    await expect(runner.run(account, 'a', deposit(1), harness.context())).rejects.toMatchObject({ code: 'version-conflict' });
    expect(pauses).toHaveLength(RUNNER_LIMITS.conflictRetries);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(RUNNER_LIMITS.retryMaxMs);
  });

  it('passes on a store that is not there, unrepeated', async () => {
    const { runner, pauses } = runnerOver(async () => Promise.reject(new EventStoreError('store-unavailable')));
    await expect(runner.run(account, 'a', deposit(1), harness.context())).rejects.toMatchObject({ code: 'store-unavailable' });
    expect(pauses).toEqual([]);
  });

  /** A log that says of no key that it is known the first time it is asked, as when the first try is written just then. */
  function runnerThatAsksTooEarly() {
    const { log, registry } = harness;
    let asked = 0;
    return createRunner({
      registry,
      sealer: trivialSealer,
      fingerprintKey: Buffer.alloc(32, 7),
      log: {
        readStream: (id, options) => log.readStream(id, options),
        readStreams: (ids) => log.readStreams(ids),
        findRequests: async (keys) => (asked++ === 0 ? keys.map(() => undefined) : log.findRequests(keys)),
        append: (request) => log.append(request),
      },
    });
  }

  it('answers the first receipt when the first try is written between the look for its key and the read', async () => {
    await harness.run(account, 'a', deposit(5));
    const first = await harness.run(account, 'a', withdraw(5), { requestKey: 'k', expectedVersion: 1 });
    const again = { ...first, repeated: true };
    const context = harness.context({ requestKey: 'k' });
    expect(await runnerThatAsksTooEarly().run(account, 'a', withdraw(5), context)).toEqual(again);
    expect(await runnerThatAsksTooEarly().run(account, 'a', withdraw(5), { ...context, expectedVersion: 1 })).toEqual(again);
    const other = runnerThatAsksTooEarly().run(account, 'a', withdraw(6), context);
    await expect(other).rejects.toMatchObject({ code: 'request-key-reused' });
    const unknown = runnerThatAsksTooEarly().run(account, 'a', withdraw(5), harness.context());
    await expect(unknown).rejects.toMatchObject({ code: 'account.not-enough' });
  });

  it('runMany looks again for the keys that were refused', async () => {
    await harness.run(account, 'a', deposit(5));
    const first = await harness.run(account, 'a', withdraw(5), { requestKey: 'k1' });
    const items = ['k1', 'k2'].map((requestKey) => ({ id: 'a', command: withdraw(5), requestKey }));
    expect(await runnerThatAsksTooEarly().runMany(account, items, { now: SPEC_NOW, actor: SPEC_ACTOR })).toEqual([
      { kind: 'done', id: 'a', result: { ...first, repeated: true } },
      { kind: 'rejected', id: 'a', code: 'account.not-enough', details: { balance: 0 } },
    ]);
  });

  it('runMany finishes all items before it throws', async () => {
    const { runner } = runnerOver(async (log, request) =>
      request.requestKey === 'k0' ? Promise.reject(new EventStoreError('store-unavailable')) : log.append(request),
    );
    const items = ['k0', 'k1', 'k2'].map((requestKey) => ({ id: requestKey, command: deposit(1), requestKey }));
    await expect(runner.runMany(account, items, { now: SPEC_NOW, actor: SPEC_ACTOR })).rejects.toMatchObject({ code: 'store-unavailable' });
    expect(await harness.all()).toHaveLength(2);
  });
});

describe('loadMany', () => {
  it('folds each stream as load does, in the order asked and in one query, also those that do not exist', async () => {
    await harness.run(account, 'a', deposit(5));
    await harness.run(account, 'b', deposit(2));
    await harness.run(account, 'b', deposit(3));
    const many = jest.spyOn(harness.log, 'readStreams');
    expect(await harness.runner.loadMany(account, ['b', 'nobody', 'a'])).toEqual([
      { state: 5, version: 2 },
      { state: 0, version: 0 },
      { state: 5, version: 1 },
    ]);
    expect(many.mock.calls).toEqual([[['account-b', 'account-nobody', 'account-a']]]);
    expect(await harness.runner.loadMany(account, [])).toEqual([]);
  });

  it('refuses more streams than it may take', async () => {
    const ids = Array.from({ length: RUNNER_LIMITS.manyItems + 1 }, (_, index) => `a${index}`);
    await expect(harness.runner.loadMany(account, ids)).rejects.toThrow(RangeError);
  });
});

describe('runMany', () => {
  const context = { now: SPEC_NOW, actor: SPEC_ACTOR };

  it('gives each item its own outcome', async () => {
    await harness.run(account, 'rich', deposit(10));
    const outcomes = await harness.runner.runMany(
      account,
      [
        { id: 'rich', command: withdraw(4), requestKey: 'k1' },
        { id: 'poor', command: withdraw(4), requestKey: 'k2' },
        { id: 'new', command: deposit(1), requestKey: 'k3' },
        { id: 'rich', command: withdraw(4), requestKey: 'k4' },
        { id: 'rich', command: withdraw(4), requestKey: 'k5' },
      ],
      context,
    );
    expect(outcomes).toMatchObject([
      { kind: 'done', id: 'rich', result: { version: 2 } },
      { kind: 'rejected', id: 'poor', code: 'account.not-enough', details: { balance: 0 } },
      { kind: 'done', id: 'new', result: { version: 1 } },
      { kind: 'done', id: 'rich', result: { version: 3 } },
      { kind: 'rejected', id: 'rich', code: 'account.not-enough' },
    ]);
  });

  it('answers a repeat in full from the first time', async () => {
    const items = Array.from({ length: 50 }, (_, index) => ({ id: `a${index}`, command: deposit(1), requestKey: `k${index}` }));
    await harness.runner.runMany(account, items.slice(0, 30), context);
    const outcomes = await harness.runner.runMany(account, items, context);
    expect(outcomes.map((outcome) => outcome.kind === 'done' && outcome.result.repeated)).toEqual(items.map((_, index) => index < 30));
    expect(await harness.all()).toHaveLength(50);
  });

  it('refuses a key used for something else, and more items than it may take', async () => {
    await harness.run(account, 'a', deposit(1), { requestKey: 'k' });
    await expect(harness.runner.runMany(account, [{ id: 'a', command: deposit(2), requestKey: 'k' }], context)).rejects.toMatchObject({
      code: 'request-key-reused',
    });
    const many = Array.from({ length: RUNNER_LIMITS.manyItems + 1 }, (_, index) => ({
      id: 'a',
      command: deposit(1),
      requestKey: `k${index}`,
    }));
    await expect(harness.runner.runMany(account, many, context)).rejects.toThrow(RangeError);
  });
});

describe('runTogether', () => {
  it('appends all parts or none', async () => {
    await harness.run(account, 'from', deposit(5));
    const move = (amount: number) => [together(account, 'from', withdraw(amount)), together(account, 'to', deposit(amount))];
    expect(await harness.runner.runTogether(move(3), harness.context({ requestKey: 'm' }))).toMatchObject({
      streamId: 'account-from',
      version: 2,
    });
    expect(await harness.runner.runTogether(move(3), harness.context({ requestKey: 'm' }))).toMatchObject({ repeated: true });
    await expect(harness.runner.runTogether(move(3), harness.context())).rejects.toMatchObject({ code: 'account.not-enough' });
    expect(await harness.runner.load(account, 'to')).toEqual({ state: 3, version: 1 });
  });

  it('knows a request again by its intent, though what was derived from it differs', async () => {
    const parts = (amount: number) => [together(account, 'a', deposit(amount)), together(account, 'b', deposit(amount))];
    const context = harness.context({ requestKey: 'm', intent: { wish: 'both' } });
    const first = await harness.runner.runTogether(parts(1), context);
    expect(await harness.runner.runTogether(parts(2), context)).toEqual({ ...first, repeated: true });
    const other = harness.runner.runTogether(parts(1), { ...context, intent: { wish: 'one' } });
    await expect(other).rejects.toMatchObject({ code: 'request-key-reused' });
  });
});

const arbitraryCommand = fc.record({
  id: fc.constantFrom('a', 'b'),
  command: fc
    .tuple(fc.boolean(), fc.integer({ min: 0, max: 20 }))
    .map(([isDeposit, amount]) => (isDeposit ? deposit(amount) : withdraw(amount))),
});

it('every command is idempotent by its request key, in every history', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(arbitraryCommand, { maxLength: 15 }), fc.array(fc.nat(), { maxLength: 8 }), async (history, repeats) => {
      const own = createHarness(contracts);
      const attempt = async (index: number): Promise<unknown> => {
        const entry = history[index];
        if (!entry) return undefined;
        try {
          const { repeated, ...result } = await own.run(account, entry.id, entry.command, { requestKey: `k${index}` });
          expect(typeof repeated).toBe('boolean');
          return result;
        } catch (error) {
          if (error instanceof Rejection) return undefined;
          throw error;
        }
      };
      const first: unknown[] = [];
      for (let index = 0; index < history.length; index += 1) first.push(await attempt(index));
      const before = await own.all();
      for (const repeat of repeats) {
        const index = history.length === 0 ? 0 : repeat % history.length;
        if (first[index] !== undefined) expect(await attempt(index)).toEqual(first[index]);
      }
      expect(await own.all()).toEqual(before);
    }),
    { numRuns: 60 },
  );
});
