import { period, type SubjectId, subjectId } from '#kernel';
import type { FactsReader, FactValue } from '#libs/facts/contracts';
import { compiledTemplate, SCHEME_TEMPLATES } from '#libs/scheme';
import { type Figure, figuresOf, figureTogether, mainFigure } from './figures.query';

const OCTOBER = period('2026-10');
const ANNE = subjectId('0190a000-0000-7000-8000-000000000001');
const BO = subjectId('0190a000-0000-7000-8000-000000000002');

function recorded(values: Readonly<Record<string, string>>, accepted = true): Pick<FactsReader, 'factsFor'> {
  return {
    factsFor: async ({ subjects, metrics }) => {
      const of = (metric: string): FactValue => {
        const value = values[metric];
        if (value === undefined) return { kind: 'missing' };
        return { kind: 'value', value, combine: 'sum', positions: [1], factIds: [], from: 'facts', accepted };
      };
      return new Map(subjects.map((subject) => [subject, new Map(metrics.map((metric) => [metric, of(metric)]))]));
    },
  };
}

async function octoberOf(values: Readonly<Record<string, string>>, accepted = true): Promise<readonly Figure[]> {
  const asked = { scheme: compiledTemplate('weighted-70-20-10'), period: OCTOBER, subjects: [ANNE] };
  return (await figuresOf(recorded(values, accepted), asked)).get(ANNE) ?? [];
}

describe('facts beside the targets they are held against', () => {
  it('a fact stands once, with its target and the exact share of it', async () => {
    const figures = await octoberOf({
      'sales.amount': '95000',
      'sales.target': '120000',
      'customers.new': '2',
      'customers.new_target': '3',
    });
    expect(figures.map(({ key }) => key).filter((key) => key.endsWith('target'))).toEqual([]);
    expect(figures.find(({ key }) => key === 'sales.amount')).toMatchObject({
      value: '95000',
      target: { key: 'sales.target', value: '120000', accepted: true },
      completion: '0.7917',
    });
    expect(figures.find(({ key }) => key === 'customers.new')?.completion).toBe('0.6667');
    expect(mainFigure(figures)?.key).toBe('sales.amount');
  });

  it('nothing recorded, or no target, has no completion', async () => {
    const figures = await octoberOf({ 'sales.target': '120000', 'customers.new': '2' }, false);
    expect(figures.find(({ key }) => key === 'sales.amount')).toMatchObject({ value: null, target: { accepted: false }, completion: null });
    expect(figures.find(({ key }) => key === 'customers.new')).toMatchObject({ value: '2', completion: null });
  });

  it.each(SCHEME_TEMPLATES)('no target of %s stands among the facts without the fact it is about', async (template) => {
    const scheme = compiledTemplate(template);
    const subjects: readonly SubjectId[] = [ANNE];
    const figures = (await figuresOf(recorded({}), { scheme, period: OCTOBER, subjects })).get(ANNE) ?? [];
    const targets = figures.flatMap(({ target }) => (target ? [target.key] : []));
    expect(new Set(targets).size).toBe(targets.length);
    for (const { key, target } of figures) if (target) expect(target.key.split('.')[0]).toBe(key.split('.')[0]);
  });

  it('a team is what all have done by all they were to do, over those who have both', async () => {
    const asked = { scheme: compiledTemplate('weighted-70-20-10'), period: OCTOBER, subjects: [ANNE, BO] };
    const anne = mainFigure((await figuresOf(recorded({ 'sales.amount': '100.50', 'sales.target': '100' }), asked)).get(ANNE) ?? []);
    const bo = mainFigure((await figuresOf(recorded({ 'sales.amount': '49.50', 'sales.target': '200' }), asked)).get(BO) ?? []);
    const without = mainFigure((await figuresOf(recorded({ 'sales.target': '900' }), asked)).get(BO) ?? []);
    if (!anne || !bo || !without) throw new Error('no figure with a target');
    expect(figureTogether([anne, bo, without])).toMatchObject({ value: '150', target: { value: '300' }, completion: '0.5' });
    expect(figureTogether([without])).toBeUndefined();
    expect(figureTogether([])).toBeUndefined();
  });
});
