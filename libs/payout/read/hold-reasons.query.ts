import type { ActorId, Instant, SubjectId } from '#kernel';
import type { EventStreams } from '#libs/event-store';
import type { EventDecoder } from '#libs/projections';
import { holdKey, type PayoutEvent } from '../contracts';

export interface HoldReason {
  /** As finance gave it; null where an appeal holds. */
  readonly reason: string | null;
  readonly by: ActorId;
  readonly at: Instant;
}

/**
 * Why lines are or were held in a batch, by cause (`appeal/<id>`, `finance/<id>`): from the batch's own stream, no read model has it. Of one
 * person where one is named.
 */
export async function holdReasons(
  { log, decoder }: { readonly log: Pick<EventStreams, 'readStream'>; readonly decoder: EventDecoder },
  { batchId, subject }: { readonly batchId: string; readonly subject?: SubjectId },
): Promise<ReadonlyMap<string, HoldReason>> {
  const reasons = new Map<string, HoldReason>();
  for (let read = 0; ;) {
    const { events } = await log.readStream(`payout-${batchId}`, { fromVersion: read + 1 });
    if (events.length === 0) return reasons;
    read += events.length;
    for (const stored of events) {
      const event = decoder.decode(stored) as PayoutEvent;
      if (event.type !== 'PayoutLinesHeld' || (subject !== undefined && event.data.subject !== subject)) continue;
      const { cause, reason = null, by, heldAt } = event.data;
      reasons.set(holdKey(cause), { reason, by, at: heldAt });
    }
  }
}
