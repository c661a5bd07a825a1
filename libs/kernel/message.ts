import type { ActorId, Instant } from './ids';

/** A command or an event: a stable name and its data. Data is plain JSON, exact decimals as strings, plus PersonalText. */
export interface Message {
  readonly type: string;
  readonly data: object;
}

/** What a decision may know of the world. Domain code reads no clock, no randomness and no environment. */
export interface DecisionContext {
  readonly now: Instant;
  readonly actor: ActorId;
}

/** A decider is data; it decides from state, never from the world. */
export interface Decider<C extends Message, S, E extends Message> {
  /** Stream prefix, no dash: the stream of id X is `category-X`. */
  readonly category: string;
  readonly initial: S;
  /** Thrown when the command is refused: Rejection. An empty list means "said already". */
  decide(command: C, state: S, context: DecisionContext): readonly E[];
  /** Total: never throws, unknown situations leave the state as it is. */
  evolve(state: S, event: E): S;
  /** True when the stream will take no further event, so no workflow is owed to it. */
  isTerminal(state: S): boolean;
}

export type RejectionDetails = Readonly<Record<string, string | number | boolean | readonly string[] | null | undefined>>;

/**
 * A command refused by a rule. `code` is `feature.kebab-reason` and is never reworded: it is part of the API.
 * Details hold ids and numbers only, never names or free text.
 */
export class Rejection extends Error {
  override readonly name = 'Rejection';

  constructor(
    readonly code: `${string}.${string}`,
    readonly details: RejectionDetails = {},
  ) {
    super(code);
  }
}

/** Exhaustiveness check for switches over unions. */
export function assertNever(value: never): never {
  throw new TypeError(`unexpected variant: ${JSON.stringify(value)}`);
}

/** All events of a stream folded into its state. */
export function fold<S, E extends Message>(decider: Pick<Decider<Message, S, E>, 'initial' | 'evolve'>, events: Iterable<E>): S {
  let state = decider.initial;
  for (const event of events) state = decider.evolve(state, event);
  return state;
}
