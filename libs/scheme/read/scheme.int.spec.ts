import { Pool } from 'pg';
import { type ActorId, actorId, subjectId } from '#kernel';
import { type ConsumerHost, createConsumerHost, migrateReadModels, openReadDb, projectionConsumer } from '#libs/projections';
import { createHarness, createTestDatabase, SPEC_ACTOR, SPEC_NOW, type TestDatabase, testText } from '#libs/testing';
import { bringInForce } from '../../../test/scheme-life';
import { createSchemeSource } from '../application/scheme-source';
import { templateText } from '../application/templates';
import { schemeEvents } from '../contracts/events';
import { evaluate } from '../domain/evaluate.policy';
import { schemeDecider } from '../domain/life/scheme.decider';
import { BEHAVIOUR_EXAMPLE } from '../domain/templates/worked-examples.test-kit';
import { schemeVersionProjection } from './scheme-version.projection';
import { createSchemeReader } from './scheme.reader';

const GENERAL_MANAGER = actorId('00000000-0000-7000-8000-0000000000bb');
const REP = subjectId('00000000-0000-7000-8000-0000000000cc');
const ID = 'result-times-behaviour';

describe('schemes in PostgreSQL', () => {
  const harness = createHarness(schemeEvents);
  let db: TestDatabase;
  let pool: Pool;
  let host: ConsumerHost;
  beforeAll(async () => {
    db = await createTestDatabase({ migrations: [migrateReadModels] });
    pool = new Pool({ connectionString: db.applicationUrl, max: 4 });
    pool.on('error', () => undefined);
    const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
    host = createConsumerHost({
      pool,
      log: harness.log,
      decoder: harness.registry,
      logger,
      consumers: (parts) => [projectionConsumer(schemeVersionProjection, parts)],
    });
    host.start();
  });
  afterAll(async () => {
    await host.stop();
    await pool.end();
    await db.drop();
  });

  it('given a draft put in force, then readers find it, and what it is compiled from scores as the template does', async () => {
    const parts = { runner: harness.runner, texts: { make: testText }, as: (actor: ActorId) => harness.context({ actor }) };
    const people = { hr: subjectId(SPEC_ACTOR), generalManager: GENERAL_MANAGER, rep: REP };
    await bringInForce(parts, people, { schemeId: ID, yaml: templateText(ID), template: ID });
    await harness.run(schemeDecider, ID, { type: 'DraftScheme', data: { schemeId: ID, yaml: `${templateText(ID)}\n# 二` } });
    const read = openReadDb(pool);
    await read.waitForProjection(schemeVersionProjection, (await harness.log.head()).position, 15_000);
    const reader = createSchemeReader(read);
    expect(await reader.versions({ status: 'in-force' })).toEqual([
      {
        schemeId: ID,
        version: 1,
        status: 'in-force',
        template: ID,
        title: { 'zh-CN': '量化业绩 × 行为系数', en: 'Quantitative result × behaviour coefficient' },
        yaml: templateText(ID),
        yamlHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        draftedBy: SPEC_ACTOR,
        draftedAt: SPEC_NOW,
        approvedBy: GENERAL_MANAGER,
        approvedAt: SPEC_NOW,
        inForceAt: SPEC_NOW,
        reviewOn: '2027-11-02',
        conclusion: null,
        reviewedAt: null,
      },
    ]);
    expect((await reader.versions({ schemeId: ID })).map(({ version, status }) => [version, status])).toEqual([
      [1, 'in-force'],
      [2, 'draft'],
    ]);
    expect(await reader.version('none', 1)).toBeUndefined();
    const source = createSchemeSource(reader);
    const scheme = await source.scheme(ID, 1);
    if (!scheme) throw new Error('not found');
    expect(evaluate(scheme, BEHAVIOUR_EXAMPLE).score).toBe('102.00');
    expect(await source.scheme(ID, 1)).toBe(scheme);
    expect(await source.scheme(ID, 9)).toBeUndefined();
  });
});
