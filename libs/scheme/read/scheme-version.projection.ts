import type { RecordedEvent } from '#libs/event-store';
import { defineProjection, type RowChange } from '#libs/projections';
import type { SchemeEvent } from '../contracts/commands';
import type { SchemeStatus } from '../contracts/reader';
import { readScheme } from '../domain/reading/scheme-text';

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
  readonly approved_at: string | null;
  readonly in_force_at: string | null;
  readonly review_on: string | null;
  readonly conclusion: 'keep' | 'change' | 'retire' | null;
  readonly reviewed_at: string | null;
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
    approved_at: null,
    in_force_at: null,
    review_on: null,
    conclusion: null,
    reviewed_at: null,
  };
}

/** Comments have a table of their own; a version's row stays as it is. */
type VersionEvent = Exclude<SchemeEvent, { type: 'SchemeCommented' | 'SchemeCommentEdited' | 'SchemeCommentWithdrawn' }>;

function moved<Type extends VersionEvent['type']>(
  next: (event: RecordedEvent<Of<Type>>) => Partial<SchemeVersionRecord>,
): RowChange<Of<Type>, SchemeVersionRecord> {
  return {
    keys: ({ data }) => [[data.schemeId, data.version]],
    evolve: (row, event) => row && { ...row, ...next(event) },
  };
}

export const schemeVersionProjection = defineProjection<SchemeVersionRecord, VersionEvent>({
  name: 'scheme_version',
  version: 2,
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
    approved_at: 'timestamptz',
    in_force_at: 'timestamptz',
    review_on: 'date',
    conclusion: 'text',
    reviewed_at: 'timestamptz',
  },
  key: ['scheme_id', 'version'],
  indexes: [{ columns: ['status', 'review_on'] }],
  history: false,
  on: {
    SchemeDiscussionOpened: moved(() => ({ status: 'in-discussion' })),
    SchemeDiscussionClosed: moved(() => ({ status: 'discussed' })),
    SchemeApproved: moved(({ data }) => ({ status: 'approved', approved_by: data.approvedBy, approved_at: data.approvedAt })),
    SchemeReviewed: moved(({ data }) => ({
      conclusion: data.conclusion,
      reviewed_at: data.reviewedAt,
      review_on: data.nextReviewOn ?? null,
    })),
    SchemeRetired: moved(() => ({ status: 'retired' })),
    SchemeDrafted: {
      keys: ({ data }) => [[data.schemeId, data.version]],
      evolve: (_row, event) => drafted(event),
    },
    SchemePutInForce: {
      keys: ({ data }) => [[data.schemeId, data.version], ...(data.supersedes === undefined ? [] : [[data.schemeId, data.supersedes]])],
      evolve(row, { data }, key) {
        if (!row) return undefined;
        if (key[1] === data.supersedes) return { ...row, status: 'superseded' };
        const approved_at = row.approved_at ?? data.inForceAt;
        return {
          ...row,
          status: 'in-force',
          approved_by: data.approvedBy,
          approved_at,
          in_force_at: data.inForceAt,
          review_on: data.reviewOn,
        };
      },
    },
  },
});
