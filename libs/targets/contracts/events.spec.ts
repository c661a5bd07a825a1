import { goldenProblems } from '#libs/testing';
import { targetEvents } from './events';

it('decodes a stored sample of every event and version', () => {
  expect(goldenProblems(targetEvents)).toEqual([]);
});
