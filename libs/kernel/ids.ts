declare const brand: unique symbol;

/** A string that only its own parser can make. */
export type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A person, by random id: the only way events, workflows and Kafka name people. */
export type SubjectId = Branded<'SubjectId'>;
/** Who acted: a person, or one of the named system actors such as `system:cycle-workflow`. */
export type ActorId = SubjectId | Branded<'SystemActor'>;
/** An instant in UTC as `2026-11-01T00:00:00.000Z`, always with milliseconds, so that text order is time order. */
export type Instant = Branded<'Instant'>;
/** A calendar day `2026-11-01`. */
export type PlainDay = Branded<'PlainDay'>;
/** `YYYY-MM`, `YYYY-Qn` or `YYYY`. */
export type Period = Branded<'Period'>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const PERIOD = /^\d{4}(-(0[1-9]|1[0-2])|-Q[1-4])?$/;
const SYSTEM_ACTOR = /^system:[a-z][a-z-]{0,40}$/;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

export function isSubjectId(text: string): text is SubjectId {
  return UUID.test(text);
}

export function isInstant(text: string): text is Instant {
  return INSTANT.test(text) && !Number.isNaN(Date.parse(text));
}

export function isPlainDay(text: string): text is PlainDay {
  if (!DAY.test(text)) return false;
  const day = Number(text.slice(8));
  return day <= 28 || day <= daysInMonth(Number(text.slice(0, 4)), Number(text.slice(5, 7)));
}

/** Arithmetic, since every stored day is checked again on every read. Gregorian, as ISO 8601 has it for all years. */
function daysInMonth(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

export function isPeriod(text: string): text is Period {
  return PERIOD.test(text);
}

export function isActorId(text: string): text is ActorId {
  return UUID.test(text) || SYSTEM_ACTOR.test(text);
}

function parser<T extends string>(name: string, test: (text: string) => text is T): (text: string) => T {
  return (text) => {
    if (!test(text)) throw new RangeError(`not a valid ${name}: ${JSON.stringify(text).slice(0, 80)}`);
    return text;
  };
}

/** Each throws RangeError on anything that is not of the form its type documents. */
export const subjectId = parser('subject id', isSubjectId);
export const actorId = parser('actor id', isActorId);
export const instant = parser('instant', isInstant);
export const plainDay = parser('day', isPlainDay);
export const period = parser('period', isPeriod);

/** Makes ids; randomness and time come from outside so that domain code never reads them itself. */
export interface IdSource {
  uuid(): string;
}

/** UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, then random; sorts by time, so indexes stay dense. */
export function uuidV7(unixMs: number, random: Uint8Array): string {
  if (random.length < 10) throw new RangeError('uuidV7 needs 10 random bytes');
  const bytes = new Uint8Array(16);
  let rest = unixMs;
  for (let index = 5; index >= 0; index -= 1) {
    bytes[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Buffer.from(bytes).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
