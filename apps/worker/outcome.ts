import { Rejection } from '#kernel';
import { EventStoreError } from '#libs/event-store';
import type { CommandOutcome } from '#workflows/contracts';

/**
 * A refused command is a result: a person may be a moment faster than a timer. So is a key that was used for a command
 * with other details: the first one stands, and the workflow sees what it did in the record.
 */
export async function outcomeOf(send: () => Promise<unknown>): Promise<CommandOutcome> {
  try {
    await send();
    return { kind: 'done' };
  } catch (error) {
    if (error instanceof Rejection) return { kind: 'refused', code: error.code };
    if (error instanceof EventStoreError && error.code === 'request-key-reused')
      return { kind: 'refused', code: 'event-store.request-key-reused' };
    throw error;
  }
}

export function outcomeFrom(work: { readonly done: boolean; readonly refused: string | null }): CommandOutcome {
  return work.refused === null ? { kind: 'done' } : { kind: 'refused', code: work.refused };
}
