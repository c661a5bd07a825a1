import { type ActorId, actorId, fold, period, PersonalText, plainDay, type SubjectId, subjectId } from '#kernel';
import { given, SPEC_NOW } from '#libs/testing';
import type { AppraisalCommand, AppraisalEvent, Ratings, TaskOfAppraisal } from '../contracts';
import { appraisalDecider } from './appraisal.decider';
import { type AppraisalState, countingRatings } from './appraisal.state';

/* Chains with several second reviews in order, departments that rate lines of their own, and parts after a transfer. */

const person = (number: number): SubjectId => subjectId(`00000000-0000-7000-8000-00000000000${number}`);
const [REP, MANAGER, SERVICE, VP, HR, OTHER] = [1, 2, 3, 4, 5, 6].map(person) as [
  SubjectId,
  SubjectId,
  SubjectId,
  SubjectId,
  SubjectId,
  SubjectId,
];
const by = (subject: SubjectId): ActorId => actorId(subject);
const NOW = SPEC_NOW;
const REASON = PersonalText.fresh(REP, 'tag', 'look again');

const CHAIN: readonly TaskOfAppraisal[] = [
  { step: 'manager-review', reviewer: MANAGER, late: 'hold' },
  { step: 'manager-review', department: 'service', reviewer: SERVICE, late: 'facts-alone' },
  { step: 'second-review', level: 1, role: 'second-reviewer' },
  { step: 'second-review', level: 2, role: 'hr' },
];
const opened = (steps: readonly TaskOfAppraisal[] = CHAIN, parts = 1): AppraisalEvent => ({
  type: 'AppraisalOpened',
  data: {
    cycleId: '00000000-0000-7000-8000-00000000c001',
    subject: REP,
    cohort: 0,
    period: period('2026-10'),
    scheme: { schemeId: 'discipline-70-30', version: 1 },
    steps: [...steps],
    parts: Array.from({ length: parts }, (_, index) => ({
      part: index + 1,
      from: plainDay('2026-10-01'),
      to: plainDay('2026-10-31'),
      manager: MANAGER,
      workingDays: 18,
    })),
    unit: { department: 'sales' },
    openedAt: NOW,
  },
});
const OWN: Ratings = { dealers: ['network-plan'] };
const THEIRS: Ratings = { complaints: ['3'] };
const scored: Extract<AppraisalEvent, { type: 'ManagerScoreSubmitted' }> = {
  type: 'ManagerScoreSubmitted',
  data: { reviewer: MANAGER, part: 1, ratings: OWN, late: false, submittedAt: NOW, task: 0, complete: false },
};
const rated: AppraisalEvent = {
  type: 'ManagerScoreSubmitted',
  data: { reviewer: SERVICE, part: 1, ratings: THEIRS, late: false, submittedAt: NOW, task: 1 },
};
const approved = (reviewer: SubjectId, task: number, more: object = {}): AppraisalEvent => ({
  type: 'SecondReviewApproved',
  data: { reviewer, late: false, approvedAt: NOW, task, ...more },
});
const byVp = approved(VP, 2, { complete: false });
const score = (more: object = {}): AppraisalCommand => ({ type: 'SubmitManagerScore', data: { ratings: OWN, ...more } });
const rate: AppraisalCommand = { type: 'SubmitManagerScore', data: { ratings: THEIRS, department: 'service' } };
const approve = (...roles: string[]): AppraisalCommand => ({ type: 'ApproveSecondReview', data: { roles } });
const close = (step: 'manager-review' | 'second-review'): AppraisalCommand => ({
  type: 'CloseAppraisalStep',
  data: { step, reason: 'missed', rule: 'facts-alone' },
});
const appraisal = (...past: AppraisalEvent[]) => given(appraisalDecider, past);
const stateAfter = (...past: AppraisalEvent[]): AppraisalState => fold(appraisalDecider, past);

describe('departments that rate lines of their own', () => {
  it('rate beside the manager, in any order; the step is done with the last of them', () => {
    appraisal(opened()).as(by(MANAGER)).when(score()).then([scored]);
    appraisal(opened(), scored).as(by(SERVICE)).when(rate).then([rated]);
    appraisal(opened(), scored, rated).as(by(SERVICE)).when(rate).thenNothing();
    appraisal(opened()).as(by(MANAGER)).when(rate).thenRejects('appraisal.not-the-assigned-manager');
    appraisal(opened()).as(by(SERVICE)).when(score()).thenRejects('appraisal.not-the-assigned-manager');
    appraisal(opened())
      .as(by(SERVICE))
      .when({ type: 'SubmitManagerScore', data: { ratings: {}, department: 'finance' } })
      .thenRejects('appraisal.no-such-department');
  });
  it('count together', () => {
    const state = stateAfter(opened(), scored, rated);
    expect(state.status === 'none' ? {} : countingRatings(state, 'manager-review')).toEqual({ ...OWN, ...THEIRS });
  });
  it('hold up the second review as the manager does', () =>
    appraisal(opened(), scored).as(by(VP)).when(approve('second-reviewer')).thenRejects('appraisal.earlier-step-open'));
  it('are closed each by their own rule', () => {
    const skipped = (task: number, rule: 'hold' | 'facts-alone'): AppraisalEvent => ({
      type: 'AppraisalStepSkipped',
      data: { step: 'manager-review', reason: 'missed', rule, skippedAt: NOW, task, complete: false },
    });
    appraisal(opened())
      .when(close('manager-review'))
      .then([skipped(0, 'hold'), skipped(1, 'facts-alone')]);
    appraisal(opened(), scored)
      .when(close('manager-review'))
      .then([
        { type: 'AppraisalStepSkipped', data: { step: 'manager-review', reason: 'missed', rule: 'facts-alone', skippedAt: NOW, task: 1 } },
      ]);
    appraisal(opened(), skipped(0, 'hold'), skipped(1, 'facts-alone')).when(close('manager-review')).thenNothing();
  });
  it('never review a second time', () =>
    appraisal(opened(), scored, rated).as(by(SERVICE)).when(approve('second-reviewer')).thenRejects('appraisal.reviewer-scored-it'));
});

it('lets nobody do by a delegate what they must not do themselves', () => {
  const forOther = (onBehalfOf: SubjectId): AppraisalCommand => ({
    type: 'ApproveSecondReview',
    data: { roles: ['second-reviewer'], onBehalfOf },
  });
  appraisal(opened(), scored, rated).as(by(OTHER)).when(forOther(REP)).thenRejects('appraisal.own-score');
  appraisal(opened(), scored, rated).as(by(OTHER)).when(forOther(MANAGER)).thenRejects('appraisal.reviewer-scored-it');
  const byDelegate: AppraisalEvent = {
    type: 'ManagerScoreSubmitted',
    data: { ...scored.data, reviewer: OTHER, onBehalfOf: MANAGER },
  };
  appraisal(opened(), byDelegate, rated).as(by(MANAGER)).when(approve('second-reviewer')).thenRejects('appraisal.reviewer-scored-it');
  appraisal(opened())
    .as(by(OTHER))
    .when(score({ onBehalfOf: REP }))
    .thenRejects('appraisal.own-score');
});

describe('second reviews in order', () => {
  const reviewed = [opened(), scored, rated];
  it('approve level by level', () => {
    appraisal(...reviewed)
      .as(by(HR))
      .when(approve('hr'))
      .thenRejects('appraisal.earlier-step-open');
    appraisal(...reviewed)
      .as(by(VP))
      .when(approve('second-reviewer'))
      .then([byVp]);
    appraisal(...reviewed, byVp)
      .as(by(VP))
      .when(approve('second-reviewer'))
      .thenNothing();
    appraisal(...reviewed, byVp)
      .as(by(HR))
      .when(approve('hr'))
      .then([approved(HR, 3)]);
    appraisal(...reviewed, byVp, approved(HR, 3))
      .as(by(HR))
      .when(approve('hr'))
      .thenNothing();
    appraisal(...reviewed)
      .as(by(OTHER))
      .when(approve('finance'))
      .thenRejects('appraisal.not-the-second-reviewer');
  });
  it('need different people', () =>
    appraisal(...reviewed, byVp)
      .as(by(VP))
      .when({ type: 'ApproveSecondReview', data: { comment: REASON, roles: ['second-reviewer', 'hr'] } })
      .thenRejects('appraisal.reviewer-approved-before'));
  it('send back to an earlier level or step, with both versions kept', () => {
    const back = (data: object): AppraisalCommand => ({
      type: 'SendBackAppraisal',
      data: { toStep: 'second-review', reason: REASON, roles: ['hr'], ...data },
    });
    const sent = (toStep: 'second-review' | 'manager-review', reopened: 'manager-review'[], tasks: number[]): AppraisalEvent => ({
      type: 'AppraisalSentBack',
      data: { reviewer: HR, toStep, reopened, tasks, reason: REASON, sentBackAt: NOW },
    });
    appraisal(...reviewed, byVp)
      .as(by(HR))
      .when(back({ toLevel: 1 }))
      .then([sent('second-review', [], [2])]);
    const toManager = sent('manager-review', ['manager-review'], [0, 1, 2]);
    appraisal(...reviewed, byVp)
      .as(by(HR))
      .when(back({ toStep: 'manager-review' }))
      .then([toManager]);
    appraisal(...reviewed, byVp, toManager)
      .as(by(HR))
      .when(back({ toStep: 'manager-review' }))
      .thenNothing();
    appraisal(...reviewed, byVp)
      .as(by(HR))
      .when(back({ toLevel: 2 }))
      .thenRejects('appraisal.not-an-earlier-step');
    appraisal(...reviewed, byVp, toManager)
      .as(by(MANAGER))
      .when(score({ ratings: { dealers: [] } }))
      .thenState((state) => {
        const versions = state.status === 'none' ? [] : state.steps[0]?.submissions.map(({ ratings }) => ratings);
        expect(versions).toEqual([OWN, { dealers: [] }]);
      });
  });
});

describe('after a transfer inside the period', () => {
  const PARTS: readonly TaskOfAppraisal[] = [
    { step: 'manager-review', part: 1, reviewer: OTHER },
    { step: 'manager-review', part: 2, reviewer: MANAGER },
  ];
  it('each manager rates their part', () => {
    appraisal(opened(PARTS, 2))
      .as(by(OTHER))
      .when(score({ part: 1 }))
      .then([
        {
          type: 'ManagerScoreSubmitted',
          data: { reviewer: OTHER, part: 1, ratings: OWN, late: false, submittedAt: NOW, task: 0, complete: false },
        },
      ]);
    appraisal(opened(PARTS, 2))
      .as(by(MANAGER))
      .when(score({ part: 1 }))
      .thenRejects('appraisal.not-the-assigned-manager');
    appraisal(opened(PARTS, 2))
      .as(by(MANAGER))
      .when(score({ part: 3 }))
      .thenRejects('appraisal.unknown-part');
  });
  it('the ratings of each part are told apart', () => {
    const of = (part: number, reviewer: SubjectId, points: string): AppraisalEvent => ({
      type: 'ManagerScoreSubmitted',
      data: { reviewer, part, ratings: { points }, late: false, submittedAt: NOW, task: part - 1 },
    });
    const state = stateAfter(opened(PARTS, 2), of(1, OTHER, '5'), of(2, MANAGER, '8'));
    if (state.status === 'none') throw new Error('not opened');
    expect(countingRatings(state, 'manager-review', 1)).toEqual({ points: '5' });
    expect(countingRatings(state, 'manager-review', 2)).toEqual({ points: '8' });
  });
});
