import type { EvaluationInput } from '../contracts/evaluation';

/*
 * The worked examples of the templates as inputs, for tests, demos and benches. Never read in production.
 */

/** Template 5: 88.80, grade B, 8400.00. */
export const WEIGHTED_EXAMPLE: EvaluationInput = {
  period: '2026-10',
  facts: {
    'sales.amount': '95000',
    'sales.target': '100000',
    'receivable.due': '100000',
    'receivable.collected': '90000',
    'customers.new': '3',
    'customers.new_target': '3',
    'complaints.filed': '1',
    'absences.days': '1',
    'pay.base': '5000',
    'pay.commission': '4000',
    'pay.deposit_held': '0',
  },
  ratings: { knowledge: '80', analysis: '90', communication: '70', adaptability: '80', diligence: '90' },
};

/** Template 4: 120.00 × 0.85 = 102.00; 3060.00. */
export const BEHAVIOUR_EXAMPLE: EvaluationInput = {
  period: '2026-10',
  facts: { 'revenue.amount': '96000', 'revenue.target': '80000', 'pay.performance_base': '3000' },
  ratings: { behaviour: '0.85' },
};

/** Template 13: 84.59. */
export const TWELVE_EXAMPLE: EvaluationInput = {
  period: '2026-10',
  facts: {
    'sales.amount': '92000',
    'sales.target': '100000',
    'sales.previous': '88000',
    'accounts.opened': '3',
    'accounts.target': '4',
    'customers.new': '2',
    'customers.new_target': '3',
    'visits.count': '38',
    'visits.target': '40',
    'calls.count': '120',
    'calls.target': '100',
    'orders.weekly': '7',
    'orders.weekly_target': '8',
    'customers.lost': '2',
    'plans.due': '8',
    'plans.done': '7',
    'requests.received': '6',
    'requests.answered': '5',
  },
  ratings: { discipline: '4.5' },
};
