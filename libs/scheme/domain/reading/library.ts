import { INDICATOR_LIBRARY, type IndicatorLibrary } from '../../contracts/library';
import type { Title } from '../../contracts/document';

/** An indicator to pick from, for forms and the command line. */
export interface LibraryEntry {
  readonly id: string;
  readonly title: Title;
  readonly help: Title | null;
  /** How its points come about, in words. */
  readonly formula: Title;
  readonly unit: 'percent' | 'count' | 'days' | 'points' | 'word';
  readonly facts: readonly LibraryFact[];
  readonly ratings: readonly LibraryRating[];
  readonly method: string;
  /** What its method is given unless a scheme says otherwise: `cap` → `100%`. */
  readonly settings: Readonly<Record<string, string>>;
}

/** What `<key>: library` takes from the library. */
export interface LibraryFact {
  readonly key: string;
  readonly title: Title;
  readonly unit: string;
  readonly source: string | null;
}
export interface LibraryRating {
  readonly key: string;
  readonly title: Title;
  readonly type: string;
}

export function libraryFacts({ facts }: IndicatorLibrary = INDICATOR_LIBRARY): readonly LibraryFact[] {
  return Object.entries(facts).map(([key, { title, unit, source }]) => ({ key, title, unit, source: source ?? null }));
}

export function libraryRatings({ ratings }: IndicatorLibrary = INDICATOR_LIBRARY): readonly LibraryRating[] {
  return Object.entries(ratings).map(([key, { title, type }]) => ({ key, title, type }));
}

/** Every indicator that ships, in the order of the library: sales, customers, service, activity, conduct … */
export function indicatorLibrary(library: IndicatorLibrary = INDICATOR_LIBRARY): readonly LibraryEntry[] {
  return Object.entries(library.indicators).map(([id, entry]) => ({
    id,
    title: entry.title,
    help: entry.help ?? null,
    formula: entry.formula,
    unit: entry.unit,
    facts: entry.facts.flatMap((key) => {
      const fact = library.facts[key];
      return fact ? [{ key, title: fact.title, unit: fact.unit, source: fact.source ?? null }] : [];
    }),
    ratings: entry.ratings.flatMap((key) => {
      const rating = library.ratings[key];
      return rating ? [{ key, title: rating.title, type: rating.type }] : [];
    }),
    method: entry.method.kind,
    settings: textMembers(entry.method),
  }));
}

function textMembers(method: object): Readonly<Record<string, string>> {
  const texts = Object.entries(method).filter(
    (member): member is [string, string] => typeof member[1] === 'string' && member[0] !== 'kind',
  );
  return Object.fromEntries(texts);
}

interface LibraryProblem {
  readonly code: 'unknown-indicator' | 'unknown-fact' | 'unknown-rating';
  readonly path: readonly (string | number)[];
  readonly detail: string;
}

export interface Expansion {
  readonly value: unknown;
  readonly problems: readonly LibraryProblem[];
}

/**
 * A scheme's plain value with everything that it takes from the library written out: indicators `{ use: completion, points: 40 }`,
 * facts and ratings `sales.amount: library` or `{ use: sales.amount, periods: [month] }`. The scheme's own members win, those of a
 * method one by one unless its kind is another. Facts, ratings and history that the library's indicators read and the scheme does
 * not declare are added, and wholes of the library's parts. What has no shape of a scheme is left for its check.
 */
export function expandLibrary(value: unknown, library: IndicatorLibrary = INDICATOR_LIBRARY): Expansion {
  if (!isRecord(value)) return { value, problems: [] };
  const problems: LibraryProblem[] = [];
  const read = new Set<string>();
  const sections = mapped(value['sections'], (section, index) => {
    if (!isRecord(section)) return section;
    const indicators = mapped(section['indicators'], (indicator, at) => {
      const path = ['sections', index, 'indicators', at, 'use'];
      const id = usedId(indicator);
      if (!isRecord(indicator) || id === undefined) return indicator;
      if (typeof id === 'string' && Object.hasOwn(library.indicators, id)) return expandIndicator(indicator, id, { library, read });
      problems.push({ code: 'unknown-indicator', path, detail: textOf(id) });
      return indicator;
    });
    return { ...section, indicators };
  });
  const facts = expandMembers(value['facts'], { pool: library.facts, name: 'facts', code: 'unknown-fact', problems });
  const ratings = expandMembers(value['ratings'], { pool: library.ratings, name: 'ratings', code: 'unknown-rating', problems });
  const history = isRecord(value['history']) ? { ...value['history'] } : undefined;
  const expanded: Record<string, unknown> = {
    ...value,
    ...(sections !== undefined && { sections }),
    ...(facts && { facts: withWholes(gathered(facts, library.facts, read), library) }),
    ...(ratings && { ratings: gathered(ratings, library.ratings, prefixed(read, 'rating.')) }),
  };
  const blocks = historyOf(library, read);
  if (Object.keys(blocks).length > 0 && (history || value['history'] === undefined)) expanded['history'] = { ...blocks, ...history };
  return { value: expanded, problems };
}

type Members = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapped(list: unknown, change: (item: unknown, index: number) => unknown): unknown {
  return Array.isArray(list) ? list.map((item: unknown, index) => change(item, index)) : list;
}

function usedId(value: unknown): unknown {
  return isRecord(value) && Object.hasOwn(value, 'use') ? value['use'] : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function without(value: Members, name: string): Members {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
}

function expandIndicator(
  indicator: Members,
  id: string,
  { library, read }: { readonly library: IndicatorLibrary; readonly read: Set<string> },
): unknown {
  const entry = library.indicators[id];
  if (!entry) return indicator;
  const { title, help, method, zeroWhen, mayBeNegative } = entry;
  const own = without(indicator, 'use');
  const merged: Members = {
    key: id,
    title,
    ...(help && { help }),
    ...(zeroWhen !== undefined && { zeroWhen }),
    ...(mayBeNegative !== undefined && { mayBeNegative }),
    ...own,
    method: mergedMethod(method, own['method']),
    library: id,
  };
  const names = namesOf([merged['method'], merged['zeroWhen']]);
  for (const key of entry.facts) if (names.has(key)) read.add(key);
  for (const key of entry.ratings) if (names.has(key) || names.has(`rating.${key}`)) read.add(`rating.${key}`);
  for (const key of Object.keys(entry.history ?? {}))
    if ([...names].some((name) => name.startsWith(`history.${key}.`))) read.add(`history.${id}.${key}`);
  return merged;
}

function mergedMethod(method: Members, own: unknown): unknown {
  if (own === undefined) return method;
  if (!isRecord(own) || (own['kind'] !== undefined && own['kind'] !== method['kind'])) return own;
  return { ...method, ...own };
}

const NAME = /[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*/gu;

/** All that looks like a name in the texts of a block. */
function namesOf(block: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (typeof block === 'string') for (const [name] of block.matchAll(NAME)) found.add(name);
  if (Array.isArray(block)) for (const item of block) namesOf(item, found);
  if (isRecord(block)) for (const member of Object.values(block)) namesOf(member, found);
  return found;
}

interface MemberPool {
  readonly pool: Members;
  readonly name: 'facts' | 'ratings';
  readonly code: LibraryProblem['code'];
  readonly problems: LibraryProblem[];
}

/** Undefined when it is no map of members; an absent one is empty. */
function expandMembers(value: unknown, { pool, name, code, problems }: MemberPool): Members | undefined {
  if (value === undefined) return {};
  if (!isRecord(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      const id = member === 'library' ? key : usedId(member);
      if (id === undefined) return [key, member];
      const entry = typeof id === 'string' && Object.hasOwn(pool, id) ? pool[id] : undefined;
      if (!isRecord(entry)) {
        problems.push({ code, path: [name, key], detail: textOf(id) });
        return [key, member];
      }
      return [key, isRecord(member) ? { ...entry, ...without(member, 'use') } : entry];
    }),
  );
}

/** What the library's indicators read comes first, in their order, then what else the scheme declares. */
function gathered(members: Members, pool: Members, keys: ReadonlySet<string>): Members {
  const read = [...keys].filter((key) => Object.hasOwn(members, key) || Object.hasOwn(pool, key));
  return { ...Object.fromEntries(read.map((key) => [key, Object.hasOwn(members, key) ? members[key] : pool[key]])), ...members };
}

/** A part is judged against its whole, so the whole is asked with it. */
function withWholes(facts: Members, library: IndicatorLibrary): Members {
  const wholes = new Set<string>();
  for (const [key, fact] of Object.entries(facts)) {
    const whole = isRecord(fact) ? fact['partOf'] : undefined;
    if (typeof whole === 'string' && library.facts[key]?.partOf === whole && !Object.hasOwn(facts, whole)) wholes.add(whole);
  }
  if (wholes.size === 0) return facts;
  return withWholes({ ...facts, ...Object.fromEntries([...wholes].map((key) => [key, library.facts[key]])) }, library);
}

function prefixed(names: ReadonlySet<string>, prefix: string): ReadonlySet<string> {
  return new Set([...names].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length)));
}

/** `history.<indicator>.<block>` was noted for each block that an indicator reads. */
function historyOf(library: IndicatorLibrary, read: ReadonlySet<string>): Members {
  const blocks: [string, unknown][] = [];
  for (const name of prefixed(read, 'history.')) {
    const [id = '', key = ''] = name.split('.');
    blocks.push([key, library.indicators[id]?.history?.[key]]);
  }
  return Object.fromEntries(blocks);
}
