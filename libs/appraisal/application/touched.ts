import { period, type Period, type PlainDay, type SubjectId } from '#kernel';
import { monthsOf, periodBefore, periodWindow } from '#libs/calendar';
import type { CompleteFor, Fact, FactsReader } from '#libs/facts/contracts';
import type { FactWindow, UnitOfFact } from '#libs/scheme';
import type { TargetsReader } from '#libs/targets/contracts';

/** What an event has said about facts or targets: whose, of which metric, of when. */
export interface Touched {
  /** Months about which something is said, in order. */
  readonly months: readonly Period[];
  people(windows: readonly FactWindow[]): Promise<ReadonlySet<SubjectId>>;
  labels(unit: UnitOfFact, windows: readonly FactWindow[]): Promise<ReadonlySet<string>>;
  /** Said to be complete: who is covered and has no fact has 0 since. */
  readonly complete?: CompleteFor | undefined;
}

/** Months from the first to the last day, both included. */
function monthsBetween(first: PlainDay, last: PlainDay): readonly Period[] {
  const months: Period[] = [];
  const end = period(last.slice(0, 7));
  for (let month = period(first.slice(0, 7)); month <= end; month = periodBefore(month, -1)) months.push(month);
  return months;
}

export async function touchedByImport(
  facts: Pick<FactsReader, 'importTouches' | 'ownersTouched'>,
  importId: string,
  complete: CompleteFor | undefined,
): Promise<Touched> {
  const span = await facts.importTouches(importId);
  const daysOf = (windows: readonly FactWindow[]) => windows.map(({ metric, period: of }) => ({ metric, ...periodWindow(of) }));
  const recorded = span ? monthsBetween(span.first, span.last) : [];
  const covered = complete ? monthsOf(complete.period) : [];
  return {
    months: [...new Set([...recorded, ...covered])].sort(),
    complete,
    people: async (windows) =>
      span ? (await facts.ownersTouched({ importId, of: 'person', windows: daysOf(windows) })).subjects : new Set(),
    labels: async (unit, windows) =>
      span ? (await facts.ownersTouched({ importId, of: unit, windows: daysOf(windows) })).labels : new Set(),
  };
}

/** The fact that was superseded and the one in its place; they may be of different people or days. */
export function touchedByFacts(said: readonly Pick<Fact, 'owner' | 'metric' | 'happenedOn'>[]): Touched {
  const matching = (windows: readonly FactWindow[]) =>
    said.filter(({ metric, happenedOn }) =>
      windows.some((window) => {
        const { first, last } = periodWindow(window.period);
        return window.metric === metric && happenedOn >= first && happenedOn <= last;
      }),
    );
  return {
    months: [...new Set(said.flatMap(({ happenedOn }) => monthsBetween(happenedOn, happenedOn)))].sort(),
    people: (windows) => Promise.resolve(new Set(matching(windows).flatMap(({ owner }) => ('subject' in owner ? [owner.subject] : [])))),
    labels: (unit, windows) =>
      Promise.resolve(new Set(matching(windows).flatMap(({ owner }) => ('unit' in owner && owner.unit === unit ? [owner.label] : [])))),
  };
}

/** A target of a quarter or year may be the sum of its months. */
export async function touchedByTargets(targets: Pick<TargetsReader, 'setBy'>, importId: string): Promise<Touched> {
  const set = await targets.setBy(importId);
  const matching = (windows: readonly FactWindow[]) =>
    set.filter(({ metric, period: of }) =>
      windows.some((window) => window.metric === metric && (window.period === of || monthsOf(window.period).includes(of))),
    );
  return {
    months: [...new Set(set.flatMap(({ period: of }) => monthsOf(of)))].sort(),
    people: (windows) => Promise.resolve(new Set(matching(windows).flatMap(({ subject }) => (subject === null ? [] : [subject])))),
    labels: (unit, windows) =>
      Promise.resolve(new Set(matching(windows).flatMap((target) => (target.unit?.kind === unit ? [target.unit.label] : [])))),
  };
}
