import { isMap, isSeq, type Node, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { extentOf, isList, isMembers, isNode, nodeAt, pairOf, type Part, type Path, type Plain, readYaml, type SchemeYaml } from './read';
import { blockText, flowText, memberText, scalarText } from './write';

export type Edit =
  | { readonly kind: 'set'; readonly path: Path; readonly value: Plain }
  | { readonly kind: 'remove'; readonly path: Path }
  | { readonly kind: 'append'; readonly path: Path; readonly value: Plain }
  | { readonly kind: 'move'; readonly path: Path; readonly by: -1 | 1 }
  | { readonly kind: 'rename'; readonly path: Path; readonly name: string };

/**
 * Changes one place of a text and leaves every other character as it is: comments, order, blanks, what no form knows. Where the
 * text itself can't be cut so, the document is written anew (comments stay, blanks may not). What comes out reads as what was
 * asked for, or the text stays as it was.
 */
export function editYaml(before: SchemeYaml, edit: Edit): SchemeYaml {
  if (before.broken) return before;
  const wanted = editPlain(before.plain, edit);
  if (same(before.plain, wanted)) return before;
  const cut = cutText(before, edit);
  if (cut !== undefined) {
    const after = readYaml(cut);
    if (!after.broken && same(after.plain, wanted)) return after;
  }
  const whole = readYaml(rewritten(before.text, edit, wanted));
  return !whole.broken && same(whole.plain, wanted) ? whole : before;
}

/** What the edit means, on the plain value. */
export function editPlain(plain: Plain, edit: Edit): Plain {
  const [part, ...rest] = edit.path;
  if (part === undefined)
    return edit.kind === 'set' ? edit.value : edit.kind === 'append' ? [...(isList(plain) ? plain : []), edit.value] : plain;
  const deeper = (inside: Plain): Plain => editPlain(inside, { ...edit, path: rest });
  if (typeof part === 'number') return editItem(isList(plain) ? plain : [], part, { edit, deeper, isLast: rest.length === 0 });
  const members: Readonly<Record<string, Plain>> = isMembers(plain) ? plain : {};
  if (rest.length === 0 && edit.kind === 'remove') return Object.fromEntries(Object.entries(members).filter(([name]) => name !== part));
  if (rest.length === 0 && edit.kind === 'rename')
    return Object.fromEntries(Object.entries(members).map(([name, value]) => [name === part ? edit.name : name, value]));
  return { ...members, [part]: deeper(members[part] ?? null) };
}

interface ItemEdit {
  readonly edit: Edit;
  readonly deeper: (inside: Plain) => Plain;
  readonly isLast: boolean;
}

function editItem(list: readonly Plain[], index: number, { edit, deeper, isLast }: ItemEdit): Plain {
  if (isLast && edit.kind === 'remove') return list.filter((_, at) => at !== index);
  if (isLast && edit.kind === 'move') {
    const to = index + edit.by;
    const [one, other] = [list[index], list[to]];
    if (one === undefined || other === undefined) return list;
    return list.map((item, at) => (at === index ? other : at === to ? one : item));
  }
  return list.map((item, at) => (at === index ? deeper(item) : item));
}

function same(one: Plain, other: Plain): boolean {
  if (isList(one)) return isList(other) && one.length === other.length && one.every((item, at) => same(item, other[at] ?? null));
  if (!isMembers(one)) return one === other;
  if (!isMembers(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && same(one[name] ?? null, other[name] ?? null))
  );
}

function cutText(yaml: SchemeYaml, edit: Edit): string | undefined {
  const { text, root } = yaml;
  const node = nodeAt(root, edit.path);
  const parent = nodeAt(root, edit.path.slice(0, -1));
  const last = edit.path.at(-1);
  switch (edit.kind) {
    case 'set':
      return node ? replaced(text, node, edit.value) : inserted(yaml, edit.path, edit.value);
    case 'append':
      if (!node || !isSeq(node)) return cutText(yaml, { kind: 'set', path: edit.path, value: [edit.value] });
      return node.items.length === 0 ? firstItem(text, node, edit.value) : appended(text, node, edit.value);
    case 'remove':
      if (isMap(parent) && last !== undefined) return withoutPair(text, parent, last);
      return isSeq(parent) && typeof last === 'number' ? withoutItem(text, parent, last) : undefined;
    case 'move':
      return isSeq(parent) && typeof last === 'number' ? moved(text, parent, Math.min(last, last + edit.by)) : undefined;
    case 'rename':
      return isMap(parent) && last !== undefined ? renamed(text, parent, last, edit.name) : undefined;
  }
}

function spliced(text: string, start: number, end: number, written: string): string {
  return text.slice(0, start) + written + text.slice(end);
}

/** The column of a place, counted from 0. */
function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** After the line break that ends the line of a place, or at the end of the text. Folded texts end after theirs. */
function lineEnd(text: string, offset: number): number {
  if (text[offset - 1] === '\n') return offset;
  const at = text.indexOf('\n', offset);
  return at === -1 ? text.length : at + 1;
}

function replaced(text: string, node: Node, value: Plain): string {
  const { start, end: whole } = extentOf(node);
  const end = start + text.slice(start, whole).trimEnd().length;
  const isBlock = (isMap(node) || isSeq(node)) && node.flow !== true;
  // `key:` without a value: the colon needs a blank before what follows.
  const gap = start === end && text[start - 1] === ':' ? ' ' : '';
  return spliced(text, start, end, gap + (isBlock ? blockText(value, columnOf(text, start)) : flowText(value)));
}

/** A member that is not there yet, in the deepest map that is. */
function inserted({ text, root }: SchemeYaml, path: Path, value: Plain): string | undefined {
  for (let depth = path.length - 1; depth >= 0; depth -= 1) {
    const map = nodeAt(root, path.slice(0, depth));
    if (map === undefined) continue;
    const rest = path.slice(depth);
    const [name] = rest;
    if (typeof name !== 'string' || rest.slice(1).some((part) => typeof part === 'number')) return undefined;
    const nested = rest.slice(1).reduceRight<Plain>((inside, part) => ({ [part]: inside }), value);
    return isMap(map) ? withPair(text, map, name, nested) : replaced(text, map, { [name]: nested });
  }
  return undefined;
}

function withPair(text: string, map: YAMLMap, name: string, value: Plain): string {
  const { start, end } = extentOf(map);
  if (map.flow === true) {
    if (map.items.length === 0) return spliced(text, start, end, flowText({ [name]: value }));
    const after = lastEnd(map) ?? end - 1;
    return spliced(text, after, after, `, ${scalarText(name)}: ${flowText(value)}`);
  }
  const column = columnOf(text, start);
  const line = `${' '.repeat(column)}${scalarText(name)}:${memberText(value, column)}`;
  return afterLine(text, end, line);
}

/** As a line of its own below the line of a place. */
function afterLine(text: string, offset: number, line: string): string {
  const at = lineEnd(text, offset);
  const isOpen = at === text.length && !text.endsWith('\n');
  return spliced(text, at, at, isOpen ? `\n${line}` : `${line}\n`);
}

function lastEnd(collection: YAMLMap | YAMLSeq): number | undefined {
  const last: unknown = collection.items.at(-1);
  if (isNode(last)) return extentOf(last).end;
  if (typeof last !== 'object' || last === null || !('value' in last) || !('key' in last)) return undefined;
  const inside = isNode(last.value) ? last.value : last.key;
  return isNode(inside) ? extentOf(inside).end : undefined;
}

function appended(text: string, list: YAMLSeq, value: Plain): string {
  const { start, end } = extentOf(list);
  if (list.flow === true) {
    const after = lastEnd(list) ?? end - 1;
    return spliced(text, after, after, `, ${flowText(value)}`);
  }
  const column = columnOf(text, start);
  return afterLine(text, end, `${' '.repeat(column)}- ${blockText(value, column + 2)}`);
}

/** `name: []` becomes lines below the name where it stands on a line of its own. */
function firstItem(text: string, list: YAMLSeq, value: Plain): string {
  const { start, end } = extentOf(list);
  const from = lineStart(text, start);
  const name = /^([\s-]*)[^\s{[,]+:\s+$/.exec(text.slice(from, start));
  if (!name) return replaced(text, list, [value]);
  const after = from + name[0].trimEnd().length;
  const column = name[1]?.length ?? 0;
  return spliced(text, after, end, `\n${' '.repeat(column + 2)}- ${blockText(value, column + 4)}`);
}

function withoutPair(text: string, map: YAMLMap, name: Part): string | undefined {
  const index = map.items.findIndex((pair) => pair === pairOf(map, name));
  const pair = map.items[index];
  if (!pair || !isNode(pair.key)) return undefined;
  const start = pair.key.range?.[0] ?? 0;
  const end = isNode(pair.value) ? extentOf(pair.value).end : extentOf(pair.key).end;
  if (map.flow === true) return withoutFlow(text, { start, end, isFirst: index === 0, isOnly: map.items.length === 1 });
  if (map.items.length === 1) return undefined;
  // The first member of an item stands on the line of its dash: the next one comes up to it.
  const next = map.items[index + 1];
  if (text.slice(lineStart(text, start), start).trim() !== '')
    return next && isNode(next.key) ? spliced(text, start, next.key.range?.[0] ?? end, '') : undefined;
  return spliced(text, lineStart(text, start), lineEnd(text, end), '');
}

interface FlowCut {
  readonly start: number;
  readonly end: number;
  readonly isFirst: boolean;
  readonly isOnly: boolean;
}

/** With one of the commas beside it. */
function withoutFlow(text: string, { start, end, isFirst, isOnly }: FlowCut): string {
  if (isOnly) return spliced(text, start, end, '');
  if (!isFirst) return spliced(text, text.slice(0, start).search(/\s*,\s*$/), end, '');
  const comma = /^\s*,\s*/.exec(text.slice(end));
  return spliced(text, start, end + (comma?.[0].length ?? 0), '');
}

/** The lines of each item: comments right above its dash belong to it, what follows its last character on the line, too. */
function chunks(text: string, list: YAMLSeq): readonly { readonly start: number; readonly end: number }[] | undefined {
  const nodes = list.items.filter(isNode);
  if (nodes.length !== list.items.length) return undefined;
  const ends = nodes.map((node) => lineEnd(text, extentOf(node).end));
  const first = lineStart(text, extentOf(list).start);
  return ends.map((end, at) => ({ start: at === 0 ? first : (ends[at - 1] ?? first), end }));
}

function withoutItem(text: string, list: YAMLSeq, index: number): string | undefined {
  const node = list.items[index];
  if (!isNode(node)) return undefined;
  if (list.flow === true) return withoutFlow(text, { ...extentOf(node), isFirst: index === 0, isOnly: list.items.length === 1 });
  if (list.items.length === 1) {
    const { start, end } = extentOf(list);
    return spliced(text, start, end, '[]');
  }
  const chunk = chunks(text, list)?.[index];
  return chunk && spliced(text, chunk.start, chunk.end, '');
}

/** The item at the index changes places with the one after it. */
function moved(text: string, list: YAMLSeq, index: number): string | undefined {
  const [one, other] = [list.items[index], list.items[index + 1]];
  if (!isNode(one) || !isNode(other)) return undefined;
  if (list.flow === true) {
    const [a, b] = [extentOf(one), extentOf(other)];
    return (
      text.slice(0, a.start) + text.slice(b.start, b.end) + text.slice(a.end, b.start) + text.slice(a.start, a.end) + text.slice(b.end)
    );
  }
  const [a, b] = chunks(text, list)?.slice(index, index + 2) ?? [];
  if (!a || !b) return undefined;
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  const end = b.end === text.length ? whole.length : b.end;
  return whole.slice(0, a.start) + whole.slice(b.start, end) + whole.slice(a.start, a.end) + whole.slice(end);
}

function renamed(text: string, map: YAMLMap, name: Part, to: string): string | undefined {
  const key = pairOf(map, name)?.key;
  if (!isNode(key)) return undefined;
  const { start, end } = extentOf(key);
  return spliced(text, start, end, scalarText(to));
}

/** Where the text can't be cut: the document written anew. */
function rewritten(text: string, edit: Edit, wanted: Plain): string {
  const document = parseDocument(text, { version: '1.2' });
  const [top] = edit.path;
  if (edit.kind === 'set') document.setIn(edit.path, document.createNode(edit.value));
  else if (edit.kind === 'remove') document.deleteIn(edit.path);
  else if (top !== undefined && isMembers(wanted)) document.set(top, document.createNode(wanted[String(top)]));
  return document.toString({ lineWidth: 0 });
}
