import { metricRegistry } from '#libs/organisation/contracts';
import { Problems, readCsv } from '#libs/tabular';
import { type FactsProfile, zImportProfile } from '../contracts';
import { BUILT_IN_PROFILES, STANDARD_FACTS_PROFILE } from './built-in-profiles';
import { readFactFile } from './fact-file';

async function read(
  text: string,
  profile: FactsProfile = STANDARD_FACTS_PROFILE,
): Promise<{ rows: unknown[]; filtered: number; problems: string[] }> {
  const result = await readCsv(Buffer.from(text), { delimiter: profile.delimiter });
  if (result.kind === 'refused') return { rows: [], filtered: 0, problems: result.problems.listed.map(({ code }) => code) };
  const problems = new Problems();
  const file = readFactFile(
    result.table,
    profile,
    { metrics: metricRegistry([]), lookupKey: (kind, value) => `${kind}:${value}` },
    problems,
  );
  const told = problems
    .report()
    .listed.map(({ row, column, code, value }) => `${row} ${column ?? '-'} ${code}${value === undefined ? '' : ` ${value}`}`);
  return { rows: [...file.rows], filtered: file.filtered, problems: told };
}

function builtIn(name: string): FactsProfile {
  const profile = BUILT_IN_PROFILES.get(name)?.definition;
  if (profile?.kind !== 'facts') throw new Error(`no profile ${name}`);
  return profile;
}

const HEADER = 'employee_no,metric,value,happened_on,record_id\n';

describe('the documented facts file', () => {
  it.each([
    ['E1,sales.amount,12.345,2026-10-01,r1', '2 value too-many-decimals 12.345'],
    ['E1,sales.amount,-1,2026-10-01,r1', '2 value negative-value -1'],
    ['E1,sales.amount,1e3,2026-10-01,r1', '2 value not-a-number 1e3'],
    ['E1,sales.amount,"1,000",2026-10-01,r1', '2 value not-a-number 1,000'],
    ['E1,customers.new,1.5,2026-10-01,r1', '2 value not-whole 1.5'],
    ['E1,satisfaction.rate,101,2026-10-01,r1', '2 value out-of-range 101'],
    ['E1,sales.target,1,2026-10-01,r1', '2 metric comes-from-targets sales.target'],
    ['E1,sale.amount,1,2026-10-01,r1', '2 metric unknown-metric sale.amount'],
    ['E1,sales.amount,1,2026-10-32,r1', '2 happened_on not-a-date 2026-10-32'],
    ['E1,sales.amount,1,10/1/2026,r1', '2 happened_on not-a-date 10/1/2026'],
    ['E1,sales.amount,1,,r1', '2 happened_on empty'],
    ['E1,sales.amount,,2026-10-01,r1', '2 value empty'],
    ['E1,sales.amount,1,2026-10-01,', '2 record_id empty'],
    [',sales.amount,1,2026-10-01,r1', '2 employee_no empty'],
  ])('names what is wrong with %s', async (line, problem) => {
    expect((await read(`${HEADER}${line}\n`)).problems).toEqual([problem]);
  });

  it('says team:, department:, region: or company instead of a person', async () => {
    const lines = [
      'team:East,sales.amount,1,2026-10-01,r1',
      'Region:north,sales.amount,2,2026-10-01,r2',
      'company,sales.amount,3,2026-10-01,r3',
    ];
    expect((await read(`${HEADER}${lines.join('\n')}\nE1,sales.amount,4,2026-10-01,r4\n`)).rows).toMatchObject([
      { owner: { unit: 'team', label: 'East' }, ownerKeys: [] },
      { owner: { unit: 'region', label: 'north' }, ownerKeys: [] },
      { owner: { unit: 'company', label: 'company' }, ownerKeys: [] },
      { ownerKeys: [{ kind: 'employee-no', key: 'employee-no:E1' }] },
    ]);
  });

  it('of a profile whose owners are teams names teams alone', async () => {
    const teams: FactsProfile = { ...STANDARD_FACTS_PROFILE, owner: { ...STANDARD_FACTS_PROFILE.owner, units: 'team' } };
    expect((await read(`${HEADER}E1,sales.amount,1,2026-10-01,r1\n`, teams)).rows).toMatchObject([
      { owner: { unit: 'team', label: 'E1' } },
    ]);
  });

  it('lets profit be negative, and needs its columns and no others', async () => {
    expect((await read(`${HEADER}E1,profit.amount,-5.5,2026-10-01,r1\n`)).problems).toEqual([]);
    expect((await read('employee_no,metric,value,happened_on\nE1,sales.amount,1,2026-10-01\n')).problems).toEqual([
      '1 record_id missing-column',
    ]);
    expect((await read(`note,${HEADER}x,E1,sales.amount,1,2026-10-01,r1\n`)).problems).toEqual(['1 note unknown-column']);
  });
});

describe('profiles that ship', () => {
  it('are what may be saved', () => {
    for (const { definition } of BUILT_IN_PROFILES.values()) expect(zImportProfile.parse(definition)).toEqual(definition);
    expect([...BUILT_IN_PROFILES.keys()]).toContain('salesforce-opportunities');
  });

  it('read a row per opportunity: filter first, then one amount and one deal', async () => {
    const text = [
      'opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value',
      '1C1I7A6R,Moses Frase,GTX Plus Basic,Cancity,Won,10/20/2016,3/1/2017,1054',
      'Z063OYW0,Darcel Schlecht,GTXPro,Isdom,Lost,10/25/2016,3/11/2017,0',
      'EC4QE1BX,Darcel Schlecht,MG Special,Cancity,Engaging,10/25/2016,,',
      'MV1LWRNH,,GTX Basic,,Prospecting,not a date,,?',
    ].join('\n');
    const { rows, filtered, problems } = await read(text, builtIn('salesforce-opportunities'));
    expect([problems, filtered]).toEqual([[], 3]);
    expect(rows).toEqual([
      {
        row: 2,
        ownerKeys: ['name', 'login', 'employee-no'].map((kind) => ({ kind, key: `${kind}:Moses Frase` })),
        facts: [
          { metric: 'sales.amount', value: '1054', happenedOn: '2017-03-01', recordId: '1C1I7A6R' },
          { metric: 'deals.won', value: '1', happenedOn: '2017-03-01', recordId: '1C1I7A6R' },
        ],
      },
    ]);
  });

  it('read a form export in Chinese', async () => {
    const { rows, problems } = await read(
      '数据ID,负责人,商机阶段,成交日期,成交金额\nd1,张伟,赢单,2026年10月9日,"￥12,500.00"\nd2,张伟,跟进中,,\n',
      builtIn('jiandaoyun-deals'),
    );
    expect(problems).toEqual([]);
    expect(rows).toMatchObject([{ facts: [{ value: '12500.00', happenedOn: '2026-10-09' }, { metric: 'deals.won' }] }]);
  });

  it('name what a counted row lacks', async () => {
    const text = 'opportunity_id,sales_agent,deal_stage,close_date,close_value\n1,A,Won,,5\n2,A,Won,3/1/2017,\n3,A,Won,13/1/2017,5\n';
    const { problems } = await read(text, builtIn('salesforce-opportunities'));
    expect(problems).toEqual(['2 close_date empty', '3 close_value empty', '4 close_date not-a-date 13/1/2017']);
  });
});
