import { goldenProblems } from '#libs/testing';
import { organisationEvents } from './events';

it('decodes a stored sample of every event and version', () => {
  expect(goldenProblems(organisationEvents)).toEqual([]);
});
