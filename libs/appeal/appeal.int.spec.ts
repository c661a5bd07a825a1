import { eventually, testText } from '#libs/testing';
import { CYCLE, FACT_OWNER, GENERAL_MANAGER, HR, openPayWorld, PANEL, type PayWorld, POOR, rep } from '../payout/appeal-to-pay.test-kit';
import type { FileAppealInput } from './index';

const REP = rep(1);
const text = (words: string) => testText(REP, words);

describe('an appeal between people and clocks', () => {
  let world: PayWorld;
  let appraisalId: string;
  beforeEach(async () => {
    world = await openPayWorld();
    appraisalId = await world.publish(1, POOR);
    await world.settled();
  });
  afterEach(async () => {
    world.pool(PANEL.length);
    expect(world.parked).toEqual([]);
    await world.end();
  });

  const file = async (changes: Partial<FileAppealInput> = {}): Promise<string> => {
    const lines = [{ line: 'knowledge', kind: 'rating' as const, key: 'knowledge', rightValue: '80' }];
    const input = { appraisalId, grounds: ['unfair-rating' as const], lines, statement: text('unfair'), evidence: [], ...changes };
    return (await world.desk.file(input, world.as(REP))).appealId;
  };
  const pass = async (appealId: string) => {
    const { stage, round } = await world.appealWork.progress(appealId);
    return world.appealWork.passDeadline({ appealId, stage, requestKey: `${appealId}/${stage}/deadline/${round}` });
  };
  const duty = async (appealId: string) => {
    const { duty: owed, round } = await world.appealWork.progress(appealId);
    if (!owed) throw new Error('nothing owed');
    return world.appealWork.doDuty({ appealId, duty: owed, requestKey: `${appealId}/${owed}/${round}` });
  };

  it('asks the owner of the fact, and offers the score that the correction gives', async () => {
    const lines = [{ line: 'completion', kind: 'fact' as const, key: 'sales.amount', rightValue: '100000.00' }];
    const appealId = await file({ grounds: ['wrong-fact'], lines });
    expect((await world.appealWork.progress(appealId)).dueAt).toBe('2026-11-04T16:00:00.000Z');
    await world.desk.act(appealId, { act: 'accept' }, world.as(HR));
    await world.settled();
    expect((await world.appeals.list({ assigned: FACT_OWNER, limit: 10 })).items).toMatchObject([{ appealId, stage: 'fact-owner' }]);
    await world.desk.act(
      appealId,
      { act: 'correct-facts', corrections: [{ line: 'completion', kind: 'fact', key: 'sales.amount', value: '100000.00' }] },
      world.as(FACT_OWNER),
    );
    expect(await duty(appealId)).toEqual({ done: true, refused: null });
    await world.desk.act(appealId, { act: 'accept-offer' }, world.as(REP));
    await eventually(async () => expect((await world.appraisals.publishedResult(appraisalId))?.amendment?.id).toBe(appealId));
    const result = await world.appraisals.publishedResult(appraisalId);
    expect(result?.current.result.score).not.toBe(result?.published.result.score);
    await world.settled();
    expect(await world.appeals.appeal(appealId)).toMatchObject({ stage: 'decided', verdict: 'upheld', holds: false });
  });

  it('goes on by itself when nobody answers, and stops its clock without a panel', async () => {
    world.pool(2);
    const lines = [{ line: 'completion', kind: 'fact' as const, key: 'sales.amount', rightValue: '100000.00' }];
    const appealId = await file({ grounds: ['wrong-fact'], lines });
    expect(await pass(appealId)).toEqual({ done: false, refused: 'appeal.not-due-yet' });
    await world.desk.act(appealId, { act: 'accept' }, world.as(HR));
    world.setNow('2026-11-05T02:00:00.000Z');
    expect(await pass(appealId)).toEqual({ done: true, refused: null });
    await duty(appealId);
    expect(await world.appealWork.progress(appealId)).toMatchObject({
      stage: 'panel-not-seatable',
      dueAt: null,
      decideBy: null,
      duty: null,
    });
    await expect(
      world.desk.act(
        appealId,
        { act: 'name-panel', members: [PANEL[0], PANEL[1], PANEL[2]].map((member) => member?.subject ?? REP), chair: REP },
        world.as(GENERAL_MANAGER),
      ),
    ).rejects.toThrow('appeal.chair-not-on-panel');
    const members = PANEL.slice(0, 3).map(({ subject }) => subject);
    const [chair = REP] = members;
    world.setNow('2026-11-20T02:00:00.000Z');
    await world.desk.act(appealId, { act: 'name-panel', members, chair }, world.as(GENERAL_MANAGER));
    const progress = await world.appealWork.progress(appealId);
    expect(progress.stage).toBe('hearing');
    expect((progress.decideBy ?? '') > '2026-11-20').toBe(true);
  });

  it('replaces the silent once, then two votes decide; the file says why', async () => {
    const appealId = await file();
    await world.desk.act(appealId, { act: 'accept' }, world.as(HR));
    await duty(appealId);
    await world.settled();
    const [first = REP, second = REP, third = REP] = (await world.appeals.appeal(appealId))?.panel.map(({ subject }) => subject) ?? [];
    await world.desk.act(appealId, { act: 'note-hearing', notes: text('said'), how: 'remote' }, world.as(first));
    for (const member of [first, second])
      await world.desk.act(appealId, { act: 'vote', verdict: 'dismiss', values: [], reason: text('no') }, world.as(member));
    world.setNow('2026-11-07T02:00:00.000Z');
    expect(await pass(appealId)).toEqual({ done: true, refused: null });
    await world.settled();
    expect((await world.appeals.appeal(appealId))?.panel.map(({ subject }) => subject)).not.toContain(third);
    world.setNow('2026-11-14T02:00:00.000Z');
    expect(await pass(appealId)).toEqual({ done: true, refused: null });
    expect(await world.appealWork.progress(appealId)).toMatchObject({ stage: 'decided' });
    world.setNow('2026-11-25T02:00:00.000Z');
    expect(await pass(appealId)).toEqual({ done: true, refused: null });
    await world.settled();
    const row = await world.appeals.appeal(appealId);
    expect(row).toMatchObject({ stage: 'closed', verdict: 'dismissed' });
    expect(row?.texts.map(({ what }) => what)).toEqual(['AppealFiled', 'HearingNoted', 'VoteCast', 'VoteCast']);
    expect((await world.appealWork.progress(appealId)).terminal).toBe(true);
    await expect(file()).rejects.toThrow('appeal.filed-already');
  });

  it('holds nothing while it is late, until HR admits it', async () => {
    const { batchId } = await world.payoutWork.startRegular({ cycleId: CYCLE, requestKey: 'start' });
    await world.settled();
    await world.payoutWork.compute({ batchId }, () => undefined);
    world.setNow('2026-11-12T02:00:00.000Z');
    const appealId = await file();
    await world.settled();
    expect(await world.payouts.heldCount(CYCLE)).toBe(0);
    await expect(world.desk.act(appealId, { act: 'accept' }, world.as(HR))).rejects.toThrow('appeal.late-needs-reason');
    await world.desk.act(appealId, { act: 'accept', lateReason: text('was ill') }, world.as(HR));
    await eventually(async () => expect(await world.payouts.heldCount(CYCLE)).toBeGreaterThan(0));
  });
});
