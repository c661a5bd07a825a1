import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

export type Part = string | number;
export type Path = readonly Part[];
/** A value of a scheme as the language reads it: numbers are the text they were written in. */
export type Plain = string | boolean | null | readonly Plain[] | { readonly [name: string]: Plain };

export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The text of a scheme and what stands in it. */
export interface SchemeYaml {
  readonly text: string;
  readonly root: Node | null;
  readonly plain: Plain;
  /** The first thing that keeps it from being read. */
  readonly broken: (Place & { readonly code: string }) | undefined;
  readonly at: (offset: number) => Place;
}

/** Reads a text as the server does: version 1.2, no member twice, no aliases. Never throws. */
export function readYaml(text: string): SchemeYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, version: '1.2', uniqueKeys: true, strict: true, prettyErrors: false });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const [problem] = [...document.errors, ...document.warnings];
  const root = document.contents;
  if (problem) return { text, root: null, plain: null, at, broken: { ...at(problem.pos[0]), code: problem.code } };
  return { text, root, plain: plainOf(root), at, broken: undefined };
}

export function plainOf(node: unknown): Plain {
  if (isScalar(node)) return plainScalar(node);
  if (isSeq(node)) return node.items.map(plainOf);
  if (isMap(node)) return Object.fromEntries(node.items.map(({ key, value }) => [keyOf(key), plainOf(value)]));
  if (isAlias(node)) return `*${node.source}`;
  return null;
}

function plainScalar({ value, source }: Scalar): Plain {
  if (typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number' || typeof value === 'bigint') return source ?? String(value);
  return typeof value === 'string' ? value : null;
}

export function keyOf(key: unknown): string {
  return isScalar(key) ? (key.source ?? String(key.value)) : '';
}

export function pairOf(map: YAMLMap, name: Part): Pair | undefined {
  return map.items.find((pair) => isPair(pair) && keyOf(pair.key) === String(name));
}

/** The node at a path; undefined where there is none. */
export function nodeAt(root: Node | null, path: Path): Node | undefined {
  let node: unknown = root;
  for (const part of path) {
    if (isMap(node)) node = pairOf(node, part)?.value;
    else if (isSeq(node) && typeof part === 'number') node = node.items[part];
    else return undefined;
  }
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node : undefined;
}

export function plainAt(plain: Plain, path: Path): Plain | undefined {
  let value: Plain | undefined = plain;
  for (const part of path) {
    if (isList(value)) value = typeof part === 'number' ? value[part] : undefined;
    else if (isMembers(value)) value = Object.hasOwn(value, part) ? value[String(part)] : undefined;
    else return undefined;
  }
  return value;
}

export function isMembers(value: Plain | undefined): value is { readonly [name: string]: Plain } {
  return typeof value === 'object' && value !== null && !isList(value);
}

export function isList(value: Plain | undefined): value is readonly Plain[] {
  return Array.isArray(value);
}

/** Where the value of a node begins and where its last character stands; blanks and comments after it are not part of it. */
export function extentOf(node: Node): { readonly start: number; readonly end: number } {
  const start = node.range?.[0] ?? 0;
  if ((isMap(node) || isSeq(node)) && node.flow !== true) return { start, end: endOfBlock(node) ?? start };
  return { start, end: node.range?.[1] ?? start };
}

function endOfBlock(node: YAMLMap | YAMLSeq): number | undefined {
  const last: unknown = node.items.at(-1);
  if (isPair(last)) return isNode(last.value) && !isEmptyNull(last.value) ? extentOf(last.value).end : afterColon(last);
  return isNode(last) ? extentOf(last).end : undefined;
}

/** `key:` without a value ends after its colon. */
function afterColon({ key, value }: Pair): number | undefined {
  if (isNode(value) && value.range) return Math.max(value.range[0], isNode(key) ? (key.range?.[1] ?? 0) : 0);
  return isNode(key) ? key.range?.[1] : undefined;
}

function isEmptyNull(node: Node): boolean {
  return isScalar(node) && node.value === null && node.range !== undefined && node.range?.[0] === node.range?.[1];
}

export function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
}
