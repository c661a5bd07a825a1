/** Limits of this library, refused by name. */
export const PRIVACY_LIMITS = {
  /** One personal text, UTF-8. */
  textBytes: 16 * 1024,
  /** One evidence file. */
  fileBytes: 10 * 1024 * 1024,
  /** Subject keys held unwrapped in memory; the oldest are dropped first. */
  cachedKeys: 200_000,
} as const;

export type PrivacyErrorCode =
  | 'text-too-long'
  | 'file-too-large'
  | 'file-not-found'
  | 'file-damaged'
  | 'erased'
  | 'key-missing'
  | 'keys-unavailable'
  | 'keys-damaged'
  | 'keys-owned-by-another-process'
  | 'wrong-tenant-key'
  | 'text-damaged';

/** Thrown when a text or file can't be sealed or opened. Details never hold the text. */
export class PrivacyError extends Error {
  override readonly name = 'PrivacyError';

  constructor(
    readonly code: PrivacyErrorCode,
    readonly details: Readonly<Record<string, string | number>> = {},
    options?: { readonly cause?: unknown },
  ) {
    super(`${code} ${JSON.stringify(details)}`, options);
  }
}
