import type { SubjectId } from '#kernel';
import { asOfTable, type ReadDb } from '#libs/projections';
import { type CompiledScheme, type GroupFinding, groupFindings } from '#libs/scheme';
import { appraisalIdOf, type Step } from '../contracts';
import { appraisalProjection, type AppraisalRow } from './appraisal.projection';

export const FINDING_LIMITS = { page: 200, errors: 500 } as const;

/** A result that can't come out as it stands: every error by its code and key. */
export interface ResultWithErrors {
  readonly appraisalId: string;
  readonly subject: SubjectId;
  readonly errors: readonly { readonly code: string; readonly key: string }[];
}

/** `step-open`: until its deadline; `on-hold`: nobody did it in time and the scheme waits; `to-be-scored`: all is in. */
export type WaitingReason = 'step-open' | 'on-hold' | 'to-be-scored';

/** An appraisal without a score, and what it waits for. */
export interface WaitingAppraisal {
  readonly appraisalId: string;
  readonly subject: SubjectId;
  readonly reason: WaitingReason;
  /** The step that is open; null when none is. */
  readonly step: Step | null;
  /** Whose step it is: a person, or whoever has the role. */
  readonly reviewer: SubjectId | null;
  readonly role: string | null;
}

/** One error, and how many results have it. */
export interface ErrorCount {
  readonly code: string;
  readonly key: string;
  readonly people: number;
}

/** Where a cycle stands before it is published. */
export interface CycleFindings {
  readonly members: number;
  /** Not scored yet. */
  readonly waiting: number;
  readonly withErrors: number;
  /** The most frequent first; at most 500. */
  readonly errors: readonly ErrorCount[];
  /** Limits and targets of groups; shown, never corrected by themselves. */
  readonly groups: readonly GroupFinding[];
}

interface StatusCount {
  readonly department: string;
  readonly status: string;
  readonly grade: string | null;
  readonly failed: boolean;
  readonly people: number;
}

/** Counted where it is stored: what comes back grows with departments, grades and errors, not with people. */
export async function findingsOf(read: ReadDb, cycleId: string, scheme: CompiledScheme): Promise<CycleFindings> {
  const [counts, errors] = await Promise.all([
    read.query<StatusCount>(
      `SELECT department, status, grade, jsonb_array_length(errors) > 0 AS failed, count(*)::int AS people
         FROM ${asOfTable(appraisalProjection)} a WHERE cycle_id = $1 AND status <> 'cancelled' GROUP BY 1, 2, 3, 4`,
      [cycleId],
    ),
    read.query<ErrorCount>(
      `SELECT e->>'code' AS code, e->>'key' AS key, count(*)::int AS people
         FROM ${asOfTable(appraisalProjection)} a, jsonb_array_elements(a.errors) e
         WHERE cycle_id = $1 AND status <> 'cancelled' GROUP BY 1, 2 ORDER BY 3 DESC, 2, 1 LIMIT ${FINDING_LIMITS.errors}`,
      [cycleId],
    ),
  ]);
  const sum = (which: (count: StatusCount) => boolean): number => counts.filter(which).reduce((total, { people }) => total + people, 0);
  return {
    members: sum(() => true),
    waiting: sum(({ status }) => status === 'open'),
    withErrors: sum(({ failed }) => failed),
    errors,
    groups: groupFindings(
      scheme,
      counts.filter(({ status, failed }) => status !== 'open' && !failed),
    ),
  };
}

interface FindingsPage {
  readonly cycleId: string;
  /** The last subject of the page before. */
  readonly after?: SubjectId;
  readonly limit: number;
}

/** Nobody sees the errors of their own result before it is published; `$4` is the viewer. */
const WITH_ERRORS = 'jsonb_array_length(errors) > 0 AND NOT (subject = $4 AND published_at IS NULL)';

/** By subject, for a viewer. */
export async function resultsWithErrors(
  read: ReadDb,
  query: FindingsPage & { readonly viewer: SubjectId },
): Promise<{ readonly items: readonly ResultWithErrors[]; readonly next?: SubjectId }> {
  const asked = { query, columns: 'subject, errors', condition: WITH_ERRORS, params: [query.viewer] };
  const { items, next } = await pageOf<'subject' | 'errors'>(read, asked);
  const results = items.map(({ subject, errors }) => ({ appraisalId: appraisalIdOf(query.cycleId, subject), subject, errors }));
  return next === undefined ? { items: results } : { items: results, next };
}

/** By subject. */
export async function waitingAppraisals(
  read: ReadDb,
  query: FindingsPage,
): Promise<{ readonly items: readonly WaitingAppraisal[]; readonly next?: SubjectId }> {
  const asked = { query, columns: 'subject, steps', condition: "status = 'open'", params: [] };
  const { items, next } = await pageOf<'subject' | 'steps'>(read, asked);
  const waiting = items.map((row) => waitingOf(query.cycleId, row));
  return next === undefined ? { items: waiting } : { items: waiting, next };
}

function waitingOf(cycleId: string, { subject, steps }: Pick<AppraisalRow, 'subject' | 'steps'>): WaitingAppraisal {
  const open = steps.filter(({ state }) => state === 'open');
  // A step that nobody did in time stays open under the rule `hold`, marked late.
  const held = open.find(({ late }) => late);
  const shown = held ?? open[0];
  const reason = held ? 'on-hold' : shown ? 'step-open' : 'to-be-scored';
  return {
    appraisalId: appraisalIdOf(cycleId, subject),
    subject,
    reason,
    step: shown?.step ?? null,
    reviewer: shown?.step === 'self-review' ? subject : (shown?.reviewer ?? null),
    role: shown?.role ?? null,
  };
}

interface AskedPage {
  readonly query: FindingsPage;
  /** Column names and conditions come from this file alone. */
  readonly columns: string;
  readonly condition: string;
  /** What the condition refers to, from `$4` on. */
  readonly params: readonly string[];
}

async function pageOf<C extends keyof AppraisalRow>(
  read: ReadDb,
  { query: { cycleId, after, limit }, columns, condition, params }: AskedPage,
): Promise<{ readonly items: readonly Pick<AppraisalRow, C | 'subject'>[]; readonly next?: SubjectId }> {
  const size = Math.min(Math.max(limit, 1), FINDING_LIMITS.page);
  const rows = await read.query<Pick<AppraisalRow, C | 'subject'>>(
    `SELECT ${columns} FROM ${asOfTable(appraisalProjection)} a
     WHERE cycle_id = $1 AND status <> 'cancelled' AND ${condition} AND subject > $2 ORDER BY subject LIMIT $3`,
    [cycleId, after ?? '', size + 1, ...params],
  );
  const items = rows.slice(0, size);
  const last = items.at(-1);
  return rows.length > size && last ? { items, next: last.subject } : { items };
}
