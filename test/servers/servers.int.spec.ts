import { accessSync, constants } from 'node:fs';
import { Client } from 'pg';

describe('the servers given to integration tests', () => {
  it('are a PostgreSQL 18 that counts characters, not bytes', async () => {
    const client = new Client({ connectionString: process.env['CENTUM_TEST_PG_URL'] });
    await client.connect();
    try {
      const answer = await client.query<{ encoding: string; version: string; letters: number }>(
        `SELECT current_setting('server_encoding') AS encoding, current_setting('server_version_num') AS version, char_length('申诉') AS letters`,
      );
      expect(answer.rows).toEqual([{ encoding: 'UTF8', version: expect.stringMatching(/^18/), letters: 2 }]);
    } finally {
      await client.end();
    }
  });

  it.each(['CENTUM_TEST_TEMPORAL_SERVER', 'CENTUM_TEST_TEMPORAL_CLI'])('%s names a program', (name) => {
    expect(() => accessSync(process.env[name] ?? '', constants.X_OK)).not.toThrow();
  });
});
