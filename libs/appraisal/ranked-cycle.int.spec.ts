import { instant, period, type SubjectId } from '#kernel';
import { leaderboard } from '#libs/leaderboard';
import { templateText } from '#libs/scheme';
import { appraisalIdOf } from './contracts';
import { publish, runToScores } from './cycle-run.test-kit';
import { type CycleWorld, HR, openCycleWorld, rep } from './cycle.test-kit';
import { explainAppraisal } from './index';

const SCHEME = 'rank-bonus';
const MONTH = period('2026-10');
/** The example of the template: 98.60. */
const FACTS = {
  'sales.amount': '108000',
  'sales.target': '100000',
  'conversion.rate': '18',
  'conversion.target': '20',
  'satisfaction.rate': '88',
};

describe('a cycle that places people among each other', () => {
  let world: CycleWorld;
  let cycleId = '';
  const id = (number: number): string => appraisalIdOf(cycleId, rep(number));
  const resultOf = async (number: number) => (await world.appraisals.publishedResult(id(number)))?.current;
  const placeOf = async (number: number) => {
    const current = await resultOf(number);
    return [current?.result.score, current?.result.outcome.place, current?.result.outcome.holders, current?.result.payTotal];
  };

  beforeAll(async () => {
    world = await openCycleWorld(5, undefined, { id: SCHEME, yaml: templateText(SCHEME) });
    for (const number of [1, 2, 3, 4, 5]) world.company.set(rep(number), FACTS);
    // 90.00, 75.00, and one whose satisfaction is not known
    world.company.set(rep(3), { 'sales.amount': '100000', 'conversion.rate': '16', 'satisfaction.rate': '80' });
    world.company.set(rep(4), { 'sales.amount': '70000', 'conversion.rate': '16', 'satisfaction.rate': '80' });
    world.company.set(rep(5), { 'satisfaction.rate': 'missing' });
  });
  afterAll(() => world.end());

  it('scores everyone first, without places and pay', async () => {
    cycleId = await runToScores(world, SCHEME, MONTH);
    expect(await world.cycles.cycle(cycleId)).toMatchObject({ ranked: true, rankedAt: null });
    const { items } = await world.appraisals.ofCycle({ cycleId, limit: 10 });
    expect(items.map(({ status, score }) => [status, score])).toEqual([
      ['scored', '98.60'],
      ['scored', '98.60'],
      ['scored', '90.00'],
      ['scored', '75.00'],
      ['scored', null],
    ]);
  });

  it('places everyone in the frozen group before anything comes out, and says so from the basis alone', async () => {
    world.setNow('2026-11-18T16:00:00.000Z');
    expect(await publish(world, cycleId)).toEqual({ members: 5, handled: 4, excluded: [{ reason: 'score-has-errors', count: 1 }] });
    // the template's own example: first with one other, 1500.00 + 1000.00 + 2500.00
    expect(await placeOf(1)).toEqual(['98.60', 1, 2, '5000.00']);
    expect(await placeOf(2)).toEqual(['98.60', 1, 2, '5000.00']);
    expect(await placeOf(3)).toEqual(['90.00', 3, 1, '3500.00']);
    expect(await placeOf(4)).toEqual(['75.00', 4, 1, '500.00']);
    const basis = (await resultOf(3))?.basis;
    const { rankedAt } = (await world.cycles.cycle(cycleId)) ?? {};
    expect(basis?.standings).toEqual([
      { key: 'group.scores', cycleId, position: rankedAt, own: '90.00', at: '90.00', of: 3, ahead: 2, level: 0 },
    ]);
    expect(basis?.until).toBeUndefined();
    const explained = await explainAppraisal({ read: world.read, scoring: world.scoring }, { appraisalId: id(3), which: 'published' });
    expect(JSON.stringify(explained?.explanation)).toContain('group.scores');
  });

  it('moves only who is amended, against the group as it was frozen', async () => {
    const current = await resultOf(4);
    if (!current) throw new Error('not published');
    const amendments = [{ kind: 'fact' as const, key: 'sales.amount', value: '120000' }];
    const { position } = await world.log.head();
    const amended = await world.scoring.amend({ period: MONTH, basis: current.basis, amendments, position });
    // 60.00 + 24.00 + 16.00 = 100.00 is ahead of both who were first
    expect(amended.result).toMatchObject({ score: '100.00', outcome: { place: 1, holders: 1 } });
    expect(amended.basis.standings).toMatchObject([{ own: '75.00', at: '100.00', of: 3, ahead: 0, level: 0 }]);
    const level = await world.scoring.amend({
      period: MONTH,
      basis: current.basis,
      amendments: [{ kind: 'fact', key: 'sales.amount', value: '100000' }],
      position,
    });
    expect(level.result).toMatchObject({ score: '90.00', outcome: { place: 3, holders: 2 } });
    expect(await placeOf(3)).toEqual(['90.00', 3, 1, '3500.00']);
  });

  it('places who comes late against those who were there', async () => {
    world.company.set(rep(5), { 'satisfaction.rate': '90' });
    world.setNow(instant('2026-11-19T01:00:00.000Z'));
    await world.acts.publishLate(id(5), world.as(HR));
    await world.settled();
    expect(await placeOf(5)).toEqual(['99.00', 1, 1, '5500.00']);
    expect((await resultOf(5))?.basis.standings).toMatchObject([{ own: null, of: 4, ahead: 0 }]);
    expect(await placeOf(1)).toEqual(['98.60', 1, 2, '5000.00']);
  });

  it('moves nobody’s published place on the board by who comes late', async () => {
    const query = { cycleId, scope: 'company' as const, measure: 'score' as const };
    const viewer = { subject: null, seesAllNames: true, mayName: new Set<SubjectId>(), publicNames: 0 };
    const board = await leaderboard(world.read, query, viewer, { limit: 10 });
    expect(board.items.map(({ subject, place, publishedPlace }) => [subject, place, publishedPlace])).toEqual([
      [rep(5), 1, 1],
      [rep(1), 2, 1],
      [rep(2), 2, 1],
      [rep(3), 4, 3],
      [rep(4), 5, 4],
    ]);
  });
});
