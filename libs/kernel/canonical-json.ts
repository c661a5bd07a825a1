/**
 * The one JSON text of a value: keys sorted by code units, no blanks, `undefined` members left out.
 * Numbers must be safe integers: anything with a fraction travels as a decimal string.
 * Used for stored event bytes, command fingerprints and explanation hashes, so it can never change.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError(`canonical JSON holds safe integers only, got ${value}`);
    return Object.is(value, -0) ? '0' : String(value);
  }
  if (Array.isArray(value)) return arrayText(value);
  if (isRecord(value)) return hasToJson(value) ? canonicalJson(value.toJSON()) : objectText(value);
  throw new TypeError(`canonical JSON can't hold a ${typeof value}`);
}

/** What needs no escape; the check is cheaper than asking JSON for each short text. */
const PLAIN_ASCII = /^[ !#-[\]-~]*$/;

function quote(text: string): string {
  return PLAIN_ASCII.test(text) ? `"${text}"` : JSON.stringify(text);
}

function arrayText(items: readonly unknown[]): string {
  let text = '[';
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index];
    text += `${index === 0 ? '' : ','}${canonicalJson(item === undefined ? null : item)}`;
  }
  return `${text}]`;
}

function objectText(value: Readonly<Record<string, unknown>>): string {
  let text = '{';
  for (const key of sortedKeys(value)) {
    const member = value[key];
    if (member === undefined) continue;
    text += `${text === '{' ? '' : ','}${quote(key)}:${canonicalJson(member)}`;
  }
  return `${text}}`;
}

/** Objects here have a handful of keys, often sorted already: insertion beats the general sort. */
function sortedKeys(value: object): readonly string[] {
  const keys = Object.keys(value);
  if (keys.length > 24) return keys.sort();
  for (let index = 1; index < keys.length; index += 1) {
    const key = keys[index] ?? '';
    let at = index - 1;
    for (let before = keys[at]; before !== undefined && before > key; before = keys[at]) {
      keys[at + 1] = before;
      at -= 1;
    }
    keys[at + 1] = key;
  }
  return keys;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object';
}

function hasToJson(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}
