import { Pool } from 'pg';
import { PRODUCT_PROJECTIONS, productRegistry } from '#apps/assembly';
import { allProjections, productRoutes, startProjector } from '#apps/projector';
import { migrateEventLog, openPostgresLog } from '#libs/event-store';
import { migrateReadModels, projectorHealth, replay } from '#libs/projections';
import { createTestDatabase, eventually } from '#libs/testing';
import { NOW, recordingLogger, testRunner } from './world';

describe('the product', () => {
  it('given an empty database, then every read model is made, followed and equal to its replay', async () => {
    const db = await createTestDatabase({ migrations: [(owner) => migrateEventLog(owner), migrateReadModels] });
    const pool = new Pool({ connectionString: db.applicationUrl, max: 8 });
    const log = await openPostgresLog({ url: db.applicationUrl });
    const registry = productRegistry();
    const logger = recordingLogger();
    const projector = startProjector({
      log,
      registry,
      runner: testRunner(log),
      clock: { now: () => NOW },
      pool,
      projections: PRODUCT_PROJECTIONS,
      reactors: [],
      routes: productRoutes,
      logger,
    });
    try {
      const projections = allProjections(PRODUCT_PROJECTIONS, productRoutes);
      await eventually(async () => expect((await projectorHealth(pool, await log.head())).consumers).toHaveLength(projections.length));
      expect((await projector.health()).ok).toBe(true);
      const report = await replay({ pool, log, decoder: registry, projections });
      expect(report.outcomes).toEqual(projections.map(({ name }) => ({ projection: name, outcome: 'equal', rows: 0 })));
      expect(logger.lines.filter(({ level }) => level !== 'info')).toEqual([]);
    } finally {
      await projector.stop();
      await pool.end();
      await log.close();
      await db.drop();
    }
  });

  it('has one workflow route a category, and each starts on an event that the product stores', () => {
    const types = new Set(productRegistry().types);
    expect(new Set(productRoutes.map(({ category }) => category)).size).toBe(productRoutes.length);
    for (const { startsOn, endsOn, signals, neighbours = {} } of productRoutes) {
      for (const type of [...startsOn, ...endsOn, ...Object.keys(signals), ...Object.keys(neighbours)]) expect(types).toContain(type);
    }
  });
});
