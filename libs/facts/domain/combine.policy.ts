import { addDecimal, decimal, type Decimal, formatDecimal, type PlainDay, ratio, roundHalfUp, decimalFromInteger, ZERO } from '#kernel';
import type { MetricCombine } from '#libs/organisation/contracts';

/** A mean that does not end is told to this many decimals, the most that a number may have. */
const MEAN_DECIMALS = 10;

export interface CombinedFact {
  readonly factId: string;
  readonly value: string;
  readonly happenedOn: PlainDay;
  readonly position: number;
}

export interface Combined {
  readonly value: string;
  /** The facts that the value stands on: all of them, or the last one. */
  readonly facts: readonly CombinedFact[];
}

/** The facts of one metric, person and period by the metric's rule; undefined when there are none. Their order does not matter. */
export function combineFacts(facts: readonly CombinedFact[], rule: MetricCombine): Combined | undefined {
  const ordered = [...facts].sort(inOrder);
  const last = ordered[ordered.length - 1];
  if (!last) return undefined;
  switch (rule) {
    case 'last':
      return { value: formatDecimal(decimal(last.value)), facts: [last] };
    case 'sum':
      return { value: formatDecimal(total(ordered)), facts: ordered };
    case 'mean': {
      const mean = roundHalfUp(ratio(total(ordered), decimalFromInteger(ordered.length)), MEAN_DECIMALS);
      return { value: formatDecimal(mean), facts: ordered };
    }
  }
}

function total(facts: readonly CombinedFact[]): Decimal {
  return facts.reduce((sum, { value }) => addDecimal(sum, decimal(value)), ZERO);
}

/** By day; two of one day by the place they have in the log, two of one event by id. */
function inOrder(a: CombinedFact, b: CombinedFact): number {
  if (a.happenedOn !== b.happenedOn) return a.happenedOn < b.happenedOn ? -1 : 1;
  if (a.position !== b.position) return a.position - b.position;
  return a.factId < b.factId ? -1 : 1;
}
