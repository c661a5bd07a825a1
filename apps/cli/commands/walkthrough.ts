import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';
import { period as periodOf, systemClock } from '#kernel';
import { periodBefore } from '#libs/calendar';
import { ApiClient, ApiProblem, apiTarget, explainProblem } from '../client';
import { environment } from '../environment';
import { CliError, EXIT, say } from '../output';

interface Options {
  readonly url?: string;
  readonly password?: string;
  readonly files?: string;
  readonly period?: string;
  readonly day: string;
  readonly data?: string;
}

/** `centum walkthrough`: the sample company through one whole monthly cycle over HTTP, each step printed, then the replay. */
export function register(program: Command): void {
  program
    .command('walkthrough')
    .description('take the sample company through a whole monthly cycle over HTTP / 用示例公司走完一个月度考核')
    .option('--url <address>', 'where Centum runs (default: CENTUM_CLI_URL or http://127.0.0.1:8100)')
    .option(
      '--files <dir>',
      'folder with people.csv, targets-<period>.csv and facts-<period>.csv (default: the sample company, a month before those of the demo)',
    )
    .option('--period <YYYY-MM>', 'month of the files, with --files')
    .option('--password <text>', 'password of all accounts (default: CENTUM_CLI_PASSWORD or that of the demo)')
    .option('--day <ms>', 'milliseconds that stand for one working day', '2500')
    .option('--data <dir>', 'data folder, for the replay (default: CENTUM_DATA or .data)')
    .action(run);
}

async function run(options: Options): Promise<void> {
  const dayLengthMs = Number(options.day);
  if (!Number.isSafeInteger(dayLengthMs) || dayLengthMs < 500) throw new CliError('--day: whole milliseconds, at least 500', EXIT.usage);
  const [{ walkThrough }, { DEMO_PASSWORD }] = await Promise.all([import('#apps/cli/walkthrough'), import('#apps/assembly/demo')]);
  const { period, files } = options.files === undefined ? await sampleFiles() : filesIn(path.resolve(options.files), options.period);
  const api = new ApiClient({ url: (await apiTarget(options)).url, token: undefined });
  const started = Date.now();
  try {
    await walkThrough(api, {
      files,
      period,
      dayLengthMs,
      tag: started.toString(36),
      password: options.password ?? environment()['CENTUM_CLI_PASSWORD'] ?? DEMO_PASSWORD,
      say,
    });
  } catch (error) {
    if (error instanceof ApiProblem) throw new CliError(explainProblem(error), EXIT.failed);
    throw error;
  }
  say(`walked through in ${Math.round((Date.now() - started) / 1000)} s; replay:`);
  process.exitCode = await replay(options.data);
}

interface Files {
  readonly period: string;
  readonly files: { readonly people: string; readonly targets: string; readonly facts: string };
}

/** The sample company's files, moved to the month before those that the demo tells of, so that no number is counted twice. */
async function sampleFiles(): Promise<Files> {
  const { demoDates, monthFile, peopleFile } = await import('#apps/assembly/demo');
  const dates = demoDates(systemClock.now());
  const month = periodBefore(dates.closed[0], 1);
  const moved = { ...dates, shiftMonths: dates.shiftMonths - 2 };
  const folder = await mkdtemp(path.join(tmpdir(), 'centum-sample-'));
  await writeFile(path.join(folder, 'people.csv'), peopleFile(dates));
  for (const kind of ['targets', 'facts'] as const)
    await writeFile(path.join(folder, `${kind}-${month}.csv`), monthFile(kind, periodOf(month), moved));
  return filesIn(folder, month);
}

function filesIn(folder: string, period: string | undefined): Files {
  if (period === undefined) throw new CliError('--files needs --period', EXIT.usage);
  const file = (name: string): string => {
    const found = path.join(folder, `${name}.csv`);
    if (!existsSync(found)) throw new CliError(`no such file: ${found}`, EXIT.usage);
    return found;
  };
  return { period, files: { people: file('people'), targets: file(`targets-${period}`), facts: file(`facts-${period}`) } };
}

/** A process of its own, as an auditor would run it. */
function replay(data: string | undefined): Promise<number> {
  const args = [process.argv[1] ?? '', 'replay', ...(data === undefined ? [] : ['--data', data])];
  return new Promise((resolve, reject) => {
    spawn(process.execPath, args, { stdio: 'inherit' })
      .once('error', reject)
      .once('exit', (code) => resolve(code ?? EXIT.failed));
  });
}
