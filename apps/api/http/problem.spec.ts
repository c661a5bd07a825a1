import { EventStoreError } from '#libs/event-store';
import { problemOf } from './problem';

it('given an error of the store with the message of its database, then the answer holds its numbers and not the message', () => {
  const error = new EventStoreError('store-unavailable', { reason: 'connect ECONNREFUSED 10.0.0.7:5432', queued: 3 });
  expect(problemOf(error)).toMatchObject({ status: 503, code: 'event-store.store-unavailable', details: { queued: 3 } });
  expect(JSON.stringify(problemOf(error))).not.toContain('ECONNREFUSED');
});
