import { isPeriod, type Period, type SubjectId } from '#kernel';
import { monthsOf } from '#libs/calendar';

/** What one import said it is complete for. `people` null: everyone. */
export interface CompleteDeclaration {
  readonly importId: string;
  readonly position: number;
  readonly period: string;
  readonly metrics: readonly string[];
  readonly people: readonly string[] | null;
}

export interface Completeness {
  /** The import that explains a 0: the newest of those that cover every month asked; undefined when one month is not covered. */
  of(metric: string, subject: SubjectId): { readonly importId: string; readonly position: number } | undefined;
}

interface Covering {
  readonly importId: string;
  readonly position: number;
  readonly people: ReadonlySet<string> | null;
}

export function completenessOf(months: readonly Period[], declarations: readonly CompleteDeclaration[]): Completeness {
  const covering = new Map<string, Covering[]>();
  for (const { importId, position, period, metrics, people } of declarations) {
    if (!isPeriod(period)) continue;
    const entry = { importId, position, people: people === null ? null : new Set(people) };
    for (const key of monthsOf(period).flatMap((month) => metrics.map((metric) => `${metric} ${month}`))) {
      const list = covering.get(key);
      if (list) list.push(entry);
      else covering.set(key, [entry]);
    }
  }
  return {
    of(metric, subject) {
      let newest: Covering | undefined;
      for (const month of months) {
        const found = covering.get(`${metric} ${month}`)?.filter(({ people }) => people === null || people.has(subject)) ?? [];
        if (found.length === 0) return undefined;
        for (const one of found) if (!newest || one.position > newest.position) newest = one;
      }
      return newest && { importId: newest.importId, position: newest.position };
    },
  };
}
