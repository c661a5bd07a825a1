import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { binaryCache, findTemporalBinary, findTemporalTestServer, startPostgres } from '../../infra/embedded';
import { shared } from './shared';

/**
 * Real servers for `*.int.spec.ts` and `*.e2e.spec.ts`, once per run of jest, told to the tests through the environment:
 * CENTUM_TEST_PG_URL (superuser of a PostgreSQL 18 that ends with this run, even when it is killed),
 * CENTUM_TEST_TEMPORAL_SERVER (the time-skipping server's program), CENTUM_TEST_TEMPORAL_CLI (the program with the dev server) and
 * CENTUM_TEST_SHELF (a folder for what the files of one run make once and share).
 * What is set already is used as it is.
 */
export default async function setup(): Promise<void> {
  const state = shared();
  state.users += 1;
  state.ready ??= start();
  await state.ready;
}

async function start(): Promise<void> {
  process.env['CENTUM_TEST_TEMPORAL_CLI'] ??= await findTemporalBinary({ cacheDir: binaryCache(), say });
  process.env['CENTUM_TEST_TEMPORAL_SERVER'] ??= await findTemporalTestServer({ cacheDir: binaryCache(), say });
  const shelf = mkdtempSync(path.join(tmpdir(), `centum-test-shelf-${process.pid}-`));
  process.env['CENTUM_TEST_SHELF'] = shelf;
  const given = process.env['CENTUM_TEST_PG_URL'];
  const stopServers = given === undefined ? await startServers() : () => dropShared(given, shelf);
  shared().stop = async () => {
    await stopServers();
    rmSync(shelf, { recursive: true, force: true });
    delete process.env['CENTUM_TEST_SHELF'];
  };
}

async function startServers(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(tmpdir(), `centum-test-pg-${process.pid}-`));
  const postgres = await startPostgres({
    dataDir: path.join(folder, 'data'),
    user: 'postgres',
    password: 'centum-test',
    durable: false,
    settings: { max_connections: '400', max_prepared_transactions: '0', shared_buffers: '256MB' },
    dieWithProcess: { removing: [folder] },
  });
  process.env['CENTUM_TEST_PG_URL'] = postgres.url();
  return async () => {
    await postgres.stop();
    delete process.env['CENTUM_TEST_PG_URL'];
    rmSync(folder, { recursive: true, force: true });
  };
}

/** On a server that stays, nothing is left behind. */
async function dropShared(url: string, shelf: string): Promise<void> {
  const note = path.join(shelf, 'demo.json');
  if (!existsSync(note)) return;
  const { database } = JSON.parse(readFileSync(note, 'utf8')) as { readonly database: string };
  const server = new Client({ connectionString: url });
  await server.connect();
  await server.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  await server.end();
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
