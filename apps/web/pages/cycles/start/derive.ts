import { beforeMinute, companyDay, fieldTime } from '../../../pieces/moment';
import type { Phase, Preview } from '../queries';

export type PlannedPhase = Pick<Preview['phases'][number], 'phase' | 'opensAt' | 'closesAt' | 'derivation'>;

/** One thing that made a window what it is. */
export type Step =
  | { readonly kind: 'asked' | 'becomes'; readonly first: string; readonly last: string }
  | { readonly kind: 'counted'; readonly days: number; readonly after: Phase | undefined }
  | { readonly kind: 'reason'; readonly code: string }
  | { readonly kind: 'shares' | 'follows'; readonly phase: Phase }
  | { readonly kind: 'with-publication' | 'as-is' };

/** From publication on phases run side by side; those before run one after another. */
const SEQUENTIAL: ReadonlySet<Phase> = new Set(['self-review', 'manager-review', 'second-review', 'publication']);
const SHARED = 'window-shared';
const SHORTENED = 'shortened-days';

/**
 * What the scheme asks for, everything that moved it, and what it became: compared with the moments at which the phase opens and closes, not
 * only with the days that were laid out for it, since a phase waits for the one before it to end.
 */
export function stepsOf(planned: PlannedPhase, phases: readonly PlannedPhase[]): readonly Step[] {
  const { derivation } = planned;
  if (!derivation) return [];
  const { first, last, workingDays, after, reasons = [] } = derivation;
  const asked: Step[] = first === undefined || last === undefined ? [] : [{ kind: 'asked', first, last }];
  const counted: Step[] = workingDays === undefined ? [] : [{ kind: 'counted', days: workingDays, after }];
  const moved = [...reasons.flatMap((code) => reasonStep(code, planned, phases)), ...beginning(planned, phases)];
  return [...asked, ...counted, ...moved, ...outcome(planned, moved.length > 0)];
}

function reasonStep(code: string, planned: PlannedPhase, phases: readonly PlannedPhase[]): readonly Step[] {
  if (code !== SHARED) return [{ kind: 'reason', code }];
  const sharing = phases.filter(({ derivation }) => derivation?.reasons?.includes(SHARED) === true);
  const place = sharing.findIndex(({ phase }) => phase === planned.phase);
  const partner = sharing[place - 1] ?? sharing[place + 1];
  return partner ? [{ kind: 'shares', phase: partner.phase }] : [{ kind: 'reason', code }];
}

/** Why it does not open with the first of its days: it waits for another phase, or comes with the publication. */
function beginning({ phase, opensAt, derivation }: PlannedPhase, phases: readonly PlannedPhase[]): readonly Step[] {
  if (fieldTime(opensAt) === `${derivation?.shiftedFirst ?? ''}T00:00`) return [];
  const published = phases.find((other) => other.phase === 'publication');
  if (!SEQUENTIAL.has(phase) && published?.opensAt === opensAt) return [{ kind: 'with-publication' }];
  const place = phases.findIndex((other) => other.phase === phase);
  const before = phases.slice(0, place).findLast((other) => other.closesAt === opensAt);
  return before ? [{ kind: 'follows', phase: before.phase }] : [];
}

/** The days that it has in the end, where they are not those that the scheme asks for. Shortened days are no days of the calendar. */
function outcome({ opensAt, closesAt, derivation }: PlannedPhase, isMoved: boolean): readonly Step[] {
  if (derivation?.first === undefined || derivation.reasons?.includes(SHORTENED) === true) return [];
  const last = companyDay(new Date(beforeMinute(Date.parse(closesAt))).toISOString());
  const opens = companyDay(opensAt);
  // What closes as soon as it opens has the day that ends then.
  const first = opens < last ? opens : last;
  if (first !== derivation.first || last !== derivation.last) return [{ kind: 'becomes', first, last }];
  return isMoved ? [] : [{ kind: 'as-is' }];
}
