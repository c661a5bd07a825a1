import { goldenProblems } from '#libs/testing';
import { cycleEvents } from './events';

it('still reads a sample of every event version ever shipped', () => {
  expect(goldenProblems(cycleEvents)).toEqual([]);
});
