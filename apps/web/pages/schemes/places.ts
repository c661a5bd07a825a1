import { isList, isMembers, type Path, type Plain } from './yaml/read';

/** Members whose own members are named by the company. */
export const NAMED: ReadonlySet<string> = new Set([
  'parameters',
  'facts',
  'ratings',
  'employee',
  'history',
  'tables',
  'worth',
  'values',
  'shares',
  'valueTitles',
  'wordTitles',
  'itemTitles',
  'weights',
]);
/** Lists that say nothing beside the name of an entry. */
const TOLD_BY_ENTRIES: ReadonlySet<string> = new Set(['sections', 'indicators', 'list']);
const LANGUAGES: ReadonlySet<string> = new Set(['zh-CN', 'en']);
/** The first of many: where a parameter is used says what it is, and few are used in more than two places. */
const MOST_USES = 50;

/** What things are called to a reader. */
export interface Naming {
  /** A member of the language, at its place. */
  readonly field: (name: string, path: Path) => string;
  /** A name of the company's under one of `NAMED`. */
  readonly named: (of: string, name: string, value: Plain | undefined) => string;
  /** An entry of a list. */
  readonly entry: (entry: Plain | undefined, index: number) => string;
}

/** A place as findings name it, `facts.sales.amount.unit`: names may hold dots themselves. */
export function pathOf(place: string, plain: Plain): Path {
  const parts = place.split('.');
  const path: (string | number)[] = [];
  let value: Plain | undefined = plain;
  for (let at = 0; at < parts.length;) {
    if (isList(value)) {
      path.push(Number(parts[at]));
      value = value[Number(parts[at])];
      at += 1;
      continue;
    }
    const length: number = isMembers(value) ? lengthOfName(parts.slice(at), value) : 1;
    const name = parts.slice(at, at + length).join('.');
    path.push(name);
    value = isMembers(value) ? value[name] : undefined;
    at += length;
  }
  return path;
}

function lengthOfName(parts: readonly string[], members: { readonly [name: string]: Plain }): number {
  const lengths = parts.map((_, index) => index + 1);
  return lengths.find((length) => Object.hasOwn(members, parts.slice(0, length).join('.'))) ?? 1;
}

/** A place in words: 业绩 › 完成率 › 分值. */
export function placeWords(path: Path, plain: Plain, naming: Naming): string {
  const words: string[] = [];
  let value: Plain | undefined = plain;
  for (const [at, part] of path.entries()) {
    const above = at === 0 ? undefined : path[at - 1];
    const inside: Plain | undefined = isList(value) ? value[Number(part)] : isMembers(value) ? value[String(part)] : undefined;
    const isTold = at < path.length - 1 && TOLD_BY_ENTRIES.has(String(part)) && isList(inside);
    if (isList(value)) words.push(naming.entry(inside, Number(part)));
    else if (typeof above === 'string' && NAMED.has(above)) words.push(naming.named(above, String(part), inside));
    else if (!isTold && !LANGUAGES.has(String(part))) words.push(naming.field(String(part), path.slice(0, at + 1)));
    value = inside;
  }
  return words.join(' › ');
}

const PARAMETER = /(?<![\p{L}\p{N}_.])param\.([\p{L}_][\p{L}\p{N}_]*)/gu;

/** Each parameter's form asks for its uses: a text is looked through once. */
const known = new WeakMap<object, ReadonlyMap<string, readonly Path[]>>();

/** Where each parameter is used, by its name; among the parameters themselves is no use. */
export function parameterUses(plain: Plain): ReadonlyMap<string, readonly Path[]> {
  if (!isMembers(plain)) return new Map();
  const found = known.get(plain) ?? usesIn(plain);
  known.set(plain, found);
  return found;
}

function usesIn(plain: { readonly [name: string]: Plain }): ReadonlyMap<string, readonly Path[]> {
  const uses = new Map<string, Path[]>();
  const look = (value: Plain, path: Path): void => {
    if (isList(value)) value.forEach((item, index) => look(item, [...path, index]));
    else if (isMembers(value)) for (const [name, inside] of Object.entries(value)) look(inside, [...path, name]);
    else if (typeof value === 'string')
      for (const [, name = ''] of value.matchAll(PARAMETER)) {
        const before = uses.get(name) ?? [];
        if (before.length < MOST_USES) uses.set(name, [...before, path]);
      }
  };
  for (const [name, inside] of Object.entries(plain)) if (name !== 'parameters') look(inside, [name]);
  return uses;
}

/** The use that says most: a place of its own before a formula that holds it among others, an indicator before the rest, the inner before the outer. */
export function tellingUse(name: string, plain: Plain, uses: readonly Path[]): Path | undefined {
  const own = uses.filter((path) => valueAt(plain, path) === `param.${name}`);
  const told = own.length > 0 ? own : uses;
  const scoring = told.filter(([member]) => member === 'sections');
  return (scoring.length > 0 ? scoring : told).reduce<Path | undefined>(
    (best, path) => (best && best.length >= path.length ? best : path),
    undefined,
  );
}

function valueAt(plain: Plain, path: Path): Plain | undefined {
  return path.reduce<Plain | undefined>(
    (value, part) => (isList(value) ? value[Number(part)] : isMembers(value) ? value[String(part)] : undefined),
    plain,
  );
}
