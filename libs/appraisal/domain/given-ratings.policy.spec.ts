import { canonicalJson, type PersonalText, subjectId } from '#kernel';
import type { SchemeDocument } from '#libs/scheme';
import { openTestText, testText } from '#libs/testing';
import { zGivenRatings, zRatings } from '../contracts';
import { approversIn, apart, awardProblems } from './given-ratings.policy';

const REP = subjectId('0190a000-0000-7000-8000-000000000001');
const ANN = subjectId('0190a000-0000-7000-8000-000000000002');
const BEN = subjectId('0190a000-0000-7000-8000-000000000003');
const STRANGER = subjectId('0190a000-0000-7000-8000-000000000009');
const title = { 'zh-CN': '项', en: 'line' };
const line = { title, by: 'manager' as const };
const ratings: SchemeDocument['ratings'] = {
  personal: { ...line, type: 'word', words: ['good', 'fail'] },
  plus: { ...line, type: 'list', items: ['teamwork'] },
  minus: { ...line, type: 'entries' },
  harm: { ...line, type: 'numbers', from: '1', to: '10' },
  visits: { ...line, type: 'occurrences' },
  awards: { ...line, type: 'awards' },
};
const document = { ratings };
const seal = (text: string): PersonalText => testText(REP, text);
const award = (...approved_by: (typeof REP)[]) => ({ amount: '500.00', reason: 'won the bank', approved_by });
const GIVEN = zGivenRatings.parse({
  personal: 'good',
  plus: ['teamwork'],
  minus: ['shouted at a customer', 'shouted at a customer'],
  harm: ['3', '4.5'],
  visits: '2',
  awards: [award(ANN, BEN)],
});

it('keeps what can be counted and seals what was written', () => {
  const { ratings: stored, notes = [] } = apart(document, GIVEN, seal);
  expect(zRatings.parse(stored)).toEqual({
    personal: 'good',
    plus: ['teamwork'],
    minus: ['entry-1', 'entry-2'],
    harm: ['3', '4.5'],
    visits: '2',
    awards: [{ amount: '500.00', reason: 'reason-1', approved_by: [ANN, BEN] }],
  });
  expect(canonicalJson(stored)).not.toMatch(/shouted|bank/);
  expect(notes.map(({ line: of, item, text }) => [of, item, openTestText(text)])).toEqual([
    ['minus', 1, 'shouted at a customer'],
    ['minus', 2, 'shouted at a customer'],
    ['awards', 1, 'won the bank'],
  ]);
  expect(apart(document, { personal: 'good' }, seal)).toEqual({ ratings: { personal: 'good' } });
});

it('asks two different people for every award, known ones and never the appraised', () => {
  const known = new Set([REP, ANN, BEN]);
  const problems = (...people: (typeof REP)[]) =>
    awardProblems(document, { awards: [award(ANN, BEN), award(...people)] }, { subject: REP, known });
  expect(problems(ANN, BEN)).toEqual([]);
  const missing = [{ code: 'missing-approval', key: 'awards' }];
  expect(problems(ANN)).toEqual(missing);
  expect(problems(ANN, ANN)).toEqual(missing);
  expect(problems(ANN, BEN, REP)).toEqual(missing);
  expect(problems(ANN, REP)).toEqual(missing);
  expect(problems(ANN, STRANGER)).toEqual(missing);
  expect(approversIn(GIVEN)).toEqual([ANN, BEN]);
});
