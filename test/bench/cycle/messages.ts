import type { Configuration } from '#libs/config';

/** What the parent tells a child and hears from it, over Node's own channel (serialization `advanced`). */
export type ToChild =
  | { readonly kind: 'import'; readonly configuration: Configuration; readonly people: number }
  | { readonly kind: 'run'; readonly configuration: Configuration }
  | { readonly kind: 'start-cycle' }
  | { readonly kind: 'stop' };

export type FromChild =
  | { readonly kind: 'imported'; readonly head: number }
  | { readonly kind: 'running' }
  | { readonly kind: 'started'; readonly cycleId: string; readonly members: number }
  | { readonly kind: 'failed'; readonly problem: string }
  /** Processor seconds that the child has used since the cycle was started, or since it ran. */
  | { readonly kind: 'stopped'; readonly cpuSeconds: number };
