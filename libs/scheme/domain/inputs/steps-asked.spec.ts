import { compiledTemplate } from '../../application/templates';
import { paysIn } from './steps-asked.policy';

describe('a kind of period in which something is paid', () => {
  it.each([
    ['dimension-kpi', 'month', true],
    ['dimension-kpi', 'quarter', false],
    ['weighted-70-20-10', 'year', false],
    ['month-quarter-year', 'year', true],
    ['showroom', 'month', false],
  ] as const)('%s, %s: %s', (template, kind, pays) => {
    expect(paysIn(compiledTemplate(template), kind)).toBe(pays);
  });
});
