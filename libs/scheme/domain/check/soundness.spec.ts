import { compareFraction, decimal, period, toFraction } from '#kernel';
import { periodKind } from '#libs/calendar';
import { compiledTemplate, SCHEME_TEMPLATES, templateText } from '../../application/templates';
import { evaluate } from '../evaluate.policy';
import { readScheme } from '../reading/scheme-text';
import { varied } from '../templates/varied-inputs.test-kit';
import { TEMPLATE_EXAMPLES } from '../templates/worked-examples.test-kit';
import { Findings } from './finding';
import { checkKind } from './kind-check';

const SEEDS = Array.from({ length: 150 }, (_, seed) => seed);

/** What the checker calls impossible never happens: every score that comes about lies in the range it found. */
describe.each(SCHEME_TEMPLATES)('%s', (template) => {
  const compiled = compiledTemplate(template);
  const example = TEMPLATE_EXAMPLES[template];
  const kind = periodKind(period(example.period));
  const plan = compiled.plans[kind];
  const reading = readScheme(templateText(template));
  if (!plan || !reading.ok) throw new Error(template);
  const range = checkKind(reading.source.document, kind, new Findings(reading.source), undefined);
  const results = SEEDS.map((seed) => evaluate(compiled, varied(example, plan, seed))).filter(({ errors }) => errors.length === 0);

  it('scores stay in the range that the checker found', () => {
    expect(results.length).toBeGreaterThan(5);
    for (const { score } of results) {
      if (score === null) continue;
      const value = toFraction(decimal(score));
      if (range?.low) expect([score, compareFraction(value, range.low.value) >= 0]).toEqual([score, true]);
      if (range?.high) expect([score, compareFraction(value, range.high.value) <= 0]).toEqual([score, true]);
    }
  });

  it('no line of pay but a deposit is below zero, as the checker says by its silence', () => {
    const deposits = new Set(reading.source.document.pay?.filter((line) => line.kind === 'deposit').map(({ key }) => key));
    const below = results.flatMap(({ pay }) => pay.lines.filter(({ key, amount }) => amount.startsWith('-') && !deposits.has(key)));
    expect(below).toEqual([]);
  });
});

/** Stated in templates.md: the ranges are no wider than the truth where the truth is known. */
it.each([
  ['dimension-kpi', '108'],
  ['rank-bonus', '110'],
  ['weighted-70-20-10', '100'],
  ['result-times-behaviour', '180'],
] as const)('the most that %s can come to is %s', (template, most) => {
  const reading = readScheme(templateText(template));
  if (!reading.ok) throw new Error(template);
  const range = checkKind(reading.source.document, 'month', new Findings(reading.source), undefined);
  expect(range?.high && compareFraction(range.high.value, toFraction(decimal(most)))).toBe(0);
});
