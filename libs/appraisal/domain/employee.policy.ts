import type { SchemeDocument } from '#libs/scheme';

/** What of the organisation attributes can be read from. */
export interface PlaceOfPerson {
  readonly position: string | null;
  readonly department: string;
  readonly team: string | null;
  readonly region: string | null;
  readonly site: string | null;
}

/**
 * The attributes that the scheme reads of a person, as its words. A text of the organisation that means none of them is
 * handed on as it stands, so that it is named as an unknown value; where the organisation says nothing, so does this.
 * Undefined where the scheme reads no attributes.
 */
export function employeeOf(document: Pick<SchemeDocument, 'employee'>, place: PlaceOfPerson): Readonly<Record<string, string>> | undefined {
  if (!document.employee) return undefined;
  const attributes: Record<string, string> = {};
  for (const [key, { words, from, means }] of Object.entries(document.employee)) {
    const text = from === undefined ? null : place[from];
    if (text === null) continue;
    attributes[key] = words.find((word) => means?.[word]?.includes(text)) ?? text;
  }
  return attributes;
}
