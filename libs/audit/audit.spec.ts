import { PersonalText, subjectId } from '#kernel';
import { appealEvents } from '#libs/appeal/contracts';
import { appraisalEvents } from '#libs/appraisal/contracts';
import { coachingEvents } from '#libs/coaching/contracts';
import { cycleEvents } from '#libs/cycle/contracts';
import { factEvents } from '#libs/facts/contracts';
import { identityEvents } from '#libs/identity/contracts';
import { organisationEvents } from '#libs/organisation/contracts';
import { payoutEvents } from '#libs/payout/contracts';
import { schemeEvents } from '#libs/scheme/contracts';
import { targetEvents } from '#libs/targets/contracts';
import { auditEvents } from './contracts';
import { given, SPEC_NOW } from '#libs/testing';
import { auditReadDecider } from './domain/audit-read.decider';
import { anchorsOf, focused } from './domain/anchors.policy';
import { EVENT_WORDS } from './domain/event-words';
import { eventInWords, namedIn, reasonOf } from './domain/words.policy';

const LI = subjectId('0190f000-0000-7000-8000-000000000001');
const WANG = subjectId('0190f000-0000-7000-8000-000000000002');
const CYCLE = '0190f000-0000-7000-8000-0000000000c1';
const sealed = PersonalText.fromStored({ subject: LI, keyVersion: 1, tag: 't', at: 'x', sealed: 's' });
const asIs = (id: string): string => id;

describe('what an event is found by', () => {
  it('given an act on an appraisal, then its person, who is named and who acted, not its cycle', () => {
    const event = {
      streamId: `appraisal-${CYCLE}.${LI}`,
      data: { cycleId: CYCLE, reviewer: WANG, comment: sealed },
      metadata: { actor: WANG },
    };
    expect(anchorsOf(event)).toEqual([LI, WANG]);
  });

  it('given an appeal, then its cycle too; ids without a timeline and assignments are left out', () => {
    const appeal = '0190f000-0000-7000-8000-0000000000a1';
    const data = { appealId: appeal, cycleId: CYCLE, subject: LI, draw: { excluded: [{ subject: WANG }] } };
    expect(anchorsOf({ streamId: `appeal-${appeal}`, data, metadata: { actor: 'system:appeal' } })).toEqual([appeal, CYCLE, LI]);
    const opened = {
      streamId: `appraisal-${CYCLE}.${LI}`,
      data: { cycleId: CYCLE, subject: LI, parts: [{ manager: WANG }] },
      metadata: { actor: 'system:x' },
    };
    expect(anchorsOf(opened)).toEqual([LI]);
  });

  it("shows a person's timeline only their own rows of a list", () => {
    const rows = {
      chunk: 1,
      facts: [
        { owner: { subject: LI }, value: '1' },
        { owner: { subject: WANG }, value: '2' },
      ],
      days: ['a', 'b'],
    };
    expect(focused(rows, LI)).toEqual({ chunk: 1, facts: [{ owner: { subject: LI }, value: '1' }], days: ['a', 'b'] });
  });
});

describe('an audit read', () => {
  it('is recorded each time, the same one again, too', () => {
    const look = { auditor: LI, question: 'timeline', operation: null, about: WANG, reason: 'case 7' } as const;
    const read = { type: 'AuditRead', data: { ...look, readAt: SPEC_NOW } } as const;
    given(auditReadDecider).when({ type: 'RecordAuditRead', data: look }).then([read]);
    given(auditReadDecider, [read]).when({ type: 'RecordAuditRead', data: look }).then([read]);
  });
});

describe('events in words', () => {
  const types = [
    ...organisationEvents,
    ...factEvents,
    ...targetEvents,
    ...schemeEvents,
    ...cycleEvents,
    ...appraisalEvents,
    ...appealEvents,
    ...payoutEvents,
    ...coachingEvents,
    ...identityEvents,
    ...auditEvents,
  ].map(({ type }) => type);

  it.each(types)('%s has a sentence in both languages', (type) => {
    expect(EVENT_WORDS[type]).toEqual({ 'zh-CN': expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) });
  });

  it('has no sentence for what is no event', () => {
    expect(Object.keys(EVENT_WORDS).filter((type) => !types.some((known) => known === type))).toEqual([]);
  });

  it('fills in values, codes in words and names', () => {
    const voted = { type: 'VoteCast', data: { member: WANG, verdict: 'uphold', reason: sealed } };
    expect(eventInWords(voted, 'zh-CN', () => '王芳')).toBe('王芳 投票：支持');
    expect(eventInWords(voted, 'en', () => 'Wang Fang')).toBe('Wang Fang voted: uphold');
    expect(namedIn(voted)).toEqual([WANG]);
  });

  it('says what somebody looked at by whose it is, and never as an id that runs on', () => {
    const CYCLE = '01912345-0000-7000-8000-00000000c1c1';
    const looked = (about: string) => ({ type: 'AuditRead', data: { about, question: 'timeline' } });
    const nameOf = (id: string): string => (id === WANG ? '王芳' : id);
    expect(namedIn(looked(`appraisal-${CYCLE}.${WANG}`))).toEqual([WANG]);
    expect(eventInWords(looked(WANG), 'zh-CN', nameOf)).toBe('查看 王芳（经过）');
    expect(eventInWords(looked(`appraisal-${CYCLE}.${WANG}`), 'zh-CN', nameOf)).toBe('查看 王芳 的考核表（经过）');
    expect(eventInWords(looked(`${CYCLE}.${WANG}`), 'en', nameOf)).toContain('the appraisal form of 王芳');
    expect(eventInWords(looked(`cycle-${CYCLE}`), 'zh-CN', nameOf)).toBe('查看 一个考核周期（经过）');
    expect(eventInWords(looked('scheme-sales.rep'), 'zh-CN', nameOf)).toBe('查看 考核方案 sales.rep（经过）');
    expect(eventInWords(looked('people'), 'en', nameOf)).toContain('the list of people');
    expect(eventInWords(looked(CYCLE), 'zh-CN', nameOf)).toBe('查看 编号 01912345…（经过）');
  });

  it('says codes that do not read by themselves in words', () => {
    const confirmed = { type: 'ResultConfirmed', data: { how: 'by-person' } };
    expect(eventInWords(confirmed, 'en', asIs)).toBe('Result confirmed (by the person themselves)');
    expect(eventInWords(confirmed, 'zh-CN', asIs)).toBe('结果确认（本人）');
  });

  it('never shows what is sealed, says what is missing, and tells an unknown type by its name', () => {
    expect(reasonOf({ type: 'VoteCast', data: { reason: sealed } }, 'en')).toBe('(sealed)');
    expect(reasonOf({ type: 'CyclePaused', data: { reason: 'audit' } }, 'en')).toBe('audit');
    expect(reasonOf({ type: 'CycleClosed', data: {} }, 'en')).toBeNull();
    expect(eventInWords({ type: 'AppraisalScored', data: { result: { score: null, grade: 'A' } } }, 'en', asIs)).toBe(
      'Scored none, grade A',
    );
    const published = {
      type: 'AppraisalPublished',
      data: { confirmUntil: '2026-08-21T16:00:00.000Z', appealUntil: '2026-08-27T01:30:00.000Z' },
    };
    expect(eventInWords(published, 'en', asIs)).toBe('Result published; confirm until Aug 21, 2026 24:00, appeal until Aug 27, 2026 09:30');
    expect(eventInWords(published, 'zh-CN', asIs)).toContain('确认截止 2026年8月21日 24:00');
    expect(eventInWords({ type: 'SomethingNewHappened', data: {} }, 'en', asIs)).toBe('Something new happened');
  });
});
