import { isBeyond, isInstantText, momentsProblem, positionProblem } from './moments';

it.each([
  ['', '5', 'none'],
  ['1', ' ', 'none'],
  ['yesterday', '5', 'unreadable'],
  ['1', '99999999', 'beyond'],
  ['7', '5', 'order'],
  ['2026-11-02T00:00:00Z', '2026-11-01T00:00:00Z', 'order'],
  ['0', '9', undefined],
  ['5', '2026-11-01T00:00:00Z', undefined],
])('%s to %s: %s', (from, to, problem) => {
  expect(momentsProblem(from, to, 9)).toBe(problem);
});

it('knows nothing beyond an end that is not known yet', () => {
  expect(isBeyond(10, undefined)).toBe(false);
  expect(isBeyond(10, 9)).toBe(true);
  expect(isBeyond('2030-01-01T00:00:00.000Z', 9)).toBe(false);
});

it.each([
  ['', 'none'],
  ['0', 'unreadable'],
  ['1.5', 'unreadable'],
  ['10', 'beyond'],
  [' 9 ', undefined],
])('entry %s: %s', (text, problem) => {
  expect(positionProblem(text, 9)).toBe(problem);
});

it('tells instants from other texts', () => {
  expect(isInstantText('2026-11-01T00:00:00.000Z')).toBe(true);
  expect(isInstantText('2026-11')).toBe(false);
});
