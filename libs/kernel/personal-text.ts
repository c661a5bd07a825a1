import type { SubjectId } from './ids';

/**
 * A personal text as stored. `at` is `<event id><JSON pointer of the field>`, the place it was sealed for: part of the
 * associated data, kept beside the text so that read models and later events can carry it on.
 */
export interface SealedText {
  readonly subject: SubjectId;
  readonly keyVersion: number;
  readonly tag: string;
  readonly at: string;
  /** AES-256-GCM nonce ‖ ciphertext ‖ authentication tag in base64url. */
  readonly sealed: string;
}

/**
 * A name, contact or free text of a person. Deciders and projections may compare it (by its keyed tag) and pass it on;
 * only `libs/privacy` can make or open one. It seals into JSON; an unsealed one refuses to become JSON,
 * so that no store, log or message ever holds the text by accident.
 */
export class PersonalText {
  readonly #plain: string | undefined;

  private constructor(
    readonly subject: SubjectId,
    /** HMAC-SHA-256 under the tenant's equality key, 128 bits in base64url: equal texts of a subject have equal tags. */
    readonly tag: string,
    readonly stored: SealedText | undefined,
    plain: string | undefined,
  ) {
    this.#plain = plain;
  }

  /** Not yet sealed: lives only between the edge and the append. */
  static fresh(subject: SubjectId, tag: string, plain: string): PersonalText {
    return new PersonalText(subject, tag, undefined, plain);
  }

  static fromStored(stored: SealedText): PersonalText {
    return new PersonalText(stored.subject, stored.tag, stored, undefined);
  }

  /** The text, for the cipher alone. Undefined once stored. */
  get freshText(): string | undefined {
    return this.#plain;
  }

  equals(other: PersonalText): boolean {
    return this.subject === other.subject && this.tag === other.tag;
  }

  toJSON(): SealedText {
    if (!this.stored) throw new TypeError('a personal text must be sealed before it becomes JSON');
    return this.stored;
  }
}
