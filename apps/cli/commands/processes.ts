import type { Command } from 'commander';
import { readConfiguration } from '#libs/config';
import { environment } from '../environment';
import { createLogger } from '../logger';
import { CliError, say, tell } from '../output';

const PROCESSES = {
  api: 'HTTP API and page / 接口与页面',
  worker: 'workflow worker: waits, reminds, sweeps / 流程执行',
  projector: 'projections, reactors and the bridge / 投影与桥接',
} as const;

export type ProcessName = keyof typeof PROCESSES;

/** `centum api | worker | projector`: one process of a cluster; `centum migrate` before them, once per release. */
export function register(program: Command): void {
  for (const name of ['api', 'worker', 'projector'] as const) {
    program
      .command(name)
      .description(`${PROCESSES[name]}; servers and keys come from the CENTUM_ settings`)
      .action(async () => {
        const configuration = readConfiguration(environment());
        const { runProcess } = await import('#apps/cli/up');
        await runProcess({ name, configuration, logger: createLogger(configuration.logLevel), tell });
      });
  }
  program
    .command('migrate')
    .description('bring the database up to date / 升级数据库')
    .action(async () => {
      const { postgres } = readConfiguration(environment());
      if (postgres.ownerUrl === undefined)
        throw new CliError('CENTUM_POSTGRES_OWNER_URL: is needed, a role that may make schemas and roles.');
      const { prepareDatabase } = await import('#apps/cli/up');
      await prepareDatabase(postgres.ownerUrl, postgres.url);
      say('The database is up to date.');
    });
}
