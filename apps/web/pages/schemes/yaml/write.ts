import { parseDocument } from 'yaml';
import { isList, isMembers, type Plain, plainOf } from './read';

/** What fits on a line this long is written between braces, as the templates do. */
const LINE = 120;

/** A text as a scalar that reads as exactly this text, in the plainest of the ways there are. */
export function scalarText(value: string | boolean | null): string {
  if (typeof value !== 'string') return String(value);
  const double = JSON.stringify(value);
  if (value.includes("'") && !readsAs(value, value)) return double;
  return [value, `'${value}'`].find((written) => readsAs(written, value)) ?? double;
}

/** Between braces and on its own: a scalar may stand in either, and may come to stand in the other. */
function readsAs(written: string, value: string): boolean {
  if (written.includes('\n') || written !== written.trim()) return false;
  return [written, `{ a: ${written} }`, `[${written}]`].every((text) => {
    const document = parseDocument(text, { version: '1.2', strict: true, prettyErrors: false });
    if (document.errors.length > 0 || document.warnings.length > 0) return false;
    const plain = plainOf(document.contents);
    const inside = isList(plain) ? plain : isMembers(plain) ? Object.values(plain) : [plain];
    return inside.length === 1 && inside[0] === value;
  });
}

/** Between braces, on one line. */
export function flowText(value: Plain): string {
  if (isList(value)) return `[${value.map(flowText).join(', ')}]`;
  if (!isMembers(value)) return scalarText(value);
  const members = Object.entries(value).map(([name, inside]) => `${scalarText(name)}: ${flowText(inside)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/**
 * As lines: between braces what is short, else a member or an item a line. The first line has no indent; those after it have.
 */
export function blockText(value: Plain, indent: number): string {
  const flow = flowText(value);
  const isSmall = !(isMembers(value) || isList(value)) || (indent + flow.length <= LINE && !holdsMembers(value));
  if (isSmall) return flow;
  const space = ' '.repeat(indent);
  if (isList(value)) return value.map((item) => `- ${blockText(item, indent + 2)}`).join(`\n${space}`);
  return Object.entries(value)
    .map(([name, inside]) => `${scalarText(name)}:${memberText(inside, indent)}`)
    .join(`\n${space}`);
}

/** What stands after `name:`. */
export function memberText(value: Plain, indent: number): string {
  const inner = blockText(value, indent + 2);
  return startsBlock(inner, value) ? `\n${' '.repeat(indent + 2)}${inner}` : ` ${inner}`;
}

function startsBlock(text: string, value: Plain): boolean {
  return (isMembers(value) || isList(value)) && !text.startsWith('{') && !text.startsWith('[');
}

/** Lists of lists of members are read better by lines. */
function holdsMembers(value: Plain): boolean {
  const inside = isList(value) ? value : isMembers(value) ? Object.values(value) : [];
  return inside.some((one) => isList(one) && one.some(isMembers)) || (isList(value) && value.some(isMembers));
}
