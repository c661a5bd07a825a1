import { period } from '#kernel';
import { compiledTemplate, SCHEME_TEMPLATES } from '../../application/templates';
import { periodsPaidInstead } from './exclusive-periods.policy';

describe('periods that pay the same results again', () => {
  const bonuses = compiledTemplate('component-bonus');

  it('are the quarter of a month and the months of a quarter, not the year', () => {
    expect(periodsPaidInstead(bonuses, period('2026-10'))).toEqual(['2026-Q4']);
    expect(periodsPaidInstead(bonuses, period('2026-Q4'))).toEqual(['2026-10', '2026-11', '2026-12']);
    expect(periodsPaidInstead(bonuses, period('2026'))).toEqual([]);
  });

  it('are there in no other template: their month, quarter and year pay different bonuses, or one of them', () => {
    for (const template of SCHEME_TEMPLATES.filter((id) => id !== 'component-bonus'))
      for (const time of ['2026-10', '2026-Q4', '2026']) expect(periodsPaidInstead(compiledTemplate(template), period(time))).toEqual([]);
  });
});
