import type { EventsOf } from '#libs/event-store';
import { defineProjection } from '#libs/projections';
import type { Target, targetAccepted, targetImportCompleted, targetsSet } from '../contracts';

/** `person:<subject>`, `team:<label>`, `region:<label>`, `company:<label>`. */
export function ownerKey(owner: Target['owner']): string {
  return 'subject' in owner ? `person:${owner.subject}` : `${owner.unit}:${owner.label}`;
}

function targetKey(owner: string | number | undefined, metric: string | number | undefined, period: string | number | undefined): string {
  return `${owner} ${metric} ${period}`;
}

/** An event's targets by key, made once for the many rows that one event changes. */
const byKey = new WeakMap<object, ReadonlyMap<string, Target>>();

function targetsByKey(data: { readonly targets: readonly Target[] }): ReadonlyMap<string, Target> {
  const known = byKey.get(data);
  if (known) return known;
  const made = new Map(data.targets.map((target) => [targetKey(ownerKey(target.owner), target.metric, target.period), target]));
  byKey.set(data, made);
  return made;
}

/** A target as an import sets it; counts once its import stands in `target_imports`, until a later import sets it again. */
export type TargetTableRow = {
  owner: string;
  metric: string;
  period: string;
  import_id: string;
  value: string;
  position: number;
  reason: string | null;
};

export const targets = defineProjection<TargetTableRow, EventsOf<readonly [typeof targetsSet]>>({
  name: 'targets',
  version: 2,
  columns: { owner: 'text', metric: 'text', period: 'text', import_id: 'text', value: 'numeric', position: 'bigint', reason: 'text' },
  key: ['owner', 'metric', 'period', 'import_id'],
  indexes: [{ columns: ['import_id'] }],
  history: false,
  on: {
    TargetsSet: {
      keys: ({ data }) => data.targets.map((target) => [ownerKey(target.owner), target.metric, target.period, data.importId]),
      evolve: (before, { data, position }, [owner, metric, period]) => {
        const target = targetsByKey(data).get(targetKey(owner, metric, period));
        if (before || !target) return before;
        const { importId } = data;
        return {
          owner: ownerKey(target.owner),
          metric: target.metric,
          period: target.period,
          import_id: importId,
          value: target.value,
          position,
          reason: data.reason ?? null,
        };
      },
    },
  },
});

export type TargetImportRow = { import_id: string; position: number; targets: number; revised: number; completed_at: string };

export const targetImports = defineProjection<TargetImportRow, EventsOf<readonly [typeof targetImportCompleted]>>({
  name: 'target_imports',
  version: 1,
  columns: { import_id: 'text', position: 'bigint', targets: 'integer', revised: 'integer', completed_at: 'timestamptz' },
  key: ['import_id'],
  history: false,
  on: {
    TargetImportCompleted: {
      keys: ({ data }) => [[data.importId]],
      evolve: (before, { data, position }) =>
        before ?? { import_id: data.importId, position, targets: data.targets, revised: data.revised, completed_at: data.completedAt },
    },
  },
});

export type TargetAcceptanceRow = { subject: string; period: string; position: number; accepted_at: string };

export const targetAcceptances = defineProjection<TargetAcceptanceRow, EventsOf<readonly [typeof targetAccepted]>>({
  name: 'target_acceptances',
  version: 1,
  columns: { subject: 'text', period: 'text', position: 'bigint', accepted_at: 'timestamptz' },
  key: ['subject', 'period'],
  history: false,
  on: {
    TargetAccepted: {
      keys: ({ data }) => [[data.subject, data.period]],
      evolve: (before, { data, position }) =>
        before ?? { subject: data.subject, period: data.period, position, accepted_at: data.acceptedAt },
    },
  },
});

/** Everything that the projector keeps for this feature. */
export const targetsProjections = [targets, targetImports, targetAcceptances] as const;
