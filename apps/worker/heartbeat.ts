import { Context } from '@temporalio/activity';
import { WORKFLOW_LIMITS } from '#workflows/contracts';

export interface Heart<D> {
  /** Where an earlier try stopped; undefined at the first. */
  readonly resumed: D | undefined;
  /** Remembers how far this try has come. Thrown when the activity was cancelled. */
  readonly beat: (details: D) => void;
}

/**
 * Runs a long activity that beats by itself, also while it waits for a read model or a slow store: it is the process that
 * a missed heartbeat reports dead, not the database.
 * `read` turns what an earlier try left into details, or undefined when it can't be used.
 */
export async function withHeartbeat<D, T>(read: (details: unknown) => D | undefined, work: (heart: Heart<D>) => Promise<T>): Promise<T> {
  const context = Context.current();
  const resumed = read(context.info.heartbeatDetails);
  let latest = resumed;
  const timer = setInterval(() => context.heartbeat(latest), WORKFLOW_LIMITS.heartbeatMs / 3);
  try {
    return await work({
      resumed,
      beat: (details) => {
        latest = details;
        context.heartbeat(details);
        context.cancellationSignal.throwIfAborted();
      },
    });
  } finally {
    clearInterval(timer);
  }
}
