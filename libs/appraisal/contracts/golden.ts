/* One real stored payload of each event version ever shipped, as it stands in the log. Never edited: new versions are added. */

const CYCLE = '0190a000-0000-8000-8000-00000000c001';
const PERSON = '0190a000-0000-7000-8000-000000000001';
const MANAGER = '0190a000-0000-7000-8000-000000000002';
const DEPUTY = '0190a000-0000-7000-8000-000000000003';
const APPEAL = '0190a000-0000-8000-8000-00000000a001';
const AT = '2026-11-02T01:00:00.000Z';
const LATER = '2026-11-06T16:00:00.000Z';
const text = { subject: PERSON, keyVersion: 1, tag: 'dGFnLW9mLXRoZS10ZXh0', at: 'request-1#0/comment', sealed: 'c2VhbGVkLXRleHQ' };
const unit = { department: 'sales', team: 't1', region: 'north', site: 'SH' };
const scheme = { schemeId: 'weighted-70-20-10', version: 1 };
const result = {
  score: '88.80',
  grade: 'B',
  sections: [{ key: 'results', score: '66.50', indicators: [{ key: 'completion', score: '38.00' }] }],
  payLines: [{ key: 'base', amount: '5000.00' }],
  payTotal: '8400.00',
  outcome: { level_change: 1, commission_share: '90', voided: ['commission'], note: null },
  actions: ['observation-period'],
  errors: [{ code: 'missing-fact', key: 'sales.amount' }],
};
const basis = {
  scheme,
  evaluator: 1,
  explanationHash: 'ab'.repeat(32),
  facts: [{ key: 'sales.amount', value: '95000.00', positions: [17, 18], truncated: true }],
  ratings: { knowledge: '80', personal: 'good', violations: [] },
  history: [{ period: '2026-09', score: '84.08', facts: [{ key: 'satisfaction.rate', value: '86', positions: [3] }] }],
  employee: { role: 'rep' },
  asOf: 99,
};

export const APPRAISAL_GOLDEN = {
  AppraisalOpened: {
    cycleId: CYCLE,
    subject: PERSON,
    cohort: 0,
    period: '2026-10',
    scheme,
    steps: [{ step: 'self-review' }, { step: 'manager-review', reviewer: MANAGER }, { step: 'second-review', role: 'hr' }],
    parts: [{ part: 1, from: '2026-10-01', to: '2026-10-31', manager: MANAGER, workingDays: 18 }],
    unit,
    openedAt: AT,
  },
  SelfReviewSubmitted: { ratings: basis.ratings, comment: text, late: false, submittedAt: AT },
  ManagerScoreSubmitted: {
    reviewer: DEPUTY,
    onBehalfOf: MANAGER,
    part: 1,
    ratings: basis.ratings,
    comment: text,
    late: true,
    submittedAt: AT,
  },
  SecondReviewApproved: { reviewer: DEPUTY, comment: text, late: false, approvedAt: AT },
  AppraisalSentBack: { reviewer: DEPUTY, toStep: 'manager-review', reopened: ['manager-review'], reason: text, sentBackAt: AT },
  AppraisalStepSkipped: { step: 'self-review', reason: 'missed', rule: 'facts-alone', skippedAt: AT },
  AppraisalScored: { result, basis, scoredAt: AT },
  AppraisalPublished: { publishedAt: AT, confirmUntil: LATER, appealUntil: LATER, unit },
  ResultConfirmed: { how: 'by-silence', late: false, confirmedAt: LATER },
  ResultObjected: { reason: text, objectedAt: AT, answerUntil: LATER },
  ObjectionAnswered: { reviewer: MANAGER, answer: text, late: false, answeredAt: AT },
  AppraisalAmended: {
    cause: { kind: 'appeal', id: APPEAL },
    result,
    basis,
    previousScore: '88.80',
    by: 'system:appeal-amendment',
    amendedAt: LATER,
  },
  AppraisalFinalised: { finalisedAt: LATER },
  AppraisalCancelled: { reason: 'cycle-cancelled', cancelledAt: AT },
} as const;
