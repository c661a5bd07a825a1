import { type Command, InvalidArgumentError } from 'commander';
import { type Instant, isInstant, isPlainDay, instant } from '#kernel';
import type { ReplayOutcome, ReplayReport } from '#libs/projections';
import { EXIT, say, sayJson, tell } from '../output';

type Moment = { readonly position: number } | { readonly time: Instant };

interface Options {
  readonly to?: Moment;
  readonly keep?: boolean;
  readonly json?: boolean;
  readonly data?: string;
}

/** `centum replay`: exit 0 when every read model is equal, 1 otherwise with the first difference of each. */
export function register(program: Command): void {
  program
    .command('replay')
    .description('fold the whole history again into an empty schema and compare it with the live one / 重放并比对')
    .option('--to <moment>', 'position, day or instant (default: now)', readMoment)
    .option('--keep', 'leave the scratch schema for a look')
    .option('--data <dir>', 'data folder (default: CENTUM_DATA or .data)')
    .option('--json', 'print JSON')
    .action(async (options: Options) => {
      const report = await run(options);
      if (options.json === true) sayJson(report);
      else print(report, options.keep === true);
      if (!report.equal) process.exitCode = EXIT.failed;
    });
}

async function run({ to, keep = false, data }: Options): Promise<ReplayReport> {
  const [{ withReadSide }, { PRODUCT_PROJECTIONS }, { allProjections, productRoutes }, { replay }] = await Promise.all([
    import('#apps/cli/read-side'),
    import('#apps/assembly'),
    import('#apps/projector'),
    import('#libs/projections'),
  ]);
  return withReadSide(async ({ pool, log, registry }) => {
    const position = to && ('position' in to ? to.position : await log.positionAt(to.time));
    const projections = allProjections(PRODUCT_PROJECTIONS, productRoutes);
    tell(`${projections.length} read models are folded again from ${position ?? (await log.head()).position} events …`);
    return replay({ pool, log, decoder: registry, projections, keep, ...(position !== undefined && { to: position }) });
  }, data);
}

function print({ equal, position, schema, outcomes }: ReplayReport, kept: boolean): void {
  for (const outcome of outcomes) say(lineOf(outcome));
  say(`${equal ? 'equal' : 'NOT equal'} at position ${position}${kept ? `; rebuilt rows are in schema ${schema}` : ''}`);
}

function lineOf(outcome: ReplayOutcome): string {
  const name = outcome.projection.padEnd(28);
  switch (outcome.outcome) {
    case 'equal':
      return `equal      ${name} ${outcome.rows} rows`;
    case 'not-compared':
      return `-          ${name} ${outcome.reason}`;
    case 'different': {
      const { key, side, columns } = outcome.difference;
      const changes = Object.entries(columns).map(
        ([column, { live, rebuilt }]) => `${column}: live ${String(live)}, rebuilt ${String(rebuilt)}`,
      );
      return `DIFFERENT  ${name} ${side} ${JSON.stringify(key)} ${changes.join('; ')}`.trimEnd();
    }
  }
}

function readMoment(text: string): Moment {
  if (/^\d{1,15}$/.test(text)) return { position: Number(text) };
  if (isPlainDay(text)) return { time: instant(`${text}T23:59:59.999Z`) };
  const time = new Date(text);
  const written = Number.isNaN(time.getTime()) ? '' : time.toISOString();
  if (isInstant(written)) return { time: instant(written) };
  throw new InvalidArgumentError('a position (42), a day (2026-11-01) or an instant (2026-11-01T08:00:00Z)');
}
