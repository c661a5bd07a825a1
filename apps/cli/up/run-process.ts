import type { Logger } from 'pino';

import type { Configuration } from '#libs/config';
import { EXIT } from '../output';
import { Closers } from './closers';
import { openCoreOrExplain } from './open-core';
import { type PartName, startPart } from './parts';
import { stopSignal } from './stop-signal';

export interface ProcessRequest {
  readonly name: PartName;
  readonly configuration: Configuration;
  readonly logger: Logger;
  readonly tell: (line: string) => void;
}

/** One part by itself, until it is told to stop. */
export async function runProcess({ name, configuration, logger, tell }: ProcessRequest): Promise<void> {
  const closers = new Closers();
  const stop = stopSignal(tell);
  closers.add('signals', stop.release);
  try {
    const core = await openCoreOrExplain(configuration, logger);
    closers.add('connections', () => core.close());
    const running = await startPart(name, core, stop.failed);
    closers.add(name, () => running.stop());
    logger.info({ part: name }, 'started');
    const reason = await stop.reason;
    if (reason.kind === 'failed') {
      logger.fatal({ part: name, what: reason.what }, 'ended by itself');
      process.exitCode = EXIT.failed;
    }
  } finally {
    const left = await closers.closeAll();
    if (left.length > 0) logger.error({ left }, 'did not stop cleanly');
  }
  logger.info({ part: name }, 'stopped');
}
