import type { ReadDb } from '#libs/projections';

/** Words by which people files say where somebody stands; those of past lines too. */
export interface Places {
  readonly departments: readonly string[];
  readonly regions: readonly string[];
  readonly teams: readonly string[];
}

/** Of each at most this many, in order of their names. */
export const PLACES_LIMIT = 500;

/** Departments, regions and teams that any completed import named. */
export async function placesNamed(db: ReadDb): Promise<Places> {
  const [departments, regions, teams] = await Promise.all([named(db, 'department'), named(db, 'region'), named(db, 'team')]);
  return { departments, regions, teams };
}

async function named(db: ReadDb, column: 'department' | 'region' | 'team'): Promise<readonly string[]> {
  const rows = await db.query<{ readonly name: string }>(
    `SELECT DISTINCT l.${column} AS name FROM read.person_lines l JOIN read.people_imports i ON i.import_id = l.import_id
      WHERE l.${column} IS NOT NULL ORDER BY 1 LIMIT ${PLACES_LIMIT}`,
  );
  return rows.map(({ name }) => name);
}
