import type { Client } from 'pg';

/** What the log and the read models say of a cycle, by statements of the bench's own. */
export interface CycleAccount {
  readonly opened: number;
  readonly streams: number;
  readonly subjects: number;
  readonly events: number;
  readonly head: number;
  /** Positions from 1 to the head that no event has. */
  readonly holes: number;
  readonly rows: number;
  readonly progress: readonly number[];
  /** Of the recorded opening sweep; undefined when none is recorded. */
  readonly sweep: { readonly members: number; readonly handled: number; readonly excluded: number } | undefined;
}

const OPENED = `SELECT count(*)::int AS opened, count(DISTINCT stream_id)::int AS streams,
  count(DISTINCT convert_from(payload, 'UTF8')::json ->> 'subject')::int AS subjects
  FROM log.events WHERE type = 'AppraisalOpened' AND stream_id LIKE 'appraisal-' || $1 || '.%'`;
const POSITIONS = `SELECT count(*)::int AS events, coalesce(max(position), 0)::int AS last, count(DISTINCT position)::int AS positions,
  (SELECT h.position::int FROM log.head h) AS head FROM log.events`;
const SWEEP = `SELECT convert_from(payload, 'UTF8') AS data FROM log.events
  WHERE stream_id = 'cycle-' || $1 AND type = 'CycleSweepRecorded' ORDER BY stream_version`;

/** Reads everything again, after it is done: nothing of what the run itself has counted is believed. */
export async function accountOf(client: Client, cycleId: string): Promise<CycleAccount> {
  const { rows: opened } = await client.query<Pick<CycleAccount, 'opened' | 'streams' | 'subjects'>>(OPENED, [cycleId]);
  const { rows: positions } = await client.query<{ events: number; last: number; positions: number; head: number }>(POSITIONS);
  const { rows: sweeps } = await client.query<{ data: string }>(SWEEP, [cycleId]);
  const [counts, log] = [opened[0], positions[0]];
  if (!counts || !log) throw new Error('the log gave no answer');
  return {
    ...counts,
    events: log.events,
    head: log.head,
    holes: Math.max(log.head, log.last) - log.positions,
    rows: await rowsOf(client, cycleId),
    progress: (await progressOf(client, cycleId)).map(({ members }) => members),
    sweep: sweeps.map(({ data }) => openingOf(data)).find((sweep) => sweep !== undefined),
  };
}

function openingOf(data: string): CycleAccount['sweep'] {
  const sweep = JSON.parse(data) as { step: string; members: number; handled: number; excluded: { count: number }[] };
  if (sweep.step !== 'open') return undefined;
  return { members: sweep.members, handled: sweep.handled, excluded: sweep.excluded.reduce((sum, { count }) => sum + count, 0) };
}

export async function rowsOf(client: Client, cycleId: string): Promise<number> {
  const { rows } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM read.appraisal WHERE cycle_id = $1', [cycleId]);
  return rows[0]?.n ?? 0;
}

interface Progress {
  readonly members: number;
  readonly counted: boolean;
}

/** Of the steps that the opening gives to everybody. */
export async function progressOf(client: Client, cycleId: string): Promise<readonly Progress[]> {
  const { rows } = await client.query<Progress>(
    `SELECT members, counted FROM read.cycle_progress WHERE cycle_id = $1 AND phase IN ('self-review', 'manager-review', 'second-review')`,
    [cycleId],
  );
  return rows;
}

/** Opened so far, by the head alone: nothing is counted while it is measured. */
export async function headPosition(client: Client): Promise<number> {
  const { rows } = await client.query<{ position: number }>('SELECT h.position::int AS position FROM log.head h');
  return rows[0]?.position ?? 0;
}

export async function isSweepRecorded(client: Client, cycleId: string): Promise<boolean> {
  const { rows } = await client.query<{ data: string }>(SWEEP, [cycleId]);
  return rows.some(({ data }) => openingOf(data) !== undefined);
}

/** Where a projection stands. */
export async function checkpointOf(client: Client, name: string): Promise<number> {
  const { rows } = await client.query<{ position: number }>(
    "SELECT position::int AS position FROM read.consumers WHERE name = $1 AND role = 'live'",
    [name],
  );
  return rows[0]?.position ?? 0;
}
