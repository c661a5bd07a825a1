import fc from 'fast-check';
import { period, plainDay, subjectId } from '#kernel';
import { combineFacts, type CombinedFact } from './combine.policy';
import { completenessOf } from './completeness.policy';
import { ownerOf } from './owners.policy';

const fact = (value: string, day: number, position = day): CombinedFact => ({
  factId: `00000000-0000-7000-8000-${String(position).padStart(12, '0')}`,
  value,
  happenedOn: plainDay(`2026-10-${String(day).padStart(2, '0')}`),
  position,
});
const [A, B] = [subjectId('00000000-0000-7000-8000-00000000000a'), subjectId('00000000-0000-7000-8000-00000000000b')];

describe('the facts of one period', () => {
  it('combine by the rule of their metric, exactly', () => {
    const facts = [fact('0.1', 3), fact('0.20', 5), fact('85', 4)];
    expect(combineFacts(facts, 'sum')?.value).toBe('85.3');
    expect(combineFacts(facts, 'last')).toMatchObject({ value: '0.2', facts: [{ position: 5 }] });
    expect(combineFacts([fact('1', 1), fact('1', 2), fact('2', 3)], 'mean')?.value).toBe('1.3333333333');
    expect(combineFacts([], 'sum')).toBeUndefined();
  });

  it('take the later in the log of two on one day as the last', () => {
    expect(combineFacts([fact('2', 9, 20), fact('1', 9, 10)], 'last')?.value).toBe('2');
  });

  it('give the same in whatever order they come', () => {
    const anyFact = fc.tuple(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: 1, max: 31 }), fc.integer({ min: 1, max: 5 }));
    fc.assert(
      fc.property(
        fc.array(anyFact, { minLength: 1, maxLength: 12 }),
        fc.constantFrom('sum', 'last', 'mean'),
        fc.func(fc.integer()),
        (list, rule, weight) => {
          const facts = list.map(([cents, day, position], index) => ({
            ...fact((cents / 100).toFixed(2), day, position),
            factId: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`,
          }));
          const shuffled = [...facts].sort((a, b) => weight(a.factId) - weight(b.factId));
          expect(combineFacts(shuffled, rule)).toEqual(combineFacts(facts, rule));
        },
      ),
    );
  });
});

describe('completeness', () => {
  const declared = (importId: string, position: number, of: string, people: readonly string[] | null = null) => ({
    importId,
    position,
    period: of,
    metrics: ['customers.new'],
    people,
  });

  it('covers a period by itself, by a longer one, or by all its months', () => {
    const month = [period('2026-07')];
    const quarter = [period('2026-07'), period('2026-08'), period('2026-09')];
    expect(completenessOf(month, [declared('q', 5, '2026-Q3')]).of('customers.new', A)).toEqual({ importId: 'q', position: 5 });
    expect(completenessOf(quarter, [declared('m', 5, '2026-07')]).of('customers.new', A)).toBeUndefined();
    const all = [declared('7', 5, '2026-07'), declared('8', 6, '2026-08'), declared('9', 7, '2026-09')];
    expect(completenessOf(quarter, all).of('customers.new', A)).toEqual({ importId: '9', position: 7 });
    expect(completenessOf(month, all).of('calls.count', A)).toBeUndefined();
  });

  it('covers the people it names', () => {
    const complete = completenessOf([period('2026-07')], [declared('x', 1, '2026-07', [A])]);
    expect([complete.of('customers.new', A)?.importId, complete.of('customers.new', B)]).toEqual(['x', undefined]);
  });
});

describe('the owner of a row', () => {
  const known = (names: readonly (readonly [string, readonly (typeof A)[]])[]) => ({
    aliases: new Map([['spelt', B]]),
    byKey: { 'employee-no': new Map([['no', [A]]]), login: new Map(), name: new Map(names) },
  });

  it('is an alias first, then the first kind of key that finds one person alone', () => {
    const people = known([['name', [A, B]]]);
    expect(ownerOf([{ kind: 'name', key: 'spelt' }], people)).toEqual({ subject: B });
    expect(ownerOf([{ kind: 'name', key: 'name' }], people)).toEqual({ reason: 'ambiguous-owner' });
    expect(
      ownerOf(
        [
          { kind: 'employee-no', key: 'no' },
          { kind: 'name', key: 'name' },
        ],
        people,
      ),
    ).toEqual({ subject: A });
    expect(ownerOf([{ kind: 'login', key: 'x' }], people)).toEqual({ reason: 'unknown-owner' });
  });
});
