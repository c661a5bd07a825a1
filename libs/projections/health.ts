import type { Pool } from 'pg';
import type { LogHead } from '#libs/event-store';
import { type ConsumerKind, type ConsumerRole, type Parked, readConsumers } from './consumer-store';
import { readTypes } from './row-codec';
import { READ_SCHEMA } from './sql-names';

export interface ConsumerHealth {
  readonly name: string;
  readonly role: ConsumerRole;
  readonly kind: ConsumerKind;
  readonly version: number;
  readonly epoch: number;
  readonly position: number;
  /** Events of the log that it has not taken yet. */
  readonly behind: number;
  readonly state: 'following' | 'building' | 'parked' | 'other-epoch' | 'ahead-of-log';
  readonly parked: Parked | null;
  readonly rejections: number;
  readonly lastRejection: string | null;
}

export interface BridgeAlarm {
  readonly streamId: string;
  readonly route: string;
  readonly position: number;
  readonly code: string;
  readonly raisedAt: string;
}

export interface ProjectorHealth {
  /** False when a consumer is parked or in a wrong place, or a bridge alarm stands. */
  readonly ok: boolean;
  readonly epoch: number;
  readonly position: number;
  readonly consumers: readonly ConsumerHealth[];
  readonly alarms: readonly BridgeAlarm[];
}

/** Read from the store, so every process sees the same. */
export async function projectorHealth(pool: Pool, head: LogHead): Promise<ProjectorHealth> {
  const consumers = (await readConsumers(pool)).map((row): ConsumerHealth => {
    const { name, role, kind, version, epoch, position, parked, rejections, lastRejection } = row;
    const behind = Math.max(0, head.position - position);
    return { name, role, kind, version, epoch, position, behind, state: stateOf(row, head), parked, rejections, lastRejection };
  });
  const { rows: alarms } = await pool.query<BridgeAlarm>({
    text: `SELECT stream_id AS "streamId", route, position, code, raised_at AS "raisedAt" FROM ${READ_SCHEMA}.bridge_alarms ORDER BY position LIMIT 1000`,
    types: readTypes,
  });
  const well = consumers.every(({ state }) => state === 'following' || state === 'building');
  return { ok: well && alarms.length === 0, epoch: head.epoch, position: head.position, consumers, alarms };
}

function stateOf(
  row: { readonly role: ConsumerRole; readonly epoch: number; readonly position: number; readonly parked: Parked | null },
  head: LogHead,
): ConsumerHealth['state'] {
  if (row.parked) return 'parked';
  if (row.role === 'building') return 'building';
  if (row.epoch !== head.epoch) return 'other-epoch';
  return row.position > head.position ? 'ahead-of-log' : 'following';
}
