import { period, subjectId } from '#kernel';
import { metricRegistry } from '#libs/organisation/contracts';
import { Problems, readCsv } from '#libs/tabular';
import { given, SPEC_ACTOR, SPEC_NOW } from '#libs/testing';
import { readTargetFile } from '../application/target-file';
import { targetAcceptanceDecider } from './target-import.decider';
import { targetFor } from './targets.policy';

describe('a target for a period', () => {
  const month = (of: string, value: string, position = 1) => ({ metric: 'sales.target', period: of, value, position });
  const asked = (set: ReturnType<typeof month>[], combine: 'sum' | 'last' = 'sum') => ({ set, combine, accepted: new Set<string>() });

  it('is the one set for it, else the sum of its months when all are set', () => {
    const months = [month('2026-07', '10.50'), month('2026-08', '20', 2), month('2026-09', '30', 2)];
    expect(targetFor('sales.target', period('2026-Q3'), asked(months))).toMatchObject({ value: '60.5', positions: [1, 2] });
    expect(targetFor('sales.target', period('2026-Q3'), asked([...months, month('2026-Q3', '100', 9)]))).toMatchObject({
      value: '100',
      positions: [9],
    });
    expect(targetFor('sales.target', period('2026-Q3'), asked(months.slice(1)))).toBeUndefined();
    expect(targetFor('sales.target', period('2026-Q3'), asked(months, 'last'))).toBeUndefined();
    expect(targetFor('sales.target', period('2026-06'), asked(months))).toBeUndefined();
  });
});

describe('accepting targets', () => {
  it('is done once, by the person alone', () => {
    const own = { type: 'AcceptTargets' as const, data: { subject: subjectId(SPEC_ACTOR), period: period('2026-10') } };
    const accepted = { type: 'TargetAccepted' as const, data: { ...own.data, acceptedAt: SPEC_NOW } };
    given(targetAcceptanceDecider).when(own).then([accepted]);
    given(targetAcceptanceDecider, [accepted]).when(own).thenNothing();
    const other = { ...own, data: { ...own.data, subject: subjectId('00000000-0000-7000-8000-0000000000ff') } };
    given(targetAcceptanceDecider).when(other).thenRejects('targets.not-own-targets');
  });
});

describe('a targets file', () => {
  async function told(line: string): Promise<unknown> {
    const result = await readCsv(Buffer.from(`owner,metric,period,value\n${line}\n`));
    if (result.kind === 'refused') return result.problems;
    const problems = new Problems();
    const { rows } = readTargetFile(result.table, metricRegistry([]), problems);
    const [problem] = problems.report().listed;
    return problem ? `${problem.row} ${problem.column ?? '-'} ${problem.code}` : rows[0]?.owner;
  }

  it.each([
    ['E1,sales.target,2026-10,100', { kind: 'person', employeeNo: 'E1' }],
    ['team:华东一组,sales.target,2026-Q4,100', { kind: 'team', label: '华东一组' }],
    ['region：华东,sales.target,2026,100', { kind: 'region', label: '华东' }],
    ['company,customers.new_target,2026-10,2.5', { kind: 'company', label: 'company' }],
    ['E1,sales.amount,2026-10,100', '2 metric not-a-target'],
    ['E1,sales.goal,2026-10,100', '2 metric unknown-metric'],
    ['E1,sales.target,2026-13,100', '2 period not-a-period'],
    ['E1,sales.target,2026-10,-1', '2 value negative-value'],
    ['E1,satisfaction.target,2026-10,120', '2 value out-of-range'],
    [',sales.target,2026-10,1', '2 owner empty'],
  ])('reads or names %s', async (line, expected) => {
    expect(await told(line)).toEqual(expected);
  });
});
