import { loadScheme } from '../application/templates';
import { INPUTS_SCHEME as SCHEME } from './inputs/inputs.test-kit';

describe('a scheme that reads what it can not', () => {
  const problems = (from: string, to: string): readonly string[] => {
    if (!SCHEME.includes(from)) throw new Error(`not in the scheme: ${from}`);
    const loading = loadScheme(SCHEME.replace(from, to));
    return loading.ok ? [] : loading.problems.map(({ code, path, detail }) => `${code} ${path} ${detail}`.trim());
  };

  it.each([
    [
      'sales.amount + 0 * sales.existing',
      'sales.amount + value.served',
      'used-before-computed sections.0.indicators.0.method.formula value.served',
    ],
    [
      'sales.amount + 0 * sales.existing',
      'sales.amount + value.place',
      'circular-reference sections.0.indicators.0.method.formula value.place',
    ],
    ['sales.amount + 0 * sales.existing', 'sales.amount + score', 'circular-reference sections.0.indicators.0.method.formula score'],
    ['sales.amount + 0 * sales.existing', 'indicator.sales', 'circular-reference sections.0.indicators.0.method.formula indicator.sales'],
    ['sales.amount + 0 * sales.existing', 'indicator.marks', 'used-before-computed sections.0.indicators.0.method.formula indicator.marks'],
    ['"1 + ahead(group.scores, score)"', '"value.holders"', 'used-before-computed values.1.formula value.holders'],
    ['"1 + ahead(group.scores, score)"', '"value.place + 1"', 'circular-reference values.1.formula value.place'],
    [
      'sales.amount + 0 * sales.existing',
      'sales.amount + rating.manager.amount',
      'not-in-this-period sections.0.indicators.0.method.formula rating.manager.amount',
    ],
    [
      'sales.amount + 0 * sales.existing',
      'sales.amount + year.only',
      'not-in-this-period sections.0.indicators.0.method.formula year.only',
    ],
    ['sales.amount + 0 * sales.existing', 'sales.amount + no.such', 'unknown-name sections.0.indicators.0.method.formula no.such'],
    ['when: "employee.role = \'service\'"', 'when: "sales.amount > 0"', 'used-before-computed sections.2.when sales.amount'],
    ['when: "employee.role = \'service\'"', 'when: employee.role', 'type-mismatch sections.2.when condition, not word'],
    ['when: "employee.site = \'south\'"', 'when: "employee.place = \'south\'"', 'unknown-name review.1.when employee.place'],
    ['rank.of / 10, 0), 1)"', 'sales.amount / 10, 0), 1)"', 'unknown-name history.ranks.each.0.formula sales.amount'],
    ['count: 2\n    incomplete: error', 'count: 0\n    incomplete: error', 'out-of-bounds history.before.count 1–60'],
    ['group: score }', 'group: no.fact }', 'unknown-name facts.group.scores.group no.fact'],
    ['means: { rep:', 'means: { boss:', 'unknown-name employee.role.means.boss boss'],
    [
      'absent: { to: manager } }\n    - { key: peers',
      'absent: { to: self } }\n    - { key: peers',
      'unknown-name raters.groups.1.absent.to self',
    ],
    ['has(days.served)', 'has(sales.amount)', 'wrong-arguments values.3.formula has'],
    ['has(days.served)', 'group.scores = group.scores', 'type-mismatch values.3.formula numbers = numbers'],
    ['month: 2, quarter: 3', 'quarter: 3', 'not-in-this-period sections.0.indicators.1.method.formula param.each'],
  ])('%s → %s: %s', (from, to, expected) => {
    expect(problems(from, to)).toContain(expected);
  });

  it('parameters know only those before them, whatever they read', () => {
    const text = (parameters: string) => SCHEME.replace('each: { value: { month: 2, quarter: 3 } }', parameters);
    const codes = (parameters: string) => {
      const loading = loadScheme(text(`each: { value: 2 }\n  ${parameters.replace(/; /g, '\n  ')}`));
      return loading.ok ? [] : loading.problems.map(({ code, path }) => `${code} ${path}`);
    };
    expect(codes('a: { value: param.b }; b: { value: 1 }')).toEqual(['used-before-computed parameters.a.value']);
    expect(codes('a: { value: { month: 1, quarter: 2 } }; b: { value: param.a }')).toEqual([]);
    expect(codes('a: { value: param.b }; b: { value: param.a }')).toContain('circular-reference parameters.a.value');
  });
});
