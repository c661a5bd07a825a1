import { PersonNumbers } from './person-numbers';

it('numbers people as they come, and the same person the same again', () => {
  const numbers = new PersonNumbers();
  expect(['b', 'a', 'b', 'c', 'a'].map((subject) => numbers.of(subject))).toEqual([1, 2, 1, 3, 2]);
});
