import { EVENT_CONTRACTS } from '#apps/assembly';
import { canonicalJson } from '#kernel';
import { EventRegistry, type StoredEvent } from '#libs/event-store';
import { goldenProblems, SPEC_ACTOR, SPEC_NOW } from '#libs/testing';
import { readSamples, type Sample } from './samples';

/*
 * The storage format of every event type. A sample that no longer decodes means that stored events no longer do: give the
 * type a new version and an upcaster. Before the first release alone: make.ts --renew.
 */
const registry = new EventRegistry(EVENT_CONTRACTS);
const metadata = Buffer.from(
  canonicalJson({ actor: SPEC_ACTOR, causationId: 'golden', commandId: 'golden', correlationId: 'golden', occurredAt: SPEC_NOW }),
);

function stored({ type, version, payload }: Sample): StoredEvent {
  return {
    type,
    schemaVersion: version,
    eventId: 'golden#0',
    metadata,
    payload: Buffer.from(payload),
    epoch: 1,
    position: 1,
    streamId: 'golden-1',
    streamVersion: 1,
    recordedAt: SPEC_NOW,
  };
}

const samples = readSamples();

describe('golden samples', () => {
  it.each(samples.map((sample) => [`${sample.type} v${sample.version}`, sample] as const))(
    '%s decodes, and is written the same way again',
    (_, sample) => {
      const decoded = registry.decode(stored(sample));
      if (registry.contractOf(sample.type).version === sample.version) expect(canonicalJson(decoded.data)).toBe(sample.payload);
    },
  );

  it('stand for every version of every type', () => {
    const inFiles = new Set(samples.map(({ type, version }) => `${type} v${version}: no golden sample`));
    const missing = goldenProblems(EVENT_CONTRACTS).filter((problem) => !inFiles.has(problem));
    // A new type or version wants its sample: see make.ts for how to write it.
    expect(missing).toEqual([]);
  });
});
