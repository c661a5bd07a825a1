import { type CycleCase, type Facts, like, other, type PersonCase, type TemplateCase } from './people-of-cases';

/** 90.00 of template 7: everything in full but growth. Its amount alone is varied: 40 points × amount ÷ 100000. */
const WITHOUT_GROWTH: Facts = {
  'sales.amount': '100000',
  'sales.target': '100000',
  'sales.previous': '100000',
  'satisfaction.rate': '100',
  'share.rate': '15',
  'share.target': '15',
  'customers.new': '5',
  'customers.new_target': '5',
  'customers.retained': '20',
  'customers.existing': '20',
};

function month(period: string, people: readonly PersonCase[]): CycleCase {
  return { period, people };
}

function withAmount(who: string, amount: string, expected: PersonCase['expected']): PersonCase {
  return other(who, { facts: { ...WITHOUT_GROWTH, 'sales.amount': amount }, expected });
}

export const ROLLED_UP_CASES: readonly TemplateCase[] = [
  {
    template: 'weighted-70-20-10',
    shows: 'three months and the year of them, deposit and improvement plan',
    missed: 'grade',
    stages: [
      [
        month('2026-01', [like('T101', '05-month'), like('T102', '05-under-a'), like('T103', '05-under-d')]),
        month('2026-02', [like('T101', '05-under-d'), like('T102', '05-month')]),
        month('2026-03', [like('T101', '05-under-a'), like('T102', '05-month')]),
      ],
      [{ period: '2026', people: [like('T101', '05-year'), other('T102', { expected: { score: '89.20', grade: 'B' } })] }],
    ],
  },
  {
    template: 'month-quarter-year',
    shows: 'months, the quarter and the year of them, and a bonus by days served',
    missed: 'grade',
    stages: [
      [
        month('2026-01', [withAmount('T102', '75000', { score: '80.00', grade: 'B' })]),
        month('2026-02', [withAmount('T102', '75000', { score: '80.00', grade: 'B' })]),
        month('2026-03', [withAmount('T102', '75100', { score: '80.04', grade: 'B' })]),
        month('2026-06', [withAmount('T102', '104980', { score: '94.98', grade: 'A' })]),
        month('2026-07', [
          like('T101', '07-month'),
          like('T103', '07-joined'),
          withAmount('T104', '100000', { score: '90.00', grade: 'A' }),
        ]),
        month('2026-08', [withAmount('T101', '100000', { score: '90.00', pay: { total: '1000.00' } })]),
        month('2026-09', [withAmount('T101', '68750', { score: '77.50', pay: { total: '300.00' } })]),
      ],
      [
        {
          period: '2026-Q3',
          people: [like('T101', '07-quarter'), other('T104', { expected: { score: '90.00', grade: 'A', pay: { total: '2000.00' } } })],
        },
        {
          period: '2026',
          people: [
            like('T102', '07-year'),
            other('T104', { expected: { score: '90.00', actions: ['promotion-candidate'], pay: { total: '8000.00' } } }),
          ],
        },
      ],
    ],
  },
];
