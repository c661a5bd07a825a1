import type { PeriodKind } from '#libs/calendar';
import type { CompiledScheme } from '../compile';

/** Whose fact it is, other than the person's own. */
export type UnitOfFact = 'team' | 'department' | 'region' | 'company';

/** A fact about the others that the scheme ranks: their scores, or their values of a fact. */
export interface GroupFact {
  readonly key: string;
  readonly of: 'score' | { readonly fact: string };
}

/** The facts that a scheme reads in one kind of period, by where they are looked for. */
export interface FactsRead {
  readonly own: readonly string[];
  readonly units: readonly { readonly unit: UnitOfFact; readonly metrics: readonly string[] }[];
  readonly groups: readonly GroupFact[];
}

const UNITS: readonly UnitOfFact[] = ['team', 'department', 'region', 'company'];

export function factsRead(scheme: CompiledScheme, kind: PeriodKind): FactsRead {
  const keys = (scheme.plans[kind]?.input.facts.specs ?? []).map(({ key }) => key);
  const declared = scheme.document.facts;
  const groups = keys.flatMap((key): readonly GroupFact[] => {
    const group = declared[key]?.group;
    return group === undefined ? [] : [{ key, of: group === 'score' ? 'score' : { fact: group } }];
  });
  const single = keys.filter((key) => declared[key]?.group === undefined);
  // A fact that others are ranked by is looked for although no formula reads the person's own.
  const ranked = groups.flatMap(({ of }) => (of === 'score' || single.includes(of.fact) ? [] : [of.fact]));
  const isOf = (key: string, unit: UnitOfFact): boolean => declared[key]?.of === unit;
  return {
    own: [...single.filter((key) => !UNITS.some((unit) => isOf(key, unit))), ...ranked],
    units: UNITS.map((unit) => ({ unit, metrics: single.filter((key) => isOf(key, unit)) })).filter(({ metrics }) => metrics.length > 0),
    groups,
  };
}

/** Whether results of such a period wait for everyone's score: a place is known only among all. */
export function ranksPeople(scheme: CompiledScheme, kind: PeriodKind): boolean {
  return factsRead(scheme, kind).groups.length > 0;
}
