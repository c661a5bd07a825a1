import { instant } from '#kernel';
import { z } from 'zod';
import { eventEntry, eventLeaf, LEAF_FORMAT, type StoredEvent } from './index';
import vectorsFile from './leaf.vectors.json';

const zVector = z.strictObject({
  name: z.string(),
  logId: z.string(),
  epoch: z.int(),
  position: z.int(),
  streamId: z.string(),
  streamVersion: z.int(),
  type: z.string(),
  schemaVersion: z.int(),
  recordedAt: z.string(),
  eventId: z.string(),
  metadataHex: z.string(),
  payloadHex: z.string(),
  entryHex: z.string(),
  leafHex: z.string(),
});
const { format, vectors } = z.strictObject({ format: z.string(), vectors: z.array(zVector).min(1) }).parse(vectorsFile);

function storedOf(vector: z.infer<typeof zVector>): StoredEvent {
  const { epoch, position, streamId, streamVersion, type, schemaVersion, eventId } = vector;
  return {
    epoch,
    position,
    streamId,
    streamVersion,
    type,
    schemaVersion,
    eventId,
    recordedAt: instant(vector.recordedAt),
    metadata: Buffer.from(vector.metadataHex, 'hex'),
    payload: Buffer.from(vector.payloadHex, 'hex'),
  };
}

describe('the leaf of an event', () => {
  it('has the format that the vectors were made for', () => {
    expect(format).toBe(LEAF_FORMAT);
  });

  it.each(vectors.map((vector) => [vector.name, vector] as const))('is as committed: %s', (_, vector) => {
    const event = storedOf(vector);
    expect(eventEntry(vector.logId, event).toString('hex')).toBe(vector.entryHex);
    expect(eventLeaf(vector.logId, event).toString('hex')).toBe(vector.leafHex);
  });

  it('is another one when any field changes', () => {
    const [vector] = vectors;
    if (!vector) throw new Error('no vector');
    const event = storedOf(vector);
    const changed: readonly StoredEvent[] = [
      { ...event, epoch: 2 },
      { ...event, position: 2 },
      { ...event, streamId: 'appraisal-c.t' },
      { ...event, streamVersion: 2 },
      { ...event, type: 'Appraisal' },
      { ...event, schemaVersion: 2 },
      { ...event, recordedAt: instant('2026-11-02T01:00:00.001Z') },
      { ...event, eventId: 'k1#1' },
      { ...event, metadata: Buffer.from('{}') },
      { ...event, payload: Buffer.from('{"n":2}') },
    ];
    const leaves = new Set([event, ...changed].map((one) => eventLeaf(vector.logId, one).toString('hex')));
    leaves.add(eventLeaf('0190a000-0000-7000-8000-000000000002', event).toString('hex'));
    expect(leaves.size).toBe(changed.length + 2);
  });
});
