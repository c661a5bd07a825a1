import type { SchemeReader } from '../contracts/reader';
import type { CompiledScheme } from '../domain/compile';
import { loadScheme } from './templates';

/** Compiled versions kept at once; a version never changes, so none is ever stale. */
const MOST_KEPT = 200;

/** Compiled schemes by version, for whoever scores a cohort. */
export interface SchemeSource {
  /** Undefined when there is no such version. Thrown when its stored text can't be compiled any more: Error. */
  scheme(schemeId: string, version: number): Promise<CompiledScheme | undefined>;
}

export function createSchemeSource(reader: SchemeReader): SchemeSource {
  const kept = new Map<string, CompiledScheme>();
  return {
    async scheme(schemeId, version) {
      const key = `${schemeId}/${version}`;
      const known = kept.get(key);
      if (known) return known;
      const row = await reader.version(schemeId, version);
      if (!row) return undefined;
      const loading = loadScheme(row.yaml);
      if (!loading.ok) throw new Error(`scheme ${key} can't be compiled: ${loading.problems[0]?.code ?? ''}`);
      const [oldest] = kept.keys();
      if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      kept.set(key, loading.scheme);
      return loading.scheme;
    },
  };
}
