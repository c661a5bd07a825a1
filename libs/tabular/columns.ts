import { foldName } from './csv-reader';
import { z } from 'zod';

/** A column by its name, or by the first of several names that the file has. */
export const zColumnRef = z.union([z.string().min(1).max(120), z.array(z.string().min(1).max(120)).min(1).max(10)]);
export type ColumnRef = z.infer<typeof zColumnRef>;

/** Where the columns of one file stand. */
export class Columns {
  readonly #byName = new Map<string, number>();

  constructor(private readonly header: readonly string[]) {
    header.forEach((name, index) => this.#byName.set(foldName(name), index));
  }

  /** Undefined when the file has none of the names. */
  find(ref: ColumnRef): Column | undefined {
    for (const name of typeof ref === 'string' ? [ref] : ref) {
      const index = this.#byName.get(foldName(name));
      if (index !== undefined) return { index, name: this.header[index] ?? name };
    }
    return undefined;
  }

  /** Columns of the file that none of these refs mean. */
  others(refs: readonly ColumnRef[]): readonly string[] {
    const known = new Set(refs.map((ref) => this.find(ref)?.index));
    return this.header.filter((_, index) => !known.has(index));
  }
}

export interface Column {
  readonly index: number;
  /** As the file writes it. */
  readonly name: string;
}

/** How a ref is told to people when the file has no such column. */
export function refName(ref: ColumnRef): string {
  return typeof ref === 'string' ? ref : (ref[0] ?? '');
}
