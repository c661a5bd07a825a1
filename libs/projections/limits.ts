/** Every bound of consumers in one place. */
export const PROJECTION_LIMITS = {
  /** Events read, decoded and written together; also the size of a shared page. */
  pageEvents: 1_000,
  /** How far the slowest consumer may lie behind the fastest before it reads by itself what they have read. */
  cachedPages: 20,
  /** Rows of one projection kept in memory, so that a rebuild does not read back what it has just written. */
  cachedRows: 20_000,
  /** Touched rows of one event; more means that the key was chosen badly. */
  keysPerEvent: 5_000,
  nameLength: 40,
  columns: 100,
  pollMinMs: 25,
  pollMaxMs: 1_000,
  /** Rebuild requests and `--resume` are noticed within this time. */
  controlPollMs: 1_000,
  leaseRetryMs: 1_000,
  /** How long `stop` waits for turns under way. */
  stopMaxMs: 15_000,
  transientRetryMinMs: 100,
  transientRetryMaxMs: 10_000,
  parkRetryMinMs: 1_000,
  parkRetryMaxMs: 300_000,
  /** A swap waits at most this long for readers of the old table, then tries again later. */
  swapLockTimeoutMs: 5_000,
  /** How long a look at the checkpoints serves those who come after it. */
  seenMaxMs: 250,
  waitPollMinMs: 5,
  waitPollMaxMs: 100,
  waitMaxMs: 120_000,
  reactorConcurrency: 64,
  /** Commands that one event may lead to in one reactor. */
  reactorCommands: 1_000,
} as const;
