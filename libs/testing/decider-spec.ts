import { type ActorId, actorId, type Decider, fold, type Instant, instant, type Message, Rejection } from '#kernel';

/** Who acts and when, unless the test says otherwise. */
export const SPEC_ACTOR: ActorId = actorId('00000000-0000-7000-8000-0000000000aa');
export const SPEC_NOW: Instant = instant('2026-11-02T01:00:00.000Z');

/** What a decision gave, to be checked. */
export interface DecisionOutcome<S, E extends Message> {
  /** Exactly these events, in this order. */
  then(events: readonly E[]): void;
  /** No event: said already. */
  thenNothing(): void;
  /** Refused with this code, and with (at least) these details. */
  thenRejects(code: string, details?: object): void;
  /** The state after the events decided; looks at what no event shows. */
  thenState(check: (state: S) => void): void;
}

export interface DecisionSpec<C extends Message, S, E extends Message> {
  as(actor: ActorId): DecisionSpec<C, S, E>;
  at(now: Instant): DecisionSpec<C, S, E>;
  when(command: C): DecisionOutcome<S, E>;
}

/**
 * given(decider, past).as(actor).at(now).when(command).then(events) or .thenRejects('feature.reason').
 */
export function given<C extends Message, S, E extends Message>(decider: Decider<C, S, E>, past: readonly E[] = []): DecisionSpec<C, S, E> {
  return specOf(decider, past, SPEC_ACTOR, SPEC_NOW);
}

function specOf<C extends Message, S, E extends Message>(
  decider: Decider<C, S, E>,
  past: readonly E[],
  actor: ActorId,
  now: Instant,
): DecisionSpec<C, S, E> {
  return {
    as: (other) => specOf(decider, past, other, now),
    at: (other) => specOf(decider, past, actor, other),
    when: (command) => outcomeOf(decider, past, () => decider.decide(command, fold(decider, past), { now, actor })),
  };
}

function outcomeOf<C extends Message, S, E extends Message>(
  decider: Decider<C, S, E>,
  past: readonly E[],
  decide: () => readonly E[],
): DecisionOutcome<S, E> {
  return {
    then: (events) => expect(decide()).toEqual(events),
    thenNothing: () => expect(decide()).toEqual([]),
    thenRejects: (code, details) => {
      const rejection = rejectionOf(decide);
      expect(rejection.code).toBe(code);
      if (details) expect(rejection.details).toMatchObject(details);
    },
    thenState: (check) => {
      check(fold(decider, [...past, ...decide()]));
    },
  };
}

function rejectionOf(decide: () => readonly Message[]): Rejection {
  let decided: readonly Message[];
  try {
    decided = decide();
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
  throw new Error(`expected a rejection, but the decision was ${JSON.stringify(decided.map((event) => event.type))}`);
}
