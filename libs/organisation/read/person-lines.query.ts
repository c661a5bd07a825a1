import type { SubjectId } from '#kernel';
import type { ReadDb } from '#libs/projections';
import type { Segment } from '../domain/timeline.policy';
import { KNOWN_LINE_COLUMNS, type KnownLine, timelinesOf } from './timelines';

/** Where a person stood, stands and will stand, in order of time; as the imports up to now say. */
export async function personLines(db: ReadDb, subject: SubjectId): Promise<readonly Segment[]> {
  const lines = await db.query<KnownLine>(
    `SELECT ${KNOWN_LINE_COLUMNS} FROM read.person_lines l JOIN read.people_imports i ON i.import_id = l.import_id
      WHERE l.subject = $1 ORDER BY l.subject, i.position, l.line_row`,
    [subject],
  );
  return timelinesOf(lines).get(subject) ?? [];
}
