import path from 'node:path';
import type { Command } from 'commander';
import type { Check, CheckState } from '../doctor';
import { environment } from '../environment';
import { EXIT, say, sayJson } from '../output';

const MARKS: Readonly<Record<CheckState, string>> = {
  ok: 'ok     ',
  note: 'note   ',
  warning: 'WARNING',
  failed: 'FAILED ',
  skipped: '-      ',
};

/** `centum doctor`: exit 0 when nothing failed, 1 otherwise. */
export function register(program: Command): void {
  program
    .command('doctor')
    .description('check every part and say what to do / 检查各部分')
    .option('--data <dir>', 'data folder (default: CENTUM_DATA or .data)')
    .option('--json', 'print JSON')
    .action(async (options: { readonly data?: string; readonly json?: boolean }) => {
      const { examine } = await import('#apps/cli/doctor');
      const checks = await examine({ ...environment(), ...(options.data !== undefined && { CENTUM_DATA: path.resolve(options.data) }) });
      const well = checks.every(({ state }) => state !== 'failed');
      if (options.json === true) sayJson({ ok: well, checks });
      else for (const check of checks) say(lineOf(check));
      if (!well) process.exitCode = EXIT.failed;
    });
}

function lineOf({ part, state, found, todo }: Check): string {
  return `${MARKS[state]} ${part.padEnd(18)} ${found}${todo === undefined ? '' : `\n${' '.repeat(27)}→ ${todo}`}`;
}
