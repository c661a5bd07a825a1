import type { SealedText, SubjectId } from '#kernel';
import { defineProjection } from '#libs/projections';
import type { SchemeEvent } from '../contracts/events';
import type { InvitedCommenter } from '../contracts/life-events';

/** As a jsonb cell: a row's types fit an index signature, which an interface does not. */
type StoredText = Pick<SealedText, keyof SealedText>;

/** One row a version that is or was discussed. */
export type SchemeDiscussionRecord = {
  readonly scheme_id: string;
  readonly version: number;
  readonly invited: readonly InvitedCommenter[];
  readonly until: string | null;
  readonly opened_by: string;
  readonly opened_at: string;
  readonly closed_by: string | null;
  readonly closed_at: string | null;
  readonly summary: StoredText | null;
  readonly silent: readonly string[];
};

type DiscussionEvent = Extract<SchemeEvent, { type: 'SchemeDiscussionOpened' | 'SchemeDiscussionClosed' }>;

export const schemeDiscussionProjection = defineProjection<SchemeDiscussionRecord, DiscussionEvent>({
  name: 'scheme_discussion',
  version: 1,
  columns: {
    scheme_id: 'text',
    version: 'integer',
    invited: 'jsonb',
    until: 'date',
    opened_by: 'text',
    opened_at: 'timestamptz',
    closed_by: 'text',
    closed_at: 'timestamptz',
    summary: 'jsonb',
    silent: 'jsonb',
  },
  key: ['scheme_id', 'version'],
  history: false,
  on: {
    SchemeDiscussionOpened: {
      keys: ({ data }) => [[data.schemeId, data.version]],
      evolve: (row, { data }) => ({
        scheme_id: data.schemeId,
        version: data.version,
        invited: data.invited,
        until: data.until ?? null,
        opened_by: row?.opened_by ?? data.openedBy,
        opened_at: row?.opened_at ?? data.openedAt,
        closed_by: null,
        closed_at: null,
        summary: null,
        silent: [],
      }),
    },
    SchemeDiscussionClosed: {
      keys: ({ data }) => [[data.schemeId, data.version]],
      evolve: (row, { data }) =>
        row && { ...row, closed_by: data.closedBy, closed_at: data.closedAt, summary: data.summary.toJSON(), silent: data.silent },
    },
  },
});

/** One row a comment, as it reads now. */
export type SchemeCommentRecord = {
  readonly scheme_id: string;
  readonly version: number;
  readonly comment_id: string;
  readonly commenter: SubjectId;
  readonly about: string | null;
  readonly text: StoredText | null;
  readonly commented_at: string;
  readonly edited_at: string | null;
};

type CommentEvent = Extract<SchemeEvent, { type: 'SchemeCommented' | 'SchemeCommentEdited' | 'SchemeCommentWithdrawn' }>;

export const schemeCommentProjection = defineProjection<SchemeCommentRecord, CommentEvent>({
  name: 'scheme_comment',
  version: 1,
  columns: {
    scheme_id: 'text',
    version: 'integer',
    comment_id: 'text',
    commenter: 'text',
    about: 'text',
    text: 'jsonb',
    commented_at: 'timestamptz',
    edited_at: 'timestamptz',
  },
  key: ['scheme_id', 'version', 'comment_id'],
  history: false,
  on: {
    SchemeCommented: {
      keys: ({ data }) => [[data.schemeId, data.version, data.commentId]],
      evolve: (row, { data }) =>
        row ?? {
          scheme_id: data.schemeId,
          version: data.version,
          comment_id: data.commentId,
          commenter: data.by,
          about: data.about ?? null,
          text: data.text.toJSON(),
          commented_at: data.commentedAt,
          edited_at: null,
        },
    },
    SchemeCommentEdited: {
      keys: ({ data }) => [[data.schemeId, data.version, data.commentId]],
      evolve: (row, { data }) => row && { ...row, text: data.text.toJSON(), edited_at: data.editedAt },
    },
    SchemeCommentWithdrawn: {
      keys: ({ data }) => [[data.schemeId, data.version, data.commentId]],
      evolve: (row, { data }) => row && { ...row, text: null, edited_at: data.withdrawnAt },
    },
  },
});

/** One row a conclusion of a review. */
export type SchemeReviewRecord = {
  readonly scheme_id: string;
  readonly version: number;
  readonly reviewed_at: string;
  readonly conclusion: 'keep' | 'change' | 'retire';
  readonly next_review_on: string | null;
  readonly reason: StoredText;
  readonly reviewed_by: string;
};

type ReviewEvent = Extract<SchemeEvent, { type: 'SchemeReviewed' }>;

export const schemeReviewProjection = defineProjection<SchemeReviewRecord, ReviewEvent>({
  name: 'scheme_review',
  version: 1,
  columns: {
    scheme_id: 'text',
    version: 'integer',
    /** Text, being part of the key. */
    reviewed_at: 'text',
    conclusion: 'text',
    next_review_on: 'date',
    reason: 'jsonb',
    reviewed_by: 'text',
  },
  key: ['scheme_id', 'version', 'reviewed_at'],
  history: false,
  on: {
    SchemeReviewed: {
      keys: ({ data }) => [[data.schemeId, data.version, data.reviewedAt]],
      evolve: (_row, { data }) => ({
        scheme_id: data.schemeId,
        version: data.version,
        reviewed_at: data.reviewedAt,
        conclusion: data.conclusion,
        next_review_on: data.nextReviewOn ?? null,
        reason: data.reason.toJSON(),
        reviewed_by: data.reviewedBy,
      }),
    },
  },
});
