import { createHmac, hkdfSync } from 'node:crypto';
import type { SubjectId } from '#kernel';

/** What one tenant key of 32 bytes is divided into (HKDF-SHA-256, one label each), so that no use weakens another. */
export interface TenantKeys {
  /** Wraps subject keys. */
  readonly wrapping: Buffer;
  /** Equality tags of personal texts, per subject. */
  readonly equality: Buffer;
  /** The keyed index by which people are found. */
  readonly lookup: Buffer;
  /** Command fingerprints. */
  readonly fingerprint: Buffer;
}

const SALT = Buffer.from('centum.tenant.v1');

/** Thrown when the key is not 32 bytes: RangeError. */
export function divideTenantKey(tenantKey: Uint8Array): TenantKeys {
  if (tenantKey.length !== 32) throw new RangeError('the tenant key is 32 bytes');
  const part = (label: string): Buffer => Buffer.from(hkdfSync('sha256', tenantKey, SALT, label, 32));
  return { wrapping: part('wrapping'), equality: part('equality'), lookup: part('lookup'), fingerprint: part('fingerprint') };
}

/** Equal texts of one subject have equal tags; texts of different people can't be compared. 128 bits, base64url. */
export function equalityTag(equality: Buffer, subject: SubjectId, text: string): string {
  return createHmac('sha256', equality).update(subject).update('\0').update(text, 'utf8').digest().subarray(0, 16).toString('base64url');
}

export function normaliseForLookup(value: string): string {
  return value.normalize('NFKC').trim().toLowerCase();
}

export function lookupKey(lookup: Buffer, kind: string, value: string): string {
  return createHmac('sha256', lookup).update(kind).update('\0').update(normaliseForLookup(value), 'utf8').digest('hex');
}
