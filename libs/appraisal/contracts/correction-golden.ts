/* One real stored payload of each event version ever shipped, as it stands in the log. Never edited: new versions are added. */

const cause = { kind: 'fact-correction', position: 120 };

export const CORRECTION_GOLDEN = {
  AppraisalCorrectionProposed: {
    cause,
    changed: { facts: ['sales.amount'], history: false },
    result: {
      score: '90.80',
      grade: 'A',
      sections: [{ key: 'results', score: '68.50', indicators: [{ key: 'completion', score: '40.00' }] }],
      payLines: [{ key: 'base', amount: '5000.00' }],
      payTotal: '8800.00',
      outcome: { place: 1 },
      actions: [],
      errors: [],
    },
    basis: {
      scheme: { schemeId: 'weighted-70-20-10', version: 1 },
      evaluator: 1,
      explanationHash: 'ab'.repeat(32),
      facts: [{ key: 'sales.amount', value: '100000.00', positions: [120] }],
      ratings: { knowledge: '80' },
      standings: [
        {
          key: 'group.scores',
          cycleId: '0190a000-0000-8000-8000-00000000c001',
          position: 100,
          own: '88.80',
          at: '90.80',
          of: 28,
          ahead: 0,
          level: 1,
        },
      ],
      parts: [{ part: 1, workingDays: 7, ratings: { knowledge: '80' } }],
      asOf: 120,
    },
    difference: {
      score: { from: '88.80', to: '90.80' },
      grade: { from: 'B', to: 'A' },
      place: { from: 2, to: 1 },
      payLines: [{ key: 'commission', from: '3600.00', to: '4000.00' }],
      payTotal: { from: '8400.00', to: '8800.00' },
    },
    proposedAt: '2026-11-20T01:00:00.000Z',
  },
  AppraisalCorrectionSettled: { cause: { kind: 'earlier-score', position: 121 }, settledAt: '2026-11-21T01:00:00.000Z' },
} as const;
