import { exampleFacts, like, other, type PersonCase, type TemplateCase } from './people-of-cases';

/** Amount to a target of 100000, conversion to 20 %, satisfaction of template 6. */
function ranked(
  who: string,
  [amount, conversion, satisfaction]: readonly [string, string, string],
  expected: PersonCase['expected'],
): PersonCase {
  const facts = { ...exampleFacts('06-month'), 'sales.amount': amount, 'conversion.rate': conversion, 'satisfaction.rate': satisfaction };
  return other(who, { facts, expected });
}

/** Composite of template 10: 70 for the target reached, and what the manager gives. */
function composite(
  who: string,
  [ability, attitude]: readonly [string, string],
  expected: PersonCase['expected'],
  more: Partial<PersonCase> = {},
): PersonCase {
  const facts = { 'sales.amount': '100000', 'sales.target': '100000', 'pay.bonus_base': '1000' };
  return other(who, { facts, ratings: { ability, attitude }, expected, ...more });
}

export const RANKED_CASES: readonly TemplateCase[] = [
  {
    template: 'rank-bonus',
    shows: 'places, shared prizes and nothing for the fourth',
    missed: 'line.sales_bonus',
    stages: [
      [
        {
          period: '2026-10',
          people: [
            like('T101', '06-month'),
            like('T102', '06-month'),
            ranked('T103', ['100000', '20', '50'], { score: '90.00', outcome: { place: 3, holders: 1 }, pay: { total: '3500.00' } }),
            ranked('T104', ['70000', '16', '80'], { score: '75.00', outcome: { place: 4, holders: 1 }, pay: { total: '500.00' } }),
          ],
        },
        { period: '2026-11', people: [like('T101', '06-96'), like('T102', '06-96'), like('T103', '06-90'), like('T104', '06-88')] },
      ],
    ],
  },
  {
    template: 'eighty-line',
    shows: 'champions of a month, a quarter and a year, and a special award',
    missed: 'action.improvement-plan',
    stages: [
      [
        {
          period: '2026-10',
          people: [
            like('T101', '10-month'),
            composite(
              'T102',
              ['16', '9'],
              { score: '95.00', outcome: { place: 2, honour: null }, pay: { total: '1500.00' } },
              { awards: [{ amount: '500.00', reason: '行业展会项目', approvedBy: ['T001', 'T002'] }] },
            ),
            composite('T103', ['10.5', '8'], { score: '88.50', outcome: { place: 3 } }),
          ],
        },
        {
          period: '2026-11',
          people: [
            composite('T101', ['13', '8.5'], { score: '91.50' }),
            composite('T102', ['17', '9'], { score: '96.00', outcome: { honour: 'monthly-champion' } }),
            composite('T103', ['16.5', '9'], { score: '95.50' }),
            composite('T104', ['5', '5'], { score: '80.00' }),
            composite('T105', ['1', '0'], { score: '71.00' }),
            other('T106', {
              facts: { 'sales.amount': '79990', 'sales.target': '100000', 'pay.bonus_base': '1000' },
              ratings: { ability: '4.01', attitude: '0' },
              expected: { score: '60.00', pay: { total: '0.00' }, actions: ['talk', 'improvement-plan'] },
            }),
          ],
        },
        { period: '2026-12', people: [composite('T101', ['11.1', '9'], { score: '90.10', outcome: { place: 1, holders: 1 } })] },
        {
          period: '2025-01',
          people: [
            composite('T101', ['12', '8'], { score: '90.00' }),
            composite('T102', ['16', '9'], { score: '95.00' }),
            composite('T103', ['12', '8'], { score: '90.00' }),
            composite('T104', ['5', '5'], { score: '80.00' }),
          ],
        },
        {
          period: '2025-02',
          people: [
            like('T105', '10-eighty'),
            composite('T106', ['16', '9'], { score: '95.00', outcome: { place: 1 } }),
            composite('T201', ['10.5', '8'], { score: '88.50', outcome: { place: 2 } }),
          ],
        },
      ],
      [
        {
          period: '2026-Q4',
          people: [
            like('T101', '10-quarter'),
            other('T102', { expected: { score: '95.50', outcome: { place: 1, honour: 'quarterly-star' }, pay: { total: '3000.00' } } }),
            other('T103', { expected: { score: '92.00', outcome: { place: 3 }, pay: { total: '1000.00' } } }),
            other('T104', { expected: { score: '80.00', pay: { total: '0.00' } } }),
            other('T105', { expected: { score: '71.00' } }),
            other('T106', { expected: { score: '60.00', outcome: { place: 6 } } }),
          ],
        },
        {
          period: '2025',
          people: [
            like('T101', '10-year'),
            other('T102', { expected: { score: '95.00', outcome: { honour: 'annual-master' }, pay: { total: '10000.00' } } }),
            other('T103', { expected: { score: '90.00', outcome: { place: 2, holders: 2 }, pay: { total: '4500.00' } } }),
            other('T104', { expected: { score: '80.00', outcome: { place: 4 }, pay: { total: '0.00' } } }),
          ],
        },
      ],
    ],
  },
  {
    template: 'activity-discipline',
    shows: 'places by sales, checks with exceptions, and the trip of the year',
    missed: 'line.rank_bonus',
    stages: [
      [
        {
          period: '2026-01',
          people: [
            like('T101', '11-month'),
            other('T102', {
              facts: { ...exampleFacts('11-month'), 'sales.amount': '120000' },
              ratings: { exceptions: ['quotes', 'followups'] },
              expected: { score: '94.80', outcome: { place: 1, holders: 1 }, actions: ['focus-improvement'] },
            }),
            like('T103', '11-month'),
            like('T104', '11-month', {
              facts: { 'sales.amount': '60000' },
              expected: { score: '68.55', outcome: { place: 4, holders: 1 } },
            }),
          ],
        },
        {
          period: '2026-02',
          people: [
            like('T101', '11-month', {
              facts: { 'quotes.in_time': '8', 'followups.recorded': '18', 'satisfaction.rate': '80' },
              expected: { score: '90.00', outcome: { place: 1, holders: 1 }, actions: ['improvement-plan'] },
            }),
          ],
        },
      ],
      [
        {
          period: '2026',
          // With 90000 in each of the two months the year's sales reach its target exactly.
          people: [like('T101', '11-year', { facts: { 'sales.amount': '1020000' } })],
        },
      ],
    ],
  },
];
