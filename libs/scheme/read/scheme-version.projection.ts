import type { RecordedEvent } from '#libs/event-store';
import { defineProjection } from '#libs/projections';
import type { SchemeEvent } from '../contracts/commands';
import type { SchemeStatus } from '../contracts/reader';
import { readScheme } from '../domain/scheme-text';

/** One row a version of a scheme. */
export type SchemeVersionRecord = {
  readonly scheme_id: string;
  readonly version: number;
  readonly status: SchemeStatus;
  readonly template: string | null;
  readonly title_zh: string;
  readonly title_en: string;
  readonly yaml: string;
  readonly yaml_hash: string;
  readonly drafted_by: string;
  readonly drafted_at: string;
  readonly approved_by: string | null;
  readonly in_force_at: string | null;
  readonly review_on: string | null;
};

type Of<Type extends SchemeEvent['type']> = Extract<SchemeEvent, { type: Type }>;

function drafted({ data }: RecordedEvent<Of<'SchemeDrafted'>>): SchemeVersionRecord {
  // Readable when it was drafted; should a later reader refuse it, its id still says which scheme it is.
  const reading = readScheme(data.yaml);
  const title = reading.ok ? reading.source.document.title : { 'zh-CN': data.schemeId, en: data.schemeId };
  return {
    scheme_id: data.schemeId,
    version: data.version,
    status: 'draft',
    template: data.template ?? null,
    title_zh: title['zh-CN'],
    title_en: title.en,
    yaml: data.yaml,
    yaml_hash: data.yamlHash,
    drafted_by: data.draftedBy,
    drafted_at: data.draftedAt,
    approved_by: null,
    in_force_at: null,
    review_on: null,
  };
}

export const schemeVersionProjection = defineProjection<SchemeVersionRecord, SchemeEvent>({
  name: 'scheme_version',
  version: 1,
  columns: {
    scheme_id: 'text',
    version: 'integer',
    status: 'text',
    template: 'text',
    title_zh: 'text',
    title_en: 'text',
    yaml: 'text',
    yaml_hash: 'text',
    drafted_by: 'text',
    drafted_at: 'timestamptz',
    approved_by: 'text',
    in_force_at: 'timestamptz',
    review_on: 'date',
  },
  key: ['scheme_id', 'version'],
  indexes: [{ columns: ['status'] }],
  history: false,
  on: {
    SchemeDrafted: {
      keys: ({ data }) => [[data.schemeId, data.version]],
      evolve: (_row, event) => drafted(event),
    },
    SchemePutInForce: {
      keys: ({ data }) => [[data.schemeId, data.version], ...(data.supersedes === undefined ? [] : [[data.schemeId, data.supersedes]])],
      evolve(row, { data }, key) {
        if (!row) return undefined;
        if (key[1] === data.supersedes) return { ...row, status: 'superseded' };
        return { ...row, status: 'in-force', approved_by: data.approvedBy, in_force_at: data.inForceAt, review_on: data.reviewOn };
      },
    },
    SchemeRetired: {
      keys: ({ data }) => [[data.schemeId, data.version]],
      evolve: (row) => row && { ...row, status: 'retired' },
    },
  },
});
