import { period } from '#kernel';
import { templateText } from '#libs/scheme';
import { inputFor, sweep } from './cycle-run.test-kit';
import { type CycleWorld, HR, openCycleWorld, rep } from './cycle.test-kit';

const SCHEME = 'component-bonus';
const QUARTER = inputFor(SCHEME, period('2026-Q4'));

describe('a scheme whose month and quarter pay the same sales', () => {
  let world: CycleWorld;
  const aside = [2, 3].map((number) => ({ subject: rep(number), reason: 'on the quarter' }));
  const began = async (input: Parameters<CycleWorld['start']['start']>[0]) => {
    const { cycleId } = await world.start.start(input, world.as(HR));
    await world.settled();
    return { cycleId, opened: await sweep(world, cycleId, 'manager-review', 'open') };
  };
  const out = async (input: typeof QUARTER) =>
    (await world.start.people(input, { which: 'out', reason: 'paid-in-other-period', limit: 10 })).items.map(({ subject }) => subject);

  beforeAll(async () => {
    world = await openCycleWorld(3, undefined, { id: SCHEME, yaml: templateText(SCHEME) });
    await began({ ...inputFor(SCHEME, period('2026-10')), setAside: aside });
  });
  afterAll(() => world.end());

  it('names who is on both before the second one starts, and leaves them out of it', async () => {
    expect(await world.start.preview(QUARTER)).toMatchObject({
      members: 2,
      excluded: [
        { reason: 'no-manager', count: 1 },
        { reason: 'paid-in-other-period', count: 1 },
      ],
      errors: [],
    });
    expect(await out(QUARTER)).toEqual([rep(1)]);
    const { cycleId, opened } = await began(QUARTER);
    expect(opened).toEqual({
      members: 4,
      handled: 2,
      excluded: [
        { reason: 'no-manager', count: 1 },
        { reason: 'paid-in-other-period', count: 1 },
      ],
    });
    expect((await world.cycles.cycle(cycleId))?.excluded).toContainEqual({ reason: 'paid-in-other-period', count: 1 });
    const { items } = await world.appraisals.ofCycle({ cycleId, limit: 10 });
    expect(items.map(({ subject }) => subject)).toEqual([rep(2), rep(3)]);
  });

  it('counts who HR keeps out by hand as that, and starts nothing when nobody is left', async () => {
    const input = { ...inputFor(SCHEME, period('2026-12')), setAside: aside.slice(0, 1) };
    expect(await world.start.preview(input)).toMatchObject({
      members: 1,
      excluded: [
        { reason: 'no-manager', count: 1 },
        { reason: 'paid-in-other-period', count: 1 },
        { reason: 'set-aside-by-hr', count: 1 },
      ],
    });
    const all = { ...inputFor(SCHEME, period('2026-12')), setAside: [{ subject: rep(1), reason: 'left out' }] };
    await expect(world.start.start(all, world.as(HR))).rejects.toMatchObject({
      code: 'cycle.can-not-start',
      details: { errors: ['nobody-in-scope'] },
    });
  });

  it('does not keep the year from those who are on a month or a quarter, nor another quarter', async () => {
    expect(await world.start.preview(inputFor(SCHEME, period('2026')))).toMatchObject({ members: 3 });
    expect(await world.start.preview(inputFor(SCHEME, period('2026-Q3')))).toMatchObject({ members: 3 });
  });
});
