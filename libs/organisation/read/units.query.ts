import type { ReadDb } from '#libs/projections';

export const UNIT_LIMITS = { ofEach: 500 } as const;

/** What departments, regions and teams are called by any line of anybody; at most 500 of each, in order of names. */
export interface UnitNames {
  readonly departments: readonly string[];
  readonly regions: readonly string[];
  readonly teams: readonly string[];
}

export async function unitNames(read: ReadDb): Promise<UnitNames> {
  const names = async (column: 'department' | 'region' | 'team'): Promise<readonly string[]> => {
    const rows = await read.query<{ readonly name: string }>(
      `SELECT DISTINCT l.${column} AS name FROM read.person_lines l JOIN read.people_imports i ON i.import_id = l.import_id
       WHERE l.${column} IS NOT NULL ORDER BY 1 LIMIT ${UNIT_LIMITS.ofEach}`,
    );
    return rows.map(({ name }) => name);
  };
  const [departments, regions, teams] = await Promise.all([names('department'), names('region'), names('team')]);
  return { departments, regions, teams };
}
