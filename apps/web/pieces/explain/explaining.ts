import { isAppraisalId, isUuid } from '../ids';
import type { PlaceAddress } from './explained';
import type { ScoreAddress } from './score-queries';

/** What an address asks to be explained; see `ExplainAddress`. */
export type Explaining =
  | { readonly kind: 'score'; readonly address: ScoreAddress }
  | { readonly kind: 'completion'; readonly appraisalId: string }
  | { readonly kind: 'place'; readonly address: PlaceAddress }
  | { readonly kind: 'deadline'; readonly cycleId: string; readonly phase: string }
  | { readonly kind: 'plan'; readonly planId: string };

/** Undefined where the address can't name anything: mistyped, or cut off on its way. */
export function explainingOf(address: string): Explaining | undefined {
  const [kind, id, ...rest] = address.split('~');
  switch (kind) {
    case 'score':
    case 'published':
      if (!isAppraisalId(id)) return undefined;
      return { kind: 'score', address: { appraisalId: id, key: rest[0], which: kind === 'published' ? 'published' : 'current' } };
    case 'completion':
      return isAppraisalId(id) ? { kind, appraisalId: id } : undefined;
    case 'place':
      return isUuid(id) ? placeOf(id, rest) : undefined;
    case 'deadline':
      return isUuid(id) && rest[0] ? { kind, cycleId: id, phase: rest[0] } : undefined;
    case 'plan':
      return isUuid(id) ? { kind, planId: id } : undefined;
    default:
      return undefined;
  }
}

function placeOf(cycleId: string, [measure, scope, ...unit]: readonly (string | undefined)[]): Explaining | undefined {
  if (measure !== 'score' && measure !== 'completion') return undefined;
  if (scope === 'company') return { kind: 'place', address: { cycleId, measure, scope } };
  if ((scope !== 'region' && scope !== 'team') || unit.length === 0) return undefined;
  return { kind: 'place', address: { cycleId, measure, scope, unit: unit.join('~') } };
}
