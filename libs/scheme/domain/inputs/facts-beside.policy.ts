import type { PeriodKind } from '#libs/calendar';
import type { CompiledScheme } from '../compile';

/**
 * The facts that stand beside a line somebody fills in: those that the same indicator reads, else those of the same section. By the line's
 * key; a line that stands beside no fact has none.
 */
export function factsBesideLines(
  scheme: CompiledScheme,
  kind: PeriodKind,
  lines: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const plan = scheme.plans[kind];
  const beside = new Map<string, readonly string[]>();
  if (!plan) return beside;
  const facts = plan.input.facts.specs.map(({ key }) => key);
  const readBy = (key: string): readonly string[] => plan.concerns.get(key) ?? [];
  const sectionOf = new Map<string, string>(
    scheme.document.sections.flatMap(({ key, indicators }) => indicators.map((indicator) => [`indicator.${indicator.key}`, key] as const)),
  );
  for (const line of lines) {
    const readers = readBy(`rating.${line}`);
    const sections = readers.flatMap((reader) => sectionOf.get(reader) ?? []);
    const near = facts.filter((fact) => readBy(fact).some((reader) => reader.startsWith('indicator.') && readers.includes(reader)));
    const around = facts.filter((fact) => readBy(fact).some((reader) => sections.includes(sectionOf.get(reader) ?? '')));
    const found = near.length > 0 ? near : around;
    if (found.length > 0) beside.set(line, found);
  }
  return beside;
}
