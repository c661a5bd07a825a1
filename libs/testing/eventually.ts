/** How long and how often a test asks before it gives up; never a sleep of a guessed length. */
const DEFAULTS = { timeoutMs: 10_000, intervalMs: 20 } as const;

export interface EventuallyOptions {
  readonly timeoutMs?: number;
  readonly intervalMs?: number;
}

/**
 * Asks until `check` passes (returns without throwing) and gives back its value.
 * Thrown when the time is up: the last error of `check`, with the time waited.
 */
export async function eventually<T>(check: () => T | Promise<T>, options: EventuallyOptions = {}): Promise<T> {
  const { timeoutMs, intervalMs } = { ...DEFAULTS, ...options };
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() + intervalMs > deadline) throw new Error(`not within ${timeoutMs} ms: ${describe(error)}`, { cause: error });
    }
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
  }
}

/** `eventually` for conditions that say true or false. */
export async function eventuallyTrue(condition: () => boolean | Promise<boolean>, options: EventuallyOptions = {}): Promise<void> {
  await eventually(async () => {
    if (!(await condition())) throw new Error('the condition is still false');
  }, options);
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
