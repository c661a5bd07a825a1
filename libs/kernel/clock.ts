import { randomFillSync } from 'node:crypto';
import { type IdSource, type Instant, instant, uuidV7 } from './ids';

/** The one clock. Edges take it by injection; domain code gets `now` in its context. */
export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => instant(new Date().toISOString()) };

/** The one id maker: UUIDv7 from the clock given and the system's randomness. */
export function idSource(clock: Clock): IdSource {
  return { uuid: () => uuidV7(Date.parse(clock.now()), randomFillSync(new Uint8Array(10))) };
}

export function instantPlusMs(start: Instant, ms: number): Instant {
  return instant(new Date(Date.parse(start) + ms).toISOString());
}
