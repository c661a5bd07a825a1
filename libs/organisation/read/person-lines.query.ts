import type { SubjectId } from '#kernel';
import type { ReadDb } from '#libs/projections';
import type { Segment, Timeline } from '../domain/timeline.policy';
import { KNOWN_LINE_COLUMNS, type KnownLine, timelinesOf } from './timelines';

/** Where a person stood, stands and will stand, in order of time; as the imports up to now say. */
export async function personLines(db: ReadDb, subject: SubjectId): Promise<readonly Segment[]> {
  return (await peopleLines(db, [subject])).get(subject) ?? [];
}

/** The same of several people, one page of a list at most. */
export async function peopleLines(db: ReadDb, subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, Timeline>> {
  const lines = await db.query<KnownLine>(
    `SELECT ${KNOWN_LINE_COLUMNS} FROM read.person_lines l JOIN read.people_imports i ON i.import_id = l.import_id
      WHERE l.subject = ANY($1::text[]) ORDER BY l.subject, i.position, l.line_row`,
    [subjects],
  );
  return timelinesOf(lines);
}
