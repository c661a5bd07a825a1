import { goldenProblems } from '#libs/testing';
import { factEvents } from './events';

it('decodes a stored sample of every event and version', () => {
  expect(goldenProblems(factEvents)).toEqual([]);
});
