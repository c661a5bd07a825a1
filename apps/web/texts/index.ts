import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { texts as admin } from './zh-CN/admin';
import type { texts as appeals } from './zh-CN/appeals';
import type { texts as audit } from './zh-CN/audit';
import type { texts as coaching } from './zh-CN/coaching';
import type { texts as common } from './zh-CN/common';
import type { texts as cycles } from './zh-CN/cycles';
import type { texts as data } from './zh-CN/data';
import type { texts as explain } from './zh-CN/explain';
import type { texts as home } from './zh-CN/home';
import type { texts as leaderboard } from './zh-CN/leaderboard';
import type { texts as me } from './zh-CN/me';
import type { texts as payouts } from './zh-CN/payouts';
import type { texts as problems } from './zh-CN/problems';
import type { texts as schemes } from './zh-CN/schemes';
import type { texts as team } from './zh-CN/team';

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Every area's texts; Chinese is written first and gives the keys, the test `texts.spec` holds English equal to it. */
interface Areas {
  readonly admin: typeof admin;
  readonly appeals: typeof appeals;
  readonly audit: typeof audit;
  readonly coaching: typeof coaching;
  readonly common: typeof common;
  readonly cycles: typeof cycles;
  readonly data: typeof data;
  readonly explain: typeof explain;
  readonly home: typeof home;
  readonly leaderboard: typeof leaderboard;
  readonly me: typeof me;
  readonly payouts: typeof payouts;
  readonly problems: typeof problems;
  readonly schemes: typeof schemes;
  readonly team: typeof team;
}
export type Area = keyof Areas;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: Areas;
    returnNull: false;
  }
}

const STORED = 'centum.language';
const files = import.meta.glob<{ readonly texts: object }>('./*/*.ts');

/** Starts with the language chosen before, else the browser's; only the areas that are asked for are loaded. */
export async function startTexts(): Promise<i18n> {
  await i18next.use(initReactI18next).init({
    lng: firstLanguage(),
    fallbackLng: false,
    supportedLngs: [...LANGUAGES],
    ns: [],
    defaultNS: 'common',
    partialBundledLanguages: true,
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await loadTexts('common', 'problems');
  markDocument(language());
  return i18next;
}

export function language(): Language {
  return i18next.language === 'en' ? 'en' : 'zh-CN';
}

/** Makes the areas' texts ready in the language of now; routes call it before their page is drawn. */
export async function loadTexts(...areas: readonly Area[]): Promise<void> {
  await Promise.all(areas.map((area) => load(language(), area)));
}

/** Every area that was loaded is loaded in the other language first, so that no page shows a key. */
export async function changeLanguage(next: Language): Promise<void> {
  const loaded = Object.keys(i18next.getDataByLanguage(language()) ?? {}) as Area[];
  await Promise.all(loaded.map((area) => load(next, area)));
  await i18next.changeLanguage(next);
  localStorage.setItem(STORED, next);
  markDocument(next);
}

async function load(into: Language, area: Area): Promise<void> {
  if (i18next.hasResourceBundle(into, area)) return;
  const file = files[`./${into}/${area}.ts`];
  if (!file) throw new Error(`no texts: ${into}/${area}`);
  i18next.addResourceBundle(into, area, (await file()).texts);
}

function firstLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  if (stored === 'en' || stored === 'zh-CN') return stored;
  return navigator.languages.some((tag) => tag.toLowerCase().startsWith('zh')) || navigator.languages.length === 0 ? 'zh-CN' : 'en';
}

function markDocument(now: Language): void {
  document.documentElement.lang = now;
}
