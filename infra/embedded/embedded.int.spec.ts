import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client as TemporalClient, Connection } from '@temporalio/client';
import { Client } from 'pg';
import {
  EmbeddedError,
  findTemporalBinary,
  freePort,
  isAlive,
  missingSearchAttributes,
  type RunningPostgres,
  SEARCH_ATTRIBUTES,
  startPostgres,
  startTemporal,
} from '.';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'centum-embedded-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function ask<R extends object>(postgres: RunningPostgres, sql: string): Promise<readonly R[]> {
  const client = new Client({ connectionString: postgres.url() });
  await client.connect();
  try {
    return (await client.query<R>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function withBusyPort<T>(work: (port: number) => Promise<T>): Promise<T> {
  const port = await freePort();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  try {
    return await work(port);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

describe('embedded PostgreSQL', () => {
  const start = (more: object = {}): Promise<RunningPostgres> =>
    startPostgres({
      dataDir: path.join(folder, 'pg'),
      user: 'centum',
      password: "pass'word",
      durable: false,
      dieWithProcess: { removing: [] },
      ...more,
    });

  it('counts characters whatever the locale of the machine, and takes no connection without the password', async () => {
    const before = process.env['LC_ALL'];
    process.env['LC_ALL'] = 'POSIX';
    const postgres = await start();
    try {
      await expect(ask(postgres, "SELECT char_length('考核') AS n, upper('é') AS u")).resolves.toEqual([{ n: 2, u: 'É' }]);
      const stranger = new Client({ connectionString: postgres.url().replace('word', 'wort') });
      await expect(stranger.connect()).rejects.toThrow(/password/);
    } finally {
      await postgres.stop();
      if (before === undefined) delete process.env['LC_ALL'];
      else process.env['LC_ALL'] = before;
    }
  });

  it('a server that was left running is stopped by the next start, and what it held is there', async () => {
    const left = await start();
    await ask(left, 'CREATE TABLE kept (n int)');
    await ask(left, 'INSERT INTO kept VALUES (7)');
    const next = await start();
    try {
      expect(isAlive(left.pid)).toBe(false);
      await expect(ask(next, 'SELECT n FROM kept')).resolves.toEqual([{ n: 7 }]);
    } finally {
      await next.stop();
    }
  });

  it('a server that was killed hard starts again with everything that was committed', async () => {
    const first = await start({ durable: true });
    await ask(first, 'CREATE TABLE kept (n int)');
    process.kill(first.pid, 'SIGKILL');
    const next = await start();
    try {
      await expect(ask(next, 'SELECT count(*)::int AS n FROM kept')).resolves.toEqual([{ n: 0 }]);
    } finally {
      await next.stop();
    }
  });

  it('leaves a process alone that only happens to have the noted number', async () => {
    await (await start()).stop();
    const stranger = spawn('sleep', ['60']);
    try {
      writeFileSync(path.join(folder, 'pg', 'postmaster.pid'), `${stranger.pid}\n/elsewhere\n`);
      const postgres = await start();
      await postgres.stop();
      expect(stranger.pid !== undefined && isAlive(stranger.pid)).toBe(true);
    } finally {
      stranger.kill();
    }
  });

  it('says that its server ended, unless it was stopped', async () => {
    let ended = 0;
    const killed = await start({ onExit: () => (ended += 1) });
    const exit = new Promise<void>((resolve) => {
      const timer = setInterval(() => ended > 0 && (clearInterval(timer), resolve()), 10);
    });
    process.kill(killed.pid, 'SIGKILL');
    await exit;
    const stopped = await start({ onExit: () => (ended += 1) });
    await stopped.stop();
    expect(ended).toBe(1);
  });

  it('names a busy port in one line', async () => {
    await withBusyPort(async (port) => {
      const failure = await start({ port }).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(EmbeddedError);
      expect(String(failure)).toMatch(new RegExp(`^EmbeddedError: Port ${port} is taken.*$`));
    });
  });
});

describe('embedded Temporal', () => {
  const binary = process.env['CENTUM_TEST_TEMPORAL_CLI'] ?? '';
  const start = (more: object = {}) =>
    startTemporal({ binary, folder, searchAttributes: SEARCH_ATTRIBUTES, dieWithProcess: { removing: [] }, ...more });

  it('keeps its state in a file, registers what is searched by, and stops what was left running', async () => {
    const left = await start();
    await startWorkflow(left.address);
    const next = await start();
    try {
      expect(isAlive(left.pid)).toBe(false);
      expect(await statusOf(next.address)).toBe('RUNNING');
      expect(await missingSearchAttributes({ address: next.address, namespace: 'default' })).toEqual([]);
    } finally {
      await next.stop();
    }
    expect(isAlive(next.pid)).toBe(false);
  });

  it('names a busy port in one line', async () => {
    await withBusyPort(async (port) => {
      await expect(start({ port })).rejects.toThrow(`Port ${port} is taken`);
    });
  });

  it('says why it did not start', async () => {
    const program = path.join(folder, 'temporal');
    writeFileSync(program, '#!/bin/sh\necho the disk is full >&2\nexit 1\n', { mode: 0o755 });
    await expect(start({ binary: program })).rejects.toThrow('Temporal did not start: the disk is full');
  });
});

async function withClient<T>(address: string, work: (client: TemporalClient) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await work(new TemporalClient({ connection }));
  } finally {
    await connection.close();
  }
}

function startWorkflow(address: string): Promise<unknown> {
  return withClient(address, (client) =>
    client.workflow.start('nobody', {
      taskQueue: 'nobody',
      workflowId: 'kept',
      typedSearchAttributes: [{ key: { name: 'CentumCycle', type: 'KEYWORD' }, value: 'c' }],
    }),
  );
}

function statusOf(address: string): Promise<string> {
  return withClient(address, async (client) => (await client.workflow.getHandle('kept').describe()).status.name);
}

describe("finding Temporal's program", () => {
  const program = (name: string): string => {
    const file = path.join(folder, name);
    writeFileSync(file, '#!/bin/sh\n');
    chmodSync(file, 0o755);
    return file;
  };

  it('takes the configured one, and nothing else when that is wrong', async () => {
    const file = program('mine');
    await expect(findTemporalBinary({ configured: file, cacheDir: folder })).resolves.toBe(file);
    await expect(findTemporalBinary({ configured: `${file}-gone`, cacheDir: folder })).rejects.toThrow(
      `CENTUM_TEMPORAL_BINARY names ${file}-gone, which is not a program: correct it or leave it out.`,
    );
  });

  it('then one on PATH', async () => {
    const file = program('temporal');
    const before = process.env['PATH'];
    process.env['PATH'] = `${folder}${path.delimiter}${before ?? ''}`;
    try {
      await expect(findTemporalBinary({ cacheDir: path.join(folder, 'cache') })).resolves.toBe(file);
    } finally {
      process.env['PATH'] = before;
    }
  });

  it('fetches nothing when only asked to look', async () => {
    const before = process.env['PATH'];
    process.env['PATH'] = folder;
    try {
      await expect(findTemporalBinary({ cacheDir: path.join(folder, 'cache'), onlyPresent: true })).rejects.toThrow('was not fetched yet');
    } finally {
      process.env['PATH'] = before;
    }
  });
});
