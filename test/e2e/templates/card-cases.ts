import { exampleFacts, like, other, type TemplateCase } from './people-of-cases';

const LINES = ['amount', 'profit', 'customers', 'efficiency', 'ability', 'teamwork'];

/** Templates in which many rate one: cards by role and department, and colleagues and customers. */
export const CARD_CASES: readonly TemplateCase[] = [
  {
    template: 'review-360',
    shows: 'peers and customers who answer, and those whose share goes to the manager',
    stages: [
      [
        {
          period: '2026-Q3',
          dayLengthMs: 5_500,
          people: [
            like('T101', '12-quarter', { peers: ['T102', 'T103', 'T104'] }),
            // Three are asked, two answer.
            like('T105', '12-two-peers', { peers: ['T102', 'T106', 'T103'] }),
            other('T106', {
              ratings: Object.fromEntries(LINES.map((line) => [`manager.${line}`, '80'])),
              undone: ['self-review', 'nominate-peers', 'customer-answers'],
              expected: { score: '80.00', outcome: { merged: ['self', 'peers', 'customers'] } },
            }),
          ],
        },
        { period: '2026', dayLengthMs: 5_500, people: [like('T101', '12-year', { peers: ['T104', 'T105', 'T106'] })] },
      ],
    ],
  },
  {
    template: 'discipline-70-30',
    shows: 'a card for each role, every chain of reviewers, and the year',
    missed: 'line.over_plan_bonus',
    stages: [
      [
        { period: '2026-01', people: [like('T101', '09-rep'), like('T201', '09-field-service'), like('T100', '09-regional-manager')] },
        {
          period: '2026-02',
          people: [
            other('T101', {
              facts: exampleFacts('09-rep'),
              // 20 + 5 + 6 + 7 and the rest in full: 78 of the card, 92 of attendance
              ratings: { dealers: ['terminal-report', 'network-plan'], weekly_summary: '5', weekly_plan: '6', key_account_visits: '1' },
              expected: { score: '82.20' },
            }),
            like('T201', '09-false-claim'),
          ],
        },
      ],
      [
        {
          period: '2026',
          people: [like('T101', '09-year'), other('T201', { expected: { score: '78.70', pay: { lines: [], total: '0.00' } } })],
        },
      ],
    ],
  },
];
