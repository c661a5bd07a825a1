import { instant, type Instant } from '#kernel';
import type { EventLog } from '#libs/event-store';
import type { AsOf, ReadDb } from '#libs/projections';

/** The log position that `asOf=` of a request stands for; undefined for now. */
export function positionOf(asOf: number | string | undefined, read: ReadDb, log: EventLog): Promise<number | undefined> {
  return read.positionOf(momentOf(asOf), log);
}

function momentOf(asOf: number | string | undefined): AsOf {
  if (asOf === undefined) return undefined;
  return typeof asOf === 'number' ? { position: asOf } : { time: toInstant(asOf) };
}

function toInstant(text: string): Instant {
  return instant(new Date(text).toISOString());
}
