import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compiledTemplate } from '../../application/templates';
import { evaluate } from '../evaluate.policy';
import { workedExample } from '../templates/worked-examples.test-kit';
import { resultConsequences, resultTable } from './result-table';

const EXAMPLES = readdirSync(join(__dirname, '..', '..', '..', '..', 'test', 'scheme-examples')).map((file) => file.replace(/\.json$/, ''));

function tableOf(name: string, language: 'zh-CN' | 'en' = 'en') {
  const { scheme, input } = workedExample(name);
  const compiled = compiledTemplate(scheme);
  const evaluation = evaluate(compiled, input);
  if (!evaluation.explanation) throw new Error(`${name} has no explanation`);
  return { evaluation, parts: resultTable(evaluation.explanation, compiled, language) };
}

describe('the result as a table', () => {
  it('names target, actual and completion where one is held against the other', () => {
    const { parts } = tableOf('05-month');
    const [results] = parts[0]?.sections ?? [];
    expect(results).toMatchObject({ key: 'section.results', points: '70' });
    expect(results?.rows[0]).toMatchObject({
      key: 'indicator.completion',
      points: '40',
      actual: { key: 'sales.amount' },
      target: { key: 'sales.target' },
    });
    expect(results?.rows[0]?.completion).toMatch(/^[01](\.\d{1,4})?$/);
  });

  it('shows the rating behind an indicator that is one, and no target', () => {
    const ability = tableOf('05-month', 'zh-CN').parts[0]?.sections[1];
    expect(ability?.title).toBe('工作能力');
    expect(ability?.rows[0]).toMatchObject({ key: 'indicator.knowledge', target: null, completion: null });
    expect(ability?.rows[0]?.actual?.key).toBe('rating.knowledge');
  });

  it('lists what changed the whole, in the order in which it was applied', () => {
    expect(tableOf('04-month').parts[0]?.modifiers.map(({ key }) => key)).not.toEqual([]);
  });

  it('says what it leads to, without what it does not', () => {
    const { scheme, input } = workedExample('05-month');
    const compiled = compiledTemplate(scheme);
    const { explanation } = evaluate(compiled, input);
    const said = explanation ? resultConsequences(explanation, compiled, 'en') : [];
    expect(said.map(({ key, text }) => [key, text])).toEqual([
      ['outcome.level_change', '1'],
      ['outcome.commission_share', '90'],
    ]);
  });

  it('lists the months of a roll-up', () => {
    const rows = tableOf('05-year').parts[0]?.sections.flatMap((section) => section.rows) ?? [];
    expect(rows.length).toBeGreaterThan(0);
    for (const { key, score, actual } of rows) expect([/^history\./.test(key), score !== null, actual]).toEqual([true, true, null]);
  });

  it.each(EXAMPLES)('has every indicator of the result with its score: %s', (name) => {
    const { evaluation, parts } = tableOf(name);
    if (evaluation.score === null) return;
    const rows = parts.flatMap(({ sections }) => sections.flatMap((section) => section.rows));
    const scored = evaluation.sections.flatMap(({ key, indicators }) => (key === 'quarters' ? [] : indicators));
    for (const { key, score } of scored) {
      const row = rows.find((one) => one.key === `indicator.${key}`);
      expect([key, row?.title === '' ? undefined : row?.key]).toEqual([key, `indicator.${key}`]);
      // What counts in part is shown as it counts.
      if (row && !row.sentence.includes('count →')) expect([key, row.score]).toEqual([key, score]);
    }
  });
});
