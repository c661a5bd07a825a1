import { Pool } from 'pg';
import {
  type ActorId,
  actorId,
  type Decider,
  instant,
  type Message,
  type PersonalText,
  plainDay,
  subjectId,
  type SubjectId,
} from '#kernel';
import { appraisalEvents } from '#libs/appraisal/contracts';
import { type ConsumerHost, createConsumerHost, migrateReadModels, openReadDb, projectionConsumer, type ReadDb } from '#libs/projections';
import { createHarness, createTestDatabase, openTestText, SPEC_NOW, type TestDatabase, testText } from '#libs/testing';
import { bringInForce } from '../../../test/scheme-life';
import { createSchemeDesk } from '../application/scheme-desk';
import { templateText } from '../application/templates';
import type { SchemeCommand } from '../contracts/commands';
import { schemeEvents } from '../contracts/events';
import type { SchemeLifeReader } from '../contracts/life-reader';
import { schemeDecider } from '../domain/life/scheme.decider';
import { schemeProjections } from './projections';
import { createSchemeLifeReader } from './scheme-life.reader';

const ID = 'twelve-item-sheet';
const HR = subjectId('00000000-0000-7000-8000-000000000001');
const REP = subjectId('00000000-0000-7000-8000-000000000002');
const GENERAL_MANAGER = actorId('00000000-0000-7000-8000-000000000003');
const CYCLE = '00000000-0000-7000-8000-0000000000c1';
const STAFF: Readonly<Record<string, readonly string[]>> = { [HR]: ['hr', 'finance'], [REP]: ['rep', 'manager'] };
const place = { schemeId: ID, version: 1 };
const place2 = { schemeId: ID, version: 2 };

/** Opens appraisals as a cycle would; only who is concerned by which version matters here. */
const opening: Decider<{ readonly type: 'Open'; readonly data: { readonly subject: SubjectId } }, null, Message> = {
  category: 'appraisal',
  initial: null,
  decide: ({ data: { subject } }, _state, { now }) => [
    {
      type: 'AppraisalOpened',
      data: {
        cycleId: CYCLE,
        subject,
        cohort: 0,
        period: '2026-10',
        scheme: place,
        steps: [{ step: 'self-review' }],
        parts: [{ part: 1, from: '2026-10-01', to: '2026-10-31', workingDays: 17 }],
        unit: { department: '销售部' },
        openedAt: now,
      },
    },
  ],
  evolve: (state) => state,
  isTerminal: () => false,
};

describe('the life of a scheme in PostgreSQL', () => {
  const harness = createHarness([...schemeEvents, ...appraisalEvents]);
  let db: TestDatabase;
  let pool: Pool;
  let host: ConsumerHost;
  let read: ReadDb;
  let life: SchemeLifeReader;
  const people = Array.from({ length: 5 }, (_, number) => subjectId(`00000000-0000-7000-8000-00000000010${number}`));
  const as = (actor: ActorId) => harness.context({ actor });
  const run = (actor: ActorId, command: SchemeCommand) => harness.run(schemeDecider, ID, command, { actor });
  const seen = async () => {
    const { position } = await harness.log.head();
    for (const { name } of schemeProjections) await read.waitForProjection(name, position, 15_000);
  };
  const words = (text: PersonalText | null | undefined) => (text ? openTestText(text) : text);

  beforeAll(async () => {
    db = await createTestDatabase({ migrations: [migrateReadModels] });
    pool = new Pool({ connectionString: db.applicationUrl, max: 4 });
    pool.on('error', () => undefined);
    const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
    host = createConsumerHost({
      pool,
      log: harness.log,
      decoder: harness.registry,
      logger,
      consumers: (parts) => schemeProjections.map((projection) => projectionConsumer(projection, parts)),
    });
    host.start();
    read = openReadDb(pool);
    life = createSchemeLifeReader(read);
    const parts = { runner: harness.runner, texts: { make: testText }, as };
    await bringInForce(parts, { hr: HR, generalManager: GENERAL_MANAGER, rep: REP }, { schemeId: ID, yaml: templateText(ID) });
    for (const subject of people) await harness.run(opening, `${CYCLE}.${subject}`, { type: 'Open', data: { subject } });
    await seen();
  });
  afterAll(async () => {
    await host.stop();
    await pool.end();
    await db.drop();
  });

  const desk = () =>
    createSchemeDesk({
      runner: harness.runner,
      life,
      organisation: {
        people: (subjects) =>
          Promise.resolve(
            new Map(
              subjects.flatMap((subject) => {
                const roles = STAFF[subject];
                return roles ? [[subject, { subject, roles } as never] as const] : [];
              }),
            ),
          ),
      },
    });

  it('given five people in a cycle, when two acknowledge, then three have not, page by page', async () => {
    const [first, second, third, fourth, fifth] = people;
    if (!first || !second || !third || !fourth || !fifth) throw new Error('five people');
    expect(await life.toAcknowledge(first)).toEqual([{ ...place, concernedSince: SPEC_NOW }]);
    for (const subject of [first, third]) await desk().acknowledge({ ...place, subject }, as(subject));
    await desk().acknowledge({ ...place, subject: first }, as(first));
    await seen();
    expect(await life.acknowledgements(ID, 1)).toEqual({ concerned: 5, acknowledged: 2 });
    const page = await life.notAcknowledged({ ...place, limit: 2 });
    expect(page).toEqual({
      items: [
        { subject: second, concernedSince: SPEC_NOW },
        { subject: fourth, concernedSince: SPEC_NOW },
      ],
      next: fourth,
    });
    expect(await life.notAcknowledged({ ...place, limit: 2, afterSubject: fourth })).toEqual({
      items: [{ subject: fifth, concernedSince: SPEC_NOW }],
    });
    expect(await life.toAcknowledge(first)).toEqual([]);
    const stream = await harness.events(`schemeacknowledgement-${ID}.1.${first}`);
    expect(stream.map(({ type }) => type)).toEqual(['SchemeAcknowledged']);
    await expect(desk().acknowledge({ ...place, subject: REP }, as(REP))).rejects.toMatchObject({ code: 'scheme.not-concerned' });
    await expect(desk().acknowledge({ ...place, subject: second }, as(first))).rejects.toMatchObject({ code: 'scheme.not-the-person' });
  });

  it('given a discussion, then its sides follow from the roles of those invited, and its comments read as they do now', async () => {
    await run(HR, { type: 'DraftScheme', data: { schemeId: ID, yaml: `${templateText(ID)}\n# 二` } });
    await expect(desk().openDiscussion({ ...place2, people: [HR, GENERAL_MANAGER as SubjectId] }, as(HR))).rejects.toMatchObject({
      code: 'scheme.unknown-person',
    });
    await desk().openDiscussion({ ...place2, people: [HR, REP], until: plainDay('2026-11-20') }, as(HR));
    await seen();
    const waiting = [{ ...place2, title: expect.objectContaining({ en: expect.any(String) }), until: '2026-11-20' }];
    expect(await life.toComment(REP)).toEqual(waiting);
    const first = '00000000-0000-8000-8000-0000000000d1';
    const second = '00000000-0000-8000-8000-0000000000d2';
    await run(REP, { type: 'CommentOnScheme', data: { ...place2, commentId: first, about: 'sections', text: testText(REP, '一') } });
    await run(REP, { type: 'EditSchemeComment', data: { ...place2, commentId: first, text: testText(REP, '二') } });
    harness.setNow(instant('2026-11-03T01:00:00.000Z'));
    await run(HR, { type: 'CommentOnScheme', data: { ...place2, commentId: second, text: testText(HR, '三') } });
    await run(HR, { type: 'WithdrawSchemeComment', data: { ...place2, commentId: second } });
    await seen();
    // Who took their only comment back owes one again.
    expect([await life.toComment(REP), await life.toComment(HR)]).toEqual([[], waiting]);
    await run(HR, { type: 'CloseSchemeDiscussion', data: { ...place2, summary: testText(HR, '总结') } });
    await seen();
    const discussion = await life.discussion(ID, 2);
    expect(discussion).toMatchObject({
      invited: [
        { subject: HR, sides: ['hr', 'finance'] },
        { subject: REP, sides: ['sales', 'rep'] },
      ],
      until: '2026-11-20',
      openedBy: HR,
      closedBy: HR,
      silent: ['hr', 'finance'],
    });
    expect(words(discussion?.summary)).toBe('总结');
    expect(await life.toComment(HR)).toEqual([]);
    const comments = await life.comments(ID, 2);
    expect(comments.map(({ commentId, by, about, text }) => [commentId, by, about, words(text)])).toEqual([
      [first, REP, 'sections', '二'],
      [second, HR, null, null],
    ]);
  });

  it('given a review date that has come, then the version is due until it is reviewed', async () => {
    expect(await life.reviewsDue(plainDay('2027-11-01'))).toEqual([]);
    expect((await life.reviewsDue(plainDay('2027-11-02'))).map(({ schemeId, version }) => [schemeId, version])).toEqual([[ID, 1]]);
    await run(HR, { type: 'ReviewScheme', data: { ...place, conclusion: 'keep', reason: testText(HR, '效果稳定') } });
    await seen();
    expect(await life.reviewsDue(plainDay('2027-11-02'))).toEqual([]);
    const reviews = await life.reviews(ID, 1);
    expect(reviews.map(({ conclusion, nextReviewOn, reason }) => [conclusion, nextReviewOn, words(reason)])).toEqual([
      ['keep', '2027-11-03', '效果稳定'],
    ]);
  });
});
