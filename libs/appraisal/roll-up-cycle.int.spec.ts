import { period } from '#kernel';
import { templateText } from '#libs/scheme';
import { appraisalIdOf } from './contracts';
import { publish, runToScores } from './cycle-run.test-kit';
import { type CycleWorld, openCycleWorld, rep } from './cycle.test-kit';
import { explainAppraisal } from './index';

/** Whole cycles of one scheme, one after another. */
async function run(world: CycleWorld, schemeId: string, of: string, ratings = {}): Promise<string> {
  const cycleId = await runToScores(world, schemeId, period(of), () => ratings);
  await publish(world, cycleId);
  return cycleId;
}

async function resultOf(world: CycleWorld, cycleId: string, number: number) {
  return (await world.appraisals.publishedResult(appraisalIdOf(cycleId, rep(number))))?.current;
}

describe('months, a quarter and a year of one scheme', () => {
  const SCHEME = 'month-quarter-year';
  const PERFECT = {
    'sales.target': '100000',
    'sales.previous': '100000',
    'satisfaction.rate': '100',
    'share.rate': '15',
    'share.target': '15',
    'customers.new': '5',
    'customers.new_target': '5',
    'customers.retained': '20',
    'customers.existing': '20',
  };
  let world: CycleWorld;
  const months: string[] = [];

  beforeAll(async () => {
    world = await openCycleWorld(2, undefined, { id: SCHEME, yaml: templateText(SCHEME) });
    world.setNow('2027-02-20T00:30:00.000Z');
    // 92000: 36.80, no growth beyond: 0.00; and so on
    for (const number of [1, 2]) world.company.set(rep(number), PERFECT);
    world.company.set(
      rep(1),
      { 'sales.amount': '92000', 'sales.previous': '88000', 'satisfaction.rate': '87', 'share.rate': '12.5' },
      '2026-07',
    );
    world.company.set(rep(1), { 'customers.new': '4', 'customers.retained': '18' }, '2026-07');
    world.company.set(rep(1), { 'sales.amount': '100000' }, '2026-08');
    world.company.set(rep(1), { 'sales.amount': '68750' }, '2026-09');
    world.company.set(rep(2), { 'sales.amount': 'missing' });
    world.company.set(rep(2), { 'sales.amount': '100000' }, '2026-09');
  });
  afterAll(() => world.end());

  it('scores and pays the months, with the example of the template among them', async () => {
    for (const month of ['2026-07', '2026-08', '2026-09']) months.push(await run(world, SCHEME, month));
    const scores = await Promise.all(months.map(async (cycleId) => (await resultOf(world, cycleId, 1))?.result));
    expect(scores.map((result) => [result?.score, result?.grade, result?.payTotal])).toEqual([
      ['84.08', 'B', '600.00'],
      ['90.00', 'A', '1000.00'],
      ['77.50', 'C', '300.00'],
    ]);
  });

  it('makes the quarter of what its months came to, with nothing to fill in, and pays', async () => {
    const cycleId = await run(world, SCHEME, '2026-Q3');
    const plan = (await world.cycles.cycle(cycleId))?.phases.map(({ phase }) => phase);
    expect(plan).not.toContain('self-review');
    expect(plan).not.toContain('manager-review');
    const quarter = await resultOf(world, cycleId, 1);
    expect(quarter?.result).toMatchObject({ score: '83.86', grade: 'B', payTotal: '1200.00', errors: [] });
    const published = await Promise.all(
      months.map(async (month) => (await world.appraisals.publishedResult(appraisalIdOf(month, rep(1))))?.position),
    );
    expect(quarter?.basis.history).toEqual([
      { period: '2026-07', score: '84.08', positions: [published[0]], facts: [] },
      { period: '2026-08', score: '90.00', positions: [published[1]], facts: [] },
      { period: '2026-09', score: '77.50', positions: [published[2]], facts: [] },
    ]);
    expect((await resultOf(world, cycleId, 2))?.basis.history).toHaveLength(1);
    const explained = await explainAppraisal(
      { read: world.read, scoring: world.scoring },
      { appraisalId: appraisalIdOf(cycleId, rep(1)), which: 'published' },
    );
    expect(explained?.result.score).toBe('83.86');
  });

  it('makes the year of its quarters, each weighed by its months', async () => {
    world.company.set(rep(1), { 'sales.amount': '100000' }, '2026-10');
    await run(world, SCHEME, '2026-10');
    const year = await resultOf(world, await run(world, SCHEME, '2026'), 1);
    // (83.86 × 3 + 90.00) ÷ 4 = 85.395
    expect(year?.result).toMatchObject({ score: '85.40', grade: 'B', payTotal: '4800.00' });
    expect(year?.result.sections[0]?.indicators).toEqual([
      { key: '2026-Q3', score: '83.86' },
      { key: '2026-Q4', score: '90.00' },
    ]);
  });
});

describe('places of earlier quarters', () => {
  const SCHEME = 'eighty-line';
  let world: CycleWorld;

  beforeAll(async () => {
    world = await openCycleWorld(2, undefined, { id: SCHEME, yaml: templateText(SCHEME) });
    world.setNow('2027-02-20T00:30:00.000Z');
    world.company.set(rep(1), { 'sales.target': '100000', 'sales.amount': '104000', 'pay.bonus_base': '1000' });
    world.company.set(rep(2), { 'sales.target': '100000', 'sales.amount': '90000', 'pay.bonus_base': '1000' });
  });
  afterAll(() => world.end());

  it('opens the fast track to who was ahead in this quarter and the two before, as published', async () => {
    const tracks: unknown[] = [];
    for (const [month, quarter] of [
      ['2026-01', '2026-Q1'],
      ['2026-04', '2026-Q2'],
      ['2026-07', '2026-Q3'],
    ] as const) {
      await run(world, SCHEME, month, { ability: '17', attitude: '9' });
      const first = await resultOf(world, await run(world, SCHEME, quarter), 1);
      tracks.push([first?.result.outcome.place, first?.result.actions, first?.basis.history?.length]);
      const second = await world.appraisals.ofSubject(rep(2), 1);
      expect(second[0]).toMatchObject({ status: 'published' });
    }
    expect(tracks).toEqual([
      [1, ['talk'], 1],
      [1, ['talk'], 2],
      [1, ['talk', 'promotion-fast-track'], 3],
    ]);
  });
});
