import { type Naming, parameterUses, pathOf, placeWords, tellingUse } from './places';
import { isMembers, readYaml } from './yaml/read';

const { plain } = readYaml(`
parameters:
  grade_a_from: { value: 90, unit: points, stated: true }
  results_points: { value: 60 }
  bonus_points: { value: 2 }
facts:
  sales.amount: { title: { zh-CN: 销售额, en: Sales }, unit: money }
points: param.results_points + param.bonus_points
sections:
  - key: results
    title: { zh-CN: 业绩, en: Results }
    points: param.results_points
    indicators:
      - { use: completion, points: 40 }
bands: { on: score, list: [{ key: A, from: param.grade_a_from }, { key: B }] }
`);
const naming: Naming = {
  field: (name) => name.toUpperCase(),
  named: (of, name) => `${of}:${name}`,
  entry: (entry, index) => {
    const key = isMembers(entry) ? (entry['key'] ?? entry['use']) : undefined;
    return typeof key === 'string' ? key : String(index + 1);
  },
};
const told = (place: string): string => placeWords(pathOf(place, plain), plain, naming);

describe('places of a scheme in words', () => {
  it('are paths, also where a name holds dots', () => {
    expect(pathOf('facts.sales.amount.unit', plain)).toEqual(['facts', 'sales.amount', 'unit']);
    expect(pathOf('sections.0.indicators.0.points', plain)).toEqual(['sections', 0, 'indicators', 0, 'points']);
    expect(pathOf('pay.2.monthly', plain)).toEqual(['pay', '2', 'monthly']);
  });

  it('name entries by what they are called, and leave out lists that say nothing more', () => {
    expect(told('sections.0.indicators.0.points')).toBe('results › completion › POINTS');
    expect(told('bands.list.1.from')).toBe('BANDS › B › FROM');
    expect(told('facts.sales.amount.title.en')).toBe('FACTS › facts:sales.amount › TITLE');
    expect(told('sections')).toBe('SECTIONS');
  });

  it('tell a parameter by where it stands alone before where it is one of several', () => {
    const uses = parameterUses(plain);
    expect(uses.get('grade_a_from')).toEqual([['bands', 'list', 0, 'from']]);
    expect(uses.get('results_points')).toEqual([['points'], ['sections', 0, 'points']]);
    expect(tellingUse('results_points', plain, uses.get('results_points') ?? [])).toEqual(['sections', 0, 'points']);
    expect(tellingUse('bonus_points', plain, uses.get('bonus_points') ?? [])).toEqual(['points']);
    expect(tellingUse('none', plain, [])).toBeUndefined();
    const of = readYaml('{ points: param.a + param.b, ratings: { x: { to: param.b } }, sections: [{ points: param.a + param.b }] }').plain;
    expect(tellingUse('a', of, parameterUses(of).get('a') ?? [])).toEqual(['sections', 0, 'points']);
    expect(tellingUse('b', of, parameterUses(of).get('b') ?? [])).toEqual(['ratings', 'x', 'to']);
    expect(parameterUses(readYaml('{ parameters: { a: { value: param.b } } }').plain).size).toBe(0);
    expect(uses.get('bonus')).toBeUndefined();
  });
});
