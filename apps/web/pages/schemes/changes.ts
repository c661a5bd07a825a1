import { NAMED } from './places';
import { titleIn } from './words';
import { isList, isMembers, type Plain } from './yaml/read';

export interface PlacePart {
  readonly name: string;
  /** What the entry is called, where it has a title. */
  readonly title: string | undefined;
  /** The member whose entry it is; undefined for members of the language itself. */
  readonly of: string | undefined;
}
export interface Change {
  readonly path: string;
  readonly place: readonly PlacePart[];
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What two schemes say otherwise, by place; entries of lists are the same entry when their key is the same. */
export function changesBetween(before: Plain, after: Plain): readonly Change[] {
  const [old, now] = [new Map<string, Leaf>(), new Map<string, Leaf>()];
  collect(before, [], old);
  collect(after, [], now);
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((path) => {
    const [one, other] = [old.get(path), now.get(path)];
    if (one?.value === other?.value) return [];
    return [{ path, place: (other ?? one)?.place ?? [], before: one?.value, after: other?.value }];
  });
}

interface Leaf {
  readonly value: string;
  readonly place: readonly PlacePart[];
}

function collect(value: Plain, place: readonly PlacePart[], into: Map<string, Leaf>): void {
  if (isMembers(value)) {
    const of = place.at(-1);
    const named = of !== undefined && of.of === undefined && NAMED.has(of.name) ? of.name : undefined;
    for (const [name, inside] of Object.entries(value))
      collect(inside, [...place, { name, title: named === undefined ? undefined : titleOf(inside), of: named }], into);
  } else if (isList(value) && value.some(isMembers)) {
    const list = place.at(-1)?.name ?? '';
    const seen = new Map<string, number>();
    for (const inside of value) {
      const key = entryKey(inside);
      const count = (seen.get(key) ?? 0) + 1;
      seen.set(key, count);
      collect(inside, [...place, { name: count === 1 ? key : `${key} ${count}`, title: titleOf(inside), of: list }], into);
    }
  } else {
    const text = isList(value) ? value.map(String).join(', ') : String(value);
    into.set(place.map(({ name }) => name).join(' / '), { value: text, place });
  }
}

function titleOf(value: Plain): string | undefined {
  return isMembers(value) ? titleIn(value['title']) : undefined;
}

function entryKey(value: Plain): string {
  if (!isMembers(value)) return typeof value === 'string' ? value : '';
  const name = value['key'] ?? value['use'] ?? value['phase'] ?? value['grade'] ?? value['word'];
  if (typeof name === 'string') return name;
  const [step, by] = [value['step'], value['by']];
  return typeof step === 'string' ? `${step} ${typeof by === 'string' ? by : ''}`.trim() : '#';
}

export interface Line {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** The longest common lines stay; at most as many lines as a scheme has, so the table of them is small enough. */
export function linesBetween(before: string, after: string): readonly Line[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const [row, below] = [lengths[i], lengths[i + 1]];
      if (row && below) row[j] = a[i] === b[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [one, other] = [a[i], b[j]];
    if (one !== undefined && one === other) {
      lines.push({ sign: ' ', text: one });
      i += 1;
      j += 1;
    } else if (other === undefined || (one !== undefined && (lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0))) {
      lines.push({ sign: '-', text: one ?? '' });
      i += 1;
    } else {
      lines.push({ sign: '+', text: other });
      j += 1;
    }
  }
  return lines;
}
