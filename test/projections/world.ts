import { type ClientBase, Pool } from 'pg';
import { type ActorId, actorId, type Decider, type Instant, instant, type Message, Rejection } from '#kernel';
import {
  type CommandContext,
  type CommandRunner,
  createInMemoryLog,
  createRunner,
  defineEvent,
  type EventLog,
  EventRegistry,
  type EventsOf,
  migrateEventLog,
  openPostgresLog,
} from '#libs/event-store';
import {
  type AnyProjection,
  type Consumer,
  type ConsumerHost,
  type ConsumerLogger,
  type ConsumerParts,
  createConsumerHost,
  defineProjection,
  migrateReadModels,
  openReadDb,
  projectionConsumer,
  type ReadDb,
} from '#libs/projections';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { z } from 'zod';

/* A small domain of its own, so that consumers are tested without any feature. */

export const accountOpened = defineEvent({ type: 'AccountOpened', version: 1, schema: z.strictObject({ owner: z.string() }) });
export const amountDeposited = defineEvent({ type: 'AmountDeposited', version: 1, schema: z.strictObject({ amount: z.int() }) });
export const accountClosed = defineEvent({ type: 'AccountClosed', version: 1, schema: z.strictObject({}) });
export const accountContracts = [accountOpened, amountDeposited, accountClosed] as const;
export type AccountEvent = EventsOf<typeof accountContracts>;

export type AccountCommand =
  | { readonly type: 'OpenAccount'; readonly data: { readonly owner: string } }
  | { readonly type: 'Deposit'; readonly data: { readonly amount: number } }
  | { readonly type: 'CloseAccount'; readonly data: object };

export interface Account {
  readonly status: 'none' | 'open' | 'closed';
  readonly balance: number;
}

export const accountDecider: Decider<AccountCommand, Account, AccountEvent> = {
  category: 'account',
  initial: { status: 'none', balance: 0 },
  decide: (command, state) => {
    if (command.type === 'OpenAccount')
      return state.status === 'none' ? [{ type: 'AccountOpened', data: { owner: command.data.owner } }] : [];
    if (state.status !== 'open') throw new Rejection('account.not-open');
    return command.type === 'Deposit'
      ? [{ type: 'AmountDeposited', data: { amount: command.data.amount } }]
      : [{ type: 'AccountClosed', data: {} }];
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'AccountOpened':
        return { status: 'open', balance: 0 };
      case 'AmountDeposited':
        return { ...state, balance: state.balance + event.data.amount };
      case 'AccountClosed':
        return { ...state, status: 'closed' };
    }
  },
  isTerminal: (state) => state.status === 'closed',
};

export type BalanceRow = {
  readonly account: string;
  readonly owner: string;
  readonly balance: number;
  readonly exact: string;
  readonly notes: readonly number[];
  readonly changed_at: Instant;
};

/** `poison`: folding a deposit of this amount fails. */
export function balanceProjection(
  options: {
    readonly name?: string;
    readonly version?: number;
    readonly history?: boolean;
    readonly poison?: () => number | undefined;
    readonly factor?: number;
  } = {},
): AnyProjection {
  const { name = 'balance', version = 1, history = false, poison = () => undefined, factor = 1 } = options;
  return defineProjection<BalanceRow, AccountEvent>({
    name,
    version,
    columns: { account: 'text', owner: 'text', balance: 'bigint', exact: 'numeric', notes: 'jsonb', changed_at: 'timestamptz' },
    key: ['account'],
    indexes: [{ columns: ['owner', 'balance'] }],
    history,
    on: {
      AccountOpened: {
        keys: (event) => [[event.streamId]],
        evolve: (_row, event) => ({
          account: event.streamId,
          owner: event.data.owner,
          balance: 0,
          exact: '0.00',
          notes: [],
          changed_at: event.recordedAt,
        }),
      },
      AmountDeposited: {
        keys: (event) => [[event.streamId]],
        evolve: (row, event) => {
          if (event.data.amount === poison()) throw new TypeError('poison');
          if (!row) return undefined;
          const balance = row.balance + event.data.amount * factor;
          return {
            ...row,
            balance,
            exact: `${balance}.50`,
            notes: [...row.notes.slice(-2), event.data.amount],
            changed_at: event.recordedAt,
          };
        },
      },
      AccountClosed: { keys: (event) => [[event.streamId]], evolve: () => undefined },
    },
  });
}

export interface LoggedLine {
  readonly level: string;
  readonly fields: object;
  readonly message: string;
}

export function recordingLogger(): ConsumerLogger & { readonly lines: LoggedLine[] } {
  const lines: LoggedLine[] = [];
  const at = (level: string) => (fields: object, message: string) => void lines.push({ level, fields, message });
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
}

export const registry = new EventRegistry(accountContracts);
export const ACTOR: ActorId = actorId('system:test');
export const NOW: Instant = instant('2026-11-02T01:00:00.000Z');

export interface World {
  readonly db: TestDatabase;
  readonly pool: Pool;
  readonly log: EventLog;
  readonly runner: CommandRunner;
  readonly read: ReadDb;
  readonly logger: ReturnType<typeof recordingLogger>;
  run(id: string, ...commands: readonly AccountCommand[]): Promise<void>;
  host(
    consumers: (parts: ConsumerParts) => readonly Consumer[],
    options?: { readonly pageEvents?: number; readonly pool?: Pool },
  ): ConsumerHost;
  projecting(...projections: readonly AnyProjection[]): ConsumerHost;
  head(): Promise<number>;
  end(): Promise<void>;
}

/** A database of its own with read models; the log in memory unless a test is about several processes. */
export async function openWorld(kind: EventLog | 'postgres' = createInMemoryLog()): Promise<World> {
  const migrations = kind === 'postgres' ? [(owner: ClientBase) => migrateEventLog(owner), migrateReadModels] : [migrateReadModels];
  const db = await createTestDatabase({ migrations });
  const log = kind === 'postgres' ? await openPostgresLog({ url: db.applicationUrl }) : kind;
  const pool = new Pool({ connectionString: db.applicationUrl, max: 8 });
  pool.on('error', () => undefined);
  const logger = recordingLogger();
  const runner = testRunner(log);
  const hosts: ConsumerHost[] = [];
  let request = 0;
  const context = (): CommandContext => ({ now: NOW, actor: ACTOR, requestKey: `test-${(request += 1)}` });
  const host: World['host'] = (consumers, options = {}) => {
    const made = createConsumerHost({
      pool: options.pool ?? pool,
      log,
      decoder: registry,
      logger,
      consumers,
      ...(options.pageEvents !== undefined && { pageEvents: options.pageEvents }),
    });
    hosts.push(made);
    made.start();
    return made;
  };
  return {
    db,
    pool,
    log,
    runner,
    read: openReadDb(pool),
    logger,
    run: async (id, ...commands) => {
      for (const command of commands) await runner.run(accountDecider, id, command, context());
    },
    host,
    projecting: (...projections) => host((parts) => projections.map((projection) => projectionConsumer(projection, parts))),
    head: async () => (await log.head()).position,
    end: async () => {
      await Promise.all(hosts.map((one) => one.stop()));
      await pool.end();
      await log.close();
      await db.drop();
    },
  };
}

export function testRunner(log: EventLog): CommandRunner {
  return createRunner({ log, registry, sealer: { sealAll: () => Promise.resolve([]) }, fingerprintKey: new Uint8Array(32) });
}

export function open(owner: string): AccountCommand {
  return { type: 'OpenAccount', data: { owner } };
}

export function deposit(amount: number): AccountCommand {
  return { type: 'Deposit', data: { amount } };
}

export const close: AccountCommand = { type: 'CloseAccount', data: {} };

/** Events of a spec without any log. */
export function recorded<E extends Message>(
  position: number,
  streamId: string,
  message: E,
): E & {
  epoch: number;
  position: number;
  streamId: string;
  streamVersion: number;
  eventId: string;
  schemaVersion: number;
  recordedAt: Instant;
  metadata: { commandId: string; causationId: string; correlationId: string; actor: ActorId; occurredAt: Instant };
} {
  const id = `test-${position}`;
  const metadata = { commandId: id, causationId: id, correlationId: id, actor: ACTOR, occurredAt: NOW };
  return { ...message, epoch: 1, position, streamId, streamVersion: 1, eventId: `${id}#0`, schemaVersion: 1, recordedAt: NOW, metadata };
}
