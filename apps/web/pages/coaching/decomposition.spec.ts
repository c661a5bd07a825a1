import { isAmount, leftOver } from './decomposition';

describe('what of a target is left to share out', () => {
  it.each([
    ['100000', ['62000.00', '38000'], '0'],
    ['100', ['60.5', '39.4'], '0.1'],
    ['0.3', ['0.1', '0.2'], '0'],
    ['10', ['12.50'], '-2.5'],
  ])('%s less %j is %s, exactly', (target, parts, left) => {
    expect(leftOver(target, parts)).toBe(left);
  });

  it('is not told while something is no amount', () => {
    expect(leftOver('', ['1'])).toBeUndefined();
    expect(leftOver('10', ['ten'])).toBeUndefined();
    expect(leftOver('10', [])).toBeUndefined();
    expect(['1', '1.5', '-1', '1e3', ''].map(isAmount)).toEqual([true, true, false, false, false]);
  });
});
