import type { ReadDb } from '#libs/projections';
import { TARGETS_THAT_HOLD } from './targets.query';

export interface HeldTarget {
  readonly owner: string;
  readonly metric: string;
  readonly period: string;
  readonly value: string;
}

/** What imports of targets ask the read models, which must have reached the log's head first. */
export interface TargetStore {
  reach(position: number): Promise<void>;
  held(owners: readonly string[], metrics: readonly string[], periods: readonly string[]): Promise<readonly HeldTarget[]>;
}

const WAIT_MS = 60_000;
const PROJECTIONS = ['targets', 'target_imports', 'declared_metrics', 'person_identities', 'people_imports'] as const;
const OWNERS_AT_ONCE = 5_000;

export function createTargetStore(db: ReadDb): TargetStore {
  return {
    async reach(position) {
      for (const projection of PROJECTIONS) await db.waitForProjection(projection, position, WAIT_MS);
    },
    async held(owners, metrics, periods) {
      const found: HeldTarget[] = [];
      for (let first = 0; first < owners.length; first += OWNERS_AT_ONCE) {
        const page = owners.slice(first, first + OWNERS_AT_ONCE);
        found.push(...(await db.query<HeldTarget & { position: number }>(TARGETS_THAT_HOLD, [null, page, metrics, periods])));
      }
      return found;
    },
  };
}
