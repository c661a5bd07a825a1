import type { ReadDb } from '#libs/projections';
import type { PeopleImportView } from '../contracts';

/** Completed imports of people before a log position, the latest first. */
export async function peopleImportsBefore(db: ReadDb, before: number | null, limit: number): Promise<readonly PeopleImportView[]> {
  const rows = await db.query<{
    readonly import_id: string;
    readonly position: number;
    readonly rows: number;
    readonly new_people: number;
    readonly changed_people: number;
    readonly unchanged_people: number;
    readonly completed_at: string;
  }>(
    `SELECT import_id, position, rows, new_people, changed_people, unchanged_people, completed_at FROM read.people_imports
      WHERE $1::bigint IS NULL OR position < $1::bigint ORDER BY position DESC LIMIT $2`,
    [before, limit],
  );
  return rows.map((row) => ({
    importId: row.import_id,
    position: row.position,
    rows: row.rows,
    newPeople: row.new_people,
    changedPeople: row.changed_people,
    unchangedPeople: row.unchanged_people,
    completedAt: row.completed_at,
  }));
}
