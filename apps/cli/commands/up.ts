import path from 'node:path';
import type { Command } from 'commander';
import { readSettings } from '#libs/config';
import { environment } from '../environment';
import { CliError, EXIT, say, tell } from '../output';

interface UpOptions {
  readonly data?: string;
  readonly port?: string;
  readonly demo: boolean;
}

/** `centum up`: the whole product on embedded parts, until it is told to stop. */
export function register(program: Command): void {
  program
    .command('up')
    .description('run everything on embedded parts / 一条命令启动全部')
    .option('--data <dir>', 'folder that keeps everything (default: CENTUM_DATA or .data)')
    .option('--port <n>', 'port of the page and the API (default: CENTUM_HTTP_PORT or 8100)')
    .option('--no-demo', 'start empty: prints a one-time link for the first administrator')
    .action(async (options: UpOptions) => {
      const settings = readSettings({
        ...environment(),
        ...(options.data !== undefined && { CENTUM_DATA: path.resolve(options.data) }),
        ...(options.port !== undefined && { CENTUM_HTTP_PORT: options.port }),
      });
      if (settings.CENTUM_POSTGRES_URL !== undefined || settings.CENTUM_TEMPORAL_ADDRESS !== undefined) {
        throw new CliError(
          '"centum up" runs its own PostgreSQL and Temporal: unset CENTUM_POSTGRES_URL and CENTUM_TEMPORAL_ADDRESS, or run "centum api", "worker" and "projector".',
          EXIT.usage,
        );
      }
      // Loaded late: the servers' libraries take longer than most commands need altogether.
      const { runUp } = await import('#apps/cli/up');
      await runUp({ settings, demo: options.demo, say, tell });
    });
}
