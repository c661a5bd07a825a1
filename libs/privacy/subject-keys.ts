import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SubjectId } from '#kernel';
import { PrivacyError } from './limits';

/** The key of a person: 32 bytes for AES-256-GCM, by version. */
export interface SubjectKey {
  readonly version: number;
  readonly key: Buffer;
}

/**
 * Where subject keys live, apart from the log and its backups. A key is on stable storage before it is handed out:
 * a sealed text whose key was lost could never be read again.
 */
export interface SubjectKeyStore {
  /** The current key of each, made where there is none. Thrown: PrivacyError `keys-unavailable`. */
  ensure(subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, SubjectKey>>;
  /** Undefined where none is stored: erased, or never made here. */
  find(subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, SubjectKey>>;
  /** Gone from stable storage when it returns, and never found again; unknown ones are none. Backups keep what they hold. */
  forget(subjects: readonly SubjectId[]): Promise<void>;
  close(): Promise<void>;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM: nonce ‖ ciphertext ‖ tag. */
export function encrypt(key: Buffer, plain: Uint8Array, associated: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(associated);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Undefined when the bytes were not made with this key for these associated data. */
export function decrypt(key: Buffer, sealed: Buffer, associated: Buffer): Buffer | undefined {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES));
  decipher.setAAD(associated);
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES)), decipher.final()]);
  } catch {
    // GCM says only "no": a wrong key, other data or a changed byte look alike; the caller names what it was opening.
    return undefined;
  }
}

export function wrapKey(wrapping: Buffer, subject: SubjectId, key: SubjectKey): string {
  return encrypt(wrapping, key.key, wrapBinding(subject, key.version)).toString('base64url');
}

/** Thrown: PrivacyError `wrong-tenant-key` when it was wrapped under another tenant key or for another subject. */
export function unwrapKey(wrapping: Buffer, subject: SubjectId, version: number, wrapped: string): SubjectKey {
  const key = decrypt(wrapping, Buffer.from(wrapped, 'base64url'), wrapBinding(subject, version));
  if (key?.length !== 32) throw new PrivacyError('wrong-tenant-key', { subject });
  return { version, key };
}

function wrapBinding(subject: SubjectId, version: number): Buffer {
  return Buffer.from(`centum.subject-key.v1\0${subject}\0${version}`);
}

export function newSubjectKey(): SubjectKey {
  return { version: 1, key: randomBytes(32) };
}
