import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isAlive, processStamp } from '#infra/embedded';
import { readNotedState } from '#libs/config';
import { CliError } from '../output';

/**
 * Makes the data folder this process's own until `release`. A claim whose process is gone (kill -9) is taken over.
 * Thrown: CliError when another Centum runs on the folder.
 */
export function claimDataFolder(dataDir: string): { readonly release: () => void } {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = path.join(dataDir, 'up.lock');
  const mine = `${process.pid} ${processStamp(process.pid) ?? ''}`;
  for (let attempt = 0; ; attempt += 1) {
    try {
      writeFileSync(file, mine, { flag: 'wx', mode: 0o600 });
      return { release: () => rmSync(file, { force: true }) };
    } catch (error) {
      if (!existsSync(file) || attempt > 1) throw error;
      const [pid = '', stamp = ''] = readFileSync(file, 'utf8').split(' ');
      const owner = Number.parseInt(pid, 10);
      if (owner > 0 && isAlive(owner) && processStamp(owner) === stamp) throw alreadyRunning(dataDir, owner);
      rmSync(file, { force: true });
    }
  }
}

function alreadyRunning(dataDir: string, pid: number): CliError {
  const where = readNotedState(dataDir)?.httpUrl;
  const at = where === undefined ? '' : ` at ${where}`;
  return new CliError(`Centum runs already on ${dataDir}${at} (process ${pid}): use it, stop it, or choose another folder with --data.`);
}
