/** What acts by itself, by the beginning of its name (`system:<name>`); words of each are in the texts. */
const SYSTEMS = {
  cycle: ['cycle-', 'phase-'],
  appeal: ['appeal-'],
  correction: ['score-correction'],
  peers: ['peer-review'],
  coaching: ['coaching-'],
  payout: ['payout'],
  demo: ['demo'],
} as const;
export type System = keyof typeof SYSTEMS | 'other';

/** Undefined for a person. */
export function systemOf(actor: string): System | undefined {
  if (!actor.startsWith('system:')) return undefined;
  const name = actor.slice('system:'.length);
  for (const [system, beginnings] of Object.entries(SYSTEMS)) {
    if (beginnings.some((one) => name.startsWith(one))) return system as System;
  }
  return 'other';
}
