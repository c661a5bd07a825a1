import { compiledTemplate } from '../../application/templates';
import { evaluate } from '../evaluate.policy';
import { workedExample } from '../templates/worked-examples.test-kit';
import { payLinesInWords } from './pay-changes';

const scheme = compiledTemplate('weighted-70-20-10');

function explained(facts: Readonly<Record<string, string>> = {}) {
  const { input } = workedExample('05-month');
  const { explanation } = evaluate(scheme, { ...input, facts: { ...input.facts, ...facts } });
  if (!explanation) throw new Error('the example has an explanation');
  return { tree: explanation, scheme };
}

describe('pay lines in words', () => {
  it('says the rule of each line with its numbers, in both languages', () => {
    const english = payLinesInWords(explained(), undefined, 'en');
    expect(english.map(({ key }) => key)).toEqual(['base', 'commission', 'deposit']);
    expect(english[1]?.sentence).toContain('commission share (%)');
    expect(english[1]?.inputs.map(({ title }) => title)).toEqual(['Commission earned', 'commission share (%)']);
    expect(payLinesInWords(explained(), undefined, 'zh-CN')[1]?.title).toBe('提成');
    expect(english.every(({ sentenceBefore, changes }) => sentenceBefore === null && changes.length === 0)).toBe(true);
  });

  it('says nothing of a line that was made from the same', () => {
    const [base] = payLinesInWords(explained(), explained(), 'en');
    expect(base?.changes).toEqual([]);
    expect(base?.sentenceBefore).toBe(base?.sentence);
  });

  it('names the fact that made a line differ, and leaves the others alone', () => {
    const lines = payLinesInWords(explained({ 'pay.commission': '2000' }), explained({ 'pay.commission': '1000' }), 'en');
    expect(lines.find(({ key }) => key === 'commission')?.changes).toEqual([
      { key: 'pay.commission', title: 'Commission earned', before: '1,000', now: '2,000' },
    ]);
    expect(lines.find(({ key }) => key === 'base')?.changes).toEqual([]);
  });

  it('goes from a share of the band up to the grade and the score that led to it', () => {
    const lines = payLinesInWords(explained({ 'sales.amount': '100000' }), explained({ 'sales.amount': '1000' }), 'en');
    const keys = lines.find(({ key }) => key === 'commission')?.changes.map(({ key }) => key);
    expect(keys).toEqual(['band.commission_share', 'score', 'grade']);
  });

  it('says nothing of a score that moved within its band', () => {
    const lines = payLinesInWords(explained({ 'sales.amount': '99000' }), explained({ 'sales.amount': '98900' }), 'en');
    expect(lines.find(({ key }) => key === 'commission')?.changes).toEqual([]);
  });
});
