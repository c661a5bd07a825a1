import { PersonalText, type SealedText, type SubjectId } from '#kernel';
import type { PersonalTextSealer } from '#libs/event-store';
import type { LookupKind, OpenedText, PersonalTexts } from './contracts';
import { PRIVACY_LIMITS, PrivacyError } from './limits';
import { decrypt, encrypt, type SubjectKey, type SubjectKeyStore } from './subject-keys';
import { equalityTag, lookupKey, type TenantKeys } from './tenant-key';

/** The one piece that seals and opens personal texts; stored format fixed by ADR 0004. */
export function createPersonalTexts(keys: SubjectKeyStore, tenant: TenantKeys): PersonalTexts & PersonalTextSealer {
  return new Texts(keys, tenant);
}

class Texts implements PersonalTexts, PersonalTextSealer {
  constructor(
    private readonly keys: SubjectKeyStore,
    private readonly tenant: TenantKeys,
  ) {}

  make(subject: SubjectId, text: string): PersonalText {
    if (Buffer.byteLength(text) > PRIVACY_LIMITS.textBytes) throw new PrivacyError('text-too-long', { maxBytes: PRIVACY_LIMITS.textBytes });
    return PersonalText.fresh(subject, equalityTag(this.tenant.equality, subject, text), text);
  }

  lookupKey(kind: LookupKind, value: string): string {
    return lookupKey(this.tenant.lookup, kind, value);
  }

  async sealAll(
    items: readonly { readonly text: PersonalText; readonly eventId: string; readonly field: string }[],
  ): Promise<readonly SealedText[]> {
    // A text carried on from an earlier event stays as it was sealed: `at` names that event.
    const subjects = items.filter(({ text }) => !text.stored).map(({ text }) => text.subject);
    const keys = subjects.length === 0 ? new Map<SubjectId, SubjectKey>() : await this.keys.ensure(subjects);
    return items.map(({ text, eventId, field }) => text.stored ?? seal(text, `${eventId}${field}`, keys.get(text.subject)));
  }

  forget(subjects: readonly SubjectId[]): Promise<void> {
    return this.keys.forget(subjects);
  }

  async open(texts: readonly PersonalText[]): Promise<readonly OpenedText[]> {
    const keys = await this.keys.find(texts.filter((text) => text.stored).map((text) => text.subject));
    return texts.map((text) => {
      if (text.freshText !== undefined) return { kind: 'text', text: text.freshText };
      const key = keys.get(text.subject);
      return key && text.stored ? { kind: 'text', text: unseal(text.stored, key) } : { kind: 'erased' };
    });
  }
}

function seal(text: PersonalText, at: string, key: SubjectKey | undefined): SealedText {
  if (!key || text.freshText === undefined) throw new PrivacyError('key-missing', { subject: text.subject });
  const sealed = encrypt(key.key, Buffer.from(text.freshText, 'utf8'), binding(text.subject, key.version, at));
  return { subject: text.subject, keyVersion: key.version, tag: text.tag, at, sealed: sealed.toString('base64url') };
}

function unseal(stored: SealedText, key: SubjectKey): string {
  const plain = decrypt(key.key, Buffer.from(stored.sealed, 'base64url'), binding(stored.subject, stored.keyVersion, stored.at));
  if (!plain) throw new PrivacyError('text-damaged', { at: stored.at });
  return plain.toString('utf8');
}

function binding(subject: SubjectId, keyVersion: number, at: string): Buffer {
  return Buffer.from(`centum.text.v1\0${subject}\0${keyVersion}\0${at}`);
}
