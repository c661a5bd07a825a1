import type { CompiledScheme } from '#libs/scheme';

/** Scheme versions ready to evaluate; compiled once and kept. */
export interface CompiledSchemes {
  /** Undefined when there is no such version, or when it does not compile. */
  compiled(schemeId: string, version: number): Promise<CompiledScheme | undefined>;
}
