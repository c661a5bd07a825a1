import { existsSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { CliError, EXIT, say, sayJson } from '../output';
import { explained, remote, type RemoteOptions } from '../remote';

interface Options extends RemoteOptions {
  readonly preview?: boolean;
  readonly encoding?: string;
  readonly profile?: string;
  readonly source?: string;
  readonly completePeriod?: string;
  readonly completeMetrics?: string;
  readonly reason?: string;
  readonly key?: string;
}

/** `centum import`: people, targets or facts from a CSV file; all or nothing, every bad row named by row and column. */
export function register(program: Command): void {
  program
    .command('import')
    .description('people, targets or facts from a CSV file, all or nothing / 导入')
    .argument('<what>', 'people, targets or facts')
    .argument('<file>')
    .option('--preview', 'say what it would do; record nothing')
    .addOption(new Option('--encoding <name>', 'utf-8 or gb18030').choices(['utf-8', 'gb18030']))
    .option('--profile <name>', 'facts: a saved import profile, for files as another system writes them')
    .option('--source <name>', 'facts: name of the system that the file comes from')
    .option('--complete-period <period>', 'facts: the file is complete for this period; who has no row has 0')
    .option('--complete-metrics <list>', 'facts: for these metrics, comma separated')
    .option('--reason <text>', 'targets or facts: why what is known already changes')
    .option('--key <text>', 'idempotency key: the same again resumes and changes nothing twice')
    .option('--url <address>')
    .option('--json', 'print JSON')
    .action((what: string, file: string, options: Options) => explained(() => run(what, file, options)));
}

async function run(what: string, file: string, options: Options): Promise<void> {
  if (!['people', 'targets', 'facts'].includes(what)) throw new CliError(`people, targets or facts, not ${what}`, EXIT.usage);
  if (!existsSync(file)) throw new CliError(`no such file: ${file}`, EXIT.usage);
  const api = await remote(options);
  const query = {
    encoding: options.encoding,
    profile: options.profile,
    source: options.source,
    completePeriod: options.completePeriod,
    completeMetrics: options.completeMetrics,
    ...(what === 'targets' ? { reason: options.reason } : { correctionReason: options.reason }),
  };
  const route = `/imports/${what}${options.preview === true ? '/preview' : ''}`;
  const counts = await api.post(route, z.record(z.string(), z.unknown()), {
    query,
    file: { path: file, type: 'text/csv' },
    ...(options.key === undefined ? {} : { idempotencyKey: options.key }),
  });
  if (options.json === true) return sayJson(counts);
  for (const [name, value] of Object.entries(counts)) say(`${name.padEnd(18)} ${Array.isArray(value) ? value.length : String(value)}`);
}
