import type { Decider, Message } from '#kernel';
import type { CommandContext, CommandResult } from './contract-types';

/** One stream's decision among many; each has a request key of its own. */
export interface ManyItem<C extends Message> {
  readonly id: string;
  readonly command: C;
  readonly requestKey: string;
}

export type ManyOutcome =
  | { readonly kind: 'done'; readonly id: string; readonly result: CommandResult }
  /** The decider refused: a result, not a failure; a fact may beat a timer by a moment. */
  | { readonly kind: 'rejected'; readonly id: string; readonly code: string; readonly details: Readonly<Record<string, unknown>> };

/**
 * The way from a command to stored events: read, decode, fold, decide, encode (sealing personal text), append at the
 * version read. A known request key is answered before anything is decided. A version conflict is decided again, at most
 * RUNNER_LIMITS.conflictRetries times. `outcome-unknown` is asked again with the same key.
 */
export interface CommandRunner {
  /** Thrown: Rejection from the decider; EventStoreError `request-key-reused`, `version-conflict` (retries used up), `store-unavailable`. */
  run<C extends Message, S, E extends Message>(
    decider: Decider<C, S, E>,
    id: string,
    command: C,
    context: CommandContext,
  ): Promise<CommandResult>;
  /** Loads the streams in one query, decides each, queues one request per stream; a conflict or rejection concerns only its own. At most RUNNER_LIMITS.manyItems. */
  runMany<C extends Message, S, E extends Message>(
    decider: Decider<C, S, E>,
    items: readonly ManyItem<C>[],
    context: Omit<CommandContext, 'requestKey'>,
  ): Promise<readonly ManyOutcome[]>;
  /**
   * For an invariant across streams: each part decides on its own stream; all is appended in one request or nothing is.
   * Only streams that get events are checked for their version: one whose part yields no event may have moved on since it
   * was read. An invariant that rests on such a stream needs an event there.
   */
  runTogether(parts: readonly TogetherPart[], context: CommandContext): Promise<CommandResult>;
  /** Reads and folds a stream without deciding; version 0 and `initial` when it does not exist. */
  load<S, E extends Message>(
    decider: Pick<Decider<Message, S, E>, 'category' | 'initial' | 'evolve'>,
    id: string,
    options?: { readonly toPosition?: number },
  ): Promise<{ readonly state: S; readonly version: number }>;
  /** As `load`, of many streams in one query and in the order asked. Thrown: RangeError above RUNNER_LIMITS.manyItems. */
  loadMany<S, E extends Message>(
    decider: Pick<Decider<Message, S, E>, 'category' | 'initial' | 'evolve'>,
    ids: readonly string[],
  ): Promise<readonly { readonly state: S; readonly version: number }[]>;
}

/** Made by `together(decider, id, command)`, which keeps the types of decider and command in step. */
export interface TogetherPart {
  readonly streamId: string;
  readonly command: Message;
  readonly decide: (past: readonly Message[], context: CommandContext) => readonly Message[];
}
