import { Pool } from 'pg';
import { period, plainDay, subjectId } from '#kernel';
import { createConsumerHost, migrateReadModels, openReadDb, projectionConsumer } from '#libs/projections';
import { createHarness, createTestDatabase, type Harness } from '#libs/testing';
import type { TargetsReader } from '#libs/targets/contracts';
import { factEvents, type FactsReader, type FactValue } from '../contracts';
import { createFactImports, type FactImports, type FactInput } from '../index';
import { factsProjections } from './facts.projection';
import { createFactsReader } from './facts.query';
import { createFactStore } from './fact-store.query';

const ANNA = subjectId('0190a000-0000-7000-8000-000000000001');
const targets: Pick<TargetsReader, 'targetsFor' | 'unitTargets'> = {
  targetsFor: () => Promise.resolve(new Map()),
  unitTargets: ({ unit, labels, metrics }) =>
    Promise.resolve(
      new Map(
        labels.map((label) => [
          label,
          new Map(
            unit === 'team' && metrics.includes('sales.target')
              ? [['sales.target', { metric: 'sales.target', period: period('2026-10'), value: '500', positions: [1], accepted: true }]]
              : [],
          ),
        ]),
      ),
    ),
};

describe('facts of units on real read models', () => {
  let harness: Harness;
  let imports: FactImports;
  let reader: FactsReader;
  let reach: (position: number) => Promise<void>;
  const ends: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    harness = createHarness(factEvents);
    const db = await createTestDatabase({ migrations: [migrateReadModels] });
    const pool = new Pool({ connectionString: db.applicationUrl, max: 6 });
    pool.on('error', () => undefined);
    const host = createConsumerHost({
      pool,
      log: harness.log,
      decoder: harness.registry,
      logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
      consumers: (parts) => factsProjections.map((projection) => projectionConsumer(projection, parts)),
    });
    host.start();
    ends.push(
      () => host.stop(),
      () => pool.end(),
      () => db.drop(),
    );
    const read = openReadDb(pool);
    const organisation = { declaredMetrics: () => Promise.resolve([]), find: () => Promise.resolve(new Map()) };
    reader = createFactsReader({ db: read, organisation, targets });
    const store = createFactStore(read);
    reach = async (position) => {
      for (const { name } of factsProjections) await read.waitForProjection(name, position, 20_000);
    };
    imports = createFactImports({
      runner: harness.runner,
      log: harness.log,
      store: { ...store, reach },
      facts: reader,
      organisation,
      texts: { lookupKey: (kind, value) => `${kind}:${value}` },
    });
    await reach(0);
  });
  afterAll(async () => {
    for (const end of ends) await end();
  });

  const seen = async (): Promise<number> => {
    const { position } = await harness.log.head();
    await reach(position);
    return position;
  };
  const sale = (recordId: string, value: string, happenedOn: string, owner: Pick<FactInput, 'unit' | 'subject'>): FactInput => ({
    ...owner,
    metric: 'sales.amount',
    value,
    happenedOn: plainDay(happenedOn),
    recordId,
  });
  const east = { unit: { unit: 'team' as const, label: 'east' } };
  const valueOf = (fact: FactValue | undefined): string | undefined => (fact?.kind === 'value' ? fact.value : fact?.kind);
  const teamFacts = async (asOf?: number) => {
    const query = { unit: 'team' as const, labels: ['east', 'west'], metrics: ['sales.amount', 'sales.previous', 'sales.target'] };
    const found = await reader.unitFactsFor({ ...query, period: period('2026-10'), ...(asOf === undefined ? {} : { asOf }) });
    return Object.fromEntries([...found].map(([label, values]) => [label, [...values.values()].map(valueOf)]));
  };

  it('combines what is recorded of a unit, apart from its people, with its targets and its earlier period', async () => {
    const facts = [
      sale('1', '100', '2026-10-05', east),
      sale('2', '50.5', '2026-10-20', east),
      sale('3', '70', '2026-09-20', east),
      sale('4', '9', '2026-10-20', { subject: ANNA }),
      sale('5', '8', '2026-10-20', { unit: { unit: 'region', label: 'east' } }),
    ];
    await imports.importList({ source: 'erp', facts }, harness.context());
    const position = await seen();
    expect(await teamFacts(position)).toEqual({ east: ['150.5', '70', '500'], west: ['missing', 'missing', '500'] });
  });

  it('follows a correction, and still says what it was', async () => {
    const { position: before } = await harness.log.head();
    await imports.importList(
      { source: 'erp', facts: [sale('1', '110', '2026-10-05', east)], corrections: { reason: 'late booking' } },
      harness.context(),
    );
    expect(await teamFacts(await seen())).toMatchObject({ east: ['160.5', '70', '500'] });
    expect(await teamFacts(before)).toMatchObject({ east: ['150.5', '70', '500'] });
  });

  it('knows one company, whatever it is called', async () => {
    const company = { unit: { unit: 'company' as const, label: 'company' } };
    await imports.importList({ source: 'erp', facts: [sale('c', '12', '2026-10-05', company)] }, harness.context());
    await seen();
    const found = await reader.unitFactsFor({
      unit: 'company',
      labels: ['the firm'],
      metrics: ['sales.amount'],
      period: period('2026-10'),
    });
    expect(valueOf(found.get('the firm')?.get('sales.amount'))).toBe('12');
  });
});
