import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConfigurationError, loadOrMakeSecrets, noteEmbeddedState, readConfiguration, readSettings, secretsFile, settings } from '.';

const KEY = 'ab'.repeat(32);
const CLUSTER = {
  CENTUM_POSTGRES_URL: 'postgres://centum_application:secret@db:5432/centum',
  CENTUM_TEMPORAL_ADDRESS: 'temporal:7233',
  CENTUM_TENANT_KEY: KEY,
  CENTUM_SESSION_KEY: KEY,
};

function problemsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('configuration', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'centum-config-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('reads what a cluster process needs', () => {
    expect(readConfiguration({ ...CLUSTER, CENTUM_DATA: folder })).toMatchObject({
      mode: 'cluster',
      http: { host: '127.0.0.1', port: 8100, publicUrl: 'http://127.0.0.1:8100' },
      temporal: { address: 'temporal:7233', namespace: 'default', taskQueue: 'centum' },
      keys: { kind: 'file' },
      secrets: { tenantKey: Buffer.from(KEY, 'hex') },
    });
  });

  it('names every problem at once, and no value of a secret', () => {
    const problems = problemsOf(() =>
      readSettings({ ...CLUSTER, CENTUM_HTTP_PORT: '99999', CENTUM_TENANT_KEY: 'hunter2', CENTUM_PROT: '1' }),
    );
    expect(problems.map((line) => line.split(':')[0])).toEqual(['CENTUM_PROT', 'CENTUM_HTTP_PORT', 'CENTUM_TENANT_KEY']);
    expect(problems.join()).not.toContain('hunter2');
  });

  it('says which settings a process alone needs', () => {
    const problems = problemsOf(() => readConfiguration({ CENTUM_DATA: folder, CENTUM_TEMPORAL_ADDRESS: 'temporal:7233' }));
    expect(problems.map((line) => line.split(':')[0])).toEqual(['CENTUM_POSTGRES_URL', 'CENTUM_TENANT_KEY', 'CENTUM_SESSION_KEY']);
  });

  it('takes a secret from the file that is named for it, and refuses it twice', () => {
    const file = path.join(folder, 'key');
    writeFileSync(file, `${KEY}\n`);
    const { CENTUM_TENANT_KEY: _left, ...rest } = CLUSTER;
    expect(readConfiguration({ ...rest, CENTUM_TENANT_KEY_FILE: file }).secrets.tenantKey).toEqual(Buffer.from(KEY, 'hex'));
    expect(problemsOf(() => readSettings({ ...CLUSTER, CENTUM_TENANT_KEY_FILE: file }))).toHaveLength(1);
  });

  it('finds the embedded parts that run on its folder', () => {
    const secrets = loadOrMakeSecrets(folder);
    noteEmbeddedState(folder, {
      pid: process.pid,
      postgresPort: 5555,
      temporalAddress: '127.0.0.1:7777',
      httpUrl: 'http://127.0.0.1:8100',
    });
    const configuration = readConfiguration({ CENTUM_DATA: folder });
    expect(configuration).toMatchObject({
      mode: 'embedded',
      temporal: { address: '127.0.0.1:7777' },
      secrets: { tenantKey: secrets.tenantKey },
    });
    expect(configuration.postgres.url).toContain('@127.0.0.1:5555/centum');
  });

  it('makes embedded secrets once, for its owner alone, and never anew when they are damaged', () => {
    const made = loadOrMakeSecrets(folder);
    expect(loadOrMakeSecrets(folder)).toEqual(made);
    expect(statSync(secretsFile(folder)).mode & 0o077).toBe(0);
    writeFileSync(secretsFile(folder), '{');
    expect(problemsOf(() => loadOrMakeSecrets(folder))).toHaveLength(1);
  });

  it('documents every setting', () => {
    const page = readFileSync(path.resolve(__dirname, '../../docs/operations/configuration.md'), 'utf8');
    for (const [name, schema] of Object.entries(settings.shape)) {
      expect(page).toContain(`| \`${name}\` |`);
      expect(page).toContain(schema.description);
    }
  });
});
