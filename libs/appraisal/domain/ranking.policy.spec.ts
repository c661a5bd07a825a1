import fc from 'fast-check';
import { RankingGroup } from './ranking.policy';

const group = (values: readonly string[]): RankingGroup => new RankingGroup(values.map((value) => ({ value, people: 1 })));

it('places a person among the others: those strictly ahead, those level, never the person', () => {
  const scores = group(['98.60', '98.60', '90.00', '75']);
  expect(scores.placeOf('98.60', '98.60')).toEqual({ of: 3, ahead: 0, level: 1 });
  expect(scores.placeOf('90', '90.00')).toEqual({ of: 3, ahead: 2, level: 0 });
  expect(scores.placeOf('75.0', '75')).toEqual({ of: 3, ahead: 3, level: 0 });
});

it('is alone in a group of one', () => {
  expect(group(['80.00']).placeOf('80.00', '80.00')).toEqual({ of: 0, ahead: 0, level: 0 });
  expect(group([]).placeOf('80.00', null)).toEqual({ of: 0, ahead: 0, level: 0 });
});

it('places someone amended against the frozen group, in which they still stand as they were', () => {
  const scores = group(['90.00', '85.00', '80.00']);
  expect(scores.placeOf('95.00', '80.00')).toEqual({ of: 2, ahead: 0, level: 0 });
  expect(scores.placeOf('85.00', '80.00')).toEqual({ of: 2, ahead: 1, level: 1 });
  expect(scores.placeOf('70.00', '90.00')).toEqual({ of: 2, ahead: 2, level: 0 });
});

it('places someone who came late against those who were there', () => {
  expect(group(['90.00', '80.00']).placeOf('85.00', null)).toEqual({ of: 2, ahead: 1, level: 0 });
});

const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 40 });

it('counts what counting one by one counts, however many have a value and in whatever order', () => {
  fc.assert(
    fc.property(values, fc.nat(), (all, pick) => {
      const me = pick % all.length;
      const mine = all[me] ?? 0;
      const others = all.filter((_, index) => index !== me);
      expect(group(all.map(String)).placeOf(String(mine), String(mine))).toEqual({
        of: others.length,
        ahead: others.filter((other) => other > mine).length,
        level: others.filter((other) => other === mine).length,
      });
    }),
  );
});

it('gives every place and no more: the holders of a place and those ahead of it make the next one', () => {
  fc.assert(
    fc.property(values, (all) => {
      const ranked = group(all.map(String));
      const places = all.map((value) => ranked.placeOf(String(value), String(value))).sort((a, b) => a.ahead - b.ahead);
      let expected = 0;
      for (let index = 0; index < places.length; index += (places[index]?.level ?? 0) + 1) {
        expect(places[index]?.ahead).toBe(expected);
        expected += (places[index]?.level ?? 0) + 1;
      }
      expect(expected).toBe(all.length);
    }),
  );
});
