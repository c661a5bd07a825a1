import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Client } from '@temporalio/client';
import { assembleFeatures, type Core, type Features, openCore } from '#apps/assembly';
import { Closers, createLogger, openTemporal, startParts } from '#apps/cli/up';
import { SEARCH_ATTRIBUTES, startTemporal } from '#infra/embedded';
import type { TestDatabase } from '#libs/testing';
import { buildPagesOnce, bundleWorkflowsOnce } from './centum-process';
import { copyOfDemo } from './demo-copy';
import { emptyCompany, testConfiguration } from './test-settings';

/** The whole product in this process: own database, own Temporal server, every part running, reached over HTTP. */
export interface TestProduct {
  readonly url: string;
  readonly core: Core;
  readonly features: Features;
  readonly database: TestDatabase;
  readonly temporal: Client;
  /** File of the log lines, for a look when a test fails. */
  readonly logFile: string;
  stop(): Promise<void>;
}

export interface TestProductOptions {
  /** Whose history it begins with; nobody's if left out. */
  readonly company?: 'demo';
  /** Run between the opening of the database and the start of the parts. */
  readonly before?: (core: Core, features: Features) => Promise<void>;
}

/** Needs the servers of test/servers. Whatever was started is stopped when it fails half way. */
export async function startTestProduct(options: TestProductOptions = {}): Promise<TestProduct> {
  const closers = new Closers();
  try {
    return await start(options, closers);
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

async function start(options: TestProductOptions, closers: Closers): Promise<TestProduct> {
  bundleWorkflowsOnce();
  buildPagesOnce();
  const folder = mkdtempSync(path.join(tmpdir(), 'centum-product-'));
  closers.add('folder', () => rmSync(folder, { recursive: true, force: true }));
  const { database, secrets } = options.company === 'demo' ? await copyOfDemo(folder) : await emptyCompany();
  closers.add('database', () => database.drop());
  const temporal = await startTemporal({
    binary: process.env['CENTUM_TEST_TEMPORAL_CLI'] ?? '',
    folder: path.join(folder, 'temporal'),
    searchAttributes: SEARCH_ATTRIBUTES,
    durable: false,
    dieWithProcess: { removing: [folder] },
  });
  closers.add('Temporal', () => temporal.stop());
  const configuration = await testConfiguration({ folder, database, temporal: temporal.address, secrets });
  const logFile = path.join(folder, 'centum.log');
  const core = await openCore(configuration, createLogger('info', logFile));
  closers.add('core', () => core.close());
  const features = assembleFeatures(core);
  await options.before?.(core, features);
  const client = await openTemporal(configuration.temporal);
  closers.add('client', () => client.close());
  await startParts({ core, features, failed: () => undefined }, closers);
  return {
    url: configuration.http.publicUrl,
    core,
    features,
    database,
    temporal: client.client,
    logFile,
    stop: async () => {
      const left = await closers.closeAll();
      if (left.length > 0) throw new Error(`these did not stop cleanly: ${left.join(', ')}`);
    },
  };
}
