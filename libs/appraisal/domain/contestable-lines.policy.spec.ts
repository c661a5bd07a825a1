import { period } from '#kernel';
import { compiledTemplate, type SchemeTemplate } from '#libs/scheme';
import type { Ratings } from '../contracts';
import { contestableLines } from './contestable-lines.policy';
import { scoreOf } from './score-input.policy';

const OCTOBER = period('2026-10');
const RATINGS: Ratings = { knowledge: '80', analysis: '90', communication: '70', adaptability: '80', diligence: '90' };
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

function linesOf(
  template: SchemeTemplate,
  changes: { readonly parts?: readonly { part: number; workingDays: number; ratings: Ratings }[] } = {},
) {
  const scheme = compiledTemplate(template);
  const input = { scheme: { schemeId: template, version: 1 }, facts: FACTS, ratings: RATINGS, asOf: 9 };
  return contestableLines(scheme, OCTOBER, scoreOf(scheme, OCTOBER, { ...input, ...(changes.parts ? { parts: [...changes.parts] } : {}) }));
}

describe('what of a result can be contested', () => {
  const lines = linesOf('weighted-70-20-10');

  it('names a line by its indicator where it stands on one input alone, by the input where there are several', () => {
    expect(
      lines.filter(({ of }) => of.key === 'indicator.completion').map(({ line, kind, key, value }) => [line, kind, key, value]),
    ).toEqual([
      ['sales.amount', 'fact', 'sales.amount', '95000'],
      ['sales.target', 'fact', 'sales.target', '100000'],
    ]);
    expect(lines.find(({ of }) => of.key === 'indicator.knowledge')).toMatchObject({
      line: 'knowledge',
      kind: 'rating',
      key: 'knowledge',
      value: '80',
      form: { type: 'points', from: '0', to: '100' },
      of: { value: '4.00', points: '5' },
    });
  });

  it('has the facts of pay beside those of the score, and each name only once', () => {
    expect(lines.map(({ key }) => key)).toEqual(expect.arrayContaining(['pay.base', 'pay.commission']));
    expect(new Set(lines.map(({ line }) => line)).size).toBe(lines.length);
  });

  it('shows no value where the parts of a split period were rated differently', () => {
    const parts = [
      { part: 1, workingDays: 10, ratings: RATINGS },
      { part: 2, workingDays: 8, ratings: { ...RATINGS, knowledge: '60' } },
    ];
    const split = linesOf('weighted-70-20-10', { parts });
    expect(split.find(({ key }) => key === 'knowledge')?.value).toBeNull();
    expect(split.find(({ key }) => key === 'analysis')?.value).toBe('90');
  });

  it('is nothing where there is nothing to explain', () => {
    expect(
      contestableLines(compiledTemplate('weighted-70-20-10'), OCTOBER, { basis: { facts: [], ratings: {} }, explanation: null }),
    ).toEqual([]);
  });
});
