import type { Command } from 'commander';
import type { ConsumerHealth, ProjectorHealth } from '#libs/projections';
import { EXIT, say, sayJson } from '../output';

interface Options {
  readonly data?: string;
  readonly json?: boolean;
}

/** `centum status`: where every consumer of the log stands; exit 0 when all is well, 1 when one is parked or an alarm stands. */
export function register(program: Command): void {
  program
    .command('status')
    .description('where projections, reactors and the bridge stand / 投影与桥接的进度')
    .option('--data <dir>', 'data folder (default: CENTUM_DATA or .data)')
    .option('--json', 'print JSON')
    .action(async (options: Options) => {
      const [{ withReadSide }, { projectorHealth }] = await Promise.all([import('#apps/cli/read-side'), import('#libs/projections')]);
      const health = await withReadSide(async ({ pool, log }) => projectorHealth(pool, await log.head()), options.data);
      if (options.json === true) sayJson(health);
      else print(health);
      if (!health.ok) process.exitCode = EXIT.failed;
    });
}

function print({ epoch, position, consumers, alarms }: ProjectorHealth): void {
  say(`log: epoch ${epoch}, position ${position}`);
  for (const consumer of consumers) say(lineOf(consumer));
  for (const { streamId, position: at, code, raisedAt } of alarms) say(`ALARM      ${streamId} ${code} at ${at} since ${raisedAt}`);
}

function lineOf({ name, kind, version, position, behind, state, parked, rejections, lastRejection }: ConsumerHealth): string {
  const trouble = parked && `${parked.type} at ${parked.position}: ${parked.code}, tried ${parked.attempts}×, again at ${parked.retryAt}`;
  const refused = rejections > 0 ? `${rejections} refused, last ${String(lastRejection)}` : '';
  const notes = [behind > 0 ? `${behind} behind` : '', trouble ?? '', refused].filter((note) => note !== '');
  return [state.padEnd(12), kind.padEnd(10), `${name} v${version}`.padEnd(36), String(position).padStart(10), ' ', notes.join('; ')]
    .join(' ')
    .trimEnd();
}
