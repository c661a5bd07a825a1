import { createHash, type Hash } from 'node:crypto';
import type { StoredEvent } from './port';

/** The layout below; a different one would be a new name, and leaves of both kinds could never be mistaken. */
export const LEAF_FORMAT = 'centum-event-1';

/** RFC 6962: what is hashed for a leaf begins with 0x00, for an inner node with 0x01. */
const LEAF_PREFIX = Buffer.of(0x00);

/**
 * The bytes that stand for an event in the log's Merkle tree: every column of its row, each with its length before it.
 * Byte by byte in docs/adr/0003-event-leaf.md; fixed by test vectors. A pure function of what is stored.
 */
export function eventEntry(logId: string, event: StoredEvent): Buffer {
  const parts: Uint8Array[] = [];
  writeEntry(logId, event, (bytes) => parts.push(bytes));
  return Buffer.concat(parts);
}

/** SHA-256 over 0x00 and the entry: 32 bytes. */
export function eventLeaf(logId: string, event: StoredEvent): Buffer {
  const hash: Hash = createHash('sha256').update(LEAF_PREFIX);
  writeEntry(logId, event, (bytes) => hash.update(bytes));
  return hash.digest();
}

function writeEntry(logId: string, event: StoredEvent, write: (bytes: Uint8Array) => void): void {
  const field = (bytes: Uint8Array): void => {
    const length = Buffer.allocUnsafe(4);
    length.writeUInt32BE(bytes.length);
    write(length);
    write(bytes);
  };
  const text = (value: string): void => field(Buffer.from(value, 'utf8'));
  const integer = (value: number): void => {
    const bytes = Buffer.allocUnsafe(8);
    bytes.writeBigUInt64BE(BigInt(value));
    field(bytes);
  };
  text(LEAF_FORMAT);
  text(logId);
  integer(event.epoch);
  integer(event.position);
  text(event.streamId);
  integer(event.streamVersion);
  text(event.type);
  integer(event.schemaVersion);
  integer(Date.parse(event.recordedAt));
  text(event.eventId);
  field(event.metadata);
  field(event.payload);
}
