import fc from 'fast-check';
import { Rejection } from '#kernel';
import type { PeopleProfile } from '../contracts';
import { PEOPLE_HEADER, type PeopleKit, peopleKit } from './people.test-kit';

const GM = 'E001,王芳,wangfang,general-manager,总经理,总经办,,,,,,';
const HR = 'E002,李娜,lina,hr;panel,,人力资源部,,,,E001,,';
const REP = 'E003,张伟,zhangwei,rep,销售员,销售部,华东一组,华东,上海,E001,,';

async function importOf(kit: PeopleKit, lines: readonly string[], requestKey?: string): Promise<string> {
  const result = await kit.imports.import({ source: kit.csv(lines) }, kit.harness.context(requestKey ? { requestKey } : {}));
  if (result.kind === 'refused')
    return result.problems.listed
      .map(({ row, column, code, value }) => [row, column, code, value].filter((part) => part !== undefined && part !== null).join(' '))
      .join('\n');
  return `${result.newPeople} new, ${result.changedPeople} changed, ${result.unchangedPeople} unchanged${result.repeated ? ', repeated' : ''}`;
}

const eventTypes = async (kit: PeopleKit): Promise<readonly string[]> => (await kit.harness.all()).map(({ type }) => type);

describe('importing people', () => {
  it('counts who is new, changed and unchanged, and the same file again is nothing new', async () => {
    const kit = peopleKit();
    expect(await importOf(kit, [GM, HR, REP])).toBe('3 new, 0 changed, 0 unchanged');
    const before = await eventTypes(kit);
    expect(await importOf(kit, [GM, HR, REP])).toBe('0 new, 0 changed, 3 unchanged');
    expect(await eventTypes(kit)).toEqual(before);
    expect(await importOf(kit, [GM, REP.replace('华东一组', '华东二组'), 'E004,陈静,,rep,,销售部,,,,E003,,'])).toBe(
      '1 new, 1 changed, 1 unchanged',
    );
    expect(await importOf(kit, [HR.replace('李娜', '李娜娜')])).toBe('0 new, 1 changed, 0 unchanged');
  });

  it('keeps names, logins and numbers out of the stored bytes but for their sealed form', async () => {
    const kit = peopleKit();
    await importOf(kit, [GM, HR, REP]);
    const stored = (await kit.harness.log.readAll(0, { maxEvents: 100 }))
      .map(({ payload }) => Buffer.from(payload).toString('utf8'))
      .join('');
    for (const text of ['王芳', 'wangfang', 'E001', '李娜']) expect(stored).not.toContain(text);
  });

  it('writes nothing when it is only a preview', async () => {
    const kit = peopleKit();
    expect(await kit.imports.preview({ source: kit.csv([GM, HR]) })).toMatchObject({ kind: 'preview', rows: 2, newPeople: 2 });
    expect(await eventTypes(kit)).toEqual([]);
  });

  it.each<[string, readonly string[], string]>([
    ['an unknown role', [GM.replace('general-manager', 'boss')], '2 roles unknown-role boss'],
    ['a manager nobody knows', [REP], '2 manager_no unknown-manager'],
    ['an own manager', ['E1,甲,,rep,,销售部,,,,e1,,'], '2 manager_no own-manager'],
    ['a date that is none', ['E1,甲,,rep,,销售部,,,,,2026-02-30,'], '2 valid_from not-a-date 2026-02-30'],
    ['an end before the beginning', ['E1,甲,,rep,,销售部,,,,,2026-02-03,2026-02-03'], '2 valid_to ends-before-it-begins 2026-02-03'],
    ['no department', ['E1,甲,,rep,,,,,,,,'], '2 department empty'],
    ['neither number nor name', [',,,rep,,销售部,,,,,,'], '2 employee_no empty\n2 name empty'],
    ['lines that overlap', ['E1,甲,,rep,,销售部,,,,,,2026-03-02', 'E1,甲,,rep,,市场部,,,,,2026-03-01,'], '3 valid_from overlapping-lines'],
    ['one login for two', ['E1,甲,same,rep,,销售部,,,,,,', 'E2,乙,SAME,rep,,销售部,,,,,,'], '3 login duplicate-login'],
    [
      'a circle of managers',
      ['E1,甲,,rep,,销售部,,,,E2,,', 'E2,乙,,rep,,销售部,,,,E3,,', 'E3,丙,,rep,,销售部,,,,E1,,'],
      '2 manager_no reporting-cycle\n3 manager_no reporting-cycle\n4 manager_no reporting-cycle',
    ],
  ])('names %s by row and column and imports nothing', async (_, lines, expected) => {
    const kit = peopleKit();
    expect(await importOf(kit, lines)).toBe(expected);
    expect(await eventTypes(kit)).toEqual([]);
  });

  it('lets two people manage each other at different times', async () => {
    const kit = peopleKit();
    const lines = [
      'E1,甲,,rep,,销售部,,,,E2,,2026-03-01',
      'E1,甲,,manager,,销售部,,,,,2026-03-01,',
      'E2,乙,,manager,,销售部,,,,,,2026-03-01',
      'E2,乙,,rep,,销售部,,,,E1,2026-03-01,',
    ];
    expect(await importOf(kit, lines)).toBe('2 new, 0 changed, 0 unchanged');
  });

  it('finds a circle that closes over people of an earlier import', async () => {
    const kit = peopleKit();
    await importOf(kit, ['E1,甲,,manager,,销售部,,,,,,', 'E2,乙,,rep,,销售部,,,,E1,,']);
    expect(await importOf(kit, ['E1,甲,,manager,,销售部,,,,E2,,'])).toBe('2 manager_no reporting-cycle');
  });

  it('refuses a login that another person has, unless the file moves it', async () => {
    const kit = peopleKit();
    await importOf(kit, ['E1,甲,jia,rep,,销售部,,,,,,']);
    expect(await importOf(kit, ['E2,乙,jia,rep,,销售部,,,,,,'])).toBe('2 login login-of-another');
    expect(await importOf(kit, ['E2,乙,jia,rep,,销售部,,,,,,', 'E1,甲,jia2,rep,,销售部,,,,,,'])).toBe('1 new, 1 changed, 0 unchanged');
  });

  it('answers the same request key with what was done first, and refuses it for another file', async () => {
    const kit = peopleKit();
    expect(await importOf(kit, [GM, HR], 'key-1')).toBe('2 new, 0 changed, 0 unchanged');
    const before = await eventTypes(kit);
    expect(await importOf(kit, [GM, HR], 'key-1')).toBe('2 new, 0 changed, 0 unchanged, repeated');
    expect(await eventTypes(kit)).toEqual(before);
    await expect(importOf(kit, [GM], 'key-1')).rejects.toMatchObject({ code: 'organisation.import-of-another-file' });
  });

  it('refuses the second of two imports checked against the same company', async () => {
    const kit = peopleKit();
    await importOf(kit, [GM]);
    const outcomes = await Promise.allSettled([importOf(kit, [HR], 'a'), importOf(kit, [REP], 'b')]);
    const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
    expect(failures).toEqual([expect.objectContaining({ code: 'organisation.changed-meanwhile' })]);
    expect(failures[0]).toBeInstanceOf(Rejection);
  });

  it('resumes after a crash between chunks: nobody gets a second id', async () => {
    const kit = peopleKit();
    const many = [
      GM,
      ...Array.from(
        { length: 450 },
        (_, index) =>
          `R${index},员工${index},,rep,,销售部,,,,${index === 0 ? 'E001' : `R${index - 1 - (index % 7 === 0 ? 0 : index % 7)}`},,`,
      ),
    ];
    const lines = many.map((line) => line.replace(/R-\d+/, 'E001'));
    const append = kit.harness.log.append.bind(kit.harness.log);
    let allowed = 3;
    const spy = jest.spyOn(kit.harness.log, 'append').mockImplementation((request) => {
      allowed -= 1;
      return allowed < 0 ? Promise.reject(new Error('killed')) : append(request);
    });
    await expect(importOf(kit, lines, 'crash')).rejects.toThrow('killed');
    spy.mockRestore();
    expect(await importOf(kit, lines, 'crash')).toBe('451 new, 0 changed, 0 unchanged');
    const recorded = (await kit.harness.all()).filter(({ type }) => type === 'PeopleLinesRecorded');
    const subjects = recorded.flatMap(({ data }) =>
      'lines' in data && Array.isArray(data.lines) ? data.lines.map((line: { subject: string }) => line.subject) : [],
    );
    expect(new Set(subjects).size).toBe(451);
    expect(subjects).toHaveLength(451);
    expect(await importOf(kit, lines)).toBe('0 new, 0 changed, 451 unchanged');
  });

  it('is quiet about any file that was just imported', async () => {
    const person = fc.record({
      no: fc.integer({ min: 1, max: 8 }),
      team: fc.constantFrom('一组', '二组', ''),
      from: fc.constantFrom('', '2026-01-01', '2026-02-01', '2026-03-01'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(person, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 3 }), async (files) => {
        const kit = peopleKit();
        for (const file of files) {
          const unique = [...new Map(file.map((one) => [`${one.no} ${one.from}`, one])).values()];
          const ends = (no: number, from: string): string =>
            unique
              .filter((one) => one.no === no && one.from > from)
              .map((one) => one.from)
              .sort()[0] ?? '';
          const lines = unique.map(({ no, team, from }) => `E${no},员工${no},,rep,,销售部,${team},,,,${from},${ends(no, from)}`);
          expect(await importOf(kit, lines)).toMatch(/new/);
          expect(await importOf(kit, lines)).toMatch(/^0 new, 0 changed/);
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe('people files of other systems', () => {
  const profile: PeopleProfile = {
    kind: 'people',
    employeeNo: { column: 'sales_agent' },
    name: { column: 'sales_agent' },
    roles: { otherwise: ['rep'] },
    department: { constant: 'Sales' },
    region: { column: 'regional_office' },
    manager: { column: 'manager', by: 'name' },
    managersBecomePeople: { roles: ['manager'] },
  };

  it('makes a person of a manager who stands only in a column', async () => {
    const kit = peopleKit();
    const file = Buffer.from(
      'sales_agent,manager,regional_office\nAnna Snelling,Dustin Brinkmann,Central\nCecily Lampkin,Dustin Brinkmann,Central\nMei-Mei Johns,Melvin Marxen,West\n',
    );
    const input = { source: file, profile: { name: 'crm-teams', version: 1, definition: profile } };
    expect(await kit.imports.import(input, kit.harness.context())).toMatchObject({ kind: 'imported', rows: 3, newPeople: 5 });
    expect(await kit.imports.import(input, kit.harness.context())).toMatchObject({
      kind: 'imported',
      newPeople: 0,
      changedPeople: 0,
      unchangedPeople: 5,
    });
  });

  it('refuses unknown columns of the documented file, and missing ones of a profile', async () => {
    const kit = peopleKit();
    const file = Buffer.from(`${PEOPLE_HEADER},salary\n${GM},1\n`);
    expect(await kit.imports.preview({ source: file })).toMatchObject({
      problems: { listed: [{ row: 1, column: 'salary', code: 'unknown-column' }] },
    });
    const preview = await kit.imports.preview({
      source: Buffer.from('agent\nx\n'),
      profile: { name: 'p', version: 1, definition: profile },
    });
    expect(preview).toMatchObject({
      kind: 'refused',
      problems: {
        listed: [{ row: 1, column: 'sales_agent', code: 'missing-column' }, { column: 'regional_office' }, { column: 'manager' }],
      },
    });
  });
});
