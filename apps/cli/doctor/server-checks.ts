import { Pool } from 'pg';
import { missingSearchAttributes } from '#infra/embedded';
import type { Configuration } from '#libs/config';
import { type LogHead, openPostgresLog } from '#libs/event-store';
import { projectorHealth } from '#libs/projections';
import { type Check, failed, ok, reasonOf, skipped, warning } from './check';

const OLDEST_SERVER = 180_000;
/** Events a consumer may be behind without anybody having to look. */
const MOST_BEHIND = 10_000;
const CONNECT_MS = 5_000;

interface ServerFacts {
  readonly version: string;
  readonly number: string;
  readonly encoding: string;
  readonly fsync: string;
  readonly pages: string;
  readonly commit: string;
}

/** Everything that is read from the database, one check after the other; the first that fails hides what needs it. */
export async function checkDatabase(configuration: Configuration): Promise<readonly Check[]> {
  const pool = new Pool({ connectionString: configuration.postgres.url, max: 2, connectionTimeoutMillis: CONNECT_MS });
  pool.on('error', () => undefined);
  try {
    const facts = await readFacts(pool);
    return [...checkServer(facts), ...(await checkLog(configuration, pool))];
  } catch (error) {
    return [failed('postgres', reasonOf(error), 'Start it, or correct CENTUM_POSTGRES_URL.')];
  } finally {
    await pool.end();
  }
}

async function readFacts(pool: Pool): Promise<ServerFacts> {
  const { rows } = await pool.query<ServerFacts>(
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num') AS number, current_setting('server_encoding') AS encoding,
       current_setting('fsync') AS fsync, current_setting('full_page_writes') AS pages, current_setting('synchronous_commit') AS commit`,
  );
  const [facts] = rows;
  if (facts === undefined) throw new Error('the server gave no answer');
  return facts;
}

function checkServer({ version, number, encoding, fsync, pages, commit }: ServerFacts): readonly Check[] {
  const durable = fsync === 'on' && pages === 'on' && commit !== 'off';
  return [
    Number.parseInt(number, 10) >= OLDEST_SERVER
      ? ok('postgres', `PostgreSQL ${version}`)
      : failed('postgres', `PostgreSQL ${version}`, 'Centum needs PostgreSQL 18 or newer.'),
    encoding === 'UTF8'
      ? ok('encoding', encoding)
      : failed('encoding', encoding, "Make the database anew with ENCODING 'UTF8': this one counts bytes for characters."),
    durable
      ? ok('durability', 'fsync, full_page_writes and synchronous_commit are on')
      : failed(
          'durability',
          `fsync ${fsync}, full_page_writes ${pages}, synchronous_commit ${commit}`,
          'Switch them on: what was acknowledged could be lost.',
        ),
  ];
}

async function checkLog(configuration: Configuration, pool: Pool): Promise<readonly Check[]> {
  let head: LogHead;
  let altered: string;
  try {
    const log = await openPostgresLog({ url: configuration.postgres.url, applicationName: 'centum doctor', readConnections: 1 });
    try {
      head = await log.head();
      altered = log.capabilities.cannotBeAltered;
    } finally {
      await log.close();
    }
  } catch (error) {
    return [failed('event log', reasonOf(error), 'Run "centum migrate".')];
  }
  return [
    ok('event log', `log ${head.logId}, epoch ${head.epoch}, position ${head.position}`),
    await checkTail(pool, head),
    altered === 'no'
      ? failed('grants', 'the configured role may change or remove events', 'Connect as centum_application, which may not.')
      : ok('grants', 'the configured role may add events, not change or remove them'),
    ...(await checkConsumers(pool, head)),
  ];
}

/** Positions are dense: the last stored one is the head, or something is damaged. */
async function checkTail(pool: Pool, head: LogHead): Promise<Check> {
  const { rows } = await pool.query<{ last: string | null }>('SELECT max(position)::text AS last FROM log.events WHERE position > $1', [
    Math.max(0, head.position - 1_000),
  ]);
  const last = rows[0]?.last ?? '0';
  return last === String(head.position)
    ? ok('tail', `the last event stands at ${last}`)
    : failed('tail', `head says ${head.position}, the last event stands at ${last}`, 'Stop writing and restore: the log is damaged.');
}

async function checkConsumers(pool: Pool, head: LogHead): Promise<readonly Check[]> {
  const health = await projectorHealth(pool, head);
  if (health.consumers.length === 0) return [warning('projector', 'it never ran on this database', 'Start "centum projector".')];
  const consumers = health.consumers.map((consumer): Check => {
    const part = `projector ${consumer.name}`;
    if (consumer.parked) {
      const { position } = consumer.parked;
      return failed(part, `parked at ${position}`, `Look at that event, correct the cause, then "centum projector" goes on from there.`);
    }
    if (consumer.state !== 'following' && consumer.state !== 'building')
      return failed(part, consumer.state, `Run "centum rebuild ${consumer.name}".`);
    if (consumer.behind > MOST_BEHIND) return warning(part, `${consumer.behind} events behind`, 'Is the projector running?');
    return ok(part, `${consumer.kind}, ${consumer.state}, ${consumer.behind} behind`);
  });
  const alarms = health.alarms.map((alarm) =>
    failed(
      'bridge',
      `${alarm.streamId}: ${alarm.code} at ${alarm.position}`,
      'Its workflow ended although its stream did not: start the bridge again, which starts it anew.',
    ),
  );
  return [...consumers, ...alarms];
}

export async function checkTemporal({ temporal }: Configuration): Promise<readonly Check[]> {
  try {
    const missing = await missingSearchAttributes(temporal);
    return [
      ok('temporal', `${temporal.address}, namespace ${temporal.namespace}`),
      missing.length === 0
        ? ok('search attributes', 'all registered')
        : failed(
            'search attributes',
            `missing: ${missing.join(', ')}`,
            `Register them: temporal operator search-attribute create ${missing.map((name) => `--name ${name} --type Keyword`).join(' ')}`,
          ),
    ];
  } catch (error) {
    return [failed('temporal', `${temporal.address}: ${reasonOf(error)}`, 'Start it, or correct CENTUM_TEMPORAL_ADDRESS.')];
  }
}

export function serversUnknown(why: string): readonly Check[] {
  return ['postgres', 'temporal'].map((part) => skipped(part, why));
}
