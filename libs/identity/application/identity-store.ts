import type { ClientBase, Pool } from 'pg';
import { type Instant, instant, isSubjectId, type SubjectId } from '#kernel';

const SCHEMA = [
  'CREATE SCHEMA IF NOT EXISTS identity',
  `CREATE TABLE IF NOT EXISTS identity.credentials (
     subject uuid PRIMARY KEY,
     login_key text NOT NULL UNIQUE,
     password_hash text,
     wrong_passwords integer NOT NULL DEFAULT 0,
     locked_until timestamptz
   )`,
  `CREATE TABLE IF NOT EXISTS identity.sessions (
     token_hash bytea PRIMARY KEY,
     subject uuid NOT NULL,
     made_at timestamptz NOT NULL,
     expires_at timestamptz NOT NULL
   )`,
  'CREATE INDEX IF NOT EXISTS sessions_expire ON identity.sessions (expires_at)',
  `CREATE TABLE IF NOT EXISTS identity.invitations (
     token_hash bytea PRIMARY KEY,
     subject uuid NOT NULL,
     expires_at timestamptz NOT NULL
   )`,
];

/** Creates what this feature keeps outside the log: credentials, sessions and invitations. Runs as the owner; grants to the application. */
export async function migrateIdentity(owner: Pick<ClientBase, 'query'>, applicationRole: string): Promise<void> {
  for (const statement of SCHEMA) await owner.query(statement);
  const role = `"${applicationRole.replaceAll('"', '""')}"`;
  await owner.query(`GRANT USAGE ON SCHEMA identity TO ${role}`);
  await owner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA identity TO ${role}`);
}

export interface Credential {
  readonly subject: SubjectId;
  readonly passwordHash: string | null;
  readonly wrongPasswords: number;
  readonly lockedUntil: Instant | null;
}

interface CredentialRow {
  readonly subject: string;
  readonly password_hash: string | null;
  readonly wrong_passwords: number;
  readonly locked_until: Date | null;
}

const NEXT_COUNT = 'CASE WHEN locked_until <= $3::timestamptz THEN 1 ELSE wrong_passwords + 1 END';

/** What is known of a person's account; `invitedUntil` is that of the invitation that lasts longest. */
export interface AccountStanding {
  readonly hasPassword: boolean;
  readonly lockedUntil: Instant | null;
  readonly invitedUntil: Instant | null;
}

/** Rows of credentials, sessions and invitations; tokens stand here only as SHA-256. */
export class IdentityStore {
  constructor(private readonly pool: Pool) {}

  async credential(loginKey: string): Promise<Credential | undefined> {
    const { rows } = await this.pool.query<CredentialRow>(
      'SELECT subject::text AS subject, password_hash, wrong_passwords, locked_until FROM identity.credentials WHERE login_key = $1',
      [loginKey],
    );
    const row = rows[0];
    if (!row || !isSubjectId(row.subject)) return undefined;
    return {
      subject: row.subject,
      passwordHash: row.password_hash,
      wrongPasswords: row.wrong_passwords,
      lockedUntil: row.locked_until ? instant(row.locked_until.toISOString()) : null,
    };
  }

  /** How many people already have an account of those given. */
  async saveCredentials(
    entries: readonly { readonly subject: SubjectId; readonly loginKey: string; readonly passwordHash: string | null }[],
  ): Promise<void> {
    if (entries.length === 0) return;
    await this.pool.query(
      `INSERT INTO identity.credentials (subject, login_key, password_hash)
       SELECT s, l, p FROM unnest($1::uuid[], $2::text[], $3::text[]) AS t (s, l, p)
       ON CONFLICT (subject) DO UPDATE SET login_key = excluded.login_key, password_hash = coalesce(excluded.password_hash, credentials.password_hash)`,
      [entries.map((e) => e.subject), entries.map((e) => e.loginKey), entries.map((e) => e.passwordHash)],
    );
  }

  /** Of those who have an account. */
  async standings(subjects: readonly SubjectId[], now: Instant): Promise<ReadonlyMap<SubjectId, AccountStanding>> {
    const { rows } = await this.pool.query<{
      subject: string;
      has_password: boolean;
      locked_until: Date | null;
      invited_until: Date | null;
    }>(
      `SELECT c.subject::text AS subject, c.password_hash IS NOT NULL AS has_password,
              CASE WHEN c.locked_until > $2::timestamptz THEN c.locked_until END AS locked_until,
              (SELECT max(i.expires_at) FROM identity.invitations i WHERE i.subject = c.subject AND i.expires_at > $2::timestamptz) AS invited_until
         FROM identity.credentials c WHERE c.subject = ANY($1::uuid[])`,
      [subjects, now],
    );
    const at = (date: Date | null): Instant | null => (date ? instant(date.toISOString()) : null);
    return new Map(
      rows.flatMap(({ subject, has_password: hasPassword, locked_until, invited_until }): [SubjectId, AccountStanding][] =>
        isSubjectId(subject) ? [[subject, { hasPassword, lockedUntil: at(locked_until), invitedUntil: at(invited_until) }]] : [],
      ),
    );
  }

  async setPassword(subject: SubjectId, passwordHash: string): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      'UPDATE identity.credentials SET password_hash = $2, wrong_passwords = 0, locked_until = NULL WHERE subject = $1',
      [subject, passwordHash],
    );
    return rowCount === 1;
  }

  /** Counts a wrong password; locks from the `limit`-th on; begins again at 1 when a lock has passed. Returns the count. */
  async countWrongPassword(subject: SubjectId, limit: number, now: Instant, lockedUntil: Instant): Promise<number> {
    const { rows } = await this.pool.query<{ wrong_passwords: number }>(
      `UPDATE identity.credentials SET wrong_passwords = ${NEXT_COUNT},
         locked_until = CASE WHEN ${NEXT_COUNT} >= $2 THEN $4::timestamptz END
       WHERE subject = $1 RETURNING wrong_passwords`,
      [subject, limit, now, lockedUntil],
    );
    return rows[0]?.wrong_passwords ?? 0;
  }

  async clearWrongPasswords(subject: SubjectId): Promise<void> {
    await this.pool.query(
      'UPDATE identity.credentials SET wrong_passwords = 0, locked_until = NULL WHERE subject = $1 AND (wrong_passwords > 0 OR locked_until IS NOT NULL)',
      [subject],
    );
  }

  async saveSession(tokenHash: Buffer, subject: SubjectId, madeAt: Instant, expiresAt: Instant): Promise<void> {
    await this.pool.query('INSERT INTO identity.sessions (token_hash, subject, made_at, expires_at) VALUES ($1, $2, $3, $4)', [
      tokenHash,
      subject,
      madeAt,
      expiresAt,
    ]);
  }

  async sessionSubject(tokenHash: Buffer, now: Instant): Promise<SubjectId | undefined> {
    const { rows } = await this.pool.query<{ subject: string }>(
      'SELECT subject::text AS subject FROM identity.sessions WHERE token_hash = $1 AND expires_at > $2',
      [tokenHash, now],
    );
    const subject = rows[0]?.subject;
    return subject !== undefined && isSubjectId(subject) ? subject : undefined;
  }

  async endSession(tokenHash: Buffer): Promise<void> {
    await this.pool.query('DELETE FROM identity.sessions WHERE token_hash = $1', [tokenHash]);
  }

  async endSessionsOf(subject: SubjectId): Promise<void> {
    await this.pool.query('DELETE FROM identity.sessions WHERE subject = $1', [subject]);
  }

  /** Deletes the sessions and invitations whose time is over. */
  async forgetExpired(now: Instant): Promise<void> {
    await this.pool.query('DELETE FROM identity.sessions WHERE expires_at <= $1', [now]);
    await this.pool.query('DELETE FROM identity.invitations WHERE expires_at <= $1', [now]);
  }

  async saveInvitation(tokenHash: Buffer, subject: SubjectId, expiresAt: Instant): Promise<void> {
    await this.pool.query('INSERT INTO identity.invitations (token_hash, subject, expires_at) VALUES ($1, $2, $3)', [
      tokenHash,
      subject,
      expiresAt,
    ]);
  }

  /** Takes the invitation: it works once. */
  async takeInvitation(tokenHash: Buffer, now: Instant): Promise<SubjectId | undefined> {
    const { rows } = await this.pool.query<{ subject: string }>(
      'DELETE FROM identity.invitations WHERE token_hash = $1 AND expires_at > $2 RETURNING subject::text AS subject',
      [tokenHash, now],
    );
    const subject = rows[0]?.subject;
    return subject !== undefined && isSubjectId(subject) ? subject : undefined;
  }
}
