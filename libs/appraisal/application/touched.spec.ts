import { period, plainDay, subjectId } from '#kernel';
import type { FactWindow } from '#libs/scheme';
import { touchedByFacts, touchedByTargets } from './touched';

const ANNA = subjectId('0190a000-0000-7000-8000-000000000001');
const BO = subjectId('0190a000-0000-7000-8000-000000000002');
const window = (metric: string, of: string, unit: FactWindow['of'] = 'person'): FactWindow => ({
  metric,
  of: unit,
  period: period(of),
  key: metric,
  isHistory: false,
});
const fact = (owner: Parameters<typeof touchedByFacts>[0][number]['owner'], happenedOn: string) => ({
  owner,
  metric: 'sales.amount',
  happenedOn: plainDay(happenedOn),
});

it('a fact that moves from one person and month to another touches both', async () => {
  const touched = touchedByFacts([fact({ subject: ANNA }, '2026-09-30'), fact({ subject: BO }, '2026-10-01')]);
  expect(touched.months).toEqual(['2026-09', '2026-10']);
  expect([...(await touched.people([window('sales.amount', '2026-09')]))]).toEqual([ANNA]);
  expect([...(await touched.people([window('sales.amount', '2026-10')]))]).toEqual([BO]);
  expect([...(await touched.people([window('sales.amount', '2026')]))]).toEqual([ANNA, BO]);
  expect([...(await touched.people([window('revenue.amount', '2026-10')]))]).toEqual([]);
});

it('a fact of a unit touches that unit alone', async () => {
  const touched = touchedByFacts([fact({ unit: 'team', label: 'east' }, '2026-10-01')]);
  expect([...(await touched.people([window('sales.amount', '2026-10')]))]).toEqual([]);
  expect([...(await touched.labels('team', [window('sales.amount', '2026-10', 'team')]))]).toEqual(['east']);
  expect([...(await touched.labels('region', [window('sales.amount', '2026-10', 'region')]))]).toEqual([]);
});

it('the target of a month touches the quarter and the year that are the sum of their months', async () => {
  const setBy = () => Promise.resolve([{ subject: ANNA, unit: null, metric: 'sales.target', period: period('2026-10') }]);
  const touched = await touchedByTargets({ setBy }, 'an import');
  for (const name of ['2026-10', '2026-Q4', '2026']) expect([...(await touched.people([window('sales.target', name)]))]).toEqual([ANNA]);
  expect([...(await touched.people([window('sales.target', '2026-Q3')]))]).toEqual([]);
});
