import { isSubjectId, PersonalText, type SealedText } from '#kernel';
import { z } from 'zod';

/** A fresh personal text in an event that is about to be stored. `field` is its JSON pointer (RFC 6901) within the data. */
export interface TextToSeal {
  readonly text: PersonalText;
  readonly eventId: string;
  readonly field: string;
}

/**
 * Seals the personal texts of a batch, in the order given. What the cipher binds to them (event, field, subject, key
 * version) is its own business. Texts that come already sealed carry their place with them and are not asked for again.
 * Thrown when a key can't be had: an error, never a blank.
 */
export interface PersonalTextSealer {
  sealAll(items: readonly TextToSeal[]): Promise<readonly SealedText[]>;
}

const SEALED_LIMITS = { keyVersion: 1_000_000, tagChars: 64, atChars: 1_000, sealedChars: 64 * 1024 } as const;

/** Filled while a schema runs over data to be stored, so that every personal text met in it is one the schema marks. */
let marked: PersonalText[] | undefined;

/**
 * Marks a field of an event as personal: a PersonalText in memory, sealed JSON in the store. Parsing stored JSON gives
 * back a PersonalText; parsing data to be stored leaves it as it is.
 */
export function personalText(): z.ZodType<PersonalText> {
  return z.unknown().transform((value, context): PersonalText => {
    const text = value instanceof PersonalText ? value : readSealed(value);
    if (text) {
      marked?.push(text);
      return text;
    }
    context.issues.push({ code: 'custom', message: 'not a personal text', input: undefined });
    return z.NEVER;
  });
}

/** Runs `parse` and tells which personal texts its schema marked. Synchronous, so the collector can't be shared. */
export function collectMarked<T>(parse: () => T): { readonly result: T; readonly marked: readonly PersonalText[] } {
  const collected: PersonalText[] = [];
  marked = collected;
  try {
    return { result: parse(), marked: collected };
  } finally {
    marked = undefined;
  }
}

function readSealed(value: unknown): PersonalText | undefined {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 5) return undefined;
  if (!('subject' in value && 'keyVersion' in value && 'tag' in value && 'at' in value && 'sealed' in value)) return undefined;
  const { subject, keyVersion, tag, at, sealed } = value;
  if (typeof subject !== 'string' || !isSubjectId(subject)) return undefined;
  if (typeof keyVersion !== 'number' || !Number.isSafeInteger(keyVersion) || keyVersion < 1 || keyVersion > SEALED_LIMITS.keyVersion)
    return undefined;
  if (typeof tag !== 'string' || tag.length > SEALED_LIMITS.tagChars) return undefined;
  if (typeof at !== 'string' || at.length > SEALED_LIMITS.atChars) return undefined;
  if (typeof sealed !== 'string' || sealed.length > SEALED_LIMITS.sealedChars) return undefined;
  return PersonalText.fromStored({ subject, keyVersion, tag, at, sealed });
}

export interface FoundText {
  readonly text: PersonalText;
  readonly field: string;
}

/** Cheap: most events and commands hold none, and then nothing need be searched or copied. */
export function holdsPersonalText(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (value instanceof PersonalText) return true;
  if (Array.isArray(value)) return value.some(holdsPersonalText);
  return Object.values(value).some(holdsPersonalText);
}

/** Every personal text within a value with its JSON pointer, in document order. */
export function findPersonalTexts(value: unknown): readonly FoundText[] {
  if (!holdsPersonalText(value)) return [];
  const found: FoundText[] = [];
  visit(value, '', found);
  return found;
}

function visit(value: unknown, pointer: string, found: FoundText[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (value instanceof PersonalText) {
    found.push({ text: value, field: pointer });
    return;
  }
  for (const [key, member] of Object.entries(value)) {
    if (typeof member === 'object' && member !== null) visit(member, `${pointer}/${escapePointer(key)}`, found);
  }
}

function escapePointer(key: string): string {
  return key.includes('~') || key.includes('/') ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;
}

/** A copy of the value with each personal text replaced; what holds none is given back as it is. */
export function replacePersonalTexts(value: unknown, replace: (text: PersonalText) => unknown): unknown {
  return holdsPersonalText(value) ? replaced(value, replace) : value;
}

function replaced(value: unknown, replace: (text: PersonalText) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof PersonalText) return replace(value);
  if (Array.isArray(value)) return value.map((item: unknown) => replaced(item, replace));
  const copy: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) copy[key] = replaced(member, replace);
  return copy;
}
