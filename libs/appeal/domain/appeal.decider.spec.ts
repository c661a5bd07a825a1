import fc from 'fast-check';
import { actorId, fold, type Instant, instant, plainDay, Rejection, subjectId, type SubjectId } from '#kernel';
import { given as givenPast, SPEC_NOW, testText } from '#libs/testing';
import {
  type AppealCommand,
  type AppealEvent,
  type ContestedLine,
  DEFAULT_APPEAL_TERMS,
  type FileAppeal,
  type PanelPool,
  type RecordedDeadline,
  type Verdict,
} from '../contracts';
import { appealDecider } from './appeal.decider';
import { drawPanel, drawReplacement } from './panel-draw.policy';
import { panelVerdict } from './verdict.policy';

const person = (n: number): SubjectId => subjectId(`00000000-0000-7000-8000-${String(n).padStart(12, '0')}`);
const REP = person(1);
const HR = person(2);
const GM = person(3);
const OWNER = person(4);
const APPEAL = '00000000-0000-8000-8000-0000000000a1';
const CYCLE = '00000000-0000-8000-8000-0000000000c1';
const WORKFLOW = actorId('system:appeal-workflow');
const LATER: Instant = instant('2026-11-20T01:00:00.000Z');

const deadline = (at: string): RecordedDeadline => ({
  at: instant(at),
  day: plainDay(at.slice(0, 10)),
  derivation: {
    start: SPEC_NOW,
    startDay: plainDay('2026-11-02'),
    workingDays: 2,
    zone: 'Asia/Shanghai',
    calendarVersion: 'v1',
    skipped: [],
    flaggedYears: [],
  },
});
const D1 = deadline('2026-11-04T16:00:00.000Z');
const D2 = deadline('2026-11-16T16:00:00.000Z');
const D3 = deadline('2026-11-10T16:00:00.000Z');
const text = (words: string) => testText(REP, words);

const LINE: ContestedLine = { line: 'attitude', kind: 'rating', key: 'attitude', rightValue: '9' };
const FACT_LINE: ContestedLine = { line: 'sales', kind: 'fact', key: 'sales.amount', rightValue: '120000' };

const file = (changes: Partial<FileAppeal['data']> = {}): FileAppeal => ({
  type: 'FileAppeal',
  data: {
    appealId: APPEAL,
    cycleId: CYCLE,
    appraisalId: `${CYCLE}.${REP}`,
    subject: REP,
    round: 1,
    grounds: ['unfair-rating'],
    lines: [LINE],
    statement: text('not fair'),
    evidence: [],
    late: false,
    terms: DEFAULT_APPEAL_TERMS,
    calendar: { region: 'CN', version: 'v1', zone: 'Asia/Shanghai' },
    triageBy: D1,
    ...changes,
  },
});
const accept = (owner?: SubjectId): AppealCommand => ({
  type: 'AcceptAppeal',
  data: { decideBy: D2, ...(owner ? { factOwner: { owner, answerBy: D1 } } : {}) },
});
const pool = (...departments: readonly string[]): PanelPool => ({
  candidates: departments.map((department, index) => ({ subject: person(100 + index), department })),
  entropy: 'e1',
});
const POOL = pool('Finance', 'Service', 'Production', 'Finance', 'Service', 'Legal');
const seat = (over: PanelPool = POOL): AppealCommand => ({
  type: 'SeatPanel',
  data: { pool: over, remaining: { workingDays: 8 }, decideBy: D2, voteBy: D3 },
});
const hear: AppealCommand = { type: 'NoteHearing', data: { notes: text('said'), how: 'in-person', voteBy: D3 } };
const vote = (verdict: Verdict, value = '8', line = 'attitude'): AppealCommand => ({
  type: 'CastVote',
  data: { verdict, values: verdict === 'partly' ? [{ line, value }] : [], reason: text('because'), closeBy: D3 },
});
const closeVoting: AppealCommand = { type: 'CloseVoting', data: { pool: POOL, remaining: { workingDays: 3 }, voteBy: D2, closeBy: D3 } };

/** History by commands: each as somebody, at a time. */
type Act = readonly [SubjectId | typeof WORKFLOW, AppealCommand, Instant?];
function history(...acts: readonly Act[]): readonly AppealEvent[] {
  const events: AppealEvent[] = [];
  for (const [actor, command, now = SPEC_NOW] of acts)
    events.push(...appealDecider.decide(command, fold(appealDecider, events), { actor, now }));
  return events;
}
const FILED: readonly Act[] = [[REP, file()]];
const SEATED: readonly Act[] = [...FILED, [HR, accept()], [WORKFLOW, seat()]];
const panelOf = (events: readonly AppealEvent[]): readonly SubjectId[] => {
  const state = fold(appealDecider, events);
  return state.stage === 'none' ? [] : state.panel.map(({ subject }) => subject);
};
const [FIRST = REP, SECOND = REP, THIRD = REP] = panelOf(history(...SEATED));
const HEARD: readonly Act[] = [...SEATED, [FIRST, hear]];
const given = (...acts: readonly Act[]) => givenPast(appealDecider, history(...acts));
const types = (events: readonly AppealEvent[]) => events.map(({ type }) => type);
const decide = (acts: readonly Act[], [actor, command, now = SPEC_NOW]: Act) =>
  history(...acts, [actor, command, now]).slice(history(...acts).length);

describe('filing and triage', () => {
  it('is filed by the person alone, with a contested line', () => {
    givenPast(appealDecider, []).as(HR).when(file()).thenRejects('appeal.not-the-appellant');
    givenPast(appealDecider, [])
      .as(REP)
      .when(file({ lines: [] }))
      .thenRejects('appeal.no-contested-line');
    givenPast(appealDecider, [])
      .as(REP)
      .when(file({ grounds: ['wrong-fact'] }))
      .thenRejects('appeal.no-contested-fact');
    givenPast(appealDecider, [])
      .as(REP)
      .when(file({ grounds: ['procedure'], lines: [] }))
      .thenRejects('appeal.step-missing');
    given(...FILED)
      .as(REP)
      .when(file())
      .thenRejects('appeal.filed-already');
  });
  it('is not triaged by the appellant', () => {
    given(...FILED)
      .as(REP)
      .when(accept())
      .thenRejects('appeal.own-appeal');
  });
  it('admits a late one only with a reason', () => {
    const late: readonly Act[] = [[REP, file({ late: true })]];
    given(...late)
      .as(HR)
      .when(accept())
      .thenRejects('appeal.late-needs-reason');
    expect(types(decide(late, [HR, { type: 'AcceptAppeal', data: { decideBy: D2, lateReason: text('ill') } }]))).toEqual([
      'AppealAccepted',
    ]);
  });
  it('stops the clock while more is asked, and goes on without an answer when the time is over', () => {
    const asked: readonly Act[] = [
      ...FILED,
      [HR, { type: 'AskForMore', data: { question: text('which?'), remaining: { workingDays: 1 }, answerBy: D1 } }],
    ];
    given(...asked)
      .as(HR)
      .when(accept())
      .thenRejects('appeal.not-at-this-stage');
    given(...asked)
      .as(REP)
      .when({ type: 'GiveMore', data: { evidence: [], triageBy: D2 } })
      .thenRejects('appeal.empty-answer');
    const answered = decide(asked, [WORKFLOW, { type: 'GiveMore', data: { evidence: [], triageBy: D2 } }, LATER]);
    expect(types(answered)).toEqual(['AppealMoreGiven']);
  });
  it('lets a decline be escalated once, to somebody else', () => {
    const decline: AppealCommand = { type: 'DeclineAppeal', data: { reason: text('no'), escalateUntil: D1 } };
    const escalated: readonly Act[] = [...FILED, [HR, decline], [REP, { type: 'EscalateAppeal', data: { triageBy: D2 } }]];
    given(...escalated)
      .as(HR)
      .when(accept())
      .thenRejects('appeal.triaged-by-you-before');
    const final = decide(escalated, [GM, decline]);
    expect(final).toMatchObject([{ type: 'AppealDeclined', data: { final: true } }]);
    given(...escalated, [GM, decline])
      .as(REP)
      .when({ type: 'EscalateAppeal', data: { triageBy: D2 } })
      .thenRejects('appeal.not-at-this-stage');
  });
  it('records an overdue triage once', () => {
    const overdue: AppealCommand = { type: 'RecordAppealOverdue', data: { stage: 'triage', what: 'triage' } };
    given(...FILED)
      .as(WORKFLOW)
      .when(overdue)
      .thenRejects('appeal.not-due-yet');
    given(...FILED, [WORKFLOW, overdue, LATER])
      .as(WORKFLOW)
      .at(LATER)
      .when(overdue)
      .thenNothing();
  });
});

describe('wrong fact', () => {
  const referred: readonly Act[] = [
    [REP, file({ grounds: ['wrong-fact'], lines: [FACT_LINE] })],
    [HR, accept(OWNER)],
  ];
  const corrections = [{ line: 'sales', kind: 'fact' as const, key: 'sales.amount', value: '115000' }];
  const offered: readonly Act[] = [
    ...referred,
    [OWNER, { type: 'CorrectContestedFacts', data: { corrections } }],
    [WORKFLOW, { type: 'OfferCorrection', data: { score: '91.00', answerBy: D3 } }],
  ];
  it('goes to the owner of the fact first', () => {
    expect(types(history(...referred))).toEqual(['AppealFiled', 'AppealAccepted', 'AppealReferredToFactOwner']);
    given(...referred)
      .as(HR)
      .when({ type: 'StandByFacts', data: { reason: text('right') } })
      .thenRejects('appeal.not-the-fact-owner');
    given(...referred)
      .as(OWNER)
      .when({ type: 'CorrectContestedFacts', data: { corrections: [{ ...corrections[0]!, key: 'other' }] } })
      .thenRejects('appeal.line-not-contested');
  });
  it('is decided by accepting the offer', () => {
    const decided = decide(offered, [REP, { type: 'AcceptOffer', data: { closeBy: D3 } }]);
    expect(decided).toMatchObject([
      { type: 'OfferAccepted' },
      { type: 'AppealDecided', data: { how: 'offer', verdict: 'partly', amendments: corrections } },
    ]);
  });
  it('goes to the panel on silence, refusal or an owner who stands by it', () => {
    const stage = (...acts: readonly Act[]) => fold(appealDecider, history(...acts)).stage;
    expect(stage(...referred, [WORKFLOW, { type: 'RecordFactOwnerSilence', data: {} }, LATER])).toBe('to-panel');
    expect(stage(...referred, [OWNER, { type: 'StandByFacts', data: { reason: text('right') } }])).toBe('to-panel');
    expect(stage(...offered, [REP, { type: 'RefuseOffer', data: { how: 'by-person' } }])).toBe('to-panel');
    expect(stage(...offered, [WORKFLOW, { type: 'RefuseOffer', data: { how: 'by-silence' } }, LATER])).toBe('to-panel');
  });
});

describe('panel', () => {
  it('draws three from three departments, the first drawn as chair, and says how', () => {
    const [seated] = decide(SEATED.slice(0, 2), SEATED[2]!);
    expect(seated).toMatchObject({ type: 'PanelSeated', data: { draw: { poolSize: 6, entropy: 'e1' } } });
    if (seated?.type !== 'PanelSeated') throw new Error('no panel');
    expect(new Set(seated.data.members.map(({ department }) => department)).size).toBe(3);
    expect(seated.data.chair).toBe(seated.data.members[0]?.subject);
  });
  it('never seats who triaged or the appellant, and is never smaller', () => {
    const own: PanelPool = {
      candidates: [REP, HR, ...[100, 101].map(person)].map((subject, index) => ({ subject, department: `D${index}` })),
      entropy: 'e2',
    };
    const [event] = decide(SEATED.slice(0, 2), [WORKFLOW, seat(own)]);
    expect(event).toMatchObject({
      type: 'PanelNotSeatable',
      data: {
        eligible: 2,
        draw: {
          excluded: [
            { subject: REP, reason: 'appellant' },
            { subject: HR, reason: 'triaged' },
          ],
        },
      },
    });
    const stuck: readonly Act[] = [...SEATED.slice(0, 2), [WORKFLOW, seat(own)]];
    const name = (...members: readonly (readonly [number, string])[]): AppealCommand => ({
      type: 'NamePanel',
      data: {
        members: members.map(([n, department]) => ({ subject: person(n), department })),
        chair: person(members[0]?.[0] ?? 0),
        conflicts: [],
        decideBy: D2,
        voteBy: D3,
      },
    });
    given(...stuck)
      .as(GM)
      .when(name([100, 'A'], [101, 'B']))
      .thenRejects('appeal.panel-size');
    given(...stuck)
      .as(GM)
      .when(name([100, 'A'], [101, 'B'], [102, 'B']))
      .thenRejects('appeal.panel-departments');
    expect(types(decide(stuck, [GM, name([100, 'A'], [101, 'B'], [102, 'C'])]))).toEqual(['PanelNamedByGm']);
  });
  it('replaces who refuses by the next drawn', () => {
    const refuse: AppealCommand = {
      type: 'ReplacePanelMember',
      data: { member: SECOND, cause: 'refused', pool: POOL, remaining: { workingDays: 8 }, voteBy: D3 },
    };
    given(...SEATED)
      .as(FIRST)
      .when(refuse)
      .thenRejects('appeal.not-your-seat');
    const after = history(...SEATED, [SECOND, refuse]);
    expect(after.at(-1)?.type).toBe('PanelMemberReplaced');
    expect(panelOf(after)).not.toContain(SECOND);
    expect(panelOf(after)).toHaveLength(3);
  });
  it('hears before it votes, each member once', () => {
    given(...SEATED)
      .as(FIRST)
      .when(vote('uphold'))
      .thenRejects('appeal.not-heard-yet');
    given(...HEARD)
      .as(HR)
      .when(vote('uphold'))
      .thenRejects('appeal.not-on-panel');
    given(...HEARD, [FIRST, vote('uphold')])
      .as(FIRST)
      .when(vote('dismiss'))
      .thenRejects('appeal.voted-already');
    given(...HEARD)
      .as(FIRST)
      .when(vote('partly', '8', 'other'))
      .thenRejects('appeal.line-not-contested');
  });
});

describe('decision', () => {
  const votes = (a: AppealCommand, b: AppealCommand, c: AppealCommand) => history(...HEARD, [FIRST, a], [SECOND, b], [THIRD, c]).at(-1);
  it('upholds with the value of the appellant', () => {
    expect(votes(vote('uphold'), vote('uphold'), vote('dismiss'))).toMatchObject({
      type: 'AppealDecided',
      data: { verdict: 'upheld', settledBy: 'majority', amendments: [{ line: 'attitude', value: '9' }] },
    });
  });
  it('is partly when all three differ', () => {
    expect(votes(vote('dismiss'), vote('partly', '7'), vote('uphold'))).toMatchObject({
      data: { verdict: 'partly', settledBy: 'three-different', amendments: [{ line: 'attitude', value: '7' }] },
    });
  });
  it('takes the value of the chair unless a majority holds another', () => {
    expect(votes(vote('partly', '7'), vote('partly', '8'), vote('uphold'))).toMatchObject({ data: { amendments: [{ value: '7' }] } });
    expect(votes(vote('partly', '7'), vote('partly', '8'), vote('partly', '8'))).toMatchObject({ data: { amendments: [{ value: '8' }] } });
  });
  it('dismisses without an amendment; the reasons stand in the votes', () => {
    expect(votes(vote('dismiss'), vote('dismiss'), vote('uphold'))).toMatchObject({ data: { verdict: 'dismissed', amendments: [] } });
  });
  it('replaces the silent once, then decides with two votes', () => {
    const silent: readonly Act[] = [...HEARD, [FIRST, vote('uphold')], [SECOND, vote('dismiss')]];
    given(...silent)
      .as(WORKFLOW)
      .when(closeVoting)
      .thenRejects('appeal.not-due-yet');
    const replaced: readonly Act[] = [...silent, [WORKFLOW, closeVoting, LATER]];
    expect(history(...replaced).at(-1)).toMatchObject({ type: 'PanelMemberReplaced', data: { member: THIRD, cause: 'silent' } });
    const decided = history(...replaced, [WORKFLOW, closeVoting, LATER]).at(-1);
    expect(decided).toMatchObject({
      type: 'AppealDecided',
      data: { verdict: 'upheld', settledBy: 'chair', votes: [{ verdict: 'uphold' }, { verdict: 'dismiss' }] },
    });
  });
  it('goes to the general manager when fewer than two vote', () => {
    const after = history(...HEARD, [FIRST, vote('uphold')], [WORKFLOW, closeVoting, LATER], [WORKFLOW, closeVoting, LATER]);
    expect(after.at(-1)?.type).toBe('PanelNotSeatable');
  });
  it('is withdrawn before the decision only', () => {
    const decided: readonly Act[] = [...HEARD, [FIRST, vote('dismiss')], [SECOND, vote('dismiss')], [THIRD, vote('dismiss')]];
    given(...decided)
      .as(REP)
      .when({ type: 'WithdrawAppeal', data: {} })
      .thenRejects('appeal.decided-already');
    given(...HEARD)
      .as(REP)
      .when({ type: 'WithdrawAppeal', data: {} })
      .then([
        { type: 'AppealWithdrawn', data: { appealId: APPEAL, cycleId: CYCLE, subject: REP, reason: undefined, withdrawnAt: SPEC_NOW } },
      ]);
    const close: AppealCommand = { type: 'CloseAppeal', data: { schemeAtFault: true } };
    expect(history(...decided, [HR, close]).at(-1)).toMatchObject({
      type: 'AppealClosed',
      data: { outcome: 'dismissed', schemeAtFault: true },
    });
    expect(appealDecider.isTerminal(fold(appealDecider, history(...decided, [HR, close])))).toBe(true);
    given(...decided)
      .as(REP)
      .when(close)
      .thenRejects('appeal.own-appeal');
  });
});

describe('properties', () => {
  const candidates = fc.uniqueArray(
    fc.record({ n: fc.integer({ min: 10, max: 400 }), d: fc.integer({ min: 0, max: 5 }), out: fc.boolean() }),
    { selector: ({ n }) => n, maxLength: 40 },
  );
  const asPool = (list: readonly { n: number; d: number; out: boolean }[]) =>
    list.map(({ n, d, out }) => ({ subject: person(n), department: `D${d}`, ...(out ? { excluded: 'same-line' as const } : {}) }));

  it('a draw does not depend on the order of the pool, excludes the excluded, and covers three departments or nobody', () => {
    fc.assert(
      fc.property(candidates, fc.string(), fc.constantFrom(3, 5), (list, seed, size) => {
        const members = drawPanel(seed, asPool(list), size);
        expect(drawPanel(seed, asPool([...list].reverse()), size)).toEqual(members);
        const free = asPool(list).filter(({ excluded }) => excluded === undefined);
        const possible = free.length >= size && new Set(free.map(({ department }) => department)).size >= 3;
        expect(members !== undefined).toBe(possible);
        if (!members) return;
        expect(new Set(members.map(({ subject }) => subject)).size).toBe(size);
        expect(new Set(members.map(({ department }) => department)).size).toBeGreaterThanOrEqual(3);
        expect(members.every(({ subject }) => free.some((candidate) => candidate.subject === subject))).toBe(true);
        const next = drawReplacement(seed, asPool(list), members.slice(1));
        expect(next).toBeDefined();
      }),
    );
  });
  it('a verdict always follows, and amends contested lines only', () => {
    const verdicts = fc.constantFrom<Verdict>('uphold', 'partly', 'dismiss');
    fc.assert(
      fc.property(fc.array(verdicts, { minLength: 2, maxLength: 5 }), fc.integer({ min: 0, max: 4 }), (cast, chair) => {
        const votesCast = cast.map((verdict, index) => ({
          member: person(index),
          verdict,
          values: verdict === 'partly' ? [{ line: 'attitude', value: String(index) }] : [],
        }));
        const result = panelVerdict([LINE], votesCast, person(chair));
        expect(result.amendments.length).toBe(result.verdict === 'dismissed' ? 0 : 1);
      }),
    );
  });
  it('any commands in any order: only rejections are thrown, and nothing follows the end', () => {
    const commands: readonly AppealCommand[] = [
      file(),
      accept(),
      accept(OWNER),
      seat(),
      seat(pool('A')),
      hear,
      vote('uphold'),
      vote('partly'),
      vote('dismiss'),
      closeVoting,
      { type: 'WithdrawAppeal', data: {} },
      { type: 'CloseAppeal', data: { schemeAtFault: null } },
      { type: 'DeclineAppeal', data: { reason: text('no'), escalateUntil: D1 } },
      { type: 'EscalateAppeal', data: { triageBy: D2 } },
      { type: 'GiveMore', data: { answer: text('this'), evidence: [], triageBy: D2 } },
      { type: 'AskForMore', data: { question: text('which'), remaining: { workingDays: 1 }, answerBy: D1 } },
      { type: 'RecordAppealOverdue', data: { stage: 'hearing', what: 'decision' } },
    ];
    const actors = fc.constantFrom(REP, HR, GM, FIRST, SECOND, THIRD, WORKFLOW);
    fc.assert(
      fc.property(fc.array(fc.tuple(actors, fc.constantFrom(...commands), fc.constantFrom(SPEC_NOW, LATER)), { maxLength: 40 }), (acts) => {
        const events: AppealEvent[] = [...history(...FILED)];
        for (const [actor, command, now] of acts) {
          const state = fold(appealDecider, events);
          try {
            const decided = appealDecider.decide(command, state, { actor, now });
            if (appealDecider.isTerminal(state)) expect(decided).toEqual([]);
            events.push(...decided);
          } catch (error) {
            if (!(error instanceof Rejection)) throw error;
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
