import { createHash, randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { actorId, type Clock, type Instant, instantPlusMs, Rejection, type SubjectId } from '#kernel';
import type { CommandRunner } from '#libs/event-store';
import type { Role } from '#libs/organisation/contracts';
import { accountDecider } from '../domain/account.decider';
import type { AccountStanding, IdentityStore } from './identity-store';

/** Limits of signing in; OWASP's argon2id floor (19 MiB, 2 passes, 1 lane). */
export const IDENTITY_LIMITS = {
  passwordMinChars: 10,
  passwordMaxChars: 200,
  wrongPasswords: 8,
  lockMinutes: 15,
  sessionHours: 12,
  invitationDays: 7,
  argon2: { memoryCost: 19_456, timeCost: 2, parallelism: 1 },
} as const;

export interface Session {
  readonly token: string;
  readonly subject: SubjectId;
  readonly expiresAt: Instant;
}

export interface IdentityService {
  /** Thrown: Rejection `identity.wrong-login-or-password` (which of the two is not said), `identity.locked`. */
  signIn(loginKey: string, password: string): Promise<Session>;
  signOut(token: string): Promise<void>;
  /** Deletes the sessions and invitations whose time is over. */
  forgetExpired(): Promise<void>;
  /** The person of a session token; undefined when unknown or expired. */
  subjectOf(token: string): Promise<SubjectId | undefined>;
  /** Makes accounts without a password for people with a login; quiet for those who have one. */
  openAccounts(people: readonly { readonly subject: SubjectId; readonly loginKey: string }[]): Promise<void>;
  /**
   * A one-time token to set the first password. Thrown: Rejection `identity.account-active` where there is one already, so
   * that no administrator takes an account over.
   */
  invite(subject: SubjectId, requestKey: string): Promise<{ readonly token: string; readonly expiresAt: Instant }>;
  /** Thrown: Rejection `identity.invitation-unknown`, `identity.password-too-short`, `identity.password-too-long`. */
  acceptInvitation(token: string, password: string): Promise<SubjectId>;
  /** Sets one password for many accounts at once: the embedded demo only. */
  setDemoPassword(people: readonly { readonly subject: SubjectId; readonly loginKey: string }[], password: string): Promise<void>;
  /** Whether a password was ever set. */
  isActive(subject: SubjectId): Promise<boolean>;
  /** Of those who have an account: whether a password is set, locked, invited. */
  standings(subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, AccountStanding>>;
  /** Roles beside those of the organisation's lines. */
  grantedRoles(subject: SubjectId): Promise<readonly Role[]>;
  /** Granted roles and stream version of each, in one query; at most RUNNER_LIMITS.manyItems of the event store. */
  accounts(subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, AccountRecord>>;
}

/** What the log says of an account; version 0 where there is none. */
export interface AccountRecord {
  readonly grantedRoles: readonly Role[];
  readonly version: number;
}

export interface IdentityServiceParts {
  readonly store: IdentityStore;
  readonly runner: CommandRunner;
  readonly clock: Clock;
}

const SYSTEM = actorId('system:identity');

export function createIdentityService({ store, runner, clock }: IdentityServiceParts): IdentityService {
  const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
  const newToken = (): string => randomBytes(32).toString('base64url');
  const record = (subject: SubjectId, how: 'invitation' | 'by-person' | 'embedded-demo', requestKey: string): Promise<unknown> =>
    runner.run(
      accountDecider,
      subject,
      { type: 'RecordPasswordChange', data: { subject, how } },
      { now: clock.now(), actor: SYSTEM, requestKey },
    );

  return {
    async signIn(loginKey, password) {
      const now = clock.now();
      const credential = await store.credential(loginKey);
      // An unknown or locked login costs the same time as a wrong password, so that logins can't be probed.
      const known = await verify(credential?.passwordHash ?? (await decoyHash()), password).catch(() => false);
      if (credential?.lockedUntil && credential.lockedUntil > now)
        throw new Rejection('identity.locked', { until: credential.lockedUntil });
      if (!credential?.passwordHash || !known) {
        if (credential) await countWrong(credential.subject, now);
        throw new Rejection('identity.wrong-login-or-password');
      }
      await store.clearWrongPasswords(credential.subject);
      const token = newToken();
      const expiresAt = instantPlusMs(now, IDENTITY_LIMITS.sessionHours * 3_600_000);
      await store.saveSession(hashOf(token), credential.subject, now, expiresAt);
      return { token, subject: credential.subject, expiresAt };
    },
    signOut: (token) => store.endSession(hashOf(token)),
    forgetExpired: () => store.forgetExpired(clock.now()),
    subjectOf: (token) => store.sessionSubject(hashOf(token), clock.now()),
    openAccounts: (people) => store.saveCredentials(people.map((person) => ({ ...person, passwordHash: null }))),
    async invite(subject, requestKey) {
      if (await this.isActive(subject)) throw new Rejection('identity.account-active', { subject });
      const now = clock.now();
      const expiresAt = instantPlusMs(now, IDENTITY_LIMITS.invitationDays * 86_400_000);
      await runner.run(
        accountDecider,
        subject,
        { type: 'InviteAccount', data: { subject, expiresAt } },
        { now, actor: SYSTEM, requestKey },
      );
      const token = newToken();
      await store.saveInvitation(hashOf(token), subject, expiresAt);
      return { token, expiresAt };
    },
    async acceptInvitation(token, password) {
      requireUsable(password);
      const subject = await store.takeInvitation(hashOf(token), clock.now());
      if (!subject) throw new Rejection('identity.invitation-unknown');
      await store.setPassword(subject, await hash(password, IDENTITY_LIMITS.argon2));
      await store.endSessionsOf(subject);
      await record(subject, 'invitation', `account-${subject}/password/${hashOf(token).toString('hex').slice(0, 32)}`);
      return subject;
    },
    async setDemoPassword(people, password) {
      const passwordHash = await hash(password, IDENTITY_LIMITS.argon2);
      await store.saveCredentials(people.map((person) => ({ ...person, passwordHash })));
      for (const { subject } of people) await record(subject, 'embedded-demo', `account-${subject}/password/demo`);
    },
    standings: (subjects) => store.standings(subjects, clock.now()),
    async isActive(subject) {
      return (await runner.load(accountDecider, subject)).state.active;
    },
    async grantedRoles(subject) {
      return (await runner.load(accountDecider, subject)).state.roles;
    },
    accounts: (subjects) => accountsOf(runner, subjects),
  };

  async function countWrong(subject: SubjectId, now: Instant): Promise<void> {
    const until = instantPlusMs(now, IDENTITY_LIMITS.lockMinutes * 60_000);
    const count = await store.countWrongPassword(subject, IDENTITY_LIMITS.wrongPasswords, now, until);
    if (count < IDENTITY_LIMITS.wrongPasswords) return;
    await runner.run(
      accountDecider,
      subject,
      { type: 'LockAccount', data: { subject, until } },
      { now, actor: SYSTEM, requestKey: `account-${subject}/lock/${now}` },
    );
  }
}

async function accountsOf(runner: CommandRunner, subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, AccountRecord>> {
  const loaded = await runner.loadMany(accountDecider, subjects);
  return new Map(
    loaded.flatMap(({ state, version }, index): [SubjectId, AccountRecord][] => {
      const subject = subjects[index];
      return subject === undefined ? [] : [[subject, { grantedRoles: state.roles, version }]];
    }),
  );
}

let decoy: Promise<string> | undefined;
function decoyHash(): Promise<string> {
  decoy ??= hash(randomBytes(16).toString('hex'), IDENTITY_LIMITS.argon2);
  return decoy;
}

function requireUsable(password: string): void {
  if (password.length < IDENTITY_LIMITS.passwordMinChars)
    throw new Rejection('identity.password-too-short', { minChars: IDENTITY_LIMITS.passwordMinChars });
  if (password.length > IDENTITY_LIMITS.passwordMaxChars)
    throw new Rejection('identity.password-too-long', { maxChars: IDENTITY_LIMITS.passwordMaxChars });
}
