import { compiledTemplate, SCHEME_TEMPLATES, templateText } from '../../application/templates';
import { evaluate } from '../evaluate.policy';
import { readScheme } from '../reading/scheme-text';
import { TEMPLATE_EXAMPLES } from './worked-examples.test-kit';

describe.each(SCHEME_TEMPLATES)('%s', (template) => {
  const { document, plans } = compiledTemplate(template);

  it('compiles, and is named and explained in both languages', () => {
    expect(document.id).toBe(template);
    expect(Object.keys(document.help ?? {}).sort()).toEqual(['en', 'zh-CN']);
    expect(templateText(template)).toContain('zh-CN');
  });

  it('is scored without an error, and names every missing fact and rating when there is none', () => {
    const example = TEMPLATE_EXAMPLES[template];
    expect(evaluate(compiledTemplate(template), example).errors).toEqual([]);
    const { errors } = evaluate(compiledTemplate(template), {
      period: example.period,
      facts: {},
      ratings: {},
      employee: example.employee ?? {},
    });
    expect(errors.length).toBeGreaterThan(0);
    expect(new Set(errors.map(({ code }) => code))).toEqual(
      new Set([...(Object.keys(example.facts).length > 0 ? ['missing-fact'] : []), ...(errors.some(isRating) ? ['missing-rating'] : [])]),
    );
  });

  it('has a plan and a schedule for every kind of period it takes', () => {
    const kinds = Object.keys(document.periods).sort();
    expect(Object.keys(plans).sort()).toEqual(kinds);
    expect(Object.keys(document.schedule).sort()).toEqual(kinds);
  });

  it('takes its indicators from the library, but for what only sums a card', () => {
    const own = document.sections.flatMap(({ indicators }) => indicators.filter(({ library }) => library === undefined));
    expect(own.map(({ key }) => key)).toEqual(template === 'discipline-70-30' ? ['daily_work'] : []);
  });

  it('is read from its text as it is written', () => {
    const reading = readScheme(templateText(template));
    expect(reading).toMatchObject({ ok: true, source: { document: { id: template } } });
  });
});

const isRating = ({ code }: { readonly code: string }) => code === 'missing-rating';

it('take the kinds of period that they say', () => {
  const kinds = (of: 'scored' | 'roll-up' | undefined, period: 'month' | 'quarter' | 'year') =>
    SCHEME_TEMPLATES.filter((template) => compiledTemplate(template).document.periods[period]?.kind === of);
  expect(kinds(undefined, 'month')).toEqual(['review-360']);
  expect(kinds('roll-up', 'quarter')).toEqual(['month-quarter-year', 'eighty-line']);
  expect(kinds('scored', 'quarter')).toEqual(['dimension-kpi', 'component-bonus', 'four-grade', 'review-360']);
  expect(kinds('roll-up', 'year')).toEqual([
    'weighted-70-20-10',
    'month-quarter-year',
    'discipline-70-30',
    'eighty-line',
    'activity-discipline',
  ]);
  expect(kinds('scored', 'year')).toEqual(['dimension-kpi', 'component-bonus', 'four-grade', 'review-360']);
});
