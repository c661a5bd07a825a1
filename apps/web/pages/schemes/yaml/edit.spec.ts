/// <reference types="jest" />
import { type Edit, editPlain, editYaml } from './edit';
import { plainAt, readYaml } from './read';
import { scalarText } from './write';

const SCHEME = `# What we agreed in November
language: 1
id: our-sales
title: { zh-CN: 销售部考核, en: "Sales department, monthly" } # said by HR

parameters:
  completion_points: { value: 40, unit: points } # of 100
  most:   { value: 120%,   unit: share }

unknown-to-forms:
  - [1,   2]     # kept as it is
sections:
  # Results come first
  - key: results
    title: { zh-CN: 业绩, en: Results }
    indicators:
      # the whole month
      - { use: completion, points: param.completion_points, method: { cap: param.most } }
      - { use: collections, points: 15 } # late ones count
      - use: expense
        points: 5
  - key: attitude
    title: { zh-CN: 态度, en: Attitude }
    indicators: []
actions: []
`;

const edited = (edit: Edit): string => editYaml(readYaml(SCHEME), edit).text;
/** What a change took away and what it put there, by lines. */
function difference(after: string): { readonly gone: string[]; readonly come: string[] } {
  const [before, now] = [SCHEME.split('\n'), after.split('\n')];
  return { gone: before.filter((line) => !now.includes(line)), come: now.filter((line) => !before.includes(line)) };
}

describe('a form changes one place of the YAML and leaves every other character', () => {
  it.each<[string, Edit, { gone: string[]; come: string[] }]>([
    [
      'a number',
      { kind: 'set', path: ['parameters', 'completion_points', 'value'], value: '35' },
      {
        gone: ['  completion_points: { value: 40, unit: points } # of 100'],
        come: ['  completion_points: { value: 35, unit: points } # of 100'],
      },
    ],
    [
      'a title, quoted where it has to be',
      { kind: 'set', path: ['title', 'zh-CN'], value: '销售, 月度' },
      {
        gone: ['title: { zh-CN: 销售部考核, en: "Sales department, monthly" } # said by HR'],
        come: [`title: { zh-CN: '销售, 月度', en: "Sales department, monthly" } # said by HR`],
      },
    ],
    [
      'a new member of what stands between braces',
      { kind: 'set', path: ['sections', 0, 'indicators', 0, 'method', 'floor'], value: '50%' },
      {
        gone: ['      - { use: completion, points: param.completion_points, method: { cap: param.most } }'],
        come: ['      - { use: completion, points: param.completion_points, method: { cap: param.most, floor: 50% } }'],
      },
    ],
    [
      'a new member of lines, with what it stands in',
      { kind: 'set', path: ['sections', 0, 'indicators', 2, 'method', 'of'], value: "if(a, 'b', 'c')" },
      { gone: [], come: [`        method: { of: "if(a, 'b', 'c')" }`] },
    ],
    ['a new part of the whole', { kind: 'set', path: ['points'], value: '100' }, { gone: [], come: ['points: 100'] }],
    [
      'a member less',
      { kind: 'remove', path: ['parameters', 'completion_points', 'unit'] },
      { gone: ['  completion_points: { value: 40, unit: points } # of 100'], come: ['  completion_points: { value: 40 } # of 100'] },
    ],
    ['a line less', { kind: 'remove', path: ['parameters', 'most'] }, { gone: ['  most:   { value: 120%,   unit: share }'], come: [] }],
    [
      'an item more, below the last',
      { kind: 'append', path: ['sections', 0, 'indicators'], value: { use: 'attendance', points: '10' } },
      { gone: [], come: ['      - { use: attendance, points: 10 }'] },
    ],
    [
      'the first item of an empty list',
      { kind: 'append', path: ['actions'], value: { key: 'talk', when: 'score < 60' } },
      { gone: ['actions: []'], come: ['actions:', '  - { key: talk, when: score < 60 }'] },
    ],
    [
      'an item less, with the comment that is about it',
      { kind: 'remove', path: ['sections', 0, 'indicators', 1] },
      { gone: ['      - { use: collections, points: 15 } # late ones count'], come: [] },
    ],
    [
      'another name',
      { kind: 'rename', path: ['parameters', 'most'], name: 'cap' },
      { gone: ['  most:   { value: 120%,   unit: share }'], come: ['  cap:   { value: 120%,   unit: share }'] },
    ],
  ])('%s', (_, edit, expected) => {
    const after = edited(edit);
    expect(difference(after)).toEqual(expected);
    expect(readYaml(after).plain).toEqual(editPlain(readYaml(SCHEME).plain, edit));
  });

  it('moves an item with its comments, and moving it back gives the same text', () => {
    const down = editYaml(readYaml(SCHEME), { kind: 'move', path: ['sections', 0, 'indicators', 1], by: 1 });
    expect(down.text.split('\n').slice(17, 21)).toEqual([
      '      - { use: completion, points: param.completion_points, method: { cap: param.most } }',
      '      - use: expense',
      '        points: 5',
      '      - { use: collections, points: 15 } # late ones count',
    ]);
    expect(editYaml(down, { kind: 'move', path: ['sections', 0, 'indicators', 2], by: -1 }).text).toBe(SCHEME);
  });

  it('keeps what it can not read, and says where that is', () => {
    const broken = readYaml('language: 1\nid: [\n');
    expect(broken.broken).toMatchObject({ line: 3 });
    expect(editYaml(broken, { kind: 'set', path: ['id'], value: 'x' }).text).toBe(broken.text);
  });

  it.each(['40', '120%', '是, 否', "it's", 'a: b', '# no comment', 'true', '~', '', ' x ', 'two\nlines', '"', '{', '- a', '0x1F', '1e3'])(
    'writes %j so that it reads as the same text',
    (text) => {
      expect(plainAt(readYaml(`a: ${scalarText(text)}`).plain, ['a'])).toBe(text);
      expect(plainAt(readYaml(`a: { b: ${scalarText(text)} }`).plain, ['a', 'b'])).toBe(text);
    },
  );
});
