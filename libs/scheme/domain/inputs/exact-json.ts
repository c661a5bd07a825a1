/** Bounds of an input text; beyond them it is refused as no JSON. */
export const JSON_LIMITS = { chars: 16 * 1024 * 1024, depth: 64 } as const;

/** A JSON number with its text as written, since its digits are judged on the text and no float may touch it. */
export class JsonNumber {
  constructor(readonly source: string) {}
}

export type ExactJson = null | boolean | string | JsonNumber | readonly ExactJson[] | { readonly [key: string]: ExactJson };

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const BLANK = /[ \t\n\r]*/y;

/** Strict JSON (RFC 8259) that keeps the text of numbers. Of a key given twice the last counts, as everywhere. Undefined when the text is no JSON. */
export function parseExactJson(text: string): ExactJson | undefined {
  if (text.length > JSON_LIMITS.chars) return undefined;
  const reader = new Reader(text.startsWith('\ufeff') ? text.slice(1) : text);
  try {
    return reader.document();
  } catch (error) {
    if (error instanceof NotJson) return undefined;
    throw error;
  }
}

class NotJson extends Error {}

function parsedString(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new NotJson();
  }
}

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  document(): ExactJson {
    const value = this.value(0);
    this.match(BLANK);
    if (this.at !== this.text.length) throw new NotJson();
    return value;
  }

  private value(depth: number): ExactJson {
    if (depth > JSON_LIMITS.depth) throw new NotJson();
    this.match(BLANK);
    switch (this.text[this.at]) {
      case '{':
        return this.object(depth);
      case '[':
        return this.array(depth);
      case '"':
        return this.string();
      case 't':
        return this.word('true', true);
      case 'f':
        return this.word('false', false);
      case 'n':
        return this.word('null', null);
      default:
        return new JsonNumber(this.match(NUMBER));
    }
  }

  private object(depth: number): ExactJson {
    const members = new Map<string, ExactJson>();
    this.at += 1;
    if (this.closes('}')) return {};
    for (;;) {
      this.match(BLANK);
      const key = this.string();
      this.expect(':');
      members.set(key, this.value(depth + 1));
      // From entries, so that a key such as `__proto__` is a key like any other.
      if (this.closes('}')) return Object.fromEntries(members);
      this.expect(',');
    }
  }

  private array(depth: number): ExactJson {
    const items: ExactJson[] = [];
    this.at += 1;
    if (this.closes(']')) return items;
    for (;;) {
      items.push(this.value(depth + 1));
      if (this.closes(']')) return items;
      this.expect(',');
    }
  }

  /** Its end is looked for by hand, since a pattern runs out of stack on a long string; JSON.parse judges what stands between. */
  private string(): string {
    const from = this.at;
    if (this.text[from] !== '"') throw new NotJson();
    let end = from + 1;
    while (end < this.text.length && this.text[end] !== '"') end += this.text[end] === '\\' ? 2 : 1;
    this.at = end + 1;
    return String(parsedString(this.text.slice(from, this.at)));
  }

  private word<T extends boolean | null>(text: string, value: T): T {
    if (!this.text.startsWith(text, this.at)) throw new NotJson();
    this.at += text.length;
    return value;
  }

  private closes(bracket: string): boolean {
    this.match(BLANK);
    if (this.text[this.at] !== bracket) return false;
    this.at += 1;
    return true;
  }

  private expect(char: string): void {
    this.match(BLANK);
    if (this.text[this.at] !== char) throw new NotJson();
    this.at += 1;
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (!found) throw new NotJson();
    this.at = pattern.lastIndex;
    return found[0];
  }
}
