import type { Instant, SubjectId } from '#kernel';
import type { EventStreams } from '#libs/event-store';
import type { EventDecoder } from '#libs/projections';
import { holdKey, type PayoutEvent } from '../contracts';

export interface HoldReason {
  /** As finance gave it; null where an appeal holds. */
  readonly reason: string | null;
  readonly at: Instant;
}

/** Why lines of one person are held in a batch, by cause (`appeal/<id>`, `finance/<id>`): from the batch's own stream, no read model has it. */
export async function holdReasons(
  { log, decoder }: { readonly log: Pick<EventStreams, 'readStream'>; readonly decoder: EventDecoder },
  { batchId, subject }: { readonly batchId: string; readonly subject: SubjectId },
): Promise<ReadonlyMap<string, HoldReason>> {
  const reasons = new Map<string, HoldReason>();
  for (let read = 0; ;) {
    const { events } = await log.readStream(`payout-${batchId}`, { fromVersion: read + 1 });
    if (events.length === 0) return reasons;
    read += events.length;
    for (const stored of events) {
      const event = decoder.decode(stored) as PayoutEvent;
      if (event.type !== 'PayoutLinesHeld' || event.data.subject !== subject) continue;
      reasons.set(holdKey(event.data.cause), { reason: event.data.reason ?? null, at: event.data.heldAt });
    }
  }
}
