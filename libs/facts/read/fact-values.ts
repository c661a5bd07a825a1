import type { Metric } from '#libs/organisation/contracts';
import type { FactValue } from '../contracts';
import { type CombinedFact, combineFacts } from '../domain/combine.policy';

/** A fact counts with its import, a correction by itself; what a correction replaced counts until then. `$1` is the position. */
export const FACTS = 'read.facts f LEFT JOIN read.fact_imports i ON i.import_id = f.import_id';
export const COUNTS = `COALESCE(f.counts_from, i.position) IS NOT NULL AND ($1::bigint IS NULL OR COALESCE(f.counts_from, i.position) <= $1::bigint)`;
export const STANDS = `(f.superseded_at IS NULL OR ($1::bigint IS NOT NULL AND f.superseded_at > $1::bigint))`;

export function measuredValue(
  facts: readonly CombinedFact[] | undefined,
  metric: Metric | undefined,
  complete: { readonly importId: string; readonly position: number } | undefined,
): FactValue {
  const combine = metric?.combine ?? 'sum';
  const combined = combineFacts(facts ?? [], combine);
  if (combined) {
    const positions = [...new Set(combined.facts.map(({ position }) => position))].sort((a, b) => a - b);
    return { kind: 'value', value: combined.value, combine, positions, factIds: combined.facts.map(({ factId }) => factId), from: 'facts' };
  }
  if (complete && combine === 'sum')
    return { kind: 'complete-zero', value: '0', importId: complete.importId, positions: [complete.position] };
  return { kind: 'missing' };
}

export function targetValue(
  target: { readonly value: string; readonly positions: readonly number[]; readonly accepted: boolean } | undefined,
): FactValue {
  if (!target) return { kind: 'missing' };
  return {
    kind: 'value',
    value: target.value,
    combine: 'last',
    positions: target.positions,
    factIds: [],
    from: 'target',
    accepted: target.accepted,
  };
}
