import fc from 'fast-check';
import { canonicalJson } from './canonical-json';

/** As its words say, with nothing done for speed. */
function plainly(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item: unknown) => plainly(item === undefined ? null : item)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${plainly(member)}`).join(',')}}`;
}

const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }),
    fc.string(),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.option(tie('value'), { nil: undefined }), { maxLength: 5 }),
    fc.dictionary(fc.string({ unit: 'binary' }), fc.option(tie('value'), { nil: undefined }), { maxKeys: 40 }),
  ),
})).value;

describe('canonicalJson', () => {
  it('is what its words say, for any value', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(canonicalJson(value)).toBe(plainly(value));
      }),
    );
  });

  it('sorts keys by code units, digits and all', () => {
    expect(canonicalJson({ b: 1, 10: 2, 9: 3, a: '"\n键\ud800', é: null, A: undefined })).toBe(
      '{"10":2,"9":3,"a":"\\"\\n键\\ud800","b":1,"é":null}',
    );
  });

  it.each([0.5, Number.NaN, Infinity, 2 ** 53, 1n, Symbol('s'), undefined, () => 1])('refuses %p', (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
    expect(() => canonicalJson({ a: [value === undefined ? 0.5 : value] })).toThrow(TypeError);
  });
});
