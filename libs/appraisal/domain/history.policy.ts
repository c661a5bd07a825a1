import type { PeriodKind } from '#libs/calendar';
import type { CompiledScheme } from '#libs/scheme';
import type { Standing } from '../contracts';

/** Facts of an earlier period that the product itself knows: the place that was published, and among how many. */
export const placeFacts: ReadonlyMap<string, (standing: Standing) => string> = new Map([
  ['rank.place', ({ ahead }: Standing) => String(ahead + 1)],
  ['rank.of', ({ of }: Standing) => String(of + 1)],
]);

/** What a scheme asks of the periods right before one of that kind. */
export function earlierFacts(
  { document }: CompiledScheme,
  kind: PeriodKind,
): readonly { readonly count: number; readonly facts: readonly string[] }[] {
  return Object.values(document.history ?? {})
    .filter(({ periods }) => periods === undefined || periods.includes(kind))
    .map(({ count, facts }) => ({ count: Number(count), facts: Object.keys(facts) }));
}
