import { instant, type Instant, isInstant, period, type SubjectId } from '#kernel';
import { asOfTable, type ReadDb } from '#libs/projections';
import {
  appraisalIdOf,
  type AppraisalReader,
  type AppraisalView,
  parseAppraisalId,
  type PublishedResult,
  type PublishedScore,
} from '../contracts';
import { appraisalResultProjection, type AppraisalResultRow } from './appraisal-result.projection';
import { appraisalProjection, type AppraisalRow } from './appraisal.projection';
import { rankingQueries } from './ranking.query';
import { scoredQueries } from './scored.query';

export const APPRAISAL_READ_LIMITS = { page: 500, ofSubject: 100 } as const;

export function createAppraisalReader(read: ReadDb): AppraisalReader {
  return {
    async appraisal(appraisalId, asOf) {
      const ids = parseAppraisalId(appraisalId);
      if (!ids) return undefined;
      const row = await read.one<AppraisalRow>(
        `SELECT * FROM ${asOfTable(appraisalProjection, asOf)} a WHERE cycle_id = $1 AND subject = $2`,
        [ids.cycleId, ids.subject],
      );
      return row && appraisalViewOf(row);
    },

    async ofCycle({ cycleId, cohort, status, afterSubject, limit, asOf }) {
      const size = pageSize(limit);
      const rows = await read.query<AppraisalRow>(
        `SELECT * FROM ${asOfTable(appraisalProjection, asOf)} a
         WHERE cycle_id = $1 ${cohort === undefined ? 'AND $2::int IS NULL' : 'AND cohort = $2'}
           AND ($3::text IS NULL OR status = $3) AND subject > $4
         ORDER BY subject LIMIT $5`,
        [cycleId, cohort ?? null, status ?? null, afterSubject ?? '', size + 1],
      );
      return pageOf(rows, size, appraisalViewOf);
    },

    async inCycles({ cycleIds, subjects }) {
      if (cycleIds.length === 0 || subjects.length === 0) return new Set();
      const rows = await read.query<Pick<AppraisalRow, 'subject'>>(
        `SELECT subject FROM ${asOfTable(appraisalProjection)} a WHERE cycle_id = ANY($1) AND subject = ANY($2) AND status <> 'cancelled'`,
        [cycleIds, subjects],
      );
      return new Set(rows.map(({ subject }) => subject));
    },

    async countResults(cycleId) {
      const row = await read.one<{ readonly members: number; readonly published: number; readonly scored: number }>(
        `SELECT count(*)::int AS members, count(*) FILTER (WHERE published_at IS NOT NULL)::int AS published,
           count(*) FILTER (WHERE published_at IS NOT NULL AND score IS NOT NULL)::int AS scored
         FROM ${asOfTable(appraisalProjection)} a WHERE cycle_id = $1 AND status <> 'cancelled'`,
        [cycleId],
      );
      return { members: row?.members ?? 0, published: row?.published ?? 0, publishedWithScore: row?.scored ?? 0 };
    },

    async ofSubject(subject, limit) {
      const rows = await read.query<AppraisalRow>(
        `SELECT * FROM ${asOfTable(appraisalProjection)} a WHERE subject = $1 ORDER BY period DESC, cycle_id DESC LIMIT $2`,
        [subject, Math.min(Math.max(limit, 1), APPRAISAL_READ_LIMITS.ofSubject)],
      );
      return rows.map(appraisalViewOf);
    },

    async publishedScores({ schemeId, periods, subjects, asOf }) {
      if (periods.length === 0 || subjects.length === 0) return [];
      const rows = await read.query<PublishedScoreRow>(
        `SELECT DISTINCT ON (a.subject, a.period) a.subject, a.period, r.result->>'score' AS score, r.basis->'standings' AS standings, r.position
         FROM ${asOfTable(appraisalProjection, asOf)} a JOIN ${asOfTable(appraisalResultProjection, asOf)} r ON r.cycle_id = a.cycle_id AND r.subject = a.subject
         WHERE a.subject = ANY($1) AND a.period = ANY($2) AND a.scheme_id = $3 AND r.published_at IS NOT NULL
         ORDER BY a.subject, a.period, r.position DESC`,
        [subjects, periods, schemeId],
      );
      return rows.map((row) => ({ ...row, period: period(row.period), standings: row.standings ?? [] }));
    },

    ...rankingQueries(read),
    ...scoredQueries(read),

    async publishedResult(appraisalId, asOf) {
      const ids = parseAppraisalId(appraisalId);
      if (!ids) return undefined;
      const row = await read.one<ResultJoinRow>(`${resultSelect(asOf)} AND a.subject = $2`, [ids.cycleId, ids.subject]);
      return row && publishedOf(row);
    },

    async publishedResults({ cycleId, cohort, afterSubject, limit, asOf }) {
      const size = pageSize(limit);
      const rows = await read.query<ResultJoinRow>(
        `${resultSelect(asOf)} ${cohort === undefined ? 'AND $2::int IS NULL' : 'AND a.cohort = $2'} AND a.subject > $3 ORDER BY a.subject LIMIT $4`,
        [cycleId, cohort ?? null, afterSubject ?? '', size + 1],
      );
      return pageOf(rows, size, publishedOf);
    },
  };
}

type PublishedScoreRow = {
  readonly subject: SubjectId;
  readonly period: string;
  readonly score: string | null;
  readonly standings: PublishedScore['standings'] | null;
  readonly position: number;
};

type ResultJoinRow = AppraisalResultRow &
  Pick<AppraisalRow, 'period' | 'scheme_id' | 'scheme_version' | 'department' | 'team' | 'region' | 'site'>;

function resultSelect(asOf: number | undefined): string {
  return `SELECT r.*, a.period, a.scheme_id, a.scheme_version, a.department, a.team, a.region, a.site
    FROM ${asOfTable(appraisalProjection, asOf)} a JOIN ${asOfTable(appraisalResultProjection, asOf)} r ON r.cycle_id = a.cycle_id AND r.subject = a.subject
    WHERE a.cycle_id = $1 AND r.published_at IS NOT NULL`;
}

function pageSize(limit: number): number {
  return Math.min(Math.max(limit, 1), APPRAISAL_READ_LIMITS.page);
}

/** One row more than asked for says that there is a next page. */
function pageOf<R, V extends { readonly subject: SubjectId }>(
  rows: readonly R[],
  size: number,
  view: (row: R) => V,
): { readonly items: readonly V[]; readonly next?: SubjectId } {
  const items = rows.slice(0, size).map(view);
  const last = items.at(-1);
  return rows.length > size && last ? { items, next: last.subject } : { items };
}

function instantOrNull(text: string | null): Instant | null {
  return text !== null && isInstant(text) ? text : null;
}

export function appraisalViewOf(row: AppraisalRow): AppraisalView {
  return {
    appraisalId: appraisalIdOf(row.cycle_id, row.subject),
    cycleId: row.cycle_id,
    subject: row.subject,
    cohort: row.cohort,
    period: period(row.period),
    scheme: { schemeId: row.scheme_id, version: row.scheme_version },
    status: row.status,
    currentStep: row.current_step,
    steps: row.steps,
    manager: row.manager,
    unit: { department: row.department, team: row.team, region: row.region, site: row.site },
    score: row.score,
    grade: row.grade,
    errors: row.errors,
    amended: row.amended,
    response: row.response,
    publishedAt: instantOrNull(row.published_at),
    confirmUntil: instantOrNull(row.confirm_until),
    appealUntil: instantOrNull(row.appeal_until),
    answerUntil: instantOrNull(row.answer_until),
    version: row.version,
    position: row.position,
  };
}

function publishedOf(row: ResultJoinRow): PublishedResult {
  const { amended_by_kind: kind, amended_by_id: id, amended_at: at } = row;
  const current = { result: row.result, basis: row.basis };
  const amendment = kind !== null && id !== null && at !== null ? { kind, id, at: instant(at) } : null;
  return {
    appraisalId: appraisalIdOf(row.cycle_id, row.subject),
    cycleId: row.cycle_id,
    subject: row.subject,
    period: period(row.period),
    scheme: { schemeId: row.scheme_id, version: row.scheme_version },
    unit: { department: row.department, team: row.team, region: row.region, site: row.site },
    publishedAt: instant(row.published_at ?? ''),
    published: row.published_result && row.published_basis ? { result: row.published_result, basis: row.published_basis } : current,
    current,
    amendment,
    position: row.position,
  };
}
