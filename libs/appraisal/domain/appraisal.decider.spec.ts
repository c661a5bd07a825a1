import { type ActorId, actorId, fold, type Instant, instant, period, PersonalText, plainDay, Rejection, subjectId } from '#kernel';
import { given, SPEC_NOW } from '#libs/testing';
import fc from 'fast-check';
import type { AppraisalCommand, AppraisalEvent, Ratings, ScoreBasis, ScoreResult, Step } from '../contracts';
import { appraisalDecider } from './appraisal.decider';
import { countingRatings } from './appraisal.state';

const CYCLE = '00000000-0000-7000-8000-00000000c001';
const REP = subjectId('00000000-0000-7000-8000-000000000001');
const MANAGER = subjectId('00000000-0000-7000-8000-000000000002');
const DEPUTY = subjectId('00000000-0000-7000-8000-000000000003');
const SECOND = subjectId('00000000-0000-7000-8000-000000000004');
const by = (subject: string): ActorId => actorId(subject);
const SYSTEM = actorId('system:cycle-workflow');
const NOW = SPEC_NOW;
const DUE = instant('2026-11-05T16:00:00.000Z');
const AFTER_DUE = instant('2026-11-05T16:00:00.001Z');
const CONFIRM_UNTIL = instant('2026-11-16T16:00:00.000Z');
const APPEAL_UNTIL = instant('2026-11-18T16:00:00.000Z');
const text = (plain: string): PersonalText => PersonalText.fresh(REP, `tag-${plain}`, plain);

const openData = {
  cycleId: CYCLE,
  subject: REP,
  cohort: 0,
  period: period('2026-10'),
  scheme: { schemeId: 'weighted-70-20-10', version: 1 },
  steps: [
    { step: 'self-review' as const },
    { step: 'manager-review' as const, reviewer: MANAGER },
    { step: 'second-review' as const, reviewer: SECOND },
  ],
  parts: [{ part: 1, from: plainDay('2026-10-01'), to: plainDay('2026-10-31'), manager: MANAGER, workingDays: 18 }],
  unit: { department: 'sales', team: 't1', region: 'north' },
};
const openCommand: AppraisalCommand = { type: 'OpenAppraisal', data: openData };
const opened: AppraisalEvent = { type: 'AppraisalOpened', data: { ...openData, openedAt: NOW } };
const RATINGS: Ratings = { knowledge: '80' };
const selfReviewed: AppraisalEvent = { type: 'SelfReviewSubmitted', data: { ratings: RATINGS, late: false, submittedAt: NOW } };
const scoredBy = (ratings: Ratings = RATINGS): AppraisalEvent => ({
  type: 'ManagerScoreSubmitted',
  data: { reviewer: MANAGER, part: 1, ratings, late: false, submittedAt: NOW },
});
const approved: AppraisalEvent = { type: 'SecondReviewApproved', data: { reviewer: SECOND, late: false, approvedAt: NOW } };
const skipped = (step: Step, rule: 'facts-alone' | 'hold' = 'facts-alone'): AppraisalEvent => ({
  type: 'AppraisalStepSkipped',
  data: { step, reason: 'missed', rule, skippedAt: NOW },
});
const REASON = text('too kind');
const sentBack = (toStep: Step, reopened: Step[]): AppraisalEvent => ({
  type: 'AppraisalSentBack',
  data: { reviewer: SECOND, toStep, reopened, reason: REASON, sentBackAt: NOW },
});
const result = (score: string, errors: ScoreResult['errors'] = []): ScoreResult => ({
  score,
  grade: 'B',
  sections: [],
  payLines: [],
  payTotal: '0.00',
  outcome: {},
  actions: [],
  errors,
});
const basis: ScoreBasis = { scheme: openData.scheme, evaluator: 1, explanationHash: 'a'.repeat(64), facts: [], ratings: {}, asOf: 7 };
const scored = (score = '88.80', errors: ScoreResult['errors'] = []): AppraisalEvent => ({
  type: 'AppraisalScored',
  data: { result: result(score, errors), basis, scoredAt: NOW },
});
const published: AppraisalEvent = {
  type: 'AppraisalPublished',
  data: { publishedAt: NOW, confirmUntil: CONFIRM_UNTIL, appealUntil: APPEAL_UNTIL, unit: openData.unit },
};
const objected: AppraisalEvent = { type: 'ResultObjected', data: { reason: REASON, objectedAt: NOW, answerUntil: DUE } };
const confirmed: AppraisalEvent = { type: 'ResultConfirmed', data: { how: 'by-person', late: false, confirmedAt: NOW } };
const CAUSE = { kind: 'appeal' as const, id: '00000000-0000-7000-8000-00000000a001' };
const amend = (score: string): AppraisalCommand => ({ type: 'AmendAppraisal', data: { cause: CAUSE, result: result(score), basis } });
const amended: AppraisalEvent = {
  type: 'AppraisalAmended',
  data: { cause: CAUSE, result: result('90.00'), basis, previousScore: '88.80', by: SYSTEM, amendedAt: NOW },
};

const appraisal = (...past: AppraisalEvent[]) => given(appraisalDecider, past);
const reviewed = [opened, selfReviewed, scoredBy(), approved];
const selfReview: AppraisalCommand = { type: 'SubmitSelfReview', data: { ratings: RATINGS, dueAt: DUE } };
const score = (ratings: Ratings = RATINGS): AppraisalCommand => ({ type: 'SubmitManagerScore', data: { ratings, dueAt: DUE } });
const approve: AppraisalCommand = { type: 'ApproveSecondReview', data: {} };
const sendBack = (toStep: Step): AppraisalCommand => ({ type: 'SendBackAppraisal', data: { toStep, reason: REASON } });
const close = (step: Step): AppraisalCommand => ({ type: 'CloseAppraisalStep', data: { step, reason: 'missed', rule: 'facts-alone' } });
const record = (value: string): AppraisalCommand => ({ type: 'RecordScore', data: { result: result(value), basis } });
const publish: AppraisalCommand = { type: 'PublishAppraisal', data: { confirmUntil: CONFIRM_UNTIL, appealUntil: APPEAL_UNTIL } };
const confirm = (how: 'by-person' | 'by-silence'): AppraisalCommand => ({ type: 'ConfirmResult', data: { how } });
const object: AppraisalCommand = { type: 'ObjectToResult', data: { reason: REASON, answerUntil: DUE } };
const answer: AppraisalCommand = { type: 'AnswerObjection', data: { answer: text('we talked') } };
const cancel: AppraisalCommand = { type: 'CancelAppraisal', data: { reason: 'cycle-cancelled' } };
const finalise: AppraisalCommand = { type: 'FinaliseAppraisal', data: {} };

describe('opening', () => {
  it('lists steps and parts', () => appraisal().when(openCommand).then([opened]));
  it('happens once, whatever comes again', () =>
    appraisal(opened)
      .when({ type: 'OpenAppraisal', data: { ...openData, cohort: 3 } })
      .thenNothing());
  it('lets nobody score themselves', () =>
    appraisal()
      .when({ type: 'OpenAppraisal', data: { ...openData, steps: [{ step: 'manager-review', reviewer: REP }] } })
      .thenRejects('appraisal.own-score'));
});

describe('self-review', () => {
  it('is recorded, late after the deadline', () => {
    appraisal(opened).as(by(REP)).when(selfReview).then([selfReviewed]);
    appraisal(opened)
      .as(by(REP))
      .at(DUE)
      .when(selfReview)
      .thenState((state) => expect(state.status).toBe('open'));
    appraisal(opened)
      .as(by(REP))
      .at(AFTER_DUE)
      .when(selfReview)
      .then([{ type: 'SelfReviewSubmitted', data: { ratings: RATINGS, late: true, submittedAt: AFTER_DUE } }]);
  });
  it('is the subject’s own', () => appraisal(opened).as(by(MANAGER)).when(selfReview).thenRejects('appraisal.not-the-subject'));
  it('is frozen once submitted', () => {
    appraisal(opened, selfReviewed).as(by(REP)).when(selfReview).thenNothing();
    appraisal(opened, selfReviewed)
      .as(by(REP))
      .when({ type: 'SubmitSelfReview', data: { ratings: {} } })
      .thenRejects('appraisal.step-already-submitted');
  });
  it('counts until the recorded close', () =>
    appraisal(opened, skipped('self-review')).as(by(REP)).when(selfReview).thenRejects('appraisal.step-closed'));
});

describe('manager score', () => {
  it('is by the assigned manager after the self-review', () => {
    appraisal(opened, selfReviewed).as(by(MANAGER)).when(score()).then([scoredBy()]);
    appraisal(opened).as(by(MANAGER)).when(score()).thenRejects('appraisal.earlier-step-open', { waitsFor: 'self-review' });
    appraisal(opened, skipped('self-review')).as(by(MANAGER)).when(score()).then([scoredBy()]);
    appraisal(opened, selfReviewed).as(by(DEPUTY)).when(score()).thenRejects('appraisal.not-the-assigned-manager');
    appraisal(opened, selfReviewed).as(by(REP)).when(score()).thenRejects('appraisal.own-score');
    appraisal(opened, selfReviewed).as(SYSTEM).when(score()).thenRejects('appraisal.not-a-person');
  });
  it('by a delegate shows both', () => {
    const command: AppraisalCommand = { type: 'SubmitManagerScore', data: { ratings: RATINGS, onBehalfOf: MANAGER } };
    appraisal(opened, selfReviewed)
      .as(by(DEPUTY))
      .when(command)
      .then([
        {
          type: 'ManagerScoreSubmitted',
          data: { reviewer: DEPUTY, onBehalfOf: MANAGER, part: 1, ratings: RATINGS, late: false, submittedAt: NOW },
        },
      ]);
    appraisal(opened, selfReviewed).as(by(REP)).when(command).thenRejects('appraisal.own-score');
  });
  it('knows its parts', () =>
    appraisal(opened, selfReviewed)
      .as(by(MANAGER))
      .when({ type: 'SubmitManagerScore', data: { ratings: RATINGS, part: 2 } })
      .thenRejects('appraisal.unknown-part'));
});

describe('second review', () => {
  it('approves', () => {
    appraisal(opened, selfReviewed, scoredBy()).as(by(SECOND)).when(approve).then([approved]);
    appraisal(...reviewed)
      .as(by(SECOND))
      .when(approve)
      .thenNothing();
    appraisal(opened, selfReviewed, scoredBy()).as(by(DEPUTY)).when(approve).thenRejects('appraisal.not-the-second-reviewer');
  });
  it('is never by whoever scored', () => {
    const anyone: AppraisalEvent = {
      type: 'AppraisalOpened',
      data: { ...openData, steps: [{ step: 'manager-review', reviewer: MANAGER }, { step: 'second-review' }], openedAt: NOW },
    };
    appraisal(anyone, scoredBy()).as(by(MANAGER)).when(approve).thenRejects('appraisal.reviewer-scored-it');
    appraisal(anyone, scoredBy())
      .as(by(DEPUTY))
      .when(approve)
      .thenState((state) => expect(state.status).toBe('open'));
  });
  it('sends back with a reason; both versions stay, the last one counts', () => {
    appraisal(opened, selfReviewed, scoredBy())
      .as(by(SECOND))
      .when(sendBack('manager-review'))
      .then([sentBack('manager-review', ['manager-review'])]);
    const back = [opened, selfReviewed, scoredBy(), sentBack('manager-review', ['manager-review'])];
    appraisal(...back)
      .as(by(SECOND))
      .when(sendBack('manager-review'))
      .thenNothing();
    appraisal(...back)
      .as(by(SECOND))
      .when(approve)
      .thenRejects('appraisal.earlier-step-open');
    appraisal(...back)
      .as(by(MANAGER))
      .when(score({ knowledge: '60' }))
      .thenState((state) => {
        if (state.status === 'none') throw new Error('no appraisal');
        expect(state.steps[1]?.submissions.map(({ ratings }) => ratings)).toEqual([RATINGS, { knowledge: '60' }]);
        expect(countingRatings(state, 'manager-review')).toEqual({ knowledge: '60' });
      });
  });
  it('back to the self-review opens what followed it', () =>
    appraisal(opened, selfReviewed, scoredBy())
      .as(by(SECOND))
      .when(sendBack('self-review'))
      .then([sentBack('self-review', ['self-review', 'manager-review'])]));
  it('sends back only what was submitted, and not once approved', () => {
    appraisal(opened, skipped('self-review'), scoredBy())
      .as(by(SECOND))
      .when(sendBack('self-review'))
      .thenRejects('appraisal.nothing-to-send-back');
    appraisal(opened, selfReviewed, scoredBy()).as(by(SECOND)).when(sendBack('second-review')).thenRejects('appraisal.not-an-earlier-step');
    appraisal(...reviewed)
      .as(by(SECOND))
      .when(sendBack('manager-review'))
      .thenRejects('appraisal.step-already-submitted');
  });
});

describe('close of a step', () => {
  it('is quiet when done, skips when not', () => {
    appraisal(opened, selfReviewed).when(close('self-review')).thenNothing();
    appraisal(opened)
      .when(close('self-review'))
      .then([skipped('self-review')]);
    appraisal(opened, skipped('self-review')).when(close('self-review')).thenNothing();
  });
  it('on hold waits for the submission, which is late', () => {
    const held = [opened, selfReviewed, skipped('manager-review', 'hold')];
    appraisal(...held)
      .when({ type: 'CloseAppraisalStep', data: { step: 'manager-review', reason: 'missed', rule: 'hold' } })
      .thenNothing();
    appraisal(...held)
      .as(by(MANAGER))
      .when(score())
      .thenState((state) => expect(state.status === 'none' ? undefined : state.steps[1]?.state).toBe('submitted'));
  });
  it('closes what was sent back and not done again', () =>
    appraisal(opened, selfReviewed, scoredBy(), sentBack('manager-review', ['manager-review']))
      .when(close('second-review'))
      .then([skipped('manager-review'), skipped('second-review')]));
});

describe('score and publication', () => {
  it('waits for the steps', () => {
    appraisal(...reviewed)
      .when(record('88.80'))
      .then([scored()]);
    appraisal(opened, selfReviewed).when(record('88.80')).thenRejects('appraisal.steps-open', { step: 'manager-review' });
    appraisal(opened, skipped('self-review'), skipped('manager-review', 'hold'))
      .when(record('1.00'))
      .thenRejects('appraisal.on-hold', { step: 'manager-review' });
  });
  it('may be computed again until published, then it is frozen', () => {
    appraisal(...reviewed, scored())
      .when(record('88.80'))
      .thenNothing();
    appraisal(...reviewed, scored())
      .when(record('90.00'))
      .then([scored('90.00')]);
    appraisal(...reviewed, scored(), published)
      .when(record('90.00'))
      .thenRejects('appraisal.published-score-is-frozen');
  });
  it('publishes a score without errors, once', () => {
    appraisal(...reviewed, scored())
      .when(publish)
      .then([published]);
    appraisal(...reviewed)
      .when(publish)
      .thenRejects('appraisal.not-scored');
    appraisal(...reviewed, scored('1.00', [{ code: 'missing-fact', key: 'sales.amount' }]))
      .when(publish)
      .thenRejects('appraisal.score-has-errors');
    appraisal(...reviewed, scored(), published)
      .when(publish)
      .thenNothing();
    appraisal(...reviewed, scored(), published)
      .when({ type: 'PublishAppraisal', data: { confirmUntil: DUE, appealUntil: APPEAL_UNTIL } })
      .thenRejects('appraisal.already-published');
  });
  it('cancels until publication', () => {
    appraisal(opened, selfReviewed)
      .when(cancel)
      .then([{ type: 'AppraisalCancelled', data: { reason: 'cycle-cancelled', cancelledAt: NOW } }]);
    appraisal(...reviewed, scored(), published)
      .when(cancel)
      .thenRejects('appraisal.already-published');
  });
});

describe('answer of the person', () => {
  const out = [...reviewed, scored(), published];
  it('confirms', () => {
    appraisal(...out)
      .as(by(REP))
      .when(confirm('by-person'))
      .then([confirmed]);
    appraisal(...out)
      .as(by(MANAGER))
      .when(confirm('by-person'))
      .thenRejects('appraisal.not-the-subject');
    appraisal(...reviewed)
      .as(by(REP))
      .when(confirm('by-person'))
      .thenRejects('appraisal.not-published');
    appraisal(...out, confirmed)
      .as(SYSTEM)
      .when(confirm('by-silence'))
      .thenNothing();
  });
  it('is silence only at the deadline, and said by nobody', () => {
    appraisal(...out)
      .as(SYSTEM)
      .when(confirm('by-silence'))
      .thenRejects('appraisal.confirmation-open');
    appraisal(...out)
      .as(by(REP))
      .at(CONFIRM_UNTIL)
      .when(confirm('by-silence'))
      .thenRejects('appraisal.not-the-subject');
    appraisal(...out)
      .as(SYSTEM)
      .at(CONFIRM_UNTIL)
      .when(confirm('by-silence'))
      .then([{ type: 'ResultConfirmed', data: { how: 'by-silence', late: false, confirmedAt: CONFIRM_UNTIL } }]);
  });
  it('objects and is answered by the manager', () => {
    appraisal(...out)
      .as(by(REP))
      .when(object)
      .then([objected]);
    appraisal(...out, confirmed)
      .as(by(REP))
      .when(object)
      .thenRejects('appraisal.already-confirmed');
    appraisal(...out)
      .as(by(REP))
      .at(APPEAL_UNTIL)
      .when(object)
      .thenRejects('appraisal.confirmation-over');
    appraisal(...out, objected)
      .as(by(REP))
      .when(confirm('by-person'))
      .thenRejects('appraisal.already-objected');
    appraisal(...out, objected)
      .as(SYSTEM)
      .at(CONFIRM_UNTIL)
      .when(confirm('by-silence'))
      .thenNothing();
    appraisal(...out, objected)
      .as(by(SECOND))
      .when(answer)
      .thenRejects('appraisal.not-the-assigned-manager');
    appraisal(...out, objected)
      .as(by(MANAGER))
      .at(AFTER_DUE)
      .when(answer)
      .thenState((state) => expect(state.status === 'none' ? '' : state.response).toBe('answered'));
    appraisal(...out)
      .as(by(MANAGER))
      .when(answer)
      .thenRejects('appraisal.no-objection');
  });
});

describe('amendment', () => {
  const out = [...reviewed, scored(), published];
  it('stands beside the published score', () => {
    appraisal(...out)
      .as(SYSTEM)
      .when(amend('90.00'))
      .then([amended]);
    appraisal(...out, { type: 'AppraisalFinalised', data: { finalisedAt: NOW } })
      .as(SYSTEM)
      .when(amend('90.00'))
      .then([amended]);
    appraisal(...reviewed, scored())
      .when(amend('90.00'))
      .thenRejects('appraisal.not-published');
  });
  it('follows from a cause once', () => {
    appraisal(...out, amended)
      .when(amend('90.00'))
      .thenNothing();
    appraisal(...out, amended)
      .when(amend('91.00'))
      .thenRejects('appraisal.already-amended-for-this-cause');
  });
  it('final comes after publication', () => {
    appraisal(...out)
      .when(finalise)
      .then([{ type: 'AppraisalFinalised', data: { finalisedAt: NOW } }]);
    appraisal(...reviewed)
      .when(finalise)
      .thenRejects('appraisal.not-published');
  });
});

describe('every command on every history', () => {
  const steps = fc.constantFrom<Step>('self-review', 'manager-review', 'second-review');
  const ratings = fc.constantFrom<Ratings>({}, RATINGS, { knowledge: '60' });
  const commands: fc.Arbitrary<AppraisalCommand> = fc.oneof(
    fc.constant(openCommand),
    ratings.map((given_): AppraisalCommand => ({ type: 'SubmitSelfReview', data: { ratings: given_ } })),
    ratings.map((given_) => score(given_)),
    fc.constant(approve),
    steps.map(sendBack),
    fc
      .tuple(steps, fc.constantFrom('facts-alone' as const, 'hold' as const))
      .map(([step, rule]): AppraisalCommand => ({ type: 'CloseAppraisalStep', data: { step, reason: 'missed', rule } })),
    fc.constantFrom('88.80', '90.00').map(record),
    fc.constant(publish),
    fc.constantFrom('by-person' as const, 'by-silence' as const).map(confirm),
    fc.constantFrom(object, answer, amend('90.00'), amend('91.00'), finalise, cancel),
  );
  const actors = fc.constantFrom(by(REP), by(MANAGER), by(SECOND), SYSTEM);
  const times = fc.constantFrom<Instant>(NOW, AFTER_DUE, CONFIRM_UNTIL, APPEAL_UNTIL);
  const said = fc.record({ command: commands, actor: actors, now: times });
  type Said = { readonly command: AppraisalCommand; readonly actor: ActorId; readonly now: Instant };
  const outcome = ({ command, actor, now }: Said, past: readonly AppraisalEvent[]): readonly AppraisalEvent[] | string => {
    try {
      return appraisalDecider.decide(command, fold(appraisalDecider, past), { actor, now });
    } catch (error) {
      if (error instanceof Rejection) return error.code;
      throw error;
    }
  };
  /** Half begin as deep as a publication, so that late commands meet late states. */
  const histories = fc
    .tuple(fc.constantFrom([], [opened], reviewed, [...reviewed, scored(), published]), fc.array(said, { maxLength: 30 }))
    .map(([start, script]) => {
      const past: AppraisalEvent[] = [...start];
      for (const item of script) {
        const decided = outcome(item, past);
        if (typeof decided !== 'string') past.push(...decided);
      }
      return past;
    });

  it('is quiet when said again, or refuses by name', () => {
    fc.assert(
      fc.property(histories, said, (past, item) => {
        const first = outcome(item, past);
        if (typeof first === 'string') return /^appraisal\.[a-z-]+$/.test(first);
        const again = outcome(item, [...past, ...first]);
        return typeof again === 'string' || again.length === 0;
      }),
      { numRuns: 500 },
    );
  });

  it('freezes a published score: only an amendment changes it', () => {
    fc.assert(
      fc.property(histories, (past) => {
        const publication = past.findIndex(({ type }) => type === 'AppraisalPublished');
        const after = publication < 0 ? [] : past.slice(publication);
        return !after.some(({ type }) => type === 'AppraisalScored' || type === 'AppraisalCancelled' || type === 'AppraisalSentBack');
      }),
    );
  });

  it('scores nobody by themselves', () => {
    fc.assert(
      fc.property(histories, (past) => !past.some((event) => event.type === 'ManagerScoreSubmitted' && event.data.reviewer === REP)),
    );
  });

  it('takes any event in any state', () => {
    fc.assert(
      fc.property(fc.array(histories, { maxLength: 3 }), (parts) => {
        expect(() => fold(appraisalDecider, parts.flat().reverse())).not.toThrow();
      }),
    );
  });
});
