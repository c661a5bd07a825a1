import path from 'node:path';
import { assembleFeatures } from '#apps/assembly';
import {
  binaryCache,
  EmbeddedError,
  findTemporalBinary,
  isPortFree,
  type RunningPostgres,
  SEARCH_ATTRIBUTES,
  startPostgres,
  startTemporal,
} from '#infra/embedded';
import {
  EMBEDDED_DATABASE,
  EMBEDDED_SUPERUSER,
  embeddedConfiguration,
  type EmbeddedSecrets,
  embeddedUrls,
  forgetEmbeddedState,
  loadOrMakeSecrets,
  noteEmbeddedState,
  type Settings,
} from '#libs/config';
import { createLogger } from '../logger';
import { EXIT } from '../output';
import { prepareAccounts } from './accounts';
import { claimDataFolder } from './claim';
import { Closers } from './closers';
import { ensureDatabase, prepareDatabase } from './database';
import { openCoreOrExplain } from './open-core';
import { startParts } from './parts';
import { stopSignal } from './stop-signal';
import { welcome } from './welcome';

export interface UpRequest {
  readonly settings: Settings;
  readonly demo: boolean;
  readonly say: (line: string) => void;
  readonly tell: (line: string) => void;
}

/** Starts everything, then waits for a signal or for a server to fail, and stops everything. Sets the exit code. */
export async function runUp(request: UpRequest): Promise<void> {
  const closers = new Closers();
  const stop = stopSignal(request.tell);
  closers.add('signals', stop.release);
  try {
    const started = Date.now();
    const url = await startAll(request, closers, stop.failed);
    if (url !== undefined)
      request.tell(
        `Ready in ${Math.round((Date.now() - started) / 100) / 10} s. Ctrl-C stops everything; data stays in ${dataFolder(request)}.`,
      );
    const reason = await stop.reason;
    request.tell(reason.kind === 'failed' ? `${reason.what}: stopping everything.` : 'Stopping …');
    if (reason.kind === 'failed') process.exitCode = EXIT.failed;
  } finally {
    const left = await closers.closeAll();
    if (left.length > 0) request.tell(`These did not stop cleanly: ${left.join(', ')}. The next start takes care of them.`);
  }
  request.tell('Stopped.');
}

function dataFolder(request: UpRequest): string {
  return path.resolve(request.settings.CENTUM_DATA);
}

async function startAll(request: UpRequest, closers: Closers, failed: (what: string) => void): Promise<string | undefined> {
  const { settings, say } = request;
  const dataDir = dataFolder(request);
  const claim = claimDataFolder(dataDir);
  closers.add('data folder', claim.release);
  await refuseBusyPort(settings);
  const secrets = loadOrMakeSecrets(dataDir);
  const { postgres, temporalAddress } = await startServers(request, secrets, closers, failed);
  const urls = embeddedUrls(postgres.port, secrets);
  await ensureDatabase(postgres.url('postgres'), EMBEDDED_DATABASE);
  await prepareDatabase(urls.ownerUrl, urls.url);

  const configuration = embeddedConfiguration(settings, { postgres: urls, temporalAddress, secrets });
  const logger = createLogger(settings.CENTUM_LOG_LEVEL, path.join(dataDir, 'logs', 'centum.log'));
  const core = await openCoreOrExplain(configuration, logger);
  closers.add('connections', () => core.close());
  // Closed months are said after the fact: before the bridge follows the log, so that nobody is reminded of the past.
  const features = assembleFeatures(core);
  const accounts = await prepareAccounts(core, request.demo, request.tell);
  await startParts({ core, features, failed }, closers);
  noteEmbeddedState(dataDir, { pid: process.pid, postgresPort: postgres.port, temporalAddress, httpUrl: configuration.http.publicUrl });
  closers.add('note of what runs', () => forgetEmbeddedState(dataDir));
  for (const line of welcome(configuration, accounts)) say(line);
  return configuration.http.publicUrl;
}

async function refuseBusyPort({ CENTUM_HTTP_HOST: host, CENTUM_HTTP_PORT: port }: Settings): Promise<void> {
  if (await isPortFree(port, host)) return;
  throw new EmbeddedError(`Port ${port} is taken by another program: stop it or choose another with --port.`);
}

interface Servers {
  readonly postgres: RunningPostgres;
  readonly temporalAddress: string;
}

async function startServers(
  request: UpRequest,
  secrets: EmbeddedSecrets,
  closers: Closers,
  failed: (what: string) => void,
): Promise<Servers> {
  const dataDir = dataFolder(request);
  const postgresStart = startPostgres({
    dataDir: path.join(dataDir, 'postgres'),
    user: EMBEDDED_SUPERUSER,
    password: secrets.postgresPassword,
    onExit: () => failed('PostgreSQL ended'),
  });
  const temporalStart = findTemporalBinary({
    configured: request.settings.CENTUM_TEMPORAL_BINARY,
    cacheDir: binaryCache(),
    say: request.tell,
  }).then((binary) =>
    startTemporal({
      binary,
      folder: path.join(dataDir, 'temporal'),
      searchAttributes: SEARCH_ATTRIBUTES,
      onExit: () => failed('Temporal ended'),
    }),
  );
  // Both are waited for whatever happens, so that one that failed leaves no other behind.
  const [postgres, temporal] = await Promise.allSettled([postgresStart, temporalStart]);
  if (postgres.status === 'fulfilled') closers.add('PostgreSQL', () => postgres.value.stop());
  if (temporal.status === 'fulfilled') closers.add('Temporal', () => temporal.value.stop());
  if (postgres.status === 'rejected') throw postgres.reason;
  if (temporal.status === 'rejected') throw temporal.reason;
  return { postgres: postgres.value, temporalAddress: temporal.value.address };
}
