import { Pool } from 'pg';
import { instant, Rejection, subjectId } from '#kernel';
import { createHarness, createTestDatabase, type TestDatabase } from '#libs/testing';
import { identityEvents } from '../contracts';
import { createIdentityService, IDENTITY_LIMITS } from './identity.service';
import { IdentityStore, migrateIdentity } from './identity-store';

const ANNA = subjectId('0190f000-0000-7000-8000-000000000001');
const BO = subjectId('0190f000-0000-7000-8000-000000000002');
const NOW = instant('2026-03-02T08:00:00.000Z');
const UNTIL = instant('2026-03-02T08:15:00.000Z');
const LATER = instant('2026-03-02T08:15:01.000Z');
const LATER_UNTIL = instant('2026-03-02T08:30:01.000Z');

describe('wrong passwords', () => {
  let db: TestDatabase;
  let pool: Pool;
  let store: IdentityStore;
  beforeAll(async () => {
    db = await createTestDatabase({ migrations: [(owner) => migrateIdentity(owner, 'centum_application')] });
    pool = new Pool({ connectionString: db.applicationUrl, max: 2 });
    pool.on('error', () => undefined);
    store = new IdentityStore(pool);
  });
  afterAll(async () => {
    await pool.end();
    await db.drop();
  });

  it('given a lock that has passed, when a password is wrong again, then the count begins at 1 and locks anew at the limit', async () => {
    await store.saveCredentials([{ subject: ANNA, loginKey: 'anna', passwordHash: null }]);
    expect(await store.countWrongPassword(ANNA, 2, NOW, UNTIL)).toBe(1);
    expect(await store.countWrongPassword(ANNA, 2, NOW, UNTIL)).toBe(2);
    expect(await store.credential('anna')).toMatchObject({ lockedUntil: UNTIL });
    expect(await store.countWrongPassword(ANNA, 2, LATER, LATER_UNTIL)).toBe(1);
    expect(await store.credential('anna')).toMatchObject({ wrongPasswords: 1, lockedUntil: null });
    expect(await store.countWrongPassword(ANNA, 2, LATER, LATER_UNTIL)).toBe(2);
    expect(await store.credential('anna')).toMatchObject({ lockedUntil: LATER_UNTIL });
  });

  it('given a second lock after the first has passed, then the history of the account holds both', async () => {
    const harness = createHarness(identityEvents);
    let now = NOW;
    const identity = createIdentityService({ store, runner: harness.runner, clock: { now: () => now } });
    await identity.setDemoPassword([{ subject: BO, loginKey: 'bo' }], 'right-password');
    const slip = (): Promise<string> =>
      identity.signIn('bo', 'wrong-password').then(
        () => 'signed in',
        (error: unknown) => (error instanceof Rejection ? error.code : 'failed'),
      );
    const locks = async (): Promise<number> => (await harness.all()).filter(({ type }) => type === 'AccountLocked').length;
    for (let n = 0; n < IDENTITY_LIMITS.wrongPasswords; n += 1) expect(await slip()).toBe('identity.wrong-login-or-password');
    expect(await slip()).toBe('identity.locked');
    expect(await locks()).toBe(1);
    now = LATER;
    for (let n = 0; n < IDENTITY_LIMITS.wrongPasswords; n += 1) expect(await slip()).toBe('identity.wrong-login-or-password');
    expect(await slip()).toBe('identity.locked');
    expect(await locks()).toBe(2);
  });
});
