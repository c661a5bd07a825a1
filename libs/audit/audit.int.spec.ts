import { asOfTable } from '#libs/projections';
import {
  ACTOR,
  accountContracts,
  balanceProjection,
  close,
  deposit,
  open,
  openWorld,
  registry,
  type World,
} from '../../test/projections/world';
import { rowDifference, streamAnchorProjection, timelineReader } from './index';

const WAIT_MS = 15_000;
const LI = '0190f000-0000-7000-8000-000000000001';
const WANG = '0190f000-0000-7000-8000-000000000002';

describe('audit on recorded events', () => {
  let world: World;
  const versions = balanceProjection({ name: 'versions', history: true });
  beforeEach(async () => {
    world = await openWorld();
    const anchors = streamAnchorProjection(accountContracts.map(({ type }) => type));
    world.projecting(anchors, versions);
    await world.run(LI, open('o'), deposit(5));
    await world.run('shared', open(LI), deposit(1));
    await world.run(WANG, open('o'), deposit(7));
    await world.run(LI, deposit(2), close);
    for (const projection of [anchors, versions]) await world.read.waitForProjection(projection, await world.head(), WAIT_MS);
  });
  afterEach(async () => {
    await world.end();
  });

  const reader = () => timelineReader({ log: world.log, decoder: registry, readDb: world.read });

  it('given a person, then their timeline holds every event of their own streams and those elsewhere that name them, latest first', async () => {
    const { entries, next, truncated } = await reader().ofAnchor(LI, { language: 'en' });
    expect(entries.map(({ position, type }) => [position, type])).toEqual([
      [8, 'AccountClosed'],
      [7, 'AmountDeposited'],
      [3, 'AccountOpened'],
      [2, 'AmountDeposited'],
      [1, 'AccountOpened'],
    ]);
    expect({ next, truncated }).toEqual({ next: null, truncated: false });
    expect(entries[0]).toMatchObject({ what: 'Account closed', why: null, actor: ACTOR, streamId: `account-${LI}` });
  });

  it('gives a page after the other, and the timeline as it was', async () => {
    const first = await reader().ofAnchor(LI, { language: 'en', limit: 2 });
    expect(first.next).toBe(7);
    const rest = await reader().ofAnchor(LI, { language: 'en', limit: 2, before: 7 });
    expect(rest.entries.map(({ position }) => position)).toEqual([3, 2]);
    expect((await reader().ofStream(`account-${LI}`, { language: 'zh-CN', asOf: 7 })).entries.map(({ position }) => position)).toEqual([
      7, 2, 1,
    ]);
  });

  it('given two moments, then each field that changed is there with its event', async () => {
    const { before, after, changes } = await rowDifference(
      { readDb: world.read, log: world.log, decoder: registry },
      { projection: versions, key: [`account-${LI}`], from: 2, to: 8, language: 'en' },
    );
    expect(before).toMatchObject({ balance: 5 });
    expect(after).toBeNull();
    expect(changes.filter(({ field }) => field === 'balance').map(({ from, to, position, type }) => [from, to, position, type])).toEqual([
      [5, 7, 7, 'AmountDeposited'],
      [7, null, 8, 'AccountClosed'],
    ]);
    expect(asOfTable(versions, 7)).toContain('from_position <= 7');
  });
});
