import type { SubjectId } from '#kernel';
import { asOfTable, type ReadDb } from '#libs/projections';
import { type CompiledScheme, type GroupFinding, groupFindings } from '#libs/scheme';
import { appraisalIdOf } from '../contracts';
import { appraisalProjection, type AppraisalRow } from './appraisal.projection';

export const FINDING_LIMITS = { page: 200 } as const;

/** A result that can't come out as it stands: every error by its code and key. */
export interface ResultWithErrors {
  readonly appraisalId: string;
  readonly subject: SubjectId;
  readonly errors: readonly { readonly code: string; readonly key: string }[];
}

/** Where a cycle stands before it is published. */
export interface CycleFindings {
  readonly members: number;
  /** Not scored yet: steps are open. */
  readonly waiting: number;
  readonly withErrors: number;
  /** Limits and targets of groups; shown, never corrected by themselves. */
  readonly groups: readonly GroupFinding[];
}

interface GradeCount {
  readonly department: string;
  readonly status: string;
  readonly grade: string | null;
  readonly failed: boolean;
  readonly people: number;
}

export async function findingsOf(read: ReadDb, cycleId: string, scheme: CompiledScheme): Promise<CycleFindings> {
  const counts = await read.query<GradeCount>(
    `SELECT department, status, grade, jsonb_array_length(errors) > 0 AS failed, count(*)::int AS people
       FROM ${asOfTable(appraisalProjection)} a WHERE cycle_id = $1 AND status <> 'cancelled' GROUP BY 1, 2, 3, 4`,
    [cycleId],
  );
  const sum = (which: (count: GradeCount) => boolean): number => counts.filter(which).reduce((total, { people }) => total + people, 0);
  const graded = counts.filter(({ status, failed }) => status !== 'open' && !failed);
  const people = graded.flatMap(({ department, grade, people: many }) => Array.from({ length: many }, () => ({ department, grade })));
  return {
    members: sum(() => true),
    waiting: sum(({ status }) => status === 'open'),
    withErrors: sum(({ failed }) => failed),
    groups: groupFindings(scheme, people),
  };
}

/** By subject; `after` is the last subject of the page before. */
export async function resultsWithErrors(
  read: ReadDb,
  { cycleId, after, limit }: { readonly cycleId: string; readonly after?: SubjectId; readonly limit: number },
): Promise<{ readonly items: readonly ResultWithErrors[]; readonly next?: SubjectId }> {
  const size = Math.min(Math.max(limit, 1), FINDING_LIMITS.page);
  const rows = await read.query<Pick<AppraisalRow, 'subject' | 'errors'>>(
    `SELECT subject, errors FROM ${asOfTable(appraisalProjection)} a
     WHERE cycle_id = $1 AND status <> 'cancelled' AND jsonb_array_length(errors) > 0 AND subject > $2 ORDER BY subject LIMIT $3`,
    [cycleId, after ?? '', size + 1],
  );
  const items = rows.slice(0, size).map(({ subject, errors }) => ({ appraisalId: appraisalIdOf(cycleId, subject), subject, errors }));
  const last = items.at(-1);
  return rows.length > size && last ? { items, next: last.subject } : { items };
}
