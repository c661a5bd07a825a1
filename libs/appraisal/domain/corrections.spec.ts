import { instant, period, plainDay, subjectId } from '#kernel';
import { given, SPEC_NOW } from '#libs/testing';
import type { AppraisalCommand, AppraisalEvent, ScoreBasis, ScoreResult } from '../contracts';
import { appraisalDecider } from './appraisal.decider';
import { differenceOf } from './corrections';

const REP = subjectId('00000000-0000-7000-8000-000000000001');
const MANAGER = subjectId('00000000-0000-7000-8000-000000000002');
const UNTIL = instant('2026-11-18T16:00:00.000Z');
const unit = { department: 'sales' };
const scheme = { schemeId: 'weighted-70-20-10', version: 1 };
const opened: AppraisalEvent = {
  type: 'AppraisalOpened',
  data: {
    cycleId: '00000000-0000-7000-8000-00000000c001',
    subject: REP,
    cohort: 0,
    period: period('2026-10'),
    scheme,
    steps: [],
    parts: [{ part: 1, from: plainDay('2026-10-01'), to: plainDay('2026-10-31'), manager: MANAGER, workingDays: 18 }],
    unit,
    openedAt: SPEC_NOW,
  },
};
const result = (score: string, commission = '3600.00', place = 2): ScoreResult => ({
  score,
  grade: 'B',
  sections: [],
  payLines: [{ key: 'commission', amount: commission }],
  payTotal: commission,
  outcome: { place },
  actions: [],
  errors: [],
});
/** What a score stands on is known by the hash of its explanation. */
const basis = (on: string, asOf = 7): ScoreBasis => ({
  scheme,
  evaluator: 1,
  explanationHash: on.repeat(64),
  facts: [],
  ratings: {},
  asOf,
});
const scored: AppraisalEvent = { type: 'AppraisalScored', data: { result: result('88.80'), basis: basis('a'), scoredAt: SPEC_NOW } };
const published: AppraisalEvent = {
  type: 'AppraisalPublished',
  data: { publishedAt: SPEC_NOW, confirmUntil: UNTIL, appealUntil: UNTIL, unit },
};
const cause = { kind: 'fact-correction' as const, position: 120 };
const changed = { facts: ['sales.amount'], history: false };
const correct = (to: ScoreResult, on: ScoreBasis): AppraisalCommand => ({
  type: 'CorrectScore',
  data: { cause, changed, result: to, basis: on },
});
const proposed = (to: ScoreResult, on: ScoreBasis): AppraisalEvent => ({
  type: 'AppraisalCorrectionProposed',
  data: { cause, changed, result: to, basis: on, difference: differenceOf(result('88.80'), to), proposedAt: SPEC_NOW },
});
const settled: AppraisalEvent = { type: 'AppraisalCorrectionSettled', data: { cause, settledAt: SPEC_NOW } };

describe('a fact that arrives late or is superseded', () => {
  it('takes the score again before publication, and says why', () => {
    given(appraisalDecider, [opened, scored])
      .when(correct(result('90.80'), basis('b', 120)))
      .then([{ type: 'AppraisalScored', data: { result: result('90.80'), basis: basis('b', 120), cause, scoredAt: SPEC_NOW } }]);
  });

  it('is silent where the score stands on the same, whenever that was looked at', () => {
    given(appraisalDecider, [opened, scored])
      .when(correct(result('88.80'), basis('a', 120)))
      .thenNothing();
  });

  it('never puts an older look at the facts in the place of a later one, whoever was slower', () => {
    const corrected: AppraisalEvent = {
      type: 'AppraisalScored',
      data: { result: result('90.80'), basis: basis('b', 120), cause, scoredAt: SPEC_NOW },
    };
    given(appraisalDecider, [opened, scored, corrected])
      .when(correct(result('70.00'), basis('c', 119)))
      .thenNothing();
    given(appraisalDecider, [opened, scored, corrected])
      .when({ type: 'RecordScore', data: { result: result('88.80', '3600.00', 1), basis: basis('d', 7) } })
      .thenNothing();
  });

  it('changes nothing where there is no score yet', () => {
    given(appraisalDecider, [opened])
      .when(correct(result('90.80'), basis('b')))
      .thenNothing();
  });

  it('is proposed after publication with what would differ, and nothing published changes', () => {
    const outcome = given(appraisalDecider, [opened, scored, published]).when(correct(result('90.80', '4000.00', 1), basis('b')));
    outcome.then([proposed(result('90.80', '4000.00', 1), basis('b'))]);
    outcome.thenState((state) =>
      expect(state).toMatchObject({
        status: 'published',
        score: { result: { score: '88.80' } },
        correction: { open: { result: { score: '90.80' } } },
      }),
    );
  });

  it('is proposed once, and settled when it is corrected back', () => {
    const past = [opened, scored, published, proposed(result('90.80'), basis('b'))];
    given(appraisalDecider, past)
      .when(correct(result('90.80'), basis('b', 130)))
      .thenNothing();
    given(appraisalDecider, past)
      .when(correct(result('88.80'), basis('a', 130)))
      .then([settled]);
    given(appraisalDecider, [...past, settled])
      .when(correct(result('88.80'), basis('a', 131)))
      .thenNothing();
  });
});

it('names only what differs, line by line', () => {
  expect(
    differenceOf(result('88.80'), { ...result('90.80', '4000.00', 1), grade: 'A', payLines: [{ key: 'bonus', amount: '1.00' }] }),
  ).toEqual({
    score: { from: '88.80', to: '90.80' },
    grade: { from: 'B', to: 'A' },
    place: { from: 2, to: 1 },
    payLines: [
      { key: 'commission', from: '3600.00', to: null },
      { key: 'bonus', from: null, to: '1.00' },
    ],
    payTotal: { from: '3600.00', to: '4000.00' },
  });
  expect(differenceOf(result('88.80'), result('88.80'))).toEqual({ payLines: [] });
});
