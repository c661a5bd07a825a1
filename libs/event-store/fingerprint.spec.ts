import { createHmac } from 'node:crypto';
import { actorId } from '#kernel';
import fc from 'fast-check';
import { fingerprintKey, fingerprintOf, fingerprintOfAll } from './fingerprint';

const ACTOR = actorId('system:test');

it('is the HMAC-SHA-256 of the canonical command', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 64 }),
      fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer())),
      (secret, data) => {
        const key = fingerprintKey(secret);
        const sorted = Object.fromEntries(Object.entries(data));
        const command = { type: 'Do', data: sorted };
        const keys = Object.keys(sorted).sort();
        const input = `{${keys.map((name) => `${JSON.stringify(name)}:${JSON.stringify(sorted[name])}`).join(',')}}`;
        const text = `{"input":${input},"target":"a-1","type":"Do"}`;
        const hmac = (of: string): string => createHmac('sha256', secret).update(`{"actor":"system:test","command":${of}}`).digest('hex');
        expect(Buffer.from(fingerprintOf(key, { command, target: 'a-1' }, ACTOR)).toString('hex')).toBe(hmac(text));
        expect(Buffer.from(fingerprintOfAll(key, [{ command, target: 'a-1' }], ACTOR)).toString('hex')).toBe(hmac(`[${text}]`));
      },
    ),
  );
});

it('takes no key that HMAC would have to shorten', () => {
  expect(() => fingerprintKey(Buffer.alloc(65))).toThrow(RangeError);
  expect(() => fingerprintKey(Buffer.of())).toThrow(RangeError);
});
