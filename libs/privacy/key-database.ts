import type { Pool } from 'pg';
import { isSubjectId, type SubjectId } from '#kernel';
import { PRIVACY_LIMITS, PrivacyError } from './limits';
import { newSubjectKey, type SubjectKey, type SubjectKeyStore, unwrapKey, wrapKey } from './subject-keys';

const CREATE = `
CREATE TABLE IF NOT EXISTS subject_keys (
  subject uuid PRIMARY KEY,
  version integer NOT NULL CHECK (version >= 1),
  wrapped text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now()
)`;

/**
 * The key store of processes that run apart: a PostgreSQL database of its own with its own role and backup rule.
 * Two processes that make a key for the same person at once end with the one that was stored first.
 */
export async function openKeyDatabase(pool: Pool, wrapping: Buffer): Promise<SubjectKeyStore> {
  await pool.query(CREATE);
  return new KeyDatabase(pool, wrapping);
}

class KeyDatabase implements SubjectKeyStore {
  readonly #cache = new Map<SubjectId, SubjectKey>();

  constructor(
    private readonly pool: Pool,
    private readonly wrapping: Buffer,
  ) {}

  async ensure(subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, SubjectKey>> {
    const known = await this.find(subjects);
    const missing = [...new Set(subjects)].filter((subject) => !known.has(subject));
    if (missing.length === 0) return known;
    const wrapped = missing.map((subject) => wrapKey(this.wrapping, subject, newSubjectKey()));
    await this.#query(
      'INSERT INTO subject_keys (subject, version, wrapped) SELECT s, 1, w FROM unnest($1::uuid[], $2::text[]) AS t (s, w) ON CONFLICT DO NOTHING',
      [missing, wrapped],
    );
    return this.find(subjects);
  }

  async find(subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, SubjectKey>> {
    const found = new Map<SubjectId, SubjectKey>();
    const ask: SubjectId[] = [];
    for (const subject of new Set(subjects)) {
      const key = this.#cache.get(subject);
      if (key) found.set(subject, key);
      else ask.push(subject);
    }
    if (ask.length === 0) return found;
    for (const row of await this.#query(
      'SELECT subject::text AS subject, version, wrapped FROM subject_keys WHERE subject = ANY ($1::uuid[])',
      [ask],
    )) {
      if (!isSubjectId(row.subject)) throw new PrivacyError('keys-damaged', { subject: row.subject });
      const key = unwrapKey(this.wrapping, row.subject, row.version, row.wrapped);
      found.set(row.subject, key);
      this.#remember(row.subject, key);
    }
    return found;
  }

  async forget(subjects: readonly SubjectId[]): Promise<void> {
    await this.#query('DELETE FROM subject_keys WHERE subject = ANY ($1::uuid[]) RETURNING subject::text AS subject, version, wrapped', [
      subjects,
    ]);
    for (const subject of subjects) this.#cache.delete(subject);
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  #remember(subject: SubjectId, key: SubjectKey): void {
    if (this.#cache.size >= PRIVACY_LIMITS.cachedKeys) {
      const oldest = this.#cache.keys().next();
      if (!oldest.done) this.#cache.delete(oldest.value);
    }
    this.#cache.set(subject, key);
  }

  async #query(text: string, values: readonly unknown[]): Promise<readonly { subject: string; version: number; wrapped: string }[]> {
    try {
      const result = await this.pool.query<{ subject: string; version: number; wrapped: string }>(text, [...values]);
      return result.rows;
    } catch (error) {
      throw new PrivacyError('keys-unavailable', {}, { cause: error });
    }
  }
}
