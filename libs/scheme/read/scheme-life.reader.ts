import { actorId, instant, PersonalText, plainDay } from '#kernel';
import { asOfTable, type ReadDb } from '#libs/projections';
import { SCHEME_LIFE_LIMITS } from '../contracts/life-events';
import type { SchemeCommentRow, SchemeDiscussionRow, SchemeLifeReader } from '../contracts/life-reader';
import { type SchemeAcknowledgementRecord, schemeAcknowledgementProjection } from './scheme-acknowledgement.projection';
import {
  type SchemeCommentRecord,
  schemeCommentProjection,
  type SchemeDiscussionRecord,
  schemeDiscussionProjection,
  type SchemeReviewRecord,
  schemeReviewProjection,
} from './scheme-discussion.projection';
import { schemeNoteProjection, type SchemeNoteRecord } from './scheme-note.projection';
import { schemeVersionProjection, type SchemeVersionRecord } from './scheme-version.projection';
import { versionRowOf } from './scheme.reader';

const MOST_TO_ACKNOWLEDGE = 50;
const MOST_TO_COMMENT = 50;
const MOST_PAGE = 500;
const MOST_NOTES = 200;

export function createSchemeLifeReader(read: ReadDb): SchemeLifeReader {
  const discussions = asOfTable(schemeDiscussionProjection);
  const comments = asOfTable(schemeCommentProjection);
  const reviews = asOfTable(schemeReviewProjection);
  const notes = asOfTable(schemeNoteProjection);
  const versions = asOfTable(schemeVersionProjection);
  return {
    async discussion(schemeId, version) {
      const row = await read.one<SchemeDiscussionRecord>(`SELECT * FROM ${discussions} d WHERE scheme_id = $1 AND version = $2`, [
        schemeId,
        version,
      ]);
      return row && discussionOf(row);
    },
    async comments(schemeId, version) {
      const rows = await read.query<SchemeCommentRecord>(
        `SELECT * FROM ${comments} c WHERE scheme_id = $1 AND version = $2 ORDER BY commented_at, comment_id LIMIT $3`,
        [schemeId, version, SCHEME_LIFE_LIMITS.comments],
      );
      return rows.map(commentOf);
    },
    async toComment(subject) {
      const rows = await read.query<
        Pick<SchemeVersionRecord, 'scheme_id' | 'version' | 'title_zh' | 'title_en'> & { readonly until: string | null }
      >(
        `SELECT d.scheme_id, d.version, s.title_zh, s.title_en, d.until
         FROM ${discussions} d JOIN ${versions} s ON s.scheme_id = d.scheme_id AND s.version = d.version
         WHERE d.closed_at IS NULL AND s.status = 'in-discussion' AND d.invited @> jsonb_build_array(jsonb_build_object('subject', $1::text))
           AND NOT EXISTS (SELECT 1 FROM ${comments} c WHERE c.scheme_id = d.scheme_id AND c.version = d.version AND c.commenter = $1 AND c.text IS NOT NULL)
         ORDER BY d.until NULLS LAST, d.scheme_id, d.version LIMIT ${MOST_TO_COMMENT}`,
        [subject],
      );
      return rows.map(({ scheme_id: schemeId, version, title_zh, title_en, until }) => ({
        schemeId,
        version,
        title: { 'zh-CN': title_zh, en: title_en },
        until: until === null ? null : plainDay(until),
      }));
    },
    ...acknowledgementReader(read),
    async reviews(schemeId, version) {
      const rows = await read.query<SchemeReviewRecord>(
        `SELECT * FROM ${reviews} r WHERE scheme_id = $1 AND version = $2 ORDER BY reviewed_at LIMIT ${SCHEME_LIFE_LIMITS.reviewsDue}`,
        [schemeId, version],
      );
      return rows.map((row) => ({
        conclusion: row.conclusion,
        nextReviewOn: row.next_review_on === null ? null : plainDay(row.next_review_on),
        reason: PersonalText.fromStored(row.reason),
        reviewedBy: actorId(row.reviewed_by),
        reviewedAt: instant(row.reviewed_at),
      }));
    },
    async notes(cycleIds) {
      const rows = await read.query<SchemeNoteRecord>(
        `SELECT * FROM ${notes} n WHERE cycle_id = ANY($1) ORDER BY closed_at DESC, appeal_id LIMIT ${MOST_NOTES}`,
        [cycleIds],
      );
      return rows.map((row) => ({
        cycleId: row.cycle_id,
        appealId: row.appeal_id,
        outcome: row.outcome,
        note: row.note && PersonalText.fromStored(row.note),
        closedAt: instant(row.closed_at),
      }));
    },
    async reviewsDue(on) {
      const rows = await read.query<SchemeVersionRecord>(
        `SELECT * FROM ${versions} s WHERE status = 'in-force' AND review_on <= $1::date
         ORDER BY review_on, scheme_id LIMIT ${SCHEME_LIFE_LIMITS.reviewsDue}`,
        [on],
      );
      return rows.map(versionRowOf);
    },
  };
}

type AcknowledgementReader = Pick<SchemeLifeReader, 'acknowledgements' | 'notAcknowledged' | 'toAcknowledge' | 'concerns'>;

function acknowledgementReader(read: ReadDb): AcknowledgementReader {
  const acknowledgements = asOfTable(schemeAcknowledgementProjection);
  return {
    async acknowledgements(schemeId, version) {
      const row = await read.one<{ readonly concerned: number; readonly acknowledged: number }>(
        `SELECT count(*)::int AS concerned, count(acknowledged_at)::int AS acknowledged
         FROM ${acknowledgements} a WHERE scheme_id = $1 AND version = $2`,
        [schemeId, version],
      );
      return row ?? { concerned: 0, acknowledged: 0 };
    },
    async notAcknowledged({ schemeId, version, afterSubject, limit }) {
      const size = Math.min(Math.max(limit, 1), MOST_PAGE);
      const rows = await read.query<SchemeAcknowledgementRecord>(
        `SELECT * FROM ${acknowledgements} a
         WHERE scheme_id = $1 AND version = $2 AND acknowledged_at IS NULL AND subject > $3 ORDER BY subject LIMIT $4`,
        [schemeId, version, afterSubject ?? '', size + 1],
      );
      const items = rows.slice(0, size).map(({ subject, concerned_since }) => ({ subject, concernedSince: instant(concerned_since) }));
      const last = items.at(-1);
      return rows.length > size && last ? { items, next: last.subject } : { items };
    },
    async toAcknowledge(subject) {
      const rows = await read.query<SchemeAcknowledgementRecord>(
        `SELECT * FROM ${acknowledgements} a WHERE subject = $1 AND acknowledged_at IS NULL
         ORDER BY concerned_since DESC, scheme_id, version LIMIT ${MOST_TO_ACKNOWLEDGE}`,
        [subject],
      );
      return rows.map((row) => ({ schemeId: row.scheme_id, version: row.version, concernedSince: instant(row.concerned_since) }));
    },
    async concerns(schemeId, version, subject) {
      const row = await read.one(`SELECT 1 AS found FROM ${acknowledgements} a WHERE scheme_id = $1 AND version = $2 AND subject = $3`, [
        schemeId,
        version,
        subject,
      ]);
      return row !== undefined;
    },
  };
}

function discussionOf(row: SchemeDiscussionRecord): SchemeDiscussionRow {
  return {
    schemeId: row.scheme_id,
    version: row.version,
    invited: row.invited,
    until: row.until === null ? null : plainDay(row.until),
    openedBy: actorId(row.opened_by),
    openedAt: instant(row.opened_at),
    closedAt: row.closed_at === null ? null : instant(row.closed_at),
    closedBy: row.closed_by === null ? null : actorId(row.closed_by),
    summary: row.summary && PersonalText.fromStored(row.summary),
    silent: row.silent,
  };
}

function commentOf(row: SchemeCommentRecord): SchemeCommentRow {
  return {
    commentId: row.comment_id,
    by: row.commenter,
    about: row.about,
    text: row.text && PersonalText.fromStored(row.text),
    commentedAt: instant(row.commented_at),
    editedAt: row.edited_at === null ? null : instant(row.edited_at),
  };
}
