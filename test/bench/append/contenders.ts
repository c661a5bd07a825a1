import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import { createHash } from 'node:crypto';
import pg from 'pg';
import { type EventLog, migrateEventLog, openPostgresLog } from '#libs/event-store';

/** One durable append of one event, as a client of each store would do it. */
export interface Contender {
  readonly name: string;
  /** Resolves when the event is stored; what is needed to find it again is kept by the contender. */
  append(work: Work): Promise<void>;
  /** Re-reads everything it acknowledged; gives how many are missing, doubled or elsewhere. */
  lost(): Promise<number>;
  close(): Promise<void>;
}

/** The next event of a client: its stream, and the version the stream has before. */
export interface Work {
  readonly key: string;
  readonly streamId: string;
  readonly expectedVersion: number;
}

export const PAYLOAD = JSON.stringify({
  cycleId: '0190a000-0000-7000-8000-00000000c1c1',
  subject: '0190a000-0000-7000-8000-00000000a1a1',
  period: '2026-11',
  scheme: { schemeId: 'result-times-behaviour', version: 3 },
  steps: [{ step: 'self-review' }, { step: 'manager-review', reviewer: '0190a000-0000-7000-8000-00000000b1b1' }],
  openedAt: '2026-11-02T01:00:00.000Z',
});
const METADATA = JSON.stringify({
  actor: 'system:bench',
  causationId: 'bench',
  commandId: 'bench',
  correlationId: 'bench',
  occurredAt: '2026-11-02T01:00:00.000Z',
});
const payload = Buffer.from(PAYLOAD);
const metadata = Buffer.from(METADATA);

/** The product: all promises, through the lane. */
export async function centum(url: string): Promise<Contender> {
  await withClient(url, (client) => migrateEventLog(client));
  const log = await openPostgresLog({ url });
  const tokens = new Map<string, string>();
  return {
    name: 'centum',
    append: async ({ key, streamId, expectedVersion }) => {
      const { receipt } = await log.append({
        requestKey: key,
        fingerprint: createHash('sha256').update(key).digest(),
        streams: [
          { streamId, expectedVersion, events: [{ type: 'AppraisalOpened', schemaVersion: 1, eventId: `${key}#0`, metadata, payload }] },
        ],
      });
      tokens.set(key, receipt.token ?? '');
    },
    lost: () => lostFromLog(log, tokens),
    close: () => log.close(),
  };
}

async function lostFromLog(log: EventLog, tokens: ReadonlyMap<string, string>): Promise<number> {
  const { position: end } = await log.head();
  let found = 0;
  for (let after = 0; after < end;) {
    const page = await log.readAll(after, { maxEvents: 5_000 });
    for (const event of page)
      if (tokens.get(event.eventId.slice(0, -2)) === `${event.epoch}.${event.position}` && payload.equals(event.payload)) found += 1;
    after += page.length;
  }
  return Math.abs(tokens.size - found) + (end - tokens.size);
}

const RIVAL_SCHEMA = `
CREATE TABLE head (one boolean PRIMARY KEY DEFAULT true, position bigint NOT NULL, recorded_ms bigint NOT NULL) WITH (fillfactor = 10);
INSERT INTO head VALUES (true, 0, 0);
CREATE TABLE streams (version bigint NOT NULL, stream_id text COLLATE "C" PRIMARY KEY) WITH (fillfactor = 80);
CREATE TABLE requests (position bigint, created_ms bigint NOT NULL, request_key text COLLATE "C" PRIMARY KEY, fingerprint bytea NOT NULL, versions text NOT NULL);
CREATE TABLE events (position bigint PRIMARY KEY, recorded_ms bigint NOT NULL, stream_version bigint NOT NULL, schema_version integer NOT NULL,
  stream_id text COLLATE "C" NOT NULL, type text COLLATE "C" NOT NULL, event_id text COLLATE "C" NOT NULL, metadata bytea NOT NULL, payload bytea NOT NULL);
CREATE UNIQUE INDEX ON events (stream_id, stream_version);
`;
/** The same promises (version, request key, dense position) in one statement and one transaction for each request, without a lane. */
const RIVAL_APPEND = `WITH head AS (
  UPDATE head h SET position = h.position + 1, recorded_ms = greatest(h.recorded_ms, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint)
  RETURNING h.position, h.recorded_ms),
stream AS (
  INSERT INTO streams AS s (version, stream_id) SELECT $5::bigint + 1, $1::text FROM head
  ON CONFLICT (stream_id) DO UPDATE SET version = excluded.version WHERE s.version = $5::bigint RETURNING s.version),
request AS (
  INSERT INTO requests (position, created_ms, request_key, fingerprint, versions)
  SELECT head.position, head.recorded_ms, $2::text, $3::bytea, $4::text FROM head)
INSERT INTO events (position, recorded_ms, stream_version, schema_version, stream_id, type, event_id, metadata, payload)
  SELECT head.position, head.recorded_ms, stream.version, 1, $1::text, $6::text, $7::text, $8::bytea, $9::bytea FROM head, stream
RETURNING position`;

export async function transactionEach(url: string, clients: number): Promise<Contender> {
  await withClient(url, (client) => client.query(RIVAL_SCHEMA));
  const pool = poolOf(url, clients);
  const positions = new Map<string, string>();
  return {
    name: 'one transaction each, same promises',
    append: async ({ key, streamId, expectedVersion }) => {
      const { rows } = await pool.query<{ position: string }>({
        name: 'append',
        text: RIVAL_APPEND,
        values: [
          streamId,
          key,
          createHash('sha256').update(key).digest(),
          JSON.stringify([[streamId, expectedVersion + 1]]),
          expectedVersion,
          'AppraisalOpened',
          `${key}#0`,
          metadata,
          payload,
        ],
      });
      const [row] = rows;
      if (!row) throw new Error('not appended');
      positions.set(key, row.position);
    },
    lost: async () => lostRows(pool, positions),
    close: () => pool.end(),
  };
}

async function lostRows(pool: pg.Pool, positions: ReadonlyMap<string, string>): Promise<number> {
  const { rows } = await pool.query<{ event_id: string; position: string }>('SELECT event_id, position FROM events');
  const stored = new Map(rows.map(({ event_id: id, position }) => [id.slice(0, -2), position]));
  let lost = 0;
  for (const [key, position] of positions) if (stored.get(key) !== position) lost += 1;
  return lost;
}

const BARE_SCHEMA = `CREATE TABLE events (position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, stream_id text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL, event_id text COLLATE "C" NOT NULL, metadata bytea NOT NULL, payload bytea NOT NULL);`;

/** No promise but durability: the floor of what a transaction for each event costs. */
export async function bareInsert(url: string, clients: number): Promise<Contender> {
  await withClient(url, (client) => client.query(BARE_SCHEMA));
  const pool = poolOf(url, clients);
  const positions = new Map<string, string>();
  return {
    name: 'bare INSERT each',
    append: async ({ key, streamId }) => {
      const { rows } = await pool.query<{ position: string }>({
        name: 'insert',
        text: 'INSERT INTO events (stream_id, type, event_id, metadata, payload) VALUES ($1, $2, $3, $4, $5) RETURNING position',
        values: [streamId, 'AppraisalOpened', `${key}#0`, metadata, payload],
      });
      positions.set(key, rows[0]?.position ?? '');
    },
    lost: async () => lostRows(pool, positions),
    close: () => pool.end(),
  };
}

export async function emmett(url: string, clients: number): Promise<Contender> {
  const pool = poolOf(url, clients);
  const store = getPostgreSQLEventStore(url, { connectionOptions: { pool } });
  await store.schema.migrate();
  const data: Record<string, unknown> = JSON.parse(PAYLOAD) as Record<string, unknown>;
  const counts = new Map<string, number>();
  return {
    name: 'emmett-postgresql',
    append: async ({ streamId, expectedVersion }) => {
      const expectedStreamVersion = expectedVersion === 0 ? 'STREAM_DOES_NOT_EXIST' : BigInt(expectedVersion);
      await store.appendToStream(streamId, [{ type: 'AppraisalOpened', data }], { expectedStreamVersion });
      counts.set(streamId, (counts.get(streamId) ?? 0) + 1);
    },
    lost: async () => {
      const { rows } = await pool.query<{ stream_id: string; n: string }>(
        'SELECT stream_id, count(*) AS n FROM emt_messages GROUP BY stream_id',
      );
      const stored = new Map(rows.map(({ stream_id: id, n }) => [id, Number(n)]));
      let lost = 0;
      for (const [streamId, count] of counts) lost += Math.abs(count - (stored.get(streamId) ?? 0));
      return lost;
    },
    close: async () => {
      await store.close();
      await pool.end();
    },
  };
}

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function poolOf(url: string, clients: number): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: clients });
  // A lost idle connection shows in the next append; unheard it would end the process.
  pool.on('error', () => undefined);
  return pool;
}
