import { goldenProblems } from '#libs/testing';
import { appealEvents } from './events';

it('decodes a stored sample of every event and version', () => {
  expect(goldenProblems(appealEvents)).toEqual([]);
});
