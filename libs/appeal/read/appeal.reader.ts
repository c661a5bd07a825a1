import { instant, PersonalText } from '#kernel';
import { asOfTable, type ReadDb } from '#libs/projections';
import { APPEAL_LIMITS, type AppealPage, type AppealReader, type AppealRow } from '../contracts';
import { appealProjection, type AppealTableRow } from './appeal.projection';

export function createAppealReader(read: ReadDb): AppealReader {
  const table = (asOf?: number): string => asOfTable(appealProjection, asOf);
  return {
    async appeal(appealId, asOf) {
      const row = await read.one<AppealTableRow>(`SELECT * FROM ${table(asOf)} a WHERE appeal_id = $1`, [appealId]);
      return row && appealRowOf(row);
    },
    async list({ cycleId, stage, subject, assigned, after, limit }) {
      const size = pageSize(limit);
      const rows = await read.query<AppealTableRow>(
        `SELECT * FROM ${table()} a
         WHERE ($1::text IS NULL OR cycle_id = $1) AND ($2::text IS NULL OR stage = $2) AND ($3::text IS NULL OR subject = $3)
           AND ($4::text IS NULL OR state->>'factOwner' = $4 OR state->'panel' @> jsonb_build_array(jsonb_build_object('subject', $4::text)))
           AND appeal_id > $5
         ORDER BY appeal_id LIMIT $6`,
        [cycleId ?? null, stage ?? null, subject ?? null, assigned ?? null, after ?? '', size + 1],
      );
      return pageOf(rows, size);
    },
    async holding({ cycleId, after, limit }) {
      const size = pageSize(limit);
      const rows = await read.query<AppealTableRow>(
        `SELECT * FROM ${table()} a WHERE cycle_id = $1 AND holds AND appeal_id > $2 ORDER BY appeal_id LIMIT $3`,
        [cycleId, after ?? '', size + 1],
      );
      return pageOf(rows, size);
    },
    async openCount(cycleId) {
      const row = await read.one<{ readonly open: number }>(
        `SELECT count(*)::int AS open FROM ${table()} a WHERE cycle_id = $1 AND stage NOT IN ('withdrawn', 'closed')`,
        [cycleId],
      );
      return row?.open ?? 0;
    },
  };
}

function pageSize(limit: number): number {
  return Math.min(Math.max(limit, 1), APPEAL_LIMITS.page);
}

/** One row more than asked for says that there is a next page. */
function pageOf(rows: readonly AppealTableRow[], size: number): AppealPage {
  const items = rows.slice(0, size).map(appealRowOf);
  const last = items.at(-1);
  return rows.length > size && last ? { items, next: last.appealId } : { items };
}

/** A row of the table as readers get it. */
export function appealRowOf(row: AppealTableRow): AppealRow {
  const { state } = row;
  return {
    appealId: row.appeal_id,
    cycleId: row.cycle_id,
    appraisalId: state.appraisalId,
    subject: row.subject,
    stage: state.stage,
    round: state.round,
    late: state.late,
    holds: row.holds,
    grounds: state.grounds,
    lines: state.lines,
    evidence: row.evidence.map(({ name, ...file }) => ({ ...file, name: PersonalText.fromStored(name) })),
    texts: row.texts.map(({ what, by, at, text }) => ({ what, by, at: instant(at), text: PersonalText.fromStored(text) })),
    filedAt: instant(row.filed_at),
    due: state.due ?? null,
    decideBy: state.decideBy ?? null,
    overdue: row.overdue,
    factOwner: state.factOwner ?? null,
    corrections: state.corrections,
    panel: state.panel,
    chair: state.chair ?? null,
    votes: state.votes.map(({ member, verdict }) => ({ member, verdict })),
    verdict: state.verdict ?? null,
    version: row.version,
    position: row.position,
  };
}
