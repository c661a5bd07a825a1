import { type Command, InvalidArgumentError } from 'commander';
import type { ConsumerRow } from '#libs/projections';
import { CliError, EXIT, say, sayJson, tell } from '../output';
import type { ReadSide } from '#apps/cli/read-side';

interface Options {
  readonly resume?: boolean;
  readonly wait: number;
  readonly data?: string;
  readonly json?: boolean;
}

const POLL_MS = 250;
const DEFAULT_WAIT_SECONDS = 600;

/** `centum rebuild NAME`: exit 0 when the rebuilt one is live, or the parked one goes on; 1 when not within the time. */
export function register(program: Command): void {
  program
    .command('rebuild')
    .argument('<name>', 'projection, as "centum status" names it')
    .description('rebuild a read model beside the live one and swap, or resume a parked consumer / 重建读模型')
    .option('--resume', 'try the event again before which it is parked, at once')
    .option('--wait <seconds>', 'how long to wait for the projector', readSeconds, DEFAULT_WAIT_SECONDS)
    .option('--data <dir>', 'data folder (default: CENTUM_DATA or .data)')
    .option('--json', 'print JSON')
    .action(async (name: string, options: Options) => {
      const { withReadSide } = await import('#apps/cli/read-side');
      const row = await withReadSide(
        (side) => (options.resume === true ? resume(side, name, options) : rebuild(side, name, options)),
        options.data,
      );
      if (options.json === true) sayJson(row);
      else say(`${name} is live: version ${row.version}, build ${row.build}, position ${row.position}`);
    });
}

async function rebuild(side: ReadSide, name: string, { wait }: Options): Promise<ConsumerRow> {
  const { readConsumers, requestRebuild } = await import('#libs/projections');
  const live = liveOf(await readConsumers(side.pool, name));
  if (live?.kind !== 'projection') throw new CliError(`${name}: no such projection; see "centum status".`, EXIT.usage);
  if (await requestRebuild(side.pool, name)) tell(`${name} is rebuilt beside the live one …`);
  else tell(`${name} is being rebuilt already …`);
  return until(name, wait, async () => {
    const rows = await readConsumers(side.pool, name);
    const now = liveOf(rows);
    return now && now.build !== live.build && rows.length === 1 ? now : undefined;
  });
}

async function resume(side: ReadSide, name: string, { wait }: Options): Promise<ConsumerRow> {
  const { readConsumers, resumeConsumer } = await import('#libs/projections');
  if (!(await resumeConsumer(side.pool, name))) throw new CliError(`${name} is not parked.`, EXIT.usage);
  return until(name, wait, async () => {
    const rows = await readConsumers(side.pool, name);
    return rows.every(({ parked }) => parked === null) ? liveOf(rows) : undefined;
  });
}

function liveOf(rows: readonly ConsumerRow[]): ConsumerRow | undefined {
  return rows.find(({ role }) => role === 'live');
}

async function until(name: string, seconds: number, look: () => Promise<ConsumerRow | undefined>): Promise<ConsumerRow> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > deadline)
      throw new CliError(`${name}: not within ${seconds} s. Does a projector run, and is it parked? See "centum status".`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (!Number.isSafeInteger(seconds) || seconds < 1 || seconds > 86_400) throw new InvalidArgumentError('whole seconds, at most a day');
  return seconds;
}
