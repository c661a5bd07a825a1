import { compiledTemplate } from '../../application/templates';
import { groupFindingInWords } from './group-words';

it('a finding about a group says how many have the grade, and how many may or should', () => {
  const outstanding = { grade: 'outstanding', department: 'East', people: 39, have: 2 };
  expect(groupFindingInWords({ ...outstanding, code: 'grade-over-limit', atMost: 1 }, compiledTemplate('result-times-behaviour'))).toEqual({
    'zh-CN': 'East：39 人中“卓越”2 人，最多 1 人。',
    en: 'East: 2 of 39 people have “Outstanding”; at most 1 may.',
  });
  const best = { code: 'distribution-off-target', grade: 'A', department: null, people: 30, have: 8, target: 6 } as const;
  expect(groupFindingInWords(best, compiledTemplate('four-grade')).en).toBe('The cycle: 8 of 30 people have “Excellent”; the target is 6.');
});
