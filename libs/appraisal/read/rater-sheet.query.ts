import type { SubjectId } from '#kernel';
import { asOfTable, type ReadDb } from '#libs/projections';
import type { AppraisalView, Step } from '../contracts';
import { appraisalProjection, type AppraisalRow } from './appraisal.projection';
import { appraisalViewOf } from './appraisal.reader';

/** Each sheet reads a stream: fewer a page than rows of a list. */
export const SHEET_LIMITS = { page: 50, ofSubjects: 200 } as const;

/** A task of an appraisal that somebody has, done or not. */
export interface RaterTask {
  readonly view: AppraisalView;
  /** Among the appraisal's tasks, from 0. */
  readonly place: number;
}

export interface RaterTaskPage {
  readonly items: readonly RaterTask[];
  /** Hand it back as `after`; absent on the last page. */
  readonly next?: string;
}

type TaskRow = AppraisalRow & { readonly place: number };

/**
 * What a person rates or reviews in a cycle, named or by one of their roles; never their own, nor answers of groups. By
 * subject, at most 50 a page.
 */
export async function raterTasks(
  read: ReadDb,
  query: {
    readonly cycleId: string;
    readonly step: Exclude<Step, 'self-review'>;
    readonly person: SubjectId;
    readonly roles: readonly string[];
    readonly after?: string;
    readonly limit: number;
  },
): Promise<RaterTaskPage> {
  const size = Math.min(Math.max(query.limit, 1), SHEET_LIMITS.page);
  const [subject = '', place = '-1'] = (query.after ?? '').split('.');
  const rows = await read.query<TaskRow>(
    `SELECT a.*, (task.place - 1)::int AS place
     FROM ${asOfTable(appraisalProjection)} a, jsonb_array_elements(a.steps) WITH ORDINALITY task(cell, place)
     WHERE a.cycle_id = $1 AND a.subject <> $2 AND a.status <> 'cancelled'
       AND task.cell->>'step' = $3 AND task.cell->>'group' IS NULL
       AND (task.cell->>'reviewer' = $2 OR (task.cell->>'reviewer' IS NULL AND task.cell->>'role' = ANY($4)))
       AND (a.subject, task.place - 1) > ($5, $6::bigint)
     ORDER BY a.subject, task.place LIMIT ${size + 1}`,
    [query.cycleId, query.person, query.step, query.roles, subject, placeOf(place)],
  );
  const items = rows.slice(0, size).map((row): RaterTask => ({ view: appraisalViewOf(row), place: row.place }));
  const last = items.at(-1);
  return rows.length > size && last ? { items, next: `${last.view.subject}.${last.place}` } : { items };
}

/** The appraisals of some people in a cycle; at most 200. */
export async function appraisalsOfPeople(
  read: ReadDb,
  { cycleId, subjects }: { readonly cycleId: string; readonly subjects: readonly SubjectId[] },
): Promise<ReadonlyMap<SubjectId, AppraisalView>> {
  const rows = await read.query<AppraisalRow>(
    `SELECT * FROM ${asOfTable(appraisalProjection)} a WHERE cycle_id = $1 AND subject = ANY($2)`,
    [cycleId, subjects.slice(0, SHEET_LIMITS.ofSubjects)],
  );
  return new Map(rows.map((row) => [row.subject, appraisalViewOf(row)]));
}

/** A cursor that somebody typed begins at the beginning. */
function placeOf(text: string): string {
  return /^\d{1,3}$/.test(text) ? text : '-1';
}
