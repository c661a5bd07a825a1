import type { Pool, PoolClient } from 'pg';

/**
 * One transaction whose commit does not wait for the disk: what consumers write is derived, so after a crash of the
 * database rows and checkpoint are both as they were a moment ago and the events are taken again.
 */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query('BEGIN; SET LOCAL synchronous_commit TO off');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
