import type { SubjectId } from '#kernel';

/** A file as the log names it: SHA-256 of the ciphertext in hex, and the size of the plain bytes. */
export interface VaultedFile {
  readonly hash: string;
  readonly bytes: number;
}

/** Evidence files: encrypted under the subject's key, named by the hash of the ciphertext. */
export interface FileVault {
  /** Thrown: PrivacyError `file-too-large` (10 MiB). Written and flushed before it returns. */
  put(subject: SubjectId, content: Uint8Array): Promise<VaultedFile>;
  /** Thrown: PrivacyError `file-not-found`, `file-damaged`, `erased`. */
  get(subject: SubjectId, hash: string): Promise<Uint8Array>;
}
