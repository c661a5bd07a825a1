import { eventually } from '#libs/testing';
import {
  CYCLE,
  FINANCE,
  GENERAL_MANAGER,
  HR,
  NEXT_CYCLE,
  NEXT_PERIOD,
  openPayWorld,
  PERIOD,
  type PayWorld,
  RATINGS,
  rep,
} from './appeal-to-pay.test-kit';
import { statementOf } from './index';

async function pay(world: PayWorld, batchId: string): Promise<void> {
  await world.settled();
  await world.payoutWork.compute({ batchId }, () => undefined);
  await world.settled();
  await world.payoutDesk.act(batchId, { act: 'check', passed: true, findings: [] }, world.as(FINANCE));
  await world.payoutDesk.act(batchId, { act: 'approve', actorRoles: ['general-manager'] }, world.as(GENERAL_MANAGER));
  await world.settled();
  await world.payoutDesk.act(batchId, { act: 'release' }, world.as(FINANCE));
  await world.settled();
}

describe('a deposit', () => {
  let world: PayWorld;
  beforeAll(async () => {
    world = await openPayWorld();
  });
  afterAll(async () => {
    expect(world.parked).toEqual([]);
    await world.end();
  });

  it('is withheld with the pay, and held by the person’s own account', async () => {
    await world.publish(1, RATINGS);
    await world.settled();
    const { batchId } = await world.payoutWork.startRegular({ cycleId: CYCLE, requestKey: 'cycle/payout/start' });
    expect(await world.depositDesk.held(rep(1))).toMatchObject({ withheld: '0.00', held: '0.00', cycleId: null });
    await expect(world.depositDesk.release({ subject: rep(1), reason: 'left' }, world.as(HR))).rejects.toMatchObject({
      code: 'payout.no-deposit-held',
    });
    await pay(world, batchId);
    expect(await world.depositDesk.held(rep(1))).toMatchObject({ withheld: '200.00', released: '0.00', held: '200.00', cycleId: CYCLE });
  });

  it('is given back once, as a line of a supplementary batch, and the statement adds up', async () => {
    const context = world.as(HR);
    await world.depositDesk.release({ subject: rep(1), reason: 'left in good standing' }, context);
    await world.depositDesk.release({ subject: rep(1), reason: 'left in good standing' }, context);
    await eventually(async () => expect(await world.payouts.batchesOf(CYCLE)).toHaveLength(2), { timeoutMs: 20_000 });
    const [, supplementary] = await world.payouts.batchesOf(CYCLE);
    await pay(world, supplementary?.batchId ?? '');
    const lines = (await world.payouts.linesOf(CYCLE, [rep(1)])).filter(({ round }) => round === 2);
    expect(lines.map(({ key, amount, difference }) => [key, amount, difference?.cause.kind])).toEqual([
      ['deposit_release', '200.00', 'deposit-release'],
    ]);
    expect(await world.depositDesk.held(rep(1))).toMatchObject({ released: '200.00', held: '0.00' });
    const statement = await statementOf(world, CYCLE, rep(1));
    expect(statement?.settledTotal).toBe(statement?.entitledTotal);
    await expect(world.depositDesk.release({ subject: rep(1), reason: 'again' }, world.as(FINANCE))).rejects.toMatchObject({
      code: 'payout.no-deposit-held',
    });
  });
});

describe('a deposit over months', () => {
  let world: PayWorld;
  beforeAll(async () => {
    world = await openPayWorld();
    // 2300.00 was held when the company began with this; the ceiling is 2400.00
    world.held(2, PERIOD, '2300.00');
    world.held(2, NEXT_PERIOD, '2400.00');
  });
  afterAll(() => world.end());

  it('stops at its ceiling, and what was held before the first of them is given back with it', async () => {
    const withheld: (string | undefined)[] = [];
    for (const cycleId of [CYCLE, NEXT_CYCLE]) {
      await world.publish(2, RATINGS, undefined, cycleId);
      await world.settled();
      const { batchId } = await world.payoutWork.startRegular({ cycleId, requestKey: `${cycleId}/payout/start` });
      await pay(world, batchId);
      const lines = await world.payouts.linesOf(cycleId, [rep(2)]);
      withheld.push(lines.find(({ key }) => key === 'deposit')?.amount);
    }
    // Nothing is missing any more: no line
    expect(withheld).toEqual(['-100.00', undefined]);
    expect(await world.depositDesk.held(rep(2))).toEqual({
      subject: rep(2),
      opening: '2300.00',
      withheld: '100.00',
      released: '0.00',
      held: '2400.00',
      cycleId: NEXT_CYCLE,
    });
    await world.depositDesk.release({ subject: rep(2), reason: 'left in good standing' }, world.as(HR));
    await eventually(async () => expect(await world.payouts.batchesOf(NEXT_CYCLE)).toHaveLength(2), { timeoutMs: 20_000 });
    await pay(world, (await world.payouts.batchesOf(NEXT_CYCLE)).at(-1)?.batchId ?? '');
    const lines = (await world.payouts.linesOf(NEXT_CYCLE, [rep(2)])).filter(({ round }) => round === 2);
    expect(lines.map(({ key, amount }) => [key, amount])).toEqual([['deposit_release', '2400.00']]);
    expect(await world.depositDesk.held(rep(2))).toMatchObject({ released: '2400.00', held: '0.00' });
  });
});
