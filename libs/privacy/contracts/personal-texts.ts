import type { PersonalText, SubjectId } from '#kernel';

/** How the rest of the product makes, finds and opens personal texts. Implemented by libs/privacy alone. */
export interface PersonalTexts {
  /** Fresh: sealed when the event that carries it is encoded. Thrown when the text is over `maxBytes` of PRIVACY_LIMITS: PrivacyError `text-too-long`. */
  make(subject: SubjectId, text: string): PersonalText;
  /**
   * Keyed index of a value by which people are found (employee number, login, name): HMAC-SHA-256 in hex over the kind
   * and the normalised value (NFKC, trimmed, lower case). The same for everybody, so it finds without decrypting.
   */
  lookupKey(kind: LookupKind, value: string): string;
  /** Plain texts in the order given. An erased subject's text is `erased`; a failed key fetch throws PrivacyError, never a blank. */
  open(texts: readonly PersonalText[]): Promise<readonly OpenedText[]>;
  /**
   * Throws the subjects' keys away: what was sealed with them is `erased` from now on, for good. For ids of nobody, such as a round of
   * sealed answers; erasing a person is more than this.
   */
  forget(subjects: readonly SubjectId[]): Promise<void>;
}

export type LookupKind = 'employee-no' | 'login' | 'name';

export type OpenedText = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'erased' };
