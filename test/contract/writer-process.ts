import { EventStoreError, openPostgresLog } from '#libs/event-store';
import { request } from './requests';

/**
 * A process that appends for as long as it is told, for tests that run several or kill one:
 * writer-process.ts <url> <name> <appends> <streams> <concurrency>
 * Writes a line for each key before it is sent (`try`) and after its receipt came (`ack`), then `end`.
 */
async function main(): Promise<void> {
  const [, , url = '', name = '', appends = '0', streams = '1', concurrency = '1'] = process.argv;
  const log = await openPostgresLog({ url, applicationName: `writer-${name}` });
  say('ready');
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < Number(appends)) {
      const index = next;
      next += 1;
      await appendOne(log, `${name}/${index}`, `shared-${index % Number(streams)}`);
    }
  };
  await Promise.all(Array.from({ length: Number(concurrency) }, work));
  await log.close();
  say('end');
}

/** The version is read again after each conflict, as the runner does. */
async function appendOne(log: Awaited<ReturnType<typeof openPostgresLog>>, key: string, streamId: string): Promise<void> {
  for (;;) {
    const { version } = await log.readStream(streamId, { maxEvents: 1 });
    say(`try ${key} ${streamId} ${version}`);
    try {
      const { receipt } = await log.append(request(key, streamId, version));
      say(`ack ${key} ${receipt.token ?? ''} ${receipt.versions[0]?.version ?? 0}`);
      return;
    } catch (error) {
      if (!(error instanceof EventStoreError && error.code === 'version-conflict')) throw error;
    }
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
