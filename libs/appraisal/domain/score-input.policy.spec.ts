import { period, subjectId } from '#kernel';
import { compiledTemplate } from '#libs/scheme';
import { type Ratings, type Step, zScoreBasis } from '../contracts';
import { customerAnswersRecorded } from '../contracts/rater-events';
import type { Appraisal, LateRule } from './appraisal.state';
import { ratingsThatCount } from './ratings-that-count.policy';
import { amendedBasis, scoreOf } from './score-input.policy';

const SCHEME = compiledTemplate('weighted-70-20-10');
const REP = subjectId('0190a000-0000-7000-8000-000000000001');
const RATINGS: Ratings = { knowledge: '80', analysis: '90', communication: '70', adaptability: '80', diligence: '90' };
const scheme = { schemeId: 'weighted-70-20-10', version: 1 };
const fact = (key: string, value: string) => ({ key, value, positions: [7] });
const FACTS = [
  fact('sales.amount', '95000'),
  fact('sales.target', '100000'),
  fact('receivable.due', '100000'),
  fact('receivable.collected', '90000'),
  fact('customers.new', '3'),
  fact('customers.new_target', '3'),
  fact('complaints.filed', '1'),
  fact('absences.days', '1'),
  fact('pay.base', '5000'),
  fact('pay.commission', '4000'),
  fact('pay.deposit_held', '0'),
];

function reviewed(manager: Ratings | LateRule): Appraisal {
  const step = (name: Step, given: Ratings | LateRule): Appraisal['steps'][number] =>
    typeof given === 'string'
      ? { step: name, state: 'skipped', submissions: [], rule: given }
      : { step: name, state: 'submitted', submissions: [{ by: REP, ratings: given }] };
  const steps = [step('self-review', { knowledge: '100' }), step('manager-review', manager)];
  return {
    status: 'open',
    cycleId: 'c',
    subject: REP,
    period: period('2026-10'),
    scheme,
    unit: { department: 'sales' },
    parts: 1,
    partDays: [{ part: 1, workingDays: 18 }],
    steps,
    amendments: [],
    response: 'none',
  };
}

it('counts the rater whom the scheme names, not who was asked too', () => {
  expect(ratingsThatCount(reviewed(RATINGS), SCHEME, 'month')).toEqual(RATINGS);
});

it('scores by facts alone where the scheme says so: lines of points at their lowest', () => {
  const ratings = ratingsThatCount(reviewed('facts-alone'), SCHEME, 'month');
  expect(ratings).toEqual({ knowledge: '0', analysis: '0', communication: '0', adaptability: '0', diligence: '0' });
  expect(scoreOf(SCHEME, '2026-10', { scheme, facts: FACTS, ratings, asOf: 9 }).result).toMatchObject({ score: '70.10', errors: [] });
});

it('names the errors and has no score without its facts', () => {
  const { result, explanation } = scoreOf(SCHEME, '2026-10', { scheme, facts: FACTS.slice(1), ratings: RATINGS, asOf: 9 });
  expect(result).toMatchObject({ score: null, errors: [{ code: 'missing-fact', key: 'sales.amount' }] });
  expect(explanation).toBeNull();
});

it('gives the same bytes from its own basis, and moves only what a decision names', () => {
  const first = scoreOf(SCHEME, '2026-10', { scheme, facts: FACTS, ratings: RATINGS, asOf: 9 });
  expect(first.result).toMatchObject({ score: '88.80', grade: 'B', payTotal: '8400.00' });
  const { explanationHash, evaluator: _evaluator, ...input } = first.basis;
  expect(scoreOf(SCHEME, '2026-10', input).basis.explanationHash).toBe(explanationHash);
  const amendments = [
    { kind: 'fact' as const, key: 'sales.amount', value: '100000' },
    { kind: 'rating' as const, key: 'knowledge', value: '100' },
  ];
  const amended = scoreOf(SCHEME, '2026-10', amendedBasis(first.basis, amendments, 42));
  expect(amended.result.score).toBe('91.80');
  expect(amended.basis.facts.find(({ key }) => key === 'sales.amount')).toEqual({ key: 'sales.amount', value: '100000', positions: [42] });
  expect(amended.basis.facts.filter(({ positions }) => positions[0] === 7)).toHaveLength(FACTS.length - 1);
});

it('amends what a group said as a whole: one number for each of its answers, so that nobody’s is singled out', () => {
  const input = { scheme, facts: [], ratings: { 'peers.amount': ['80', '85', '90'], entries: ['entry-1'] }, asOf: 9 };
  const basis = { ...input, evaluator: 1, explanationHash: 'a'.repeat(64) };
  const amended = amendedBasis(basis, [{ kind: 'rating', key: 'peers.amount', value: '95' }], 42);
  expect(amended.ratings).toEqual({ 'peers.amount': ['95', '95', '95'], entries: ['entry-1'] });
});

it('amends what a group said as a whole in every part of a period that was split', () => {
  const part = (number: number) => ({
    part: number,
    workingDays: 9,
    ratings: { 'manager.amount': '70', 'peers.amount': ['80', '85', '90'] },
  });
  const basis = { scheme, facts: [], ratings: {}, parts: [part(1), part(2)], asOf: 9, evaluator: 1, explanationHash: 'a'.repeat(64) };
  const amended = amendedBasis(basis, [{ kind: 'rating', key: 'peers.amount', value: '95' }], 42);
  for (const { ratings } of amended.parts ?? []) expect(ratings).toEqual({ 'manager.amount': '70', 'peers.amount': ['95', '95', '95'] });
});

it('stands on as many answers of customers as can be recorded', () => {
  const answers = { 'customers.amount': Array.from({ length: 500 }, (_, index) => String(index % 100)) };
  const by = REP;
  const recorded = { task: 3, customers: 500, answers, by, recordedAt: '2026-11-02T01:00:00.000Z' };
  expect(customerAnswersRecorded.schema.safeParse(recorded).success).toBe(true);
  const basis = { scheme, facts: [], ratings: answers, asOf: 9, evaluator: 1, explanationHash: 'a'.repeat(64) };
  expect(zScoreBasis.safeParse(basis).success).toBe(true);
});
