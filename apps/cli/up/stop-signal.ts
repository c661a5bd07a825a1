export type StopReason = { readonly kind: 'signal' } | { readonly kind: 'failed'; readonly what: string };

export interface StopSignal {
  readonly reason: Promise<StopReason>;
  /** Something that everything stands on went away. */
  readonly failed: (what: string) => void;
  /** Ends listening. */
  readonly release: () => void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const EXIT_INTERRUPTED = 130;
/** One Ctrl-C comes twice under npm: from the terminal to everybody, and passed on by npm. */
const ECHO_MS = 1_000;
const LONG_MS = 1_000_000_000;

/** The first signal stops cleanly, a second one at once; what is left then is taken care of by the next start. */
export function stopSignal(tell: (line: string) => void): StopSignal {
  let stop: (reason: StopReason) => void = () => undefined;
  let askedAt: number | undefined;
  const reason = new Promise<StopReason>((resolve) => (stop = resolve));
  const onSignal = (): void => {
    const now = performance.now();
    if (askedAt === undefined) {
      askedAt = now;
      return stop({ kind: 'signal' });
    }
    if (now - askedAt < ECHO_MS) return;
    tell('Stopping at once.');
    process.exit(EXIT_INTERRUPTED);
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  // Waiting for a signal keeps no process alive by itself.
  const alive = setInterval(() => undefined, LONG_MS);
  return {
    reason,
    failed: (what) => stop({ kind: 'failed', what }),
    release: () => {
      clearInterval(alive);
      for (const signal of SIGNALS) process.off(signal, onSignal);
    },
  };
}
