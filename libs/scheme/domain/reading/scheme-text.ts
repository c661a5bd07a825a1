import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, stringify } from 'yaml';
import { SCHEME_LIMITS, type SchemeDocument, zSchemeDocument } from '../../contracts/document';
import { expandLibrary } from './library';

/** Something wrong with a scheme: a stable code, where it stands, and what it is about. */
export interface SchemeProblem {
  readonly code: string;
  /** Members and indexes joined by dots, such as `sections.0.indicators.2.method.actual`. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly detail: string;
}

export type PathPart = string | number;

export interface SchemeSource {
  readonly document: SchemeDocument;
  /** Line and column (from 1) of the value at a path; `offset` counts characters into a text. */
  readonly locate: (path: readonly PathPart[], offset?: number) => { readonly line: number; readonly column: number };
}

export type SchemeReading =
  { readonly ok: true; readonly source: SchemeSource } | { readonly ok: false; readonly problems: readonly SchemeProblem[] };

const MOST_PROBLEMS = 100;

/** Reads the YAML of a scheme: its text, its shape. What names mean is checked by `compileScheme`. */
export function readScheme(text: string): SchemeReading {
  if (text.length > SCHEME_LIMITS.textChars)
    return refused([{ code: 'scheme-too-long', path: '', line: 1, column: 1, detail: String(SCHEME_LIMITS.textChars) }]);
  const lines = new LineCounter();
  const yaml = parseDocument(text, { lineCounter: lines, version: '1.2', uniqueKeys: true, strict: true, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const [broken] = [...yaml.errors, ...yaml.warnings];
  if (broken) return refused([{ code: 'invalid-yaml', path: '', ...at(broken.pos[0]), detail: broken.code }]);
  let value: unknown;
  try {
    value = plainValue(yaml.contents, 0);
  } catch (error) {
    if (!(error instanceof UnusableYaml)) throw error;
    return refused([{ code: error.code, path: '', ...at(error.offset), detail: '' }]);
  }
  const locate = (path: readonly PathPart[], offset = 0) => {
    const node = deepest(yaml.contents, path);
    return at((node?.start ?? 0) + (node?.whole ? offset + node.quote : 0));
  };
  // Places inside what came from the library are those of the line that asked for it.
  const expansion = expandLibrary(value);
  if (expansion.problems.length > 0)
    return refused(expansion.problems.map(({ code, path, detail }) => ({ code, path: path.join('.'), ...locate(path), detail })));
  const parsed = zSchemeDocument.safeParse(expansion.value);
  if (parsed.success) return { ok: true, source: { document: parsed.data, locate } };
  const problems = parsed.error.issues.flatMap((issue): SchemeProblem[] => {
    const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
    if (issue.code !== 'unrecognized_keys')
      return [{ code: 'invalid-shape', path: path.join('.'), ...locate(path), detail: issue.message }];
    // Each at its own place: the members that no block knows are what a reader looks for.
    return issue.keys.map((key) => ({ code: 'unknown-member', path: [...path, key].join('.'), ...locate([...path, key]), detail: key }));
  });
  return refused(problems.slice(0, MOST_PROBLEMS));
}

/** A document made elsewhere (a form, a test) as if it had been read. Thrown when it is no scheme: ZodError. */
export function sourceOf(document: SchemeDocument): SchemeSource {
  return { document: zSchemeDocument.parse(document), locate: () => ({ line: 1, column: 1 }) };
}

/** The YAML text of a document; reading it gives an equal document. */
export function writeScheme(document: SchemeDocument): string {
  return stringify(document, { lineWidth: 120 });
}

function refused(problems: readonly SchemeProblem[]): SchemeReading {
  return { ok: false, problems };
}

class UnusableYaml extends Error {
  constructor(
    readonly code: 'alias-in-scheme' | 'invalid-yaml',
    readonly offset: number,
  ) {
    super(code);
  }
}

const MOST_DEPTH = 12;

/** Plain values; numbers as the text they were written in, so that no digit is lost. Aliases are refused: a small text could grow without end. */
function plainValue(node: unknown, depth: number): unknown {
  if (node === null || node === undefined) return null;
  if (depth > MOST_DEPTH) throw new UnusableYaml('invalid-yaml', 0);
  if (isAlias(node)) throw new UnusableYaml('alias-in-scheme', node.range?.[0] ?? 0);
  if (isScalar(node))
    return typeof node.value === 'number' || typeof node.value === 'bigint' ? (node.source ?? String(node.value)) : node.value;
  if (isSeq(node)) return node.items.map((item) => plainValue(item, depth + 1));
  if (!isMap(node)) throw new UnusableYaml('invalid-yaml', 0);
  const members: Record<string, unknown> = {};
  for (const { key, value } of node.items) {
    if (!isScalar(key)) throw new UnusableYaml('invalid-yaml', node.range?.[0] ?? 0);
    Object.defineProperty(members, key.source ?? String(key.value), {
      value: plainValue(value, depth + 1),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return members;
}

/** The node at a path, or the deepest one there is on the way (a missing member has no place of its own). */
function deepest(
  root: unknown,
  path: readonly PathPart[],
): { readonly start: number; readonly whole: boolean; readonly quote: number } | undefined {
  let node = root;
  let found = startOf(node);
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isPair(item) && isScalar(item.key) && String(item.key.source ?? item.key.value) === String(part),
      );
      if (!pair) return found && { ...found, whole: false };
      found = startOf(pair.value) ?? startOf(pair.key) ?? found;
      node = pair.value;
    } else if (isSeq(node) && typeof part === 'number') {
      node = node.items[part];
      found = startOf(node) ?? found;
    } else return found && { ...found, whole: false };
  }
  return found;
}

function startOf(node: unknown): { readonly start: number; readonly whole: boolean; readonly quote: number } | undefined {
  if (!(isScalar(node) || isMap(node) || isSeq(node)) || !node.range) return undefined;
  const quoted = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
  return { start: node.range[0], whole: isScalar(node), quote: quoted ? 1 : 0 };
}
