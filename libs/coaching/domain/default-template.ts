import type { Activity, Requirement, Stage } from '../contracts';

const done = (key: string, count = 1): Requirement => ({ key, count, measure: 'done', byCoach: true });

/** The default plan of coaching.md: days and gates are settings, this is the table they start from. */
export const DEFAULT_PLAN_TEMPLATE: { readonly template: string; readonly stages: readonly Stage[]; readonly activityPerDay: Activity } = {
  template: 'default-100-days',
  activityPerDay: { visits: 2, calls: 8, prospects: 1, quotes: 1, followUps: 2 },
  stages: [
    {
      stage: 1,
      key: 'sales-preparation',
      fromDay: 1,
      toDay: 12,
      requirements: [{ key: 'product-exam', count: 1, measure: 'score', atLeast: '80', byCoach: true }, done('readiness-checklist')],
    },
    {
      stage: 2,
      key: 'professional-skills',
      fromDay: 13,
      toDay: 28,
      requirements: [{ key: 'role-play', count: 2, measure: 'rating', atLeast: '4', byCoach: true }],
    },
    {
      stage: 3,
      key: 'goal-decomposition',
      fromDay: 29,
      toDay: 40,
      requirements: [{ key: 'decomposition', count: 1, measure: 'decomposition', byCoach: true }],
    },
    {
      stage: 4,
      key: 'advancement',
      fromDay: 41,
      toDay: 56,
      requirements: [done('account-analysis', 3), { key: 'quote-after-need', count: 1, measure: 'days', atMost: '2', byCoach: false }],
    },
    {
      stage: 5,
      key: 'review-and-improve',
      fromDay: 57,
      toDay: 70,
      requirements: [{ key: 'visit-records', count: 1, measure: 'percent', atLeast: '90', byCoach: false }, done('funnel-review')],
    },
    { stage: 6, key: 'problem-solving', fromDay: 71, toDay: 86, requirements: [done('closed-case', 2)] },
    {
      stage: 7,
      key: 'team-uplift',
      fromDay: 87,
      toDay: 100,
      requirements: [done('shared-session'), { key: 'team-feedback', count: 1, measure: 'rating', atLeast: '4', byCoach: true }],
    },
  ],
};
