import type { EventsOf, RecordedEvent } from '#libs/event-store';
import { defineProjection } from '#libs/projections';
import type { Fact, factCorrected, factImportCompleted, factRowsSetAside, factsRecorded, importProfileSaved } from '../contracts';

/** A fact as recorded; counts once its import stands in `fact_imports`, a correction at once. */
export type FactTableRow = {
  fact_id: string;
  import_id: string;
  subject: string | null;
  unit_kind: string | null;
  unit_label: string | null;
  metric: string;
  value: string;
  happened_on: string;
  source: string;
  record_id: string;
  position: number;
  /** Of a correction: the position from which it counts; null: that of its import. */
  counts_from: number | null;
  reason: string | null;
  superseded_at: number | null;
  superseded_by: string | null;
};

export const facts = defineProjection<FactTableRow, EventsOf<readonly [typeof factsRecorded, typeof factCorrected]>>({
  name: 'facts',
  version: 2,
  columns: {
    fact_id: 'text',
    import_id: 'text',
    subject: 'text',
    unit_kind: 'text',
    unit_label: 'text',
    metric: 'text',
    value: 'numeric',
    happened_on: 'date',
    source: 'text',
    record_id: 'text',
    position: 'bigint',
    counts_from: 'bigint',
    reason: 'text',
    superseded_at: 'bigint',
    superseded_by: 'text',
  },
  key: ['fact_id'],
  indexes: [
    { columns: ['import_id'] },
    { columns: ['subject', 'metric', 'happened_on'] },
    { columns: ['unit_kind', 'metric', 'happened_on'] },
    { columns: ['source', 'record_id', 'metric'] },
  ],
  history: false,
  on: {
    FactsRecorded: {
      keys: ({ data }) => data.facts.map(({ factId }) => [factId]),
      evolve: (before, event, [factId]) => {
        const fact = event.data.facts.find((one) => one.factId === factId);
        return before ?? (fact && factRow(fact, event, event.data.importId));
      },
    },
    FactCorrected: {
      keys: ({ data }) => [[data.fact.factId], [data.supersedes]],
      evolve: (before, event, [factId]) => {
        const { fact, supersedes, reason, importId } = event.data;
        if (factId === fact.factId) return { ...factRow(fact, event, importId), counts_from: event.position, reason };
        return (
          before && { ...before, superseded_at: event.position, superseded_by: supersedes === factId ? fact.factId : before.superseded_by }
        );
      },
    },
  },
});

function factRow(fact: Fact, { position }: Pick<RecordedEvent, 'position'>, importId: string): FactTableRow {
  const { owner } = fact;
  return {
    fact_id: fact.factId,
    import_id: importId,
    subject: 'subject' in owner ? owner.subject : null,
    unit_kind: 'unit' in owner ? owner.unit : null,
    unit_label: 'unit' in owner ? owner.label : null,
    metric: fact.metric,
    value: fact.value,
    happened_on: fact.happenedOn,
    source: fact.source,
    record_id: fact.recordId,
    position,
    counts_from: null,
    reason: null,
    superseded_at: null,
    superseded_by: null,
  };
}

export type FactImportRow = {
  import_id: string;
  position: number;
  source: string;
  facts: number;
  repeated: number;
  filtered: number;
  set_aside: readonly unknown[];
  set_aside_total: number;
  complete_period: string | null;
  complete_metrics: readonly string[] | null;
  /** A list of subject ids; null: everyone. */
  complete_people: readonly string[] | null;
  completed_at: string;
};

export const factImports = defineProjection<FactImportRow, EventsOf<readonly [typeof factImportCompleted]>>({
  name: 'fact_imports',
  version: 1,
  columns: {
    import_id: 'text',
    position: 'bigint',
    source: 'text',
    facts: 'integer',
    repeated: 'integer',
    filtered: 'integer',
    set_aside: 'jsonb',
    set_aside_total: 'integer',
    complete_period: 'text',
    complete_metrics: 'jsonb',
    complete_people: 'jsonb',
    completed_at: 'timestamptz',
  },
  key: ['import_id'],
  indexes: [{ columns: ['complete_period'] }],
  history: false,
  on: {
    FactImportCompleted: {
      keys: ({ data }) => [[data.importId]],
      evolve: (before, { data, position }) =>
        before ?? {
          import_id: data.importId,
          position,
          source: data.source,
          facts: data.facts,
          repeated: data.repeated,
          filtered: data.filtered,
          set_aside: data.setAside,
          set_aside_total: data.setAsideTotal,
          complete_period: data.completeFor?.period ?? null,
          complete_metrics: data.completeFor?.metrics ?? null,
          complete_people: data.completeFor === undefined || data.completeFor.people === 'everyone' ? null : data.completeFor.people,
          completed_at: data.completedAt,
        },
    },
  },
});

export type SetAsideTableRow = {
  import_id: string;
  file_row: number;
  source: string;
  reason: string;
  owner_keys: readonly unknown[];
  facts: readonly unknown[];
};

export const factRowsAside = defineProjection<SetAsideTableRow, EventsOf<readonly [typeof factRowsSetAside]>>({
  name: 'fact_rows_aside',
  version: 1,
  columns: { import_id: 'text', file_row: 'integer', source: 'text', reason: 'text', owner_keys: 'jsonb', facts: 'jsonb' },
  key: ['import_id', 'file_row'],
  history: false,
  on: {
    FactRowsSetAside: {
      keys: ({ data }) => data.rows.map(({ row }) => [data.importId, row]),
      evolve: (_, { data }, key) => {
        const row = data.rows.find((one) => one.row === key[1]);
        return (
          row && {
            import_id: data.importId,
            file_row: row.row,
            source: data.source,
            reason: row.reason,
            owner_keys: row.ownerKeys,
            facts: row.facts,
          }
        );
      },
    },
  },
});

export type ImportProfileRow = { name: string; version: number; kind: string; definition: string };

export const importProfiles = defineProjection<ImportProfileRow, EventsOf<readonly [typeof importProfileSaved]>>({
  name: 'import_profiles',
  version: 1,
  columns: { name: 'text', version: 'integer', kind: 'text', definition: 'text' },
  key: ['name', 'version'],
  history: false,
  on: {
    ImportProfileSaved: {
      keys: ({ data }) => [[data.name, data.version]],
      evolve: (before, { data }) => before ?? { name: data.name, version: data.version, kind: data.kind, definition: data.definition },
    },
  },
});

/** Everything that the projector keeps for this feature. */
export const factsProjections = [facts, factImports, factRowsAside, importProfiles] as const;
