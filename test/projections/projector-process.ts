import { Pool } from 'pg';
import { openPostgresLog } from '#libs/event-store';
import { createConsumerHost, projectionConsumer, reactorConsumer } from '#libs/projections';
import { mirrorReactor } from './mirror.reactor';
import { balanceProjection, NOW, recordingLogger, registry, testRunner } from './world';

/** A projector of its own, for a test that kills it: projector-process.ts <url>. Ends only by being killed. */
async function main(): Promise<void> {
  const [, , url = ''] = process.argv;
  const pool = new Pool({ connectionString: url, max: 4 });
  const log = await openPostgresLog({ url });
  const runner = testRunner(log);
  createConsumerHost({
    pool,
    log,
    decoder: registry,
    logger: recordingLogger(),
    pageEvents: 50,
    consumers: (parts) => [
      projectionConsumer(balanceProjection(), parts),
      projectionConsumer(balanceProjection({ name: 'versions', history: true }), parts),
      reactorConsumer(mirrorReactor(), { runner, clock: { now: () => NOW } }, parts),
    ],
  }).start();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
