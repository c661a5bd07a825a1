import type { Process } from './queries';

type Phase = Pick<Process['phases'][number], 'phase' | 'state'>;

/** Whether the person's phase is open, and can be stood in. */
export function isOpen({ state }: Phase): boolean {
  return state === 'open';
}

/**
 * What comes next for a person whose own phase is not open: that phase while it is still to come, else the first after it that is
 * not over. Undefined where they stand in an open phase, and where nothing is to come.
 */
export function comingPhase<P extends Phase>({
  phases,
  here,
}: {
  readonly phases: readonly P[];
  readonly here: string | null;
}): P | undefined {
  const at = phases.findIndex(({ phase }) => phase === here);
  const own = phases[at];
  if (own === undefined || isOpen(own)) return undefined;
  return phases.slice(at).find(({ state }) => state === 'planned' || state === 'open');
}
