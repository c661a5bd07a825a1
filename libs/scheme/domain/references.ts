import type { FormulaProblemCode } from './formula/lexer';

/** A name that was unknown where it stood, and which problem says so. */
interface UnknownName {
  readonly at: number;
  readonly name: string;
  readonly owner: string | undefined;
}

/** What is made of what, known or not yet: to tell a reference in a circle from one that only comes too early. */
export class References {
  private readonly edges = new Map<string, Set<string>>();
  private readonly unknowns: UnknownName[] = [];

  depends(owner: string, name: string): void {
    const names = this.edges.get(owner) ?? new Set<string>();
    names.add(name);
    this.edges.set(owner, names);
  }

  unknown(name: UnknownName): void {
    this.unknowns.push(name);
  }

  /** Of names that are bound by now, or known elsewhere, the problem that they really are. */
  settled(
    isBound: (name: string) => boolean,
    elsewhere: ReadonlySet<string>,
  ): readonly { readonly at: number; readonly code: FormulaProblemCode }[] {
    return this.unknowns.flatMap(({ at, name, owner }): readonly { readonly at: number; readonly code: FormulaProblemCode }[] => {
      if (!isBound(name)) return elsewhere.has(name) ? [{ at, code: 'not-in-this-period' }] : [];
      const circular = owner !== undefined && this.leadsTo(name, owner);
      return [{ at, code: circular ? 'circular-reference' : 'used-before-computed' }];
    });
  }

  private leadsTo(from: string, to: string): boolean {
    const seen = new Set<string>();
    const waiting = [from];
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      if (name === to) return true;
      if (seen.has(name)) continue;
      seen.add(name);
      waiting.push(...(this.edges.get(name) ?? []));
    }
    return false;
  }
}
