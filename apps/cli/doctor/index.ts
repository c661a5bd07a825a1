import path from 'node:path';
import { type Configuration, ConfigurationError, type Environment, readConfiguration, readSettings, type Settings } from '#libs/config';
import { type Check, failed } from './check';
import {
  checkHttpPort,
  checkKeyFile,
  checkNode,
  checkPostgresBinary,
  checkTemporalBinary,
  runningState,
  separationNotes,
} from './machine-checks';
import { checkDatabase, checkTemporal, serversUnknown } from './server-checks';

export type { Check, CheckState } from './check';

/** Looks at every part there is and says what to do about what is not well; changes nothing. */
export async function examine(environment: Environment): Promise<readonly Check[]> {
  let settings: Settings;
  try {
    settings = readSettings(environment);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.problems.map((problem) => failed('settings', problem, 'Correct it: see docs/operations/configuration.md.'));
  }
  const dataDir = path.resolve(settings.CENTUM_DATA);
  const embedded = settings.CENTUM_POSTGRES_URL === undefined && settings.CENTUM_TEMPORAL_ADDRESS === undefined;
  return [
    checkNode(),
    checkPostgresBinary(embedded),
    await checkTemporalBinary(settings, embedded),
    checkKeyFile(dataDir, embedded),
    await checkHttpPort(settings, dataDir),
    ...(await checkServers(environment, dataDir, embedded)),
    ...separationNotes(embedded),
  ];
}

async function checkServers(environment: Environment, dataDir: string, embedded: boolean): Promise<readonly Check[]> {
  if (embedded && runningState(dataDir) === undefined)
    return serversUnknown(`Centum does not run on ${dataDir}; start it to have this checked`);
  let configuration: Configuration;
  try {
    configuration = readConfiguration(environment);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.problems.map((problem) => failed('settings', problem, 'Set it: see docs/operations/configuration.md.'));
  }
  return [...(await checkDatabase(configuration)), ...(await checkTemporal(configuration))];
}
