import { type ActorId, actorId, period, PersonalText, plainDay, type SubjectId, subjectId } from '#kernel';
import { given, SPEC_NOW } from '#libs/testing';
import fc from 'fast-check';
import type { AppraisalCommand, AppraisalEvent, TaskOfAppraisal } from '../contracts';
import { appraisalDecider } from './appraisal.decider';
import { answerOf, answerText, pooled } from './pooled-answers.policy';

const person = (number: number): SubjectId => subjectId(`00000000-0000-7000-8000-0000000000${String(number).padStart(2, '0')}`);
const [REP, MANAGER, HR, ROUND, ABOVE] = [person(1), person(2), person(3), person(90), person(5)];
const PEERS = [person(11), person(12), person(13)];
const [ANN, BEN, CAT] = PEERS as [SubjectId, SubjectId, SubjectId];
const by = (subject: SubjectId): ActorId => actorId(subject);
const SYSTEM = actorId('system:peer-review');
const NOW = SPEC_NOW;
const sealed = (round: SubjectId = ROUND): PersonalText => PersonalText.fresh(round, 'tag', 'nobody reads this');

const TASKS: TaskOfAppraisal[] = [
  { step: 'manager-review', reviewer: MANAGER, late: 'hold' },
  { step: 'manager-review', group: 'peers', role: 'hr', late: 'facts-alone' },
  { step: 'manager-review', group: 'customers', role: 'hr', late: 'facts-alone' },
];
const opened: AppraisalEvent = {
  type: 'AppraisalOpened',
  data: {
    cycleId: '00000000-0000-7000-8000-00000000c001',
    subject: REP,
    cohort: 0,
    period: period('2026-Q3'),
    scheme: { schemeId: 'review-360', version: 1 },
    steps: TASKS,
    parts: [{ part: 1, from: plainDay('2026-07-01'), to: plainDay('2026-09-30'), manager: MANAGER, workingDays: 60 }],
    unit: { department: 'sales' },
    openedAt: NOW,
  },
};
const scored: AppraisalEvent = {
  type: 'ManagerScoreSubmitted',
  data: { reviewer: MANAGER, part: 1, ratings: {}, late: false, submittedAt: NOW, task: 0, complete: false },
};
const nominated = (peers = PEERS, removed: SubjectId[] = [], nominator = MANAGER): AppraisalEvent => ({
  type: 'PeersNominated',
  data: { task: 1, round: ROUND, peers: [...peers], removed, by: nominator, nominatedAt: NOW },
});
const answered = (peer: SubjectId): AppraisalEvent => ({ type: 'PeerAnswered', data: { peer, answers: sealed(), answeredAt: NOW } });
const closed: AppraisalEvent = { type: 'PeerReviewClosed', data: { task: 1, closedAt: NOW } };
const ANSWERS = { 'peers.amount': ['80', '85', '90'] };
const recorded = (raters = 3, answers: Record<string, string[]> = ANSWERS, more: object = { complete: false }): AppraisalEvent => ({
  type: 'PeerAnswersRecorded',
  data: { task: 1, raters, answers, recordedAt: NOW, ...more },
});
const nominate = (peers: readonly SubjectId[], most: number | undefined = 5): AppraisalCommand => ({
  type: 'NominatePeers',
  data: { peers, round: ROUND, most, line: [MANAGER, ABOVE] },
});
const answer: AppraisalCommand = { type: 'AnswerAsPeer', data: { answers: sealed() } };
const record = (raters: number, answers = ANSWERS): AppraisalCommand => ({
  type: 'RecordPeerAnswers',
  data: { answers, raters, least: 3 },
});
const customers = (values: string[]): AppraisalCommand => ({
  type: 'RecordCustomerAnswers',
  data: { answers: { 'customers.amount': values }, customers: values.length },
});
const appraisal = (...past: AppraisalEvent[]) => given(appraisalDecider, past);
const close: AppraisalCommand = { type: 'CloseAppraisalStep', data: { step: 'manager-review', reason: 'missed', rule: 'facts-alone' } };

describe('who is asked', () => {
  it('is named by the manager, and changed by HR, as a whole list', () => {
    appraisal(opened).as(by(MANAGER)).when(nominate(PEERS)).then([nominated()]);
    appraisal(opened, nominated()).as(by(MANAGER)).when(nominate(PEERS.toReversed())).thenNothing();
    appraisal(opened, nominated())
      .as(by(HR))
      .when(nominate([ANN, BEN]))
      .then([nominated([ANN, BEN], [CAT], HR)]);
  });
  it('is never the person, who rates or reviews them, or stands above them', () => {
    appraisal(opened)
      .as(by(MANAGER))
      .when(nominate([REP]))
      .thenRejects('appraisal.peer-is-subject');
    appraisal(opened)
      .as(by(HR))
      .when(nominate([MANAGER]))
      .thenRejects('appraisal.peer-is-reviewer');
    appraisal(opened)
      .as(by(HR))
      .when(nominate([ABOVE]))
      .thenRejects('appraisal.peer-is-reviewer');
    appraisal(opened)
      .as(by(HR))
      .when(nominate([ANN, ANN]))
      .thenRejects('appraisal.peer-named-twice');
    appraisal(opened).as(by(REP)).when(nominate(PEERS)).thenRejects('appraisal.own-peers');
    appraisal(opened)
      .as(by(HR))
      .when(nominate([ANN, BEN, HR]))
      .thenRejects('appraisal.peer-names-oneself');
  });
  it('is at most as many as the scheme counts', () => {
    appraisal(opened).as(by(HR)).when(nominate(PEERS, 2)).thenRejects('appraisal.too-many-peers', { most: 2 });
    appraisal(opened)
      .as(by(HR))
      .when(nominate(PEERS, 3))
      .thenState((state) => expect(state).toMatchObject({ peerRound: { peers: PEERS } }));
  });
  it('stays asked once answered', () =>
    appraisal(opened, nominated(), answered(CAT))
      .as(by(HR))
      .when(nominate([ANN, BEN]))
      .thenRejects('appraisal.peer-answered-already'));
  it('is not asked where the scheme has no such group', () => {
    const alone: AppraisalEvent = { type: 'AppraisalOpened', data: { ...opened.data, steps: TASKS.slice(0, 1) } };
    appraisal(alone).as(by(HR)).when(nominate(PEERS)).thenRejects('appraisal.group-not-asked');
  });
});

describe('answers of peers', () => {
  it('are given once, before or after the manager’s own', () => {
    appraisal(opened, nominated())
      .as(by(ANN))
      .when(answer)
      .then([answered(ANN)]);
    appraisal(opened, scored, nominated(), answered(ANN)).as(by(ANN)).when(answer).thenRejects('appraisal.answered-already');
    appraisal(opened, nominated()).as(by(HR)).when(answer).thenRejects('appraisal.not-a-peer');
    appraisal(opened, nominated(), closed).as(by(ANN)).when(answer).thenRejects('appraisal.step-closed');
    appraisal(opened, nominated())
      .as(by(ANN))
      .when({ type: 'AnswerAsPeer', data: { answers: sealed(REP) } })
      .thenRejects('appraisal.sealed-for-another-round');
  });
  it('are recorded together by the system alone, when all have answered or the step is closed', () => {
    const all = [opened, nominated(), ...PEERS.map(answered)];
    appraisal(...all)
      .as(SYSTEM)
      .when(record(3))
      .then([recorded()]);
    appraisal(...all, recorded())
      .as(SYSTEM)
      .when(record(3))
      .thenNothing();
    appraisal(...all)
      .as(by(HR))
      .when(record(3))
      .thenRejects('appraisal.only-the-system');
    appraisal(opened, nominated(), answered(ANN), answered(BEN)).as(SYSTEM).when(record(2)).thenRejects('appraisal.peers-still-answer');
    appraisal(...all)
      .as(SYSTEM)
      .when(record(2))
      .thenRejects('appraisal.answers-moved-on');
  });
  it('of fewer than three are recorded as none', () => {
    const two = [opened, scored, nominated(), answered(ANN), answered(BEN)];
    appraisal(...two, closed)
      .as(SYSTEM)
      .when(record(2))
      .then([recorded(2, {})]);
  });
  it('are not lost when the step closes: it is done once they are recorded', () => {
    const two = [opened, scored, nominated(), answered(ANN), answered(BEN)];
    const skipped: AppraisalEvent = {
      type: 'AppraisalStepSkipped',
      data: { step: 'manager-review', reason: 'missed', rule: 'facts-alone', skippedAt: NOW, task: 2, complete: false },
    };
    appraisal(...two)
      .when(close)
      .then([closed, skipped]);
    appraisal(...two, closed, skipped)
      .when(close)
      .thenNothing();
    appraisal(...two, closed, skipped)
      .as(SYSTEM)
      .when(record(2))
      .then([recorded(2, {}, {})]);
  });
  it('leave nothing of who said what in the state once recorded', () =>
    appraisal(opened, nominated(), ...PEERS.map(answered))
      .as(SYSTEM)
      .when(record(3))
      .thenState((state) => {
        expect(state).toMatchObject({ peerRound: { answered: PEERS.map((peer) => ({ peer })) } });
        expect(JSON.stringify(state)).not.toContain('tag');
      }));
});

it('keeps a colleague who answered from approving the review afterwards, by whatever role', () => {
  const chain: AppraisalEvent = {
    type: 'AppraisalOpened',
    data: { ...opened.data, steps: [...TASKS, { step: 'second-review', role: 'hr' }] },
  };
  appraisal(chain, scored, nominated(), answered(ANN))
    .as(by(ANN))
    .when({ type: 'ApproveSecondReview', data: { roles: ['hr'] } })
    .thenRejects('appraisal.reviewer-scored-it');
});

describe('answers of customers', () => {
  it('are recorded without names, and again until the appraisal is scored', () => {
    const event = (values: string[], more: object): AppraisalEvent => ({
      type: 'CustomerAnswersRecorded',
      data: { task: 2, ...more, customers: values.length, answers: { 'customers.amount': values }, by: HR, recordedAt: NOW },
    });
    appraisal(opened)
      .as(by(HR))
      .when(customers(['88', '92']))
      .then([event(['88', '92'], { complete: false })]);
    const done = [opened, scored, recorded(3, ANSWERS), event(['88'], {})];
    appraisal(...done)
      .as(by(HR))
      .when(customers(['88']))
      .thenNothing();
    appraisal(...done)
      .as(by(HR))
      .when(customers(['88', '92']))
      .then([event(['88', '92'], { complete: false })]);
    appraisal(opened)
      .as(by(REP))
      .when(customers(['100']))
      .thenRejects('appraisal.own-score');
  });
});

describe('pooled answers', () => {
  const LINES = ['peers.amount', 'peers.ability'];
  const anAnswer = fc.record({
    'peers.amount': fc.integer({ min: 0, max: 100 }).map(String),
    'peers.ability': fc.integer({ min: 0, max: 100 }).map(String),
  });

  it('are the same whoever gave which, in whatever order, and however written', () => {
    fc.assert(
      fc.property(fc.array(anAnswer, { minLength: 3, maxLength: 5 }), fc.infiniteStream(fc.nat()), (answers, random) => {
        const order = answers.map((one) => ({ one, at: random.next().value as number })).sort((a, b) => a.at - b.at);
        expect(pooled(order.map(({ one }) => one))).toEqual(pooled(answers));
        // Lines don't hold together either: the same values handed round among the raters line by line pool to the same.
        const turned = answers.map((one, index) => ({
          ...one,
          'peers.ability': answers[(index + 1) % answers.length]?.['peers.ability'] ?? '',
        }));
        expect(pooled(turned)).toEqual(pooled(answers));
      }),
    );
    expect(pooled([{ a: '85.50' }, { a: '9' }, { a: '085.5' }])).toEqual({ a: ['9', '85.5', '85.5'] });
  });

  it('are sealed at one length, whatever they say, and read back', () => {
    fc.assert(
      fc.property(anAnswer, (one) => {
        const text = answerText(LINES, one, 'c2FsdA');
        expect(text).toHaveLength(4_096);
        expect(answerOf(LINES, text)).toEqual(one);
      }),
    );
    expect(() => answerOf(['peers.amount'], answerText(LINES, {}, 'x'))).toThrow('not an answer');
  });
});
