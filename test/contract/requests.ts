import { createHash } from 'node:crypto';
import type { AppendRequest, EncodedEvent, StreamAppend } from '#libs/event-store';

/** Requests for tests of the port: bytes are of no feature. */

export function fingerprint(text: string): Uint8Array {
  return createHash('sha256').update(text).digest();
}

export function events(requestKey: string, count: number, payload: Uint8Array = Buffer.from('{"n":1}')): readonly EncodedEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    type: 'Tested',
    schemaVersion: 1,
    eventId: `${requestKey}#${index}`,
    metadata: Buffer.from('{"actor":"system:test"}'),
    payload,
  }));
}

/** One stream, `count` events. */
export function request(requestKey: string, streamId: string, expectedVersion: number, count = 1): AppendRequest {
  return { requestKey, fingerprint: fingerprint(requestKey), streams: [{ streamId, expectedVersion, events: events(requestKey, count) }] };
}

export function requestOver(requestKey: string, streams: readonly StreamAppend[]): AppendRequest {
  return { requestKey, fingerprint: fingerprint(requestKey), streams };
}
