import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { openCore } from '#apps/assembly';
import { seedDemo } from '#apps/assembly/demo';
import { createLogger } from '#apps/cli/up';
import type { Configuration } from '#libs/config';
import { createTestDatabase, oneAtATime, type TestDatabase } from '#libs/testing';
import { emptyCompany, testConfiguration } from './test-settings';

/** Seeding takes half a minute; whoever comes meanwhile waits for it. */
const WAIT_MS = 300_000;
const zNote = z.object({ database: z.string(), tenantKey: z.base64(), sessionKey: z.base64() });

export interface DemoCopy {
  readonly database: TestDatabase;
  readonly secrets: Configuration['secrets'];
}

/**
 * The demo company as it is before the bridge follows its log: seeded once in a run of the tests, a copy of its own for whoever
 * asks. People's keys and files come into `folder`. Needs the servers of test/servers.
 */
export async function copyOfDemo(folder: string): Promise<DemoCopy> {
  const shelf = process.env['CENTUM_TEST_SHELF'];
  if (shelf === undefined) throw new Error('CENTUM_TEST_SHELF is not set: end-to-end tests get it from the global set-up in test/servers');
  const original = path.join(shelf, 'demo');
  const note = path.join(shelf, 'demo.json');
  return oneAtATime(`demo ${shelf}`, WAIT_MS, async () => {
    if (!existsSync(note)) await seedOriginal(original, note);
    const { database, tenantKey, sessionKey } = zNote.parse(JSON.parse(readFileSync(note, 'utf8')));
    const copy = await createTestDatabase({ copyOf: database });
    cpSync(original, folder, { recursive: true });
    return { database: copy, secrets: { tenantKey: Buffer.from(tenantKey, 'base64'), sessionKey: Buffer.from(sessionKey, 'base64') } };
  });
}

/** The note is written last: what was cut short is not found, and seeded again. */
async function seedOriginal(original: string, note: string): Promise<void> {
  rmSync(original, { recursive: true, force: true });
  mkdirSync(original, { recursive: true });
  const scratch = mkdtempSync(`${original}-log-`);
  const { database, secrets } = await emptyCompany();
  try {
    const configuration = await testConfiguration({ folder: original, database, temporal: '', secrets });
    const core = await openCore(configuration, createLogger('info', path.join(scratch, 'centum.log')));
    try {
      await seedDemo(core);
    } finally {
      await core.close();
    }
  } catch (error) {
    await database.drop();
    throw error;
  }
  const keys = { tenantKey: secrets.tenantKey.toString('base64'), sessionKey: secrets.sessionKey.toString('base64') };
  writeFileSync(note, JSON.stringify({ database: database.name, ...keys }), { mode: 0o600 });
}
