import type { SubjectId } from '#kernel';
import { asOfTable, type ReadDb } from '#libs/projections';
import { appraisalIdOf, type AppraisalStatus } from '../contracts';
import { appraisalProjection, type AppraisalRow } from './appraisal.projection';

/** Where one person stands in a group, without pay. */
export interface PersonByScore {
  readonly appraisalId: string;
  readonly subject: SubjectId;
  readonly department: string;
  readonly team: string | null;
  readonly status: AppraisalStatus;
  readonly score: string | null;
  readonly grade: string | null;
  readonly errors: number;
}

export interface PeopleByScoreQuery {
  /** Whose own result counts as none until it is published: neither shown nor found by its grade or its place. */
  readonly viewer: SubjectId;
  readonly cycleId: string;
  readonly department?: string | undefined;
  readonly grade?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
  readonly asOf?: number | undefined;
}

export const BY_SCORE_LIMITS = { page: 200 } as const;
/** Below every score: those without one come last. */
const NO_SCORE = '-1000000000000000';
/** `$6` is the viewer. */
const HIDDEN = '(subject = $6 AND published_at IS NULL)';

type Row = Pick<AppraisalRow, 'subject' | 'department' | 'team' | 'status' | 'score' | 'grade'> & {
  readonly errors: number;
  readonly rank: string;
};

/** The highest score first, those without a score last; equal ones by subject. At most 200 a page. */
export async function peopleByScore(
  read: ReadDb,
  { viewer, cycleId, department, grade, after, limit, asOf }: PeopleByScoreQuery,
): Promise<{ readonly items: readonly PersonByScore[]; readonly next?: string }> {
  const size = Math.min(Math.max(limit, 1), BY_SCORE_LIMITS.page);
  const [rank, subject] = cursorOf(after);
  const rows = await read.query<Row>(
    `SELECT subject, department, team, status, score, grade, errors, COALESCE(score, ${NO_SCORE})::text AS rank FROM (
       SELECT subject, department, team, status, CASE WHEN ${HIDDEN} THEN NULL ELSE score END AS score,
         CASE WHEN ${HIDDEN} THEN NULL ELSE grade END AS grade, CASE WHEN ${HIDDEN} THEN 0 ELSE jsonb_array_length(errors) END AS errors
       FROM ${asOfTable(appraisalProjection, asOf)} a
       WHERE cycle_id = $1 AND status <> 'cancelled' AND ($2::text IS NULL OR department = $2)) person
     WHERE ($3::text IS NULL OR grade = $3)
       AND ($4::numeric IS NULL OR COALESCE(score, ${NO_SCORE}) < $4 OR (COALESCE(score, ${NO_SCORE}) = $4 AND subject > $5))
     ORDER BY COALESCE(score, ${NO_SCORE}) DESC, subject LIMIT ${size + 1}`,
    [cycleId, department ?? null, grade ?? null, rank, subject, viewer],
  );
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  const items = shown.map(({ rank: _rank, ...row }) => ({ ...row, appraisalId: appraisalIdOf(cycleId, row.subject) }));
  return rows.length > size && last ? { items, next: `${last.rank}~${last.subject}` } : { items };
}

/** A cursor that somebody typed begins at the beginning. */
function cursorOf(after: string | undefined): readonly [string | null, string] {
  const [rank = '', subject = ''] = (after ?? '').split('~');
  return /^-?\d{1,16}(\.\d{1,10})?$/.test(rank) ? [rank, subject] : [null, ''];
}
