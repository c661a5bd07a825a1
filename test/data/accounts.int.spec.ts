import { Pool } from 'pg';
import { type SubjectId, subjectId } from '#kernel';
import { EventRegistry, createRunner, type CommandRunner } from '#libs/event-store';
import { accountDecider, createIdentityService, IDENTITY_LIMITS, IdentityStore, migrateIdentity } from '#libs/identity';
import { identityEvents } from '#libs/identity/contracts';
import { createTestDatabase, type TestDatabase, trivialSealer } from '#libs/testing';
import { AccountsController } from '../../apps/api/controllers/accounts.controller';
import { Access } from '../../apps/api/http/access';
import type { Caller } from '../../apps/api/http/caller';
import { NameBook } from '../../apps/api/http/name-book';
import { PEOPLE_HEADER } from '../../libs/organisation/application/people.test-kit';
import { type DataWorld, NOW, openDataWorld } from './data-world';

const PEOPLE = 1_300;
const ADMIN: Caller = { subject: subjectId('0190a000-0000-7000-8000-00000000eeee'), roles: ['admin'], token: '' };

describe('the list of accounts', () => {
  let world: DataWorld;
  let database: TestDatabase;
  let pool: Pool;
  let runner: CommandRunner;
  let accounts: AccountsController;
  let everybody: readonly SubjectId[];
  const clock = { now: () => NOW };
  const locked = (): readonly SubjectId[] => [everybody[700], everybody[1_200]].flatMap((subject) => subject ?? []);

  beforeAll(async () => {
    world = await openDataWorld();
    database = await createTestDatabase({ migrations: [(owner) => migrateIdentity(owner, 'centum_application')] });
    pool = new Pool({ connectionString: database.applicationUrl, max: 4 });
    const rows = Array.from(
      { length: PEOPLE },
      (_, index) => `N${index},${index < 3 ? '王芳' : `员工${index}`},login${index},rep,,销售部,,,,,,`,
    );
    const source = Buffer.from([PEOPLE_HEADER, ...rows, ''].join('\n'), 'utf8');
    await world.imports.people.import({ source }, world.context());
    await world.caughtUp();
    everybody = (await world.organisation.list({ filter: {}, day: access().today(), limit: 2_000 })).map(({ subject }) => subject);
    const store = new IdentityStore(pool);
    const registry = new EventRegistry([...identityEvents]);
    runner = createRunner({ log: world.log, registry, sealer: trivialSealer, fingerprintKey: new Uint8Array(32) });
    const identity = createIdentityService({ store, runner, clock });
    for (const subject of locked()) {
      await identity.setDemoPassword([{ subject, loginKey: subject }], 'right-password');
      for (let tries = 0; tries < IDENTITY_LIMITS.wrongPasswords; tries += 1)
        await identity.signIn(subject, 'wrong').catch(() => undefined);
      const grant = { type: 'GrantRoles', data: { subject, roles: ['panel'] } } as const;
      await runner.run(accountDecider, subject, grant, world.context());
    }
    accounts = new AccountsController(world.organisation, identity, world.texts, access(), new NameBook(world.organisation, world.texts));

    function access(): Access {
      return new Access(world.organisation, createIdentityService({ store: new IdentityStore(pool), runner, clock }), clock, {
        recordRead: () => Promise.resolve(),
      });
    }
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
    await world.end();
  });

  it('looks at a thousand people in a few questions, however short its page', async () => {
    const models = jest.spyOn(world.db, 'query');
    const streams = [jest.spyOn(world.log, 'readStream'), jest.spyOn(world.log, 'readStreams')];
    const credentials = jest.spyOn(pool, 'query');
    const first = await accounts.accounts({ limit: 1, state: 'locked' }, ADMIN);
    const [one, other] = locked();
    expect(first).toMatchObject({ items: [{ subject: one, state: 'locked', grantedRoles: ['panel'], lineRoles: ['rep'] }], next: one });
    expect(first.items[0]?.version).toBeGreaterThan(0);
    const asked = [models, credentials, ...streams].reduce((sum, { mock }) => sum + mock.calls.length, 0);
    expect(asked).toBeLessThanOrEqual(20);
    jest.restoreAllMocks();
    const second = await accounts.accounts({ limit: 1, state: 'locked', after: one }, ADMIN);
    expect(second.items.map(({ subject }) => subject)).toEqual([other]);
    expect((await accounts.accounts({ limit: 10, state: 'locked' }, ADMIN)).items.map(({ subject }) => subject)).toEqual([one]);
  });

  it('reads all accounts of a page at once', async () => {
    const each = jest.spyOn(world.log, 'readStream');
    const together = jest.spyOn(world.log, 'readStreams');
    expect((await accounts.accounts({ limit: 100 }, ADMIN)).items).toHaveLength(100);
    expect([each.mock.calls.length, together.mock.calls.length]).toEqual([0, 1]);
    jest.restoreAllMocks();
  });

  it('goes on to the end, each person once', async () => {
    const seen: SubjectId[] = [];
    let after: SubjectId | undefined;
    do {
      const page = await accounts.accounts({ limit: 90, ...(after === undefined ? {} : { after }) }, ADMIN);
      seen.push(...page.items.map(({ subject }) => subject));
      after = page.next === undefined ? undefined : subjectId(page.next);
    } while (after !== undefined);
    expect(seen).toEqual(everybody);
  });

  it('finds everybody of a name, page by page', async () => {
    const first = await accounts.accounts({ limit: 2, q: '王芳' }, ADMIN);
    expect(first.items).toHaveLength(2);
    const rest = await accounts.accounts({ limit: 2, q: '王芳', after: subjectId(first.next ?? '') }, ADMIN);
    expect(rest.items).toHaveLength(1);
    expect([...first.items, ...rest.items].map(({ name }) => name)).toEqual(['王芳', '王芳', '王芳']);
  });
});
