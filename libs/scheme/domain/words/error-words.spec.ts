import { compiledTemplate, SCHEME_TEMPLATES } from '../../application/templates';
import type { EvaluationInput } from '../../contracts/evaluation';
import { errorInWords } from './error-words';
import { evaluate } from '../evaluate.policy';
import { TEMPLATE_EXAMPLES } from '../templates/worked-examples.test-kit';

/** The worked example of template 5 with something wrong in it. */
function worded(facts: Record<string, string | null>, ratings: Record<string, unknown> = {}) {
  const scheme = compiledTemplate('weighted-70-20-10');
  const example = TEMPLATE_EXAMPLES['weighted-70-20-10'];
  const input: EvaluationInput = { ...example, facts: { ...example.facts, ...facts }, ratings: { ...example.ratings, ...ratings } };
  return evaluate(scheme, input).errors.map((error) => errorInWords(error, scheme, 'month'));
}

const CODES = [
  'missing-fact',
  'missing-rating',
  'missing-attribute',
  'missing-history',
  'unknown-value',
  'invalid-number',
  'negative-fact',
  'not-whole',
  'zero-target',
  'out-of-range',
  'duplicate-item',
  'inconsistent',
  'invalid-period',
  'duplicate-period',
  'too-many-raters',
  'missing-reason',
  'missing-approval',
  'division-by-zero',
  'empty-list',
  'unknown-standing',
];

describe('an error in words', () => {
  it('says what is wrong with which figure, and which indicators and lines it stops', () => {
    const [error] = worded({ 'sales.target': '0' });
    expect(error).toMatchObject({
      code: 'zero-target',
      key: 'sales.target',
      sentence: { 'zh-CN': '“销售目标”必须大于 0。', en: '“Sales target” must be above 0.' },
    });
    expect(error?.concerns).toContainEqual({
      key: 'indicator.completion',
      title: compiledTemplate('weighted-70-20-10').document.sections[0]?.indicators[0]?.title,
    });
  });

  it('names ratings as they are called', () => {
    const [error] = worded({}, { knowledge: null });
    expect(error).toMatchObject({ code: 'missing-rating', key: 'knowledge' });
    expect(error?.sentence.en).not.toContain('knowledge”');
    expect(error?.concerns.map(({ key }) => key)).toEqual(['indicator.knowledge']);
  });

  it('names the whole that a part is above', () => {
    const scheme = compiledTemplate('dimension-kpi');
    expect(errorInWords({ code: 'inconsistent', key: 'reports.on_time' }, scheme, 'month').sentence.en).toMatch(
      /^“[^”]+” is more than “[^”]+”, which it is a part of\.$/,
    );
    const raters = compiledTemplate('review-360');
    expect(errorInWords({ code: 'inconsistent', key: 'peers' }, raters, 'quarter').sentence.en).toBe(
      'The lists of “Peers” differ in length.',
    );
  });

  it('names earlier periods and parts of a transfer', () => {
    const scheme = compiledTemplate('three-aspect-rating');
    const sentence = (code: string, key: string) => errorInWords({ code, key }, scheme, 'month').sentence.en;
    expect(sentence('missing-fact', 'history.2026-09.satisfaction.rate')).toMatch(/^The figure “.*2026-09” is missing\.$/);
    expect(sentence('missing-history', 'history')).toBe('No month of the period has a score.');
    expect(sentence('out-of-range', 'parts.2')).toBe('“Part 2” is outside its range.');
  });

  it.each(CODES)('%s has a sentence of its own in both languages', (code) => {
    const { sentence } = errorInWords({ code, key: 'sales.amount' }, compiledTemplate('weighted-70-20-10'), 'month');
    expect(`${sentence.en}${sentence['zh-CN']}`).not.toContain(code);
  });

  it.each(SCHEME_TEMPLATES)('calls every missing input of %s by its title', (template) => {
    const scheme = compiledTemplate(template);
    const { period, employee = {} } = TEMPLATE_EXAMPLES[template];
    const { errors } = evaluate(scheme, { period, employee, facts: {}, ratings: {} });
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) {
      const { title, concerns } = errorInWords(error, scheme, template === 'review-360' ? 'quarter' : 'month');
      expect(title.en).not.toBe(error.key);
      for (const concern of concerns) expect(concern.title['zh-CN']).not.toBe(concern.key);
    }
  });
});
