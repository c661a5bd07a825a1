import { type Instant, isInstant, PersonalText } from '#kernel';
import { COMPANY_ZONE, wallClock } from '#libs/calendar';
import { lookedAtInWords, personIn } from './looked-at-words';
import { CODE_WORDS, ENGLISH_CODES, EVENT_WORDS } from './event-words';

export type Language = 'zh-CN' | 'en';

export interface Told {
  readonly type: string;
  readonly data: object;
}

const PLACE = /\{([@#~]?)([A-Za-z.]+)\}/g;
const NOTHING: Readonly<Record<Language, string>> = { 'zh-CN': '无', en: 'none' };
const SEALED: Readonly<Record<Language, string>> = { 'zh-CN': '（已加密）', en: '(sealed)' };

/** What an event says, in a sentence. A type without a sentence of its own is told by its name, in words. */
export function eventInWords(event: Told, language: Language, nameOf: (id: string) => string): string {
  const template = EVENT_WORDS[event.type]?.[language] ?? spaced(event.type);
  return template.replace(PLACE, (_place, mark: string, path: string) => {
    const value = at(event.data, path);
    if (value instanceof PersonalText) return SEALED[language];
    if (value === undefined || value === null) return NOTHING[language];
    const text =
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : JSON.stringify(value);
    if (mark === '@') return event.type === 'AuditRead' ? lookedAtInWords(text, language, nameOf) : nameOf(text);
    if (mark === '~') return isInstant(text) ? endInWords(text, language) : text;
    if (mark !== '#') return text;
    return language === 'zh-CN' ? (CODE_WORDS[text] ?? text) : (ENGLISH_CODES[text] ?? text.replaceAll('-', ' '));
  });
}

/** Deadlines as people say them: 2026年12月2日 24:00, Dec 2, 2026 24:00. */
function endInWords(at: Instant, language: Language): string {
  const [day = '', time = ''] = wallClock(at, COMPANY_ZONE).split(' ');
  const words = new Intl.DateTimeFormat(language, { timeZone: 'UTC', year: 'numeric', month: 'short', day: 'numeric' });
  return `${words.format(Date.parse(`${day}T00:00:00Z`))} ${time}`;
}

/** People whom the sentence of an event names. */
export function namedIn(event: Told): readonly string[] {
  const named: string[] = [];
  for (const [, mark, path] of (EVENT_WORDS[event.type]?.en ?? '').matchAll(PLACE)) {
    const value = mark === '@' && path !== undefined ? at(event.data, path) : undefined;
    if (typeof value === 'string') named.push(personIn(value) ?? value);
  }
  return named;
}

/** The reason that an event states: business text as it is, a person's words only as being there. */
export function reasonOf(event: Told, language: Language): string | null {
  const reason = at(event.data, 'reason');
  if (reason instanceof PersonalText) return SEALED[language];
  return typeof reason === 'string' ? reason : null;
}

function at(value: unknown, path: string): unknown {
  let found = value;
  for (const step of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
    found = Object.entries(found).find(([key]) => key === step)?.[1];
  }
  return found;
}

/** `CyclePhaseOpened` → `Cycle phase opened`. */
function spaced(type: string): string {
  const text = type.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, ' ').toLowerCase();
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
