import { instant, subjectId, type SubjectId } from '#kernel';
import { type AppealStage, DEFAULT_APPEAL_TERMS, panelNotSeatable } from '../contracts';
import { APPEAL_GOLDEN } from '../contracts/golden';
import { type Appeal, evolveAppeal } from './appeal-state';
import { possibleActs } from './possible-acts.policy';

const person = (n: number): SubjectId => subjectId(`00000000-0000-7000-8000-${String(n).padStart(12, '0')}`);
const REP = person(1);
const HR = person(2);
const OTHER_HR = person(3);
const GM = person(4);
const OWNER = person(5);
const MEMBER = person(6);
const SECOND = person(7);

function at(stage: AppealStage, changes: Partial<Appeal> = {}): Appeal {
  return {
    stage,
    appealId: 'a',
    cycleId: 'c',
    appraisalId: 'c.1',
    subject: REP,
    grounds: ['unfair-rating'],
    lines: [],
    step: undefined,
    terms: DEFAULT_APPEAL_TERMS,
    calendar: { region: 'CN', version: 'v1', zone: 'Asia/Shanghai' },
    late: false,
    evidence: 0,
    moreAsked: 0,
    escalated: false,
    triagedBy: [],
    acceptedAt: instant('2026-11-02T01:00:00.000Z'),
    due: undefined,
    decideBy: undefined,
    remaining: undefined,
    factOwner: OWNER,
    corrections: [],
    panel: [MEMBER, SECOND].map((subject) => ({ subject, department: 'D' })),
    chair: MEMBER,
    former: [],
    silentReplaced: false,
    heard: false,
    votes: [],
    verdict: undefined,
    round: 1,
    overdueRound: 0,
    decisionOverdue: false,
    ...changes,
  };
}
const acts = (state: Appeal, subject: SubjectId) =>
  possibleActs(state, { subject, triages: subject === HR || subject === OTHER_HR, namesPanels: subject === GM }).map(({ act, blocked }) =>
    blocked === null ? act : `${act}: ${blocked}`,
  );

describe('who may do what with an appeal', () => {
  it('leaves each stage to whom it waits for', () => {
    expect(acts(at('triage'), HR)).toEqual(['accept', 'ask-for-more', 'decline']);
    expect(acts(at('triage'), MEMBER)).toEqual([]);
    expect(acts(at('more-asked'), REP)).toEqual(['give-more', 'withdraw']);
    expect(acts(at('declined'), REP)).toEqual(['escalate', 'withdraw']);
    expect(acts(at('fact-owner'), OWNER)).toEqual(['correct-facts', 'stand-by-facts']);
    expect(acts(at('offered'), REP)).toEqual(['accept-offer', 'refuse-offer', 'withdraw']);
    expect(acts(at('panel-not-seatable'), GM)).toEqual(['name-panel']);
    expect(acts(at('decided'), HR)).toEqual(['close']);
    expect(acts(at('closed'), HR)).toEqual([]);
    expect(acts(at('decided'), REP)).toEqual([]);
  });

  it('lets nobody vote before the appellant is heard, and each once', () => {
    expect(acts(at('hearing'), MEMBER)).toEqual(['vote: appeal.not-heard-yet', 'refuse-seat']);
    expect(acts(at('hearing', { heard: true }), MEMBER)).toEqual(['vote', 'refuse-seat']);
    const voted = at('hearing', { heard: true, votes: [{ member: MEMBER, verdict: 'uphold', values: [] }] });
    expect(acts(voted, MEMBER)).toEqual(['vote: appeal.voted-already']);
    expect(acts(voted, GM)).toEqual([]);
  });

  it('after escalation somebody else triages', () => {
    const again = at('escalated', { escalated: true, triagedBy: [HR] });
    expect(acts(again, HR)).toEqual(['accept: appeal.triaged-by-you-before', 'ask-for-more', 'decline: appeal.triaged-by-you-before']);
    expect(acts(again, OTHER_HR)).toEqual(['accept', 'ask-for-more', 'decline']);
  });

  it('remembers who left last when nobody could take the seat, so that they are not named again', () => {
    const data = { ...panelNotSeatable.schema.parse(APPEAL_GOLDEN.PanelNotSeatable) };
    const draw = { ...data.draw, excluded: [{ subject: SECOND, reason: 'refused' as const }] };
    const next = evolveAppeal(at('hearing'), { type: 'PanelNotSeatable', data: { ...data, draw } });
    expect(next).toMatchObject({ stage: 'panel-not-seatable', former: [SECOND] });
  });
});
