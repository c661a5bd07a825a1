import { createHash } from 'node:crypto';
import { addDecimal, decimal, formatFixed, type SubjectId, ZERO } from '#kernel';
import { eventually, testText } from '#libs/testing';
import { CYCLE, FINANCE, GENERAL_MANAGER, HR, openPayWorld, type PayWorld, POOR, RATINGS, rep } from './appeal-to-pay.test-kit';
import type { Ratings } from '#libs/appraisal/contracts';
import type { PayLineRow } from './contracts';
import { heldAmounts, statementOf } from './index';

const sum = (amounts: readonly string[]): string => formatFixed(amounts.map(decimal).reduce(addDecimal, ZERO), 2);
const amounts = (lines: readonly PayLineRow[]): readonly string[] => lines.map(({ amount }) => amount);

async function compute(world: PayWorld, batchId: string): Promise<void> {
  await world.settled();
  await world.payoutWork.compute({ batchId }, () => undefined);
  await world.settled();
}

async function pay(world: PayWorld, batchId: string): Promise<void> {
  await world.payoutDesk.act(batchId, { act: 'check', passed: true, findings: [] }, world.as(FINANCE));
  await world.payoutDesk.act(batchId, { act: 'approve', actorRoles: ['general-manager'] }, world.as(GENERAL_MANAGER));
  await world.settled();
  await world.payoutDesk.act(batchId, { act: 'release' }, world.as(FINANCE));
  await world.settled();
}

async function fileText(world: PayWorld, batchId: string): Promise<string> {
  const { pieces, fileHash } = await world.payoutDesk.file(batchId);
  let text = '';
  for await (const piece of pieces) text += piece;
  expect(createHash('sha256').update(text).digest('hex')).toBe(fileHash);
  return text;
}

async function appeal(world: PayWorld, appraisalId: string, subject: SubjectId, ratings: Ratings): Promise<string> {
  await world.settled();
  const lines = Object.entries(ratings).map(([key, value]) => ({
    line: key,
    kind: 'rating' as const,
    key,
    rightValue: typeof value === 'string' ? value : [],
  }));
  const input = { appraisalId, grounds: ['unfair-rating' as const], lines, statement: testText(subject, 'not fair'), evidence: [] };
  const { appealId } = await world.desk.file(input, world.as(subject));
  await world.settled();
  return appealId;
}

async function decide(world: PayWorld, appealId: string, subject: SubjectId, verdict: 'uphold' | 'dismiss'): Promise<void> {
  await world.desk.act(appealId, { act: 'accept' }, world.as(HR));
  const { duty, round } = await world.appealWork.progress(appealId);
  expect(duty).toBe('seat-panel');
  await world.appealWork.doDuty({ appealId, duty: 'seat-panel', requestKey: `appeal-${appealId}/to-panel/seat-panel/${round}` });
  await world.settled();
  const row = await world.appeals.appeal(appealId);
  const text = testText(subject, 'because');
  expect(new Set(row?.panel.map(({ department }) => department)).size).toBe(3);
  for (const [index, { subject: member }] of (row?.panel ?? []).entries()) {
    if (index === 0) await world.desk.act(appealId, { act: 'note-hearing', notes: text, how: 'in-person' }, world.as(member));
    await world.desk.act(appealId, { act: 'vote', verdict, values: [], reason: text }, world.as(member));
  }
}

describe('from a result to pay, with an appeal between', () => {
  let world: PayWorld;
  beforeEach(async () => {
    world = await openPayWorld();
  });
  afterEach(async () => {
    expect(world.parked).toEqual([]);
    await world.end();
  });

  it('holds what the appeal contests, pays the rest, and settles the difference once', async () => {
    const [first, second] = [rep(1), rep(2)];
    const appraisalId = await world.publish(1, POOR);
    await world.publish(2, RATINGS);
    await world.settled();
    const { batchId } = await world.payoutWork.startRegular({ cycleId: CYCLE, requestKey: 'cycle/payout/start' });
    expect(await world.payoutWork.startRegular({ cycleId: CYCLE, requestKey: 'cycle/payout/start' })).toEqual({ batchId });
    await compute(world, batchId);
    const ownBefore = await world.payouts.linesOf(CYCLE, [first]);
    const batch = await world.payouts.batch(batchId);
    expect(batch).toMatchObject({ stage: 'computed', statements: 2, withoutScore: 0, kind: 'regular', round: 1 });
    expect(sum(amounts(await world.payouts.linesOf(CYCLE, [first, second])))).toBe(batch?.total);

    const appealId = await appeal(world, appraisalId, first, RATINGS);
    await eventually(async () => expect(await world.payouts.heldCount(CYCLE)).toBe(ownBefore.length));
    await pay(world, batchId);
    const file = await fileText(world, batchId);
    expect(file).toContain('E002');
    expect(file).not.toContain('E001');
    const released = await world.payouts.batch(batchId);
    expect(sum([released?.releasedTotal ?? '', released?.heldTotal ?? ''])).toBe(batch?.total);
    const secondLines = await world.payouts.linesOf(CYCLE, [second]);

    await decide(world, appealId, first, 'uphold');
    await eventually(async () => expect(await world.payouts.batchesOf(CYCLE)).toHaveLength(2), { timeoutMs: 20_000 });
    const supplementary = (await world.payouts.batchesOf(CYCLE))[1];
    if (!supplementary) throw new Error('no supplementary batch');
    await compute(world, supplementary.batchId);
    await pay(world, supplementary.batchId);
    const amended = await world.appraisals.publishedResult(appraisalId);
    expect(amended?.amendment).toMatchObject({ kind: 'appeal', id: appealId });
    const statement = await statementOf(world, CYCLE, first);
    expect(statement?.entitledTotal).toBe(amended?.current.result.payTotal);
    expect(statement?.settledTotal).toBe(statement?.entitledTotal);
    expect(statement?.heldTotal).toBe('0.00');
    const paid = (await world.payouts.linesOf(CYCLE, [first])).filter(({ status }) => status === 'released');
    expect(sum(amounts(paid))).toBe(amended?.current.result.payTotal);
    expect(paid.every(({ difference }) => difference?.cause.id === appealId)).toBe(true);
    expect(await world.payouts.linesOf(CYCLE, [second])).toEqual(secondLines);
    expect(await fileText(world, supplementary.batchId)).toContain('E001');
    expect(await world.payouts.batchesOf(CYCLE)).toHaveLength(2);

    await world.payoutDesk.act(batchId, { act: 'acknowledge', reference: 'bank-1' }, world.as(FINANCE));
    await eventually(async () => expect((await world.payouts.batch(batchId))?.stage).toBe('acknowledged'));
    expect((await world.payoutWork.progress(batchId)).terminal).toBe(true);
    await world.payoutDesk.act(supplementary.batchId, { act: 'acknowledge', reference: 'bank-2' }, world.as(FINANCE));
    await eventually(async () => expect((await world.payouts.batch(supplementary.batchId))?.stage).toBe('acknowledged'));
  });

  it('pays a withdrawn appeal with its batch when there is time, else afterwards', async () => {
    const [first, second] = [rep(1), rep(2)];
    const [one, two] = [await world.publish(1, POOR), await world.publish(2, POOR)];
    const firstAppeal = await appeal(world, one, first, RATINGS);
    const secondAppeal = await appeal(world, two, second, RATINGS);
    const { batchId } = await world.payoutWork.startRegular({ cycleId: CYCLE, requestKey: 'cycle/payout/start' });
    await compute(world, batchId);
    const all = (await world.payouts.linesOf(CYCLE, [first, second])).length;
    await eventually(async () => expect(await world.payouts.heldCount(CYCLE)).toBe(all));
    await world.desk.act(firstAppeal, { act: 'withdraw' }, world.as(first));
    await eventually(async () => expect(await world.payouts.heldCount(CYCLE)).toBe(all / 2));
    await pay(world, batchId);
    const batch = await world.payouts.batch(batchId);
    expect(batch?.releasedTotal).toBe(batch?.heldTotal);

    await world.desk.act(secondAppeal, { act: 'withdraw' }, world.as(second));
    await eventually(async () => expect(await world.payouts.batchesOf(CYCLE)).toHaveLength(2), { timeoutMs: 20_000 });
    const supplementary = (await world.payouts.batchesOf(CYCLE))[1];
    await compute(world, supplementary?.batchId ?? '');
    const lines = (await world.payouts.linesOf(CYCLE, [second])).filter(({ kind }) => kind === 'adjustment');
    expect(sum(amounts(lines))).toBe(batch?.heldTotal);
    expect(lines[0]?.difference).toMatchObject({ settled: '0.00', cause: { kind: 'appeal', id: secondAppeal } });
  });

  it('pays who is published late in a supplementary batch', async () => {
    await world.publish(1, RATINGS);
    await world.settled();
    const { batchId } = await world.payoutWork.startRegular({ cycleId: CYCLE, requestKey: 'late' });
    await compute(world, batchId);
    await pay(world, batchId);
    await world.publish(2, RATINGS, HR);
    await eventually(async () => expect(await world.payouts.batchesOf(CYCLE)).toHaveLength(2), { timeoutMs: 20_000 });
    const supplementary = (await world.payouts.batchesOf(CYCLE))[1];
    await compute(world, supplementary?.batchId ?? '');
    const [first, second] = [await world.payouts.linesOf(CYCLE, [rep(1)]), await world.payouts.linesOf(CYCLE, [rep(2)])];
    expect(sum(amounts(second))).toBe(sum(amounts(first)));
    expect(second.every((line) => line.batchId === supplementary?.batchId)).toBe(true);
    expect(world.parked).toEqual([]);
  });

  it('pays what finance held and let go after the release in a supplementary batch that says so', async () => {
    await world.publish(1, RATINGS);
    await world.settled();
    const { batchId } = await world.payoutWork.startRegular({ cycleId: CYCLE, requestKey: 'held' });
    await compute(world, batchId);
    const [line] = await world.payouts.linesOf(CYCLE, [rep(1)]);
    const holdId = '0190a000-0000-7000-8000-00000000d001';
    const hold = { act: 'hold', holdId, lineIds: [line?.lineId ?? ''], reason: 'returned goods' } as const;
    await world.payoutDesk.act(batchId, hold, world.as(FINANCE));
    await world.settled();
    expect(await heldAmounts(world.read, [batchId])).toEqual(new Map([[batchId, line?.amount]]));
    await pay(world, batchId);
    expect((await world.payouts.batch(batchId))?.heldTotal).toBe(line?.amount);

    await world.payoutDesk.act(batchId, { act: 'lift-hold', holdId }, world.as(FINANCE));
    await eventually(async () => expect(await world.payouts.batchesOf(CYCLE)).toHaveLength(2), { timeoutMs: 20_000 });
    expect(await heldAmounts(world.read, [batchId])).toEqual(new Map());
    const supplementary = (await world.payouts.batchesOf(CYCLE))[1];
    await compute(world, supplementary?.batchId ?? '');
    const lines = (await world.payouts.linesOf(CYCLE, [rep(1)])).filter(({ kind }) => kind === 'adjustment');
    expect(lines).toMatchObject([
      { key: line?.key, amount: line?.amount, difference: { settled: '0.00', cause: { kind: 'hold-lifted', id: holdId } } },
    ]);
  });

  it('refuses finance more lines than one hold takes', async () => {
    const lineIds = Array.from({ length: 101 }, (_, index) => `line-${index}`);
    await expect(
      world.payoutDesk.act(CYCLE, { act: 'hold', holdId: CYCLE, lineIds, reason: 'check' }, world.as(FINANCE)),
    ).rejects.toMatchObject({ code: 'payout.too-many-lines' });
  });

  it('computes again after a cancelled batch, and nothing twice after a crash', async () => {
    await world.publish(1, POOR);
    await world.publish(2, RATINGS);
    await world.settled();
    const { batchId } = await world.payoutWork.startRegular({ cycleId: CYCLE, requestKey: 'a' });
    await world.settled();
    await expect(
      world.payoutWork.compute({ batchId }, () => {
        throw new Error('killed');
      }),
    ).rejects.toThrow('killed');
    await compute(world, batchId);
    await compute(world, batchId);
    const before = await world.payouts.batch(batchId);
    expect(before).toMatchObject({ stage: 'computed', statements: 2 });
    await world.payoutDesk.act(batchId, { act: 'cancel', reason: 'wrong rates' }, world.as(FINANCE));
    await world.settled();
    const again = await world.payoutWork.startRegular({ cycleId: CYCLE, requestKey: 'a' });
    await compute(world, again.batchId);
    expect(await world.payouts.batch(again.batchId)).toMatchObject({ stage: 'computed', round: 2, kind: 'regular', total: before?.total });
  });
});
