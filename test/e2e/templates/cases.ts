import { CARD_CASES } from './card-cases';
import { like, other, exampleFacts, type TemplateCase } from './people-of-cases';
import { RANKED_CASES } from './ranked-cases';
import { ROLLED_UP_CASES } from './rolled-up-cases';

const OWN_FACTS_CASES: readonly TemplateCase[] = [
  {
    template: 'dimension-kpi',
    shows: 'month, quarter and year over the same facts; pay in the month alone',
    missed: 'line.commission',
    stages: [
      [
        { period: '2026-10', people: [like('T101', '01-month'), like('T102', '01-most'), like('T103', '01-expense-voids')] },
        {
          period: '2026-Q4',
          people: [
            like('T101', '01-quarter', { facts: 'targets' }),
            like('T102', '01-most', { facts: 'targets', expected: { score: '108.00', outcome: {}, pay: { lines: [], total: '0.00' } } }),
          ],
        },
        { period: '2026', people: [like('T101', '01-year', { facts: 'targets' })] },
      ],
    ],
  },
  {
    template: 'three-aspect-rating',
    shows: 'satisfaction of the two months before',
    missed: 'grade',
    stages: [
      [
        {
          period: '2026-10',
          people: [
            like('T101', '02-month'),
            // The months before are not known: short history, best is good.
            other('T102', {
              facts: exampleFacts('02-month'),
              ratings: { personal: 'excellent', minus: ['报价单漏填'] },
              expected: { score: '92.00', grade: 'good', outcome: { performance: 'excellent', service: 'good', personal: 'excellent' } },
            }),
          ],
        },
      ],
    ],
  },
  {
    template: 'component-bonus',
    shows: 'bonuses without a score, and the growth bonus of the year',
    missed: 'line.team_bonus',
    stages: [
      [
        { period: '2026-10', people: [like('T101', '03-month'), like('T102', '03-month')] },
        { period: '2026-Q4', people: [like('T103', '03-quarter'), like('T104', '03-quarter')] },
        { period: '2026', people: [like('T101', '03-year'), like('T102', '03-year')] },
      ],
    ],
  },
  {
    template: 'result-times-behaviour',
    shows: 'a violation sets the coefficient to zero',
    missed: 'grade',
    stages: [[{ period: '2026-10', people: [like('T101', '04-month'), like('T102', '04-two-of-three'), like('T103', '04-violation')] }]],
  },
  {
    template: 'four-grade',
    shows: 'month, quarter and year from their own facts',
    missed: 'grade',
    stages: [
      [
        { period: '2026-10', people: [like('T101', '08-month'), like('T104', '08-month')] },
        { period: '2026-Q3', people: [like('T102', '08-quarter'), like('T105', '08-quarter')] },
        { period: '2026', people: [like('T103', '08-year'), like('T106', '08-year')] },
      ],
    ],
  },
  {
    template: 'twelve-item-sheet',
    shows: 'the twelve items',
    stages: [[{ period: '2026-10', people: [like('T101', '13-month'), like('T102', '13-month')] }]],
  },
  {
    template: 'showroom',
    shows: 'conduct and conversion',
    stages: [[{ period: '2026-10', people: [like('T101', '14-month'), like('T102', '14-month')] }]],
  },
];

/** In the order in which they begin: those with most raters and most stages first. */
export const CASES: readonly TemplateCase[] = [...CARD_CASES, ...ROLLED_UP_CASES, ...RANKED_CASES, ...OWN_FACTS_CASES];

/** The worked examples speak of 2026; each template gets a year of its own, so that the same people's facts never mix. */
export function inYearOfItsOwn(template: TemplateCase, index: number): TemplateCase {
  const year = 1996 + 2 * index;
  const text = JSON.stringify(template).replace(/\b(2025|2026)(?=["-])/g, (found) => String(year + Number(found) - 2026));
  return JSON.parse(text) as TemplateCase;
}
