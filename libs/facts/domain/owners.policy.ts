import type { SubjectId } from '#kernel';

export interface OwnerKey {
  readonly kind: 'employee-no' | 'login' | 'name';
  readonly key: string;
}

/** People by the keyed index, as far as a file asks for them. */
export interface KnownOwners {
  readonly aliases: ReadonlyMap<string, SubjectId>;
  readonly byKey: Readonly<Record<OwnerKey['kind'], ReadonlyMap<string, readonly SubjectId[]>>>;
}

export type OwnerAnswer = { readonly subject: SubjectId } | { readonly reason: 'unknown-owner' | 'ambiguous-owner' };

/** An alias decides; otherwise the first kind of key that finds anybody, who must be one alone. */
export function ownerOf(keys: readonly OwnerKey[], known: KnownOwners): OwnerAnswer {
  for (const { key } of keys) {
    const alias = known.aliases.get(key);
    if (alias) return { subject: alias };
  }
  for (const { kind, key } of keys) {
    const [first, ...others] = known.byKey[kind].get(key) ?? [];
    if (first) return others.length === 0 ? { subject: first } : { reason: 'ambiguous-owner' };
  }
  return { reason: 'unknown-owner' };
}
