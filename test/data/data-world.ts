import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Pool } from 'pg';
import { type ActorId, actorId, type Clock, idSource, type Instant, instant } from '#kernel';
import {
  type CommandContext,
  type CommandRunner,
  createRunner,
  type EventLog,
  EventRegistry,
  migrateEventLog,
  openPostgresLog,
} from '#libs/event-store';
import {
  BUILT_IN_PROFILES,
  createFactImports,
  createFactsReader,
  createFactStore,
  createImportProfiles,
  createImportProfilesReader,
  type FactImports,
  factsProjections,
  type ImportProfiles,
} from '#libs/facts';
import { factEvents, type FactsReader, type ImportProfilesReader } from '#libs/facts/contracts';
import {
  createKnownPeopleQuery,
  createOrganisationReader,
  createPeopleImports,
  organisationProjections,
  type PeopleImports,
} from '#libs/organisation';
import { organisationEvents, type OrganisationReader } from '#libs/organisation/contracts';
import { createPersonalTexts, divideTenantKey, openKeyFile } from '#libs/privacy';
import type { PersonalTexts } from '#libs/privacy/contracts';
import { createConsumerHost, migrateReadModels, openReadDb, projectionConsumer, type ReadDb } from '#libs/projections';
import { createTargetImports, createTargetsReader, createTargetStore, type TargetImports, targetsProjections } from '#libs/targets';
import { targetEvents, type TargetsReader } from '#libs/targets/contracts';
import { createTestDatabase } from '#libs/testing';

export const HR: ActorId = actorId('00000000-0000-7000-8000-0000000000aa');
export const NOW: Instant = instant('2026-11-05T01:00:00.000Z');

/** People, facts and targets on the real log, keys and projector, in a database of its own. */
export interface DataWorld {
  readonly log: EventLog;
  readonly runner: CommandRunner;
  readonly db: ReadDb;
  readonly texts: PersonalTexts;
  readonly organisation: OrganisationReader;
  readonly facts: FactsReader;
  readonly targets: TargetsReader;
  readonly profiles: ImportProfilesReader;
  readonly imports: {
    readonly people: PeopleImports;
    readonly facts: FactImports;
    readonly targets: TargetImports;
    readonly profiles: ImportProfiles;
  };
  context(requestKey?: string): CommandContext;
  /** Until every read model has seen everything that is stored now; gives that position. */
  caughtUp(): Promise<number>;
  end(): Promise<void>;
}

export async function openDataWorld(): Promise<DataWorld> {
  const database = await createTestDatabase({ migrations: [migrateEventLog, migrateReadModels] });
  const folder = mkdtempSync(path.join(tmpdir(), 'centum-data-'));
  const tenant = divideTenantKey(randomBytes(32));
  const keys = await openKeyFile(path.join(folder, 'keys'), tenant.wrapping);
  const texts = createPersonalTexts(keys, tenant);
  const pool = new Pool({ connectionString: database.applicationUrl, max: 8 });
  const log = await openPostgresLog({ url: database.applicationUrl });
  const registry = new EventRegistry([...organisationEvents, ...factEvents, ...targetEvents]);
  const runner = createRunner({ log, registry, sealer: texts, fingerprintKey: tenant.fingerprint });
  const db = openReadDb(pool);
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const projections = [...organisationProjections, ...factsProjections, ...targetsProjections];
  const host = createConsumerHost({
    pool,
    log,
    decoder: registry,
    logger: quiet,
    consumers: (parts) => projections.map((projection) => projectionConsumer(projection, parts)),
  });
  host.start();
  const clock: Clock = { now: () => NOW };
  const organisation = createOrganisationReader(db);
  const targets = createTargetsReader({ db, organisation });
  const facts = createFactsReader({ db, organisation, targets });
  const known = createKnownPeopleQuery(db);
  const imports = {
    people: createPeopleImports({ runner, streams: log, known, reader: organisation, texts, ids: idSource(clock) }),
    facts: createFactImports({ runner, log, store: createFactStore(db), facts, organisation, texts }),
    targets: createTargetImports({ runner, log, store: createTargetStore(db), organisation, texts }),
    profiles: createImportProfiles({ runner, organisation, texts }),
  };
  for (const { name } of projections) await db.waitForProjection(name, 0, 60_000);
  let requests = 0;
  return {
    log,
    runner,
    db,
    texts,
    organisation,
    facts,
    targets,
    profiles: createImportProfilesReader(db, BUILT_IN_PROFILES),
    imports,
    context: (requestKey) => ({ now: NOW, actor: HR, requestKey: requestKey ?? `data-world/${(requests += 1)}` }),
    caughtUp: async () => {
      const { position } = await log.head();
      for (const projection of projections) await db.waitForProjection(projection, position, 60_000);
      return position;
    },
    end: async () => {
      await host.stop();
      await log.close();
      await pool.end();
      await keys.close();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The company's own files ship as the demo's; exports of other systems stand beside this. */
const FOLDERS = [__dirname, path.join(__dirname, '..', '..', 'apps', 'assembly', 'demo', 'data')];

/** A file of the sample company. */
export function sample(name: string): Promise<Uint8Array> {
  const file = FOLDERS.map((folder) => path.join(folder, name)).find(existsSync);
  if (file === undefined) throw new Error(`no sample file ${name}`);
  return readFile(file);
}
