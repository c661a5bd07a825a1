import { goldenProblems } from '#libs/testing';
import { appraisalEvents } from './events';

it('still reads a sample of every event version ever shipped', () => {
  expect(goldenProblems(appraisalEvents)).toEqual([]);
});
