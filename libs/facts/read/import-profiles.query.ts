import type { ReadDb } from '#libs/projections';
import { type ImportProfilesReader, type NamedProfile, zImportProfile } from '../contracts';
import type { ImportProfileRow } from './facts.projection';

/** Saved profiles with those that ship beneath them. */
export function createImportProfilesReader(db: ReadDb, builtIn: ReadonlyMap<string, NamedProfile>): ImportProfilesReader {
  return {
    async profile(name, version) {
      const row = await db.one<ImportProfileRow>(
        'SELECT name, version, kind, definition FROM read.import_profiles WHERE name = $1 AND ($2::integer IS NULL OR version = $2) ORDER BY version DESC LIMIT 1',
        [name, version ?? null],
      );
      return row ? named(row) : builtIn.get(name);
    },
    async profiles() {
      const rows = await db.query<ImportProfileRow>(
        'SELECT DISTINCT ON (name) name, version, kind, definition FROM read.import_profiles ORDER BY name, version DESC',
      );
      const all = new Map(builtIn);
      for (const row of rows) all.set(row.name, named(row));
      return [...all.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    },
  };
}

function named({ name, version, definition }: ImportProfileRow): NamedProfile {
  const parsed: unknown = JSON.parse(definition);
  return { name, version, builtIn: false, definition: zImportProfile.parse(parsed) };
}
