import type { RecordedEvent } from '#libs/event-store';
import { defineProjection, type Projection, type Row } from './definition';
import { FoldFailure, foldEvents, foldRows, type PageEvent, touchedKeys } from './fold';
import { rowJson, sameRow } from './row-codec';
import { checkDefinition, definitionSignature } from './sql-names';
import { actorId, instant } from '#kernel';
import fc from 'fast-check';

type Counted = { readonly type: 'Counted'; readonly data: { readonly keys: readonly string[]; readonly by: number } };
type Cleared = { readonly type: 'Cleared'; readonly data: { readonly key: string } };
type CountRow = { readonly key: string; readonly total: number; readonly seen: readonly number[] };

const counts: Projection<CountRow, Counted | Cleared> = defineProjection<CountRow, Counted | Cleared>({
  name: 'counts',
  version: 1,
  columns: { key: 'text', total: 'bigint', seen: 'jsonb' },
  key: ['key'],
  history: true,
  on: {
    Counted: {
      keys: ({ data }) => data.keys.map((key) => [key]),
      evolve: (row, { data }, key) => {
        if (data.by === 13) throw new TypeError('unlucky');
        return { key: String(key[0]), total: (row?.total ?? 0) + data.by, seen: [...(row?.seen ?? []), data.by] };
      },
    },
    Cleared: { keys: ({ data }) => [[data.key]], evolve: () => undefined },
  },
});

function recorded(position: number, message: Counted | Cleared): RecordedEvent<Counted | Cleared> {
  const at = instant('2026-11-02T01:00:00.000Z');
  const metadata = { commandId: 'c', causationId: 'c', correlationId: 'c', actor: actorId('system:test'), occurredAt: at };
  return {
    ...message,
    epoch: 1,
    position,
    streamId: 'x-1',
    streamVersion: position,
    eventId: `c#${position}`,
    schemaVersion: 1,
    recordedAt: at,
    metadata,
  };
}

function page(...messages: readonly (Counted | Cleared)[]): readonly PageEvent[] {
  return messages.map((message, index) => {
    const event = recorded(index + 1, message);
    return { position: event.position, type: event.type, streamId: event.streamId, event: () => event };
  });
}

const counted = (by: number, ...keys: readonly string[]): Counted => ({ type: 'Counted', data: { keys, by } });
const cleared = (key: string): Cleared => ({ type: 'Cleared', data: { key } });

describe('folding a page', () => {
  it('given several events on a key, then every version stands with the position it begins and ends at', () => {
    const stored = new Map([['a', { key: 'a', total: 10, seen: [] }]]);
    const changes = foldEvents(counts, page(counted(1, 'a', 'b'), counted(2, 'a'), cleared('b')), stored);
    expect(changes.ended).toEqual([{ key: ['a'], at: 1 }]);
    expect(changes.versions.map(({ key, from, to, row }) => [key[0], from, to, row['total']])).toEqual([
      ['a', 1, 2, 11],
      ['b', 1, 3, 1],
      ['a', 2, null, 13],
    ]);
    expect(changes.current.get('b')).toEqual({ key: ['b'], row: undefined });
  });

  it('given a key named twice by one event, then it counts once', () => {
    expect(foldEvents(counts, page(counted(1, 'a', 'a')), new Map()).current.get('a')?.row).toMatchObject({ total: 1 });
  });

  it('given an event that fails on its second key, then nothing of it is taken and it is named', () => {
    const failing = (): unknown => foldEvents(counts, page(counted(1, 'a'), counted(13, 'a', 'b')), new Map());
    expect(failing).toThrow(FoldFailure);
    expect(failing).toThrow(expect.objectContaining({ index: 1, failed: expect.objectContaining({ position: 2, type: 'Counted' }) }));
  });

  it('given a row that evolves into the same cells, then no version begins', () => {
    const changes = foldEvents(counts, page(counted(0, 'a')), new Map([['a', { key: 'a', total: 0, seen: [0] }]]));
    expect(changes.versions).toHaveLength(1);
    const same = {
      ...counts,
      on: { ...counts.on, Counted: { keys: counts.on.Counted.keys, evolve: (row?: CountRow) => row && { ...row, seen: [...row.seen] } } },
    };
    expect(foldEvents(same, page(counted(1, 'a')), new Map([['a', { key: 'a', total: 0, seen: [0] }]])).versions).toHaveLength(0);
  });

  it('however the history is cut into pages, the rows are the same (property)', () => {
    const message = fc.oneof(
      fc
        .record({ by: fc.integer({ min: -5, max: 5 }), keys: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }) })
        .map(({ by, keys }) => counted(by, ...keys)),
      fc.constantFrom('a', 'b', 'c').map(cleared),
    );
    fc.assert(
      fc.property(fc.array(message, { maxLength: 40 }), fc.integer({ min: 1, max: 10 }), (messages, size) => {
        const whole = foldRows(
          counts,
          messages.map((one, index) => recorded(index + 1, one)),
        );
        const rows = new Map<string, Row>();
        const events = page(...messages);
        for (let from = 0; from < events.length; from += size) {
          const part = events.slice(from, from + size);
          touchedKeys(counts, part);
          for (const [text, { row }] of foldEvents(counts, part, rows).current) {
            if (row) rows.set(text, row);
            else rows.delete(text);
          }
        }
        expect(new Map(rows)).toEqual(new Map(whole));
      }),
    );
  });
});

describe('definitions', () => {
  it.each([
    [{ name: 'Bad' }],
    [{ name: 'consumers' }],
    [{ version: 0 }],
    [{ key: [] }],
    [{ key: ['seen' as const] }],
    [{ indexes: [{ columns: ['nowhere'] }] }],
  ])('refuses %j', (change) => {
    expect(() => checkDefinition({ ...counts, ...change })).toThrow(expect.objectContaining({ code: 'invalid-definition' }));
  });

  it('has another signature when it handles another event', () => {
    const { Cleared: _left, ...on } = counts.on;
    expect(definitionSignature(counts)).not.toBe(definitionSignature({ ...counts, on }));
    expect(definitionSignature(counts)).toBe(definitionSignature({ ...counts }));
  });
});

describe('cells', () => {
  it('refuses what would lose value on the way', () => {
    expect(() => rowJson([['n', 'bigint']], { n: 0.5 })).toThrow(TypeError);
    expect(() => rowJson([['n', 'numeric']], { n: 1 })).toThrow(TypeError);
    expect(
      rowJson(
        [
          ['n', 'numeric'],
          ['b', 'bytea'],
        ],
        { n: '1.50', b: new Uint8Array([1, 255]) },
      ),
    ).toEqual({ n: '1.50', b: '\\x01ff' });
  });

  it('compares by value', () => {
    expect(sameRow(['a'], { a: { x: [1] } }, { a: { x: [1] } })).toBe(true);
    expect(sameRow(['a'], { a: new Uint8Array([1]) }, { a: new Uint8Array([2]) })).toBe(false);
    expect(sameRow(['a'], { a: null }, {})).toBe(true);
  });
});
