import type { SubjectId } from '#kernel';
import { defineProjection, type RowChange } from '#libs/projections';
import { type AppraisalEvent, parseAppraisalId, type ScoreBasis, type ScoreResult } from '../contracts';
import { appraisalKey } from './appraisal.projection';

/** The result of an appraisal from its first scoring; the published one stays beside an amended one. */
export type AppraisalResultRow = {
  readonly cycle_id: string;
  readonly subject: SubjectId;
  /** The result that holds now. */
  readonly result: ScoreResult;
  readonly basis: ScoreBasis;
  /** Set once amended: what was published. */
  readonly published_result: ScoreResult | null;
  readonly published_basis: ScoreBasis | null;
  readonly published_at: string | null;
  readonly amended_by_kind: 'appeal' | 'correction' | null;
  readonly amended_by_id: string | null;
  readonly amended_at: string | null;
  readonly position: number;
};

type ResultEvent = Extract<AppraisalEvent, { readonly type: 'AppraisalScored' | 'AppraisalPublished' | 'AppraisalAmended' }>;
type EventOf<T extends ResultEvent['type']> = Extract<ResultEvent, { readonly type: T }>;

const scored: RowChange<EventOf<'AppraisalScored'>, AppraisalResultRow> = {
  keys: appraisalKey,
  evolve: (row, { streamId, data, position }) => {
    const ids = parseAppraisalId(streamId.slice('appraisal-'.length));
    return ids
      ? {
          cycle_id: ids.cycleId,
          subject: ids.subject,
          result: data.result,
          basis: data.basis,
          published_result: null,
          published_basis: null,
          published_at: null,
          amended_by_kind: null,
          amended_by_id: null,
          amended_at: null,
          position,
        }
      : row;
  },
};

const published: RowChange<EventOf<'AppraisalPublished'>, AppraisalResultRow> = {
  keys: appraisalKey,
  evolve: (row, { data, position }) => row && { ...row, published_at: data.publishedAt, position },
};

const amended: RowChange<EventOf<'AppraisalAmended'>, AppraisalResultRow> = {
  keys: appraisalKey,
  evolve: (row, { data, position }) =>
    row && {
      ...row,
      result: data.result,
      basis: data.basis,
      published_result: row.published_result ?? row.result,
      published_basis: row.published_basis ?? row.basis,
      amended_by_kind: data.cause.kind,
      amended_by_id: data.cause.id,
      amended_at: data.amendedAt,
      position,
    },
};

export const appraisalResultProjection = defineProjection<AppraisalResultRow, ResultEvent>({
  name: 'appraisal_result',
  version: 1,
  columns: {
    cycle_id: 'text',
    subject: 'text',
    result: 'jsonb',
    basis: 'jsonb',
    published_result: 'jsonb',
    published_basis: 'jsonb',
    published_at: 'timestamptz',
    amended_by_kind: 'text',
    amended_by_id: 'text',
    amended_at: 'timestamptz',
    position: 'bigint',
  },
  key: ['cycle_id', 'subject'],
  history: true,
  on: { AppraisalScored: scored, AppraisalPublished: published, AppraisalAmended: amended },
});
