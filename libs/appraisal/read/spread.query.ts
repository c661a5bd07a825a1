import { asOfTable, type ReadDb } from '#libs/projections';
import { type CompiledScheme, type GradeGroup, gradeGroups } from '#libs/scheme';
import { appraisalProjection } from './appraisal.projection';

/** Scores from `from` up to, but not with, `to`; both exact. */
export interface ScoreBin {
  readonly from: string;
  readonly to: string;
  readonly people: number;
}

/** How grades and scores of a cycle lie, before or after publication. */
export interface Spread {
  /** Those with a score and without an error. */
  readonly scored: number;
  readonly lowest: string | null;
  readonly highest: string | null;
  readonly mean: string | null;
  readonly bins: readonly ScoreBin[];
  /** The whole cycle first, then each department. */
  readonly groups: readonly GradeGroup[];
}

interface Counted {
  readonly department: string;
  readonly grade: string | null;
  readonly people: number;
}

const SCORED = `cycle_id = $1 AND status NOT IN ('open', 'cancelled') AND jsonb_array_length(errors) = 0`;

/** Bins have a width that people count in, so that there are about ten of them. */
const WIDTH = `CASE WHEN high - low > 100 THEN 20 WHEN high - low > 50 THEN 10 WHEN high - low > 20 THEN 5 WHEN high - low > 10 THEN 2
  WHEN high - low > 4 THEN 1 WHEN high - low > 2 THEN 0.5 ELSE 0.2 END::numeric`;

/** Counted where it is stored: what comes back grows with bins, departments and grades, not with people. */
export async function gradesAndScores(read: ReadDb, cycleId: string, scheme: CompiledScheme, asOf?: number): Promise<Spread> {
  const table = asOfTable(appraisalProjection, asOf);
  const [counts, bins, whole] = await Promise.all([
    read.query<Counted>(`SELECT department, grade, count(*)::int AS people FROM ${table} a WHERE ${SCORED} GROUP BY 1, 2`, [cycleId]),
    read.query<ScoreBin>(
      `WITH scores AS (SELECT score FROM ${table} a WHERE ${SCORED} AND score IS NOT NULL),
         range AS (SELECT min(score) AS low, max(score) AS high FROM scores),
         width AS (SELECT ${WIDTH} AS width, low, high FROM range),
         slots AS (SELECT generate_series(floor(low / width) * width, high, width) AS from_score, width FROM width WHERE low IS NOT NULL)
       SELECT trim_scale(from_score)::text AS "from", trim_scale(from_score + width)::text AS "to",
         (SELECT count(*)::int FROM scores WHERE score >= from_score AND score < from_score + width) AS people
       FROM slots ORDER BY from_score LIMIT 200`,
      [cycleId],
    ),
    read.one<{ readonly scored: number; readonly lowest: string | null; readonly highest: string | null; readonly mean: string | null }>(
      `SELECT count(*)::int AS scored, min(score)::text AS lowest, max(score)::text AS highest, round(avg(score), 2)::text AS mean
       FROM ${table} a WHERE ${SCORED} AND score IS NOT NULL`,
      [cycleId],
    ),
  ]);
  return { scored: 0, lowest: null, highest: null, mean: null, ...whole, bins, groups: gradeGroups(scheme, counts) };
}
