import { canonicalJson, instant, PersonalText, subjectId } from '#kernel';
import { goldenProblems, SPEC_ACTOR, SPEC_NOW, testText, trivialSealer } from '#libs/testing';
import { z } from 'zod';
import { defineEvent, encodeMetadata, EventRegistry, type EventToEncode, personalText, type StoredEvent } from './index';

const ANNA = subjectId('0190a000-0000-7000-8000-000000000001');
const sealed = { subject: ANNA, keyVersion: 1, tag: 'dGFn', at: 'k#0/name', sealed: 'c2VhbGVk' };

const personNamed = defineEvent({
  type: 'PersonNamed',
  version: 2,
  schema: z.strictObject({ subject: z.string(), name: personalText(), nick: personalText().optional(), note: z.unknown().optional() }),
  upcasters: {
    1: (data) => {
      const old = z.strictObject({ person: z.string(), name: z.unknown() }).parse(data);
      return { subject: old.person, name: old.name };
    },
  },
  golden: { 1: { person: 'a', name: sealed }, 2: { subject: 'a', name: sealed } },
});
const counted = defineEvent({ type: 'Counted', version: 1, schema: z.strictObject({ count: z.int() }) });
const registry = new EventRegistry([personNamed, counted]);
const metadata = encodeMetadata({ actor: SPEC_ACTOR, causationId: 'c', commandId: 'k', correlationId: 'r', occurredAt: SPEC_NOW });

function event(type: string, data: object): EventToEncode {
  return { type, data, eventId: 'k#0', metadata };
}

function stored(type: string, schemaVersion: number, data: unknown, meta: Uint8Array = metadata): StoredEvent {
  return {
    type,
    schemaVersion,
    eventId: 'k#0',
    metadata: meta,
    payload: Buffer.from(JSON.stringify(data)),
    epoch: 1,
    position: 7,
    streamId: 'person-1',
    streamVersion: 1,
    recordedAt: instant('2026-11-02T01:00:00.000Z'),
  };
}

describe('encoding', () => {
  it('writes canonical JSON and the current schema version', async () => {
    const [encoded] = await registry.encodeAll([event('Counted', { count: 3 })], trivialSealer);
    expect(Buffer.from(encoded?.payload ?? []).toString()).toBe('{"count":3}');
    expect(encoded).toMatchObject({ type: 'Counted', schemaVersion: 1, eventId: 'k#0' });
  });

  it('seals every marked text in one call, told event and field', async () => {
    const asked: unknown[] = [];
    const sealer = {
      sealAll: (items: Parameters<typeof trivialSealer.sealAll>[0]) => {
        asked.push(items.map(({ eventId, field }) => `${eventId} ${field}`));
        return trivialSealer.sealAll(items);
      },
    };
    const data = { subject: 'a', name: testText(ANNA, '王芳'), nick: testText(ANNA, '芳') };
    const [first] = await registry.encodeAll([event('PersonNamed', data), event('Counted', { count: 1 })], sealer);
    expect(asked).toEqual([['k#0 /name', 'k#0 /nick']]);
    expect(Buffer.from(first?.payload ?? []).toString()).not.toContain('王芳');
    expect(JSON.parse(Buffer.from(first?.payload ?? []).toString())).toMatchObject({ name: { subject: ANNA, at: 'k#0/name' } });
  });

  it('carries a text that was sealed before as it is', async () => {
    const [encoded] = await registry.encodeAll(
      [event('PersonNamed', { subject: 'a', name: PersonalText.fromStored(sealed) })],
      trivialSealer,
    );
    expect(Buffer.from(encoded?.payload ?? []).toString()).toBe(canonicalJson({ subject: 'a', name: sealed }));
  });

  it.each([
    ['data that does not fit', event('Counted', { count: 'x' }), 'invalid-request'],
    ['a field the schema does not know', event('Counted', { count: 1, more: 1 }), 'invalid-request'],
    [
      'a personal text where none is marked',
      event('PersonNamed', { subject: 'a', name: testText(ANNA, 'x'), note: testText(ANNA, 'y') }),
      'invalid-request',
    ],
    ['one that also stands where none is marked', sameTwice(), 'invalid-request'],
    ['plain text in a personal field', event('PersonNamed', { subject: 'a', name: 'Wang Fang' }), 'invalid-request'],
    ['an unknown type', event('Unheard', {}), 'unknown-event-type'],
  ])('refuses %s', async (_, bad, code) => {
    await expect(registry.encodeAll([bad], trivialSealer)).rejects.toMatchObject({ code });
  });

  it('names no value in its errors', async () => {
    await expect(registry.encodeAll([event('PersonNamed', { subject: 'a', name: 'Wang Fang' })], trivialSealer)).rejects.not.toThrow(
      /Wang/,
    );
  });
});

function sameTwice(): EventToEncode {
  const text = testText(ANNA, 'x');
  return event('PersonNamed', { subject: 'a', name: text, note: { deep: [text] } });
}

describe('decoding', () => {
  it('gives back what was encoded', async () => {
    const [encoded] = await registry.encodeAll([event('PersonNamed', { subject: 'a', name: testText(ANNA, '王芳') })], trivialSealer);
    const decoded = registry.decode({ ...stored('PersonNamed', 2, {}), payload: encoded?.payload ?? Buffer.of() });
    expect(decoded.data).toMatchObject({ subject: 'a', name: expect.any(PersonalText) });
    expect(decoded.metadata).toEqual({ actor: SPEC_ACTOR, causationId: 'c', commandId: 'k', correlationId: 'r', occurredAt: SPEC_NOW });
  });

  it('brings older versions up to the current one', () => {
    const decoded = registry.decode(stored('PersonNamed', 1, { person: 'a', name: sealed }));
    expect(decoded).toMatchObject({ schemaVersion: 1, data: { subject: 'a' } });
  });

  it.each([
    ['a version from the future', stored('Counted', 2, { count: 1 }), 'undecodable-event'],
    ['data that does not fit', stored('Counted', 1, { count: 1.5 }), 'undecodable-event'],
    ['a failing upcaster', stored('PersonNamed', 1, { nobody: 1 }), 'undecodable-event'],
    ['bytes that are no JSON', { ...stored('Counted', 1, {}), payload: Buffer.from([0xff, 0xfe]) }, 'undecodable-event'],
    ['metadata of another form', stored('Counted', 1, { count: 1 }, Buffer.from('{}')), 'undecodable-event'],
    ['an unknown type', stored('Unheard', 1, {}), 'unknown-event-type'],
  ])('refuses %s', (_, bad, code) => {
    expect(() => registry.decode(bad)).toThrow(expect.objectContaining({ code }));
  });
});

describe('golden samples', () => {
  it('decode, and a missing one is named', () => {
    expect(goldenProblems([personNamed])).toEqual([]);
    expect(goldenProblems([counted])).toEqual(['Counted v1: no golden sample']);
  });
});

it('refuses two contracts of one type and a version without its upcaster', () => {
  expect(() => new EventRegistry([counted, counted])).toThrow(/twice/);
  expect(() => defineEvent({ type: 'X', version: 2, schema: z.strictObject({}) })).toThrow(/no upcaster/);
});

it('decodes 20 000 events in well under a second', () => {
  const sample = stored('Counted', 1, { count: 5 });
  const start = performance.now();
  for (let index = 0; index < 20_000; index += 1) registry.decode(sample);
  expect(performance.now() - start).toBeLessThan(2_000);
});
