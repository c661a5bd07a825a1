import { addFraction, compareFraction, divideFraction, type Fraction, minFraction, multiplyFraction, subtractFraction } from '#kernel';
import type { TableDocument } from '../../contracts/document';
import { exactText, NOTHING } from '../numbers';
import type { PathPart } from '../reading/scheme-text';
import type { Table, TierInfo } from './table';
import type { Workbench } from '../workbench';

/** A lower bound: `from` includes it, `over` does not. */
export interface Bound {
  readonly value: Fraction;
  readonly inclusive: boolean;
  /** The value, exact. */
  readonly text: string;
}

export function reaches(value: Fraction, bound: Bound): boolean {
  const order = compareFraction(value, bound.value);
  return bound.inclusive ? order >= 0 : order > 0;
}

/** True when `upper` begins strictly above `lower`: a higher bound, or the same one left out above and included below. */
export function above(upper: Bound, lower: Bound): boolean {
  const order = compareFraction(upper.value, lower.value);
  return order > 0 || (order === 0 && !upper.inclusive && lower.inclusive);
}

function boundAt(value: Fraction, inclusive = true): Bound {
  return { value, inclusive, text: exactText(value) };
}

/** The bound of a row or band; exactly one of `from` and `over` is given. Undefined (with a problem) when not. */
export function boundOf(
  row: { readonly from?: string | undefined; readonly over?: string | undefined },
  path: readonly PathPart[],
  bench: Workbench,
): Bound | undefined {
  if (row.from !== undefined && row.over === undefined) return boundAt(bench.fixedNumber(row.from, [...path, 'from']));
  if (row.over !== undefined && row.from === undefined) return boundAt(bench.fixedNumber(row.over, [...path, 'over']), false);
  bench.problem('one-bound-needed', path);
  return undefined;
}

export function compileTable(table: TableDocument, path: readonly PathPart[], bench: Workbench): Table {
  switch (table.kind) {
    case 'step':
      return stepTable(table, path, bench);
    case 'linear':
      return linearTable(table, path, bench);
    case 'marginal':
      return marginalTable(table, path, bench);
  }
}

/** A tier of a step or marginal table. */
interface Row {
  readonly bound: Bound;
  readonly value: Fraction;
}

/** `rows` from the highest to the lowest. */
function tierOf(value: Fraction, rows: readonly Row[]): TierInfo {
  const index = rows.findIndex((row) => reaches(value, row.bound));
  const reached = rows[index];
  const next = index === -1 ? rows.at(-1) : rows[index - 1];
  return { ...(reached && { [reached.bound.inclusive ? 'from' : 'over']: reached.bound.text }), ...nextTier(value, next) };
}

function nextTier(value: Fraction, next: Row | undefined): TierInfo {
  if (!next) return {};
  return {
    [next.bound.inclusive ? 'nextFrom' : 'nextOver']: next.bound.text,
    nextValue: exactText(next.value),
    missing: exactText(subtractFraction(next.bound.value, value)),
  };
}

type Of<Kind extends TableDocument['kind']> = Extract<TableDocument, { kind: Kind }>;

function stepTable(table: Of<'step'>, path: readonly PathPart[], bench: Workbench): Table {
  const below = bench.fixedNumber(table.below, [...path, 'below']);
  const rows: Row[] = [];
  table.rows.forEach((row, index) => {
    const at = [...path, 'rows', index];
    const bound = boundOf(row, at, bench);
    if (!bound) return;
    const before = rows[0];
    if (before && !above(bound, before.bound)) bench.problem('rows-out-of-order', at);
    // Highest first, so that the first bound reached is the one that counts.
    rows.unshift({ bound, value: bench.fixedNumber(row.value, [...at, 'value']) });
  });
  const find = (value: Fraction): Fraction => rows.find((row) => reaches(value, row.bound))?.value ?? below;
  return Object.assign(find, { kind: table.kind, tier: (value: Fraction) => tierOf(value, rows) });
}

function linearTable(table: Of<'linear'>, path: readonly PathPart[], bench: Workbench): Table {
  const rows = table.rows.map((row, index) => ({
    at: bench.fixedNumber(row.at, [...path, 'rows', index, 'at']),
    value: bench.fixedNumber(row.value, [...path, 'rows', index, 'value']),
  }));
  rows.forEach((row, index) => {
    const before = rows[index - 1];
    if (before && compareFraction(row.at, before.at) <= 0) bench.problem('rows-out-of-order', [...path, 'rows', index]);
  });
  const find = (value: Fraction): Fraction => {
    let lower = rows[0];
    for (const upper of rows) {
      if (compareFraction(value, upper.at) <= 0) return lower && lower !== upper ? between(value, lower, upper) : upper.value;
      lower = upper;
    }
    return lower?.value ?? value;
  };
  const tiers = rows.map(({ at, value }): Row => ({ bound: boundAt(at), value })).reverse();
  return Object.assign(find, { kind: table.kind, tier: (value: Fraction) => tierOf(value, tiers) });
}

interface Point {
  readonly at: Fraction;
  readonly value: Fraction;
}

function between(value: Fraction, lower: Point, upper: Point): Fraction {
  const share = divideFraction(subtractFraction(value, lower.at), subtractFraction(upper.at, lower.at));
  return addFraction(lower.value, multiplyFraction(share, subtractFraction(upper.value, lower.value)));
}

/** The sum of all slices of the value, each at the rate of the tier it lies in; nothing under the lowest `from`. */
function marginalTable(table: Of<'marginal'>, path: readonly PathPart[], bench: Workbench): Table {
  const rows = table.rows.map((row, index) => ({
    from: bench.fixedNumber(row.from, [...path, 'rows', index, 'from']),
    rate: bench.fixedNumber(row.rate, [...path, 'rows', index, 'rate']),
  }));
  rows.forEach((row, index) => {
    const before = rows[index - 1];
    if (before && compareFraction(row.from, before.from) <= 0) bench.problem('rows-out-of-order', [...path, 'rows', index]);
  });
  const find = (value: Fraction): Fraction => {
    let total: Fraction = NOTHING;
    rows.forEach((row, index) => {
      if (compareFraction(value, row.from) <= 0) return;
      const next = rows[index + 1]?.from;
      const end = next ? minFraction(next, value) : value;
      total = addFraction(total, multiplyFraction(subtractFraction(end, row.from), row.rate));
    });
    return total;
  };
  const tiers = rows.map(({ from, rate }): Row => ({ bound: boundAt(from), value: rate })).reverse();
  return Object.assign(find, { kind: table.kind, tier: (value: Fraction) => tierOf(value, tiers) });
}
