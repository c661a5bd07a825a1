import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createApi, type HealthSource } from '#apps/api';
import { assembleFeatures, type Core, type Features, openCore } from '#apps/assembly';
import { createLogger, Closers } from '#apps/cli/up';
import { emptyCompany, testConfiguration } from './test-settings';

export const OPENAPI_FILE = path.resolve(__dirname, '../../docs/openapi.json');

type Api = Awaited<ReturnType<typeof createApi>>;

/** The application on a given core, without a port: asked through `inject`. */
export function apiWithoutPort(core: Core, features: Features, rateLimitPerMinute = 1_000_000): Promise<Api> {
  const health: HealthSource = { report: () => Promise.resolve({ ok: true, position: 0, consumers: [], alarms: [] }) };
  return createApi({ core, features, health, settings: { host: '127.0.0.1', port: 0, secureCookies: false, rateLimitPerMinute } });
}

/** The OpenAPI document as the application serves it, in the form in which it is committed. */
export async function servedOpenApi(): Promise<string> {
  const closers = new Closers();
  try {
    const folder = mkdtempSync(path.join(tmpdir(), 'centum-openapi-'));
    closers.add('folder', () => rmSync(folder, { recursive: true, force: true }));
    const { database, secrets } = await emptyCompany();
    closers.add('database', () => database.drop());
    const configuration = await testConfiguration({ folder, database, temporal: 'nowhere:1', secrets });
    const core = await openCore(configuration, createLogger('info', path.join(folder, 'centum.log')));
    closers.add('core', () => core.close());
    const api = await apiWithoutPort(core, assembleFeatures(core));
    closers.add('api', () => api.close());
    const answer = await api.inject({ method: 'GET', url: '/api/v1/openapi.json' });
    return `${JSON.stringify(JSON.parse(answer.payload), null, 2)}\n`;
  } finally {
    await closers.closeAll();
  }
}
