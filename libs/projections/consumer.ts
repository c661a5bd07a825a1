import type { ConsumerKind } from './consumer-store';

/** What one turn of a consumer came to. */
export type Turn =
  | { readonly kind: 'more' }
  /** Nothing to do until the log goes beyond this position, or that time has passed. */
  | { readonly kind: 'idle'; readonly position: number; readonly withinMs?: number }
  | { readonly kind: 'parked'; readonly retryInMs: number };

/** Something that follows the log. The host gives it turns while this process owns its lease. */
export interface Consumer {
  readonly name: string;
  readonly kind: ConsumerKind;
  readonly lease: string;
  /** Reads its checkpoint and makes ready; again after a lost lease, a failure, a rebuild request or a change of epoch. */
  open(): Promise<void>;
  turn(): Promise<Turn>;
}

/** Takes the logger of the process; ids, positions and codes only. */
export interface ConsumerLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
