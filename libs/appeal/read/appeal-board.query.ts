import type { SubjectId } from '#kernel';
import { asOfTable, type ReadDb } from '#libs/projections';
import { APPEAL_LIMITS, type AppealRow, type AppealStage, type AppealTodo, type AppealTodoKind } from '../contracts';
import { appealProjection, type AppealTableRow } from './appeal.projection';
import { appealRowOf } from './appeal.reader';

/** Whose appeals: all, one person's own, or those that a person is named on (panel, owner of a contested fact). */
export interface BoardScope {
  readonly subject?: SubjectId;
  readonly assigned?: SubjectId;
}
export interface BoardQuery extends BoardScope {
  readonly stage?: AppealStage;
  readonly cycleIds?: readonly string[];
  /** Only those that somebody still has to do something about. */
  readonly open?: boolean;
  readonly overdue?: boolean;
  readonly now: string;
  readonly after?: string;
  readonly limit: number;
}
export interface BoardPage {
  readonly items: readonly AppealRow[];
  /** Hand it back as `after`; absent on the last page. */
  readonly next?: string;
}
export interface StageCount {
  readonly stage: AppealStage;
  readonly appeals: number;
  readonly overdue: number;
}

const TABLE = asOfTable(appealProjection);
/** Nothing more is owed here; a decided one still asks whether the scheme was at fault. */
const OVER = `stage IN ('withdrawn', 'closed')`;
/**
 * The clock that runs out first; '' sorts before all: its clock is stopped until the general manager acts. What is over has none.
 * Instants are written alike, so that their texts sort as they do.
 */
const CLOCK = `CASE WHEN ${OVER} THEN '9' WHEN stage = 'panel-not-seatable' THEN ''
  WHEN stage IN ('decided', 'declined', 'declined-final', 'more-asked') THEN coalesce(state->'due'->>'at', '9')
  ELSE coalesce(least(state->'due'->>'at', state->'decideBy'->>'at'), '9') END`;
const SCOPE = `($1::text IS NULL OR subject = $1)
  AND ($2::text IS NULL OR state->>'factOwner' = $2 OR state->'panel' @> jsonb_build_array(jsonb_build_object('subject', $2::text)))`;
const LATE = `(NOT ${OVER} AND stage NOT IN ('decided', 'declined', 'declined-final') AND (overdue OR (clock > '' AND clock < $3)))`;

/** By the clock that runs out first, so that overdue ones come first and those that are over last. */
export async function appealBoard(read: ReadDb, query: BoardQuery): Promise<BoardPage> {
  const size = Math.min(Math.max(query.limit, 1), APPEAL_LIMITS.page);
  const [clock, id] = cursorOf(query.after);
  const rows = await read.query<AppealTableRow & { readonly clock: string; readonly late: boolean }>(
    `SELECT *, ${LATE} AS late FROM (SELECT *, ${CLOCK} AS clock FROM ${TABLE} a) b
     WHERE ${SCOPE} AND ($4::text IS NULL OR stage = $4) AND ($5::text[] IS NULL OR cycle_id = ANY($5))
       AND (NOT $6::boolean OR NOT ${OVER}) AND (NOT $7::boolean OR ${LATE}) AND (clock, appeal_id) > ($8, $9)
     ORDER BY clock, appeal_id LIMIT $10`,
    [
      query.subject ?? null,
      query.assigned ?? null,
      query.now,
      query.stage ?? null,
      query.cycleIds ?? null,
      query.open ?? false,
      query.overdue ?? false,
      clock,
      id,
      size + 1,
    ],
  );
  const page = rows.slice(0, size);
  const items = page.map((row) => ({ ...appealRowOf(row), overdue: row.late }));
  const last = page.at(-1);
  return rows.length > size && last ? { items, next: `${last.clock}~${last.appeal_id}` } : { items };
}

/** How many stand where, of those in scope; stages without any are left out. */
export async function appealCounts(read: ReadDb, scope: BoardScope & { readonly now: string }): Promise<readonly StageCount[]> {
  return read.query<StageCount>(
    `SELECT stage, count(*)::int AS appeals, count(*) FILTER (WHERE ${LATE})::int AS overdue
     FROM (SELECT *, ${CLOCK} AS clock FROM ${TABLE} a) b WHERE ${SCOPE} GROUP BY stage ORDER BY stage`,
    [scope.subject ?? null, scope.assigned ?? null, scope.now],
  );
}

/** Each appeal asks a person for at most one thing; in the order of the policy `possibleActs`. */
const KIND = `CASE
  WHEN subject = $1 AND stage = 'more-asked' THEN 'give-more'
  WHEN subject = $1 AND stage = 'offered' THEN 'answer-offer'
  WHEN subject = $1 THEN NULL
  WHEN stage = 'fact-owner' AND state->>'factOwner' = $1 THEN 'answer-as-fact-owner'
  WHEN stage = 'hearing' AND (state->>'heard')::boolean AND state->'panel' @> jsonb_build_array(jsonb_build_object('subject', $1::text))
    AND NOT state->'votes' @> jsonb_build_array(jsonb_build_object('member', $1::text)) THEN 'vote-on-appeal'
  WHEN $2 AND stage IN ('triage', 'escalated') AND NOT ((state->>'escalated')::boolean AND state->'triagedBy' ? $1) THEN 'triage-appeal'
  WHEN $2 AND stage = 'hearing' AND NOT (state->>'heard')::boolean THEN 'hear-appeal'
  WHEN $2 AND stage IN ('decided', 'declined-final') THEN 'close-appeal'
  WHEN $3 AND stage = 'panel-not-seatable' THEN 'name-panel'
END`;

export interface AppealTodoQuery {
  readonly person: SubjectId;
  readonly triages: boolean;
  readonly namesPanels: boolean;
  readonly after?: string;
  readonly limit: number;
}

/** What a person has to do about appeals, the most urgent first. */
export async function appealTodos(
  read: ReadDb,
  query: AppealTodoQuery,
): Promise<{ readonly items: readonly AppealTodo[]; readonly next?: string }> {
  const size = Math.min(Math.max(query.limit, 1), APPEAL_LIMITS.page);
  const [clock, id] = cursorOf(query.after);
  const rows = await read.query<AppealTableRow & { readonly kind: AppealTodoKind; readonly clock: string }>(
    `SELECT * FROM (SELECT *, ${KIND} AS kind, CASE WHEN stage = 'panel-not-seatable' THEN '' ELSE coalesce(state->'due'->>'at', '9') END AS clock
       FROM ${TABLE} a WHERE NOT ${OVER}) b
     WHERE kind IS NOT NULL AND (clock, appeal_id) > ($4, $5) ORDER BY clock, appeal_id LIMIT $6`,
    [query.person, query.triages, query.namesPanels, clock, id, size + 1],
  );
  const page = rows.slice(0, size);
  const items = page.map(({ kind, ...row }) => {
    const { appealId, cycleId, subject, stage, due } = appealRowOf(row);
    return { kind, appealId, cycleId, subject, stage, dueAt: stage === 'panel-not-seatable' ? null : (due?.at ?? null) };
  });
  const last = page.at(-1);
  return rows.length > size && last ? { items, next: `${last.clock}~${last.appeal_id}` } : { items };
}

/** The clock and the id of the last one shown; a malformed cursor starts anew. */
function cursorOf(after: string | undefined): readonly [clock: string, id: string] {
  if (after === undefined) return ['', ''];
  const at = after.indexOf('~');
  return at < 0 ? ['', ''] : [after.slice(0, at), after.slice(at + 1)];
}
