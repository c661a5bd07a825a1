import type { Logger } from 'pino';
import { type Core, openCore } from '#apps/assembly';
import type { Configuration } from '#libs/config';
import { EventStoreError } from '#libs/event-store';
import { PrivacyError } from '#libs/privacy';
import { CliError, EXIT } from '../output';

/** Thrown: CliError in the words of whoever runs the process. */
export async function openCoreOrExplain(configuration: Configuration, logger: Logger): Promise<Core> {
  try {
    return await openCore(configuration, logger);
  } catch (error) {
    if (error instanceof EventStoreError && error.code === 'store-unavailable') {
      throw new CliError(
        `PostgreSQL can't be reached, or holds no Centum yet (${String(error.details['reason'])}): check CENTUM_POSTGRES_URL and run "centum migrate".`,
        EXIT.unreachable,
      );
    }
    if (error instanceof PrivacyError) {
      throw new CliError(
        `The keys of people's texts can't be opened (${error.message}): check CENTUM_TENANT_KEY and CENTUM_KEYS_URL, or who else holds the key file.`,
      );
    }
    throw error;
  }
}
