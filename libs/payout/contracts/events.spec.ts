import { goldenProblems } from '#libs/testing';
import { payoutEvents } from './events';

it('decodes a stored sample of every event and version', () => {
  expect(goldenProblems(payoutEvents)).toEqual([]);
});
