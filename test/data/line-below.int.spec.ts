import { plainDay, type SubjectId } from '#kernel';
import type { PersonLine } from '#libs/organisation/contracts';
import { allBelow, pageBelow } from '../../apps/api/controllers/line-below';
import { PEOPLE_HEADER } from '../../libs/organisation/application/people.test-kit';
import { ORGANISATION_ID, organisationDecider } from '#libs/organisation';
import { peopleImportDecider } from '../../libs/organisation/domain/people-import.decider';
import { type DataWorld, openDataWorld } from './data-world';

const TODAY = plainDay('2026-11-05');
const SEPTEMBER = plainDay('2026-09-30');
const REPS = 250;
const DEPTH = 8;

/** One of `PEOPLE_HEADER`'s rows; nobody signs in. */
function row(no: string, manager: string, { roles = 'rep', from = '', to = '' } = {}): string {
  return `${no},员工${no},,${roles},,销售部,,,,${manager},${from},${to}`;
}

describe('the line below somebody', () => {
  let world: DataWorld;
  const known = new Map<string, SubjectId>();
  const of = (no: string): SubjectId => {
    const subject = known.get(no);
    if (!subject) throw new Error(`nobody has the number ${no}`);
    return subject;
  };
  const numbers = (people: readonly { readonly subject: SubjectId }[]): readonly string[] => {
    const byId = new Map([...known].map(([no, subject]) => [subject, no]));
    return people.map(({ subject }) => byId.get(subject) ?? subject).sort();
  };
  const importPeople = async (...rows: readonly string[]): Promise<void> => {
    const source = Buffer.from([PEOPLE_HEADER, ...rows, ''].join('\n'), 'utf8');
    expect(await world.imports.people.import({ source }, world.context())).toMatchObject({ kind: 'imported' });
    await world.caughtUp();
  };

  beforeAll(async () => {
    world = await openDataWorld();
    const reps = Array.from({ length: REPS }, (_, index) => `R${index}`);
    const chain = Array.from({ length: DEPTH }, (_, index) => `D${index}`);
    const rows = [
      row('BOSS', '', { roles: 'manager' }),
      row('REGION', 'BOSS', { roles: 'manager' }),
      row('LEADER', 'REGION', { roles: 'manager' }),
      ...reps.map((no) => row(no, 'LEADER')),
      // Deeper than companies are, and led by people whose roles don't say so.
      ...chain.map((no, index) => row(no, index === 0 ? 'REGION' : `D${index - 1}`)),
      row('LEFT', 'REGION', { roles: 'manager', to: '2026-10-01' }),
      row('ORPHAN', 'LEFT'),
    ];
    await importPeople(...rows);
    for (const line of rows) {
      const no = line.split(',')[0] ?? '';
      const subject = await world.organisation.findByEmployeeNo(world.texts.lookupKey('employee-no', no));
      if (subject) known.set(no, subject);
    }
    // From October on R0 is led by BOSS.
    await importPeople(row('R0', 'LEADER', { to: '2026-10-01' }), row('R0', 'BOSS', { from: '2026-10-01' }));
  });
  afterAll(() => world.end());

  it('goes on page by page past 200 people, each once, as far down as it goes', async () => {
    const query = { leader: of('REGION'), day: TODAY, whose: 'line' } as const;
    const paged: SubjectId[] = [];
    for (let size = 60; size === 60;) {
      const page = await pageBelow(world.organisation, { ...query, after: paged.at(-1), limit: 60 });
      paged.push(...page.map(({ subject }) => subject));
      size = page.length;
    }
    expect(paged).toEqual([...new Set(paged)].sort());
    expect(paged).toHaveLength(1 + (REPS - 1) + DEPTH);
    expect(numbers(await allBelow(world.organisation, { ...query, most: 2_500 }))).toEqual(numbers(paged.map((subject) => ({ subject }))));
    const direct = await allBelow(world.organisation, { ...query, whose: 'direct', most: 2_500 });
    expect(numbers(direct)).toEqual(['D0', 'LEADER']);
  });

  it('is one question to the database, however many lead people in it', async () => {
    const queries = jest.spyOn(world.db, 'query');
    await world.organisation.lineBelow({ leader: of('BOSS'), day: TODAY, limit: 100 });
    expect(queries).toHaveBeenCalledTimes(1);
    queries.mockRestore();
  });

  it('refuses to name a part of it as the whole', async () => {
    const query = { leader: of('REGION'), day: TODAY, whose: 'line' } as const;
    await expect(allBelow(world.organisation, { ...query, most: 200 })).rejects.toMatchObject({
      code: 'organisation.too-many-below',
      details: { most: 200 },
    });
    const size = 1 + (REPS - 1) + DEPTH;
    expect(await allBelow(world.organisation, { ...query, most: size })).toHaveLength(size);
    await expect(allBelow(world.organisation, { ...query, most: size - 1 })).rejects.toMatchObject({ code: 'organisation.too-many-below' });
  });

  it('is as of a day and of what was known', async () => {
    const below = (no: string, day = TODAY, asOf?: number) =>
      world.organisation.lineBelow({ leader: of(no), day, limit: 2_000, ...(asOf === undefined ? {} : { asOf }) });
    expect(numbers(await below('LEADER'))).not.toContain('R0');
    expect(numbers(await below('LEADER', SEPTEMBER))).toContain('R0');
    const [first] = await world.organisation.imports();
    expect(numbers(await below('LEADER', TODAY, first?.position))).toContain('R0');
    // Whoever led them until they left leads nobody to those above.
    expect(numbers(await below('REGION', SEPTEMBER))).toEqual(expect.arrayContaining(['LEFT', 'ORPHAN']));
    expect(numbers(await below('REGION'))).not.toContain('ORPHAN');
    expect((await below('R1')).length).toBe(0);
    expect(await below('BOSS')).toContainEqual(expect.objectContaining({ subject: of('R0'), manager: of('BOSS'), roles: ['rep'] }));
  });

  it('ends where lines run in a ring', async () => {
    const [one, other] = [of('R1'), of('R2')];
    const importId = '0190a000-0000-7000-8000-00000000dddd';
    const fileHash = 'a'.repeat(64);
    const keyed = (subject: SubjectId, manager: SubjectId, line: number): PersonLine => ({
      subject,
      row: line,
      employeeNo: world.texts.make(subject, 'R'),
      employeeNoKey: fileHash,
      name: world.texts.make(subject, 'R'),
      nameKey: fileHash,
      roles: ['rep'],
      department: '销售部',
      manager,
    });
    const lines = [keyed(one, other, 1), keyed(other, one, 2)];
    const record = { type: 'RecordPeopleLines', data: { importId, chunk: 1, lines } } as const;
    await world.runner.run(peopleImportDecider, `${importId}.1`, record, world.context());
    const basedOn = (await world.organisation.imports()).length;
    const counts = { rows: 2, chunks: 1, newPeople: 0, changedPeople: 2, unchangedPeople: 0 };
    const complete = { type: 'CompletePeopleImport', data: { importId, fileHash, basedOn, ...counts } } as const;
    await world.runner.run(organisationDecider, ORGANISATION_ID, complete, world.context());
    await world.caughtUp();
    const below = await world.organisation.lineBelow({ leader: one, day: TODAY, limit: 10 });
    expect(below.map(({ subject }) => subject)).toEqual([other]);
  });
});
