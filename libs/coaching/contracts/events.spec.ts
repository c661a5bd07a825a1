import { goldenProblems } from '#libs/testing';
import { coachingEvents } from './events';

it('decodes a stored sample of every event and version', () => {
  expect(goldenProblems(coachingEvents)).toEqual([]);
});
