export type ProjectionErrorCode =
  | 'invalid-definition'
  | 'unknown-projection'
  | 'no-history'
  | 'wait-timed-out'
  | 'projection-parked'
  | 'checkpoint-ahead-of-log'
  | 'too-many-keys'
  | 'too-many-commands'
  | 'fenced';

/** Details hold names and positions only. `fenced`: another owner moved the checkpoint; nothing was written. */
export class ProjectionError extends Error {
  override readonly name = 'ProjectionError';

  constructor(
    readonly code: ProjectionErrorCode,
    readonly details: Readonly<Record<string, string | number>> = {},
    options?: { readonly cause?: unknown },
  ) {
    super(`${code} ${JSON.stringify(details)}`, options);
  }
}

const TRANSIENT_SQL_CLASSES = ['08', '53', '57', '40'];
const TRANSIENT_SQL_CODES = ['55P03', '25P03'];
const TRANSIENT_SYSTEM_CODES = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'];
const TRANSIENT_STORE_CODES = ['store-unavailable', 'outcome-unknown', 'version-conflict', 'wait-timed-out', 'closed', 'projection-parked'];
/** gRPC: CANCELLED, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, UNAVAILABLE. */
const TRANSIENT_GRPC_CODES = [1, 4, 8, 10, 14];
const CONNECTION_WORDS =
  /connection terminated|connection ended|client has encountered a connection error|timeout exceeded when trying to connect|cannot use a pool/i;

/** True when the world failed rather than the event, so that trying again later is right and parking is not. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code: unknown = 'code' in error ? error.code : undefined;
  if (typeof code === 'number') return TRANSIENT_GRPC_CODES.includes(code) || isTransient(error.cause);
  if (typeof code === 'string') {
    if (TRANSIENT_SYSTEM_CODES.includes(code) || TRANSIENT_SQL_CODES.includes(code) || TRANSIENT_STORE_CODES.includes(code)) return true;
    if (/^[0-9A-Z]{5}$/.test(code)) return TRANSIENT_SQL_CLASSES.includes(code.slice(0, 2));
  }
  return CONNECTION_WORDS.test(error.message) || (error.cause !== undefined && isTransient(error.cause));
}

/** A short code for an error of any make: never its message, which may hold values of the event. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code: unknown = 'code' in error ? error.code : undefined;
  return typeof code === 'string' || typeof code === 'number' ? `${error.name}:${code}`.slice(0, 100) : error.name.slice(0, 100);
}

/** Where an error came from without what it said: the stack's frames. */
export function errorFrames(error: unknown): string {
  if (!(error instanceof Error) || !error.stack) return '';
  return error.stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .join('\n');
}
