import { asOfTable, type ReadDb } from '#libs/projections';
import type { AppealFile, AppealRow, CastVoteView } from '../contracts';
import type { Appeal } from '../domain/appeal-state';
import { appealProjection, type AppealTableRow } from './appeal.projection';
import { appealRowOf } from './appeal.reader';

/** Everything that is known of one appeal. */
export interface AppealCase {
  readonly row: AppealRow;
  /** As the decider folds it: what may be done now is told from it. */
  readonly state: Appeal;
  readonly file: AppealFile;
  readonly votes: readonly CastVoteView[];
}

/** Undefined when there is no such appeal (yet). */
export async function appealCase(read: ReadDb, appealId: string): Promise<AppealCase | undefined> {
  const row = await read.one<AppealTableRow>(`SELECT * FROM ${asOfTable(appealProjection)} a WHERE appeal_id = $1`, [appealId]);
  return row && { row: appealRowOf(row), state: row.state, file: row.file, votes: row.state.votes };
}
