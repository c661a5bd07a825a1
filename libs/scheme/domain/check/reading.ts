import type { Fraction } from '#kernel';
import type { PeriodKind } from '#libs/calendar';
import type { SchemeDocument, TableDocument } from '../../contracts/document';
import type { PathPart } from '../reading/scheme-text';
import type { Findings } from './finding';
import { parsed } from './formulas';
import { constantOf, Inference, type Listener, NOTHING_SETTLED, type Settled, union } from './infer';
import { wholesAndParts } from './names';
import { above, ANYTHING, exactly, hull, intersect, isEmpty, type Range } from './range';
import { type Shape, type Unit, UNKNOWN } from './shape';
import { NOTHING } from '../numbers';

/** One formula or constant of the scheme and where it stands. */
export interface Text {
  readonly text: string;
  readonly path: readonly PathPart[];
}

/** Words that attributes of a person are settled to. */
export type Group = ReadonlyMap<string, string>;

interface Case {
  readonly when: Text;
  readonly value: Text;
}

/**
 * What is known while a scheme is followed in the order of its evaluation, for one kind of period: each name gets the shape
 * of what it can be, each formula is followed with them. Findings may be left out, to ask "what if" without telling.
 */
export class Reading {
  private readonly names = new Map<string, Shape>();
  private readonly atLeast: ReadonlySet<string>;

  constructor(
    readonly document: SchemeDocument,
    readonly kind: PeriodKind,
    private readonly findings: Findings | undefined,
  ) {
    this.atLeast = wholesAndParts(document.facts);
  }

  /** The same for people of whom these attributes are known; tells nothing. */
  ofGroup(group: Group): Reading {
    const other = new Reading(this.document, this.kind, undefined);
    for (const [name, shape] of this.names) other.names.set(name, shape);
    for (const [name, word] of group) other.names.set(`employee.${name}`, { type: 'word', words: new Set([word]) });
    return other;
  }

  bind(name: string, shape: Shape): void {
    this.names.set(name, shape);
  }

  shapeOf(name: string): Shape | undefined {
    return this.names.get(name);
  }

  shape({ text, path }: Text, settled: Settled = NOTHING_SETTLED): Shape {
    const expression = parsed(text);
    return expression ? this.inference(text, path).shape(expression, settled) : UNKNOWN;
  }

  range(text: Text): Range {
    return rangeOf(this.shape(text));
  }

  truth(text: Text): boolean | undefined {
    const shape = this.shape(text);
    return shape.type === 'boolean' ? shape.known : undefined;
  }

  /** Undefined when the text is no constant here. */
  fixed(text: string | undefined): Fraction | undefined {
    return text === undefined ? undefined : constantOf(this.quietly(text));
  }

  /** The value of the first case that holds; each case that can't be reached is considered as such. */
  cases(cases: readonly Case[], otherwise: Text): Shape {
    const shapes: Shape[] = [];
    let settled: Settled | undefined = NOTHING_SETTLED;
    for (const { when, value } of cases) {
      const expression = parsed(when.text);
      const inference = this.inference(when.text, when.path);
      const held: Settled | undefined = expression && settled ? inference.assume(expression, true, settled) : settled;
      this.consider('unreachable-case', when.path, held !== undefined);
      if (held) shapes.push(this.shape(value, held));
      if (expression && settled) settled = inference.assume(expression, false, settled);
    }
    if (settled) shapes.push(this.shape(otherwise, settled));
    return union(shapes, (a, b) => (a === b ? a : undefined));
  }

  consider(code: string, path: readonly PathPart[], happens: boolean, detail = ''): void {
    this.findings?.consider({ code, path, detail }, happens);
  }

  warn(code: string, path: readonly PathPart[], detail = ''): void {
    this.findings?.warning(code, path, detail);
  }

  /** The values a table can have for numbers in the range. */
  lookUp(name: string, of: Range): Range {
    const table = this.document.tables?.[name];
    if (!table) return ANYTHING;
    switch (table.kind) {
      case 'step':
        return this.stepValues(name, table, of);
      case 'linear':
        return this.linearValues(name, table, of);
      case 'marginal':
        return this.marginalRates(name, table, of);
    }
  }

  private stepValues(name: string, table: Extract<TableDocument, { kind: 'step' }>, of: Range): Range {
    const bounds = table.rows.map((row) => this.boundOf(row));
    const values: Range[] = [];
    table.rows.forEach((row, index) => {
      const bound = bounds[index];
      const reached = bound === undefined || !isEmpty(intersect(of, cell(bound, bounds[index + 1])));
      this.consider('unreachable-tier', ['tables', name, 'rows', index], reached);
      if (reached) values.push(this.constant(row.value));
    });
    const [first] = bounds;
    if (!first || !isEmpty(intersect(of, beneath(first)))) values.push(this.constant(table.below));
    return hullOf(values);
  }

  private linearValues(name: string, table: Extract<TableDocument, { kind: 'linear' }>, of: Range): Range {
    const points = table.rows.map(({ at }) => this.fixed(at));
    const values: Range[] = [];
    table.rows.forEach((row, index) => {
      const [before, after] = [points[index - 1], points[index + 1]];
      const near: Range = {
        ...(before && { low: { value: before, open: true } }),
        ...(after && { high: { value: after, open: true } }),
      };
      const reached = !isEmpty(intersect(of, near));
      this.consider('unreachable-tier', ['tables', name, 'rows', index], reached);
      values.push(this.constant(row.value));
    });
    return hullOf(values);
  }

  /** Rates that a slice of it can have, and 0 for what lies under the first. */
  private marginalRates(name: string, table: Extract<TableDocument, { kind: 'marginal' }>, of: Range): Range {
    const rates: Range[] = [exactly(NOTHING)];
    table.rows.forEach((row, index) => {
      const start = this.fixed(row.from);
      const reached = !start || !isEmpty(intersect(of, above(start)));
      this.consider('unreachable-tier', ['tables', name, 'rows', index], reached);
      if (reached) rates.push(this.constant(row.rate));
    });
    return hullOf(rates);
  }

  private constant(text: string): Range {
    return rangeOf(this.quietly(text));
  }

  private quietly(text: string): Shape {
    const expression = parsed(text);
    return expression ? new Inference(this.known(), DEAF, text).shape(expression, NOTHING_SETTLED) : UNKNOWN;
  }

  boundOf(row: { readonly from?: string | undefined; readonly over?: string | undefined }): Bound | undefined {
    const value = this.fixed(row.from ?? row.over);
    return value && { value, inclusive: row.from !== undefined };
  }

  private known() {
    return { names: (name: string) => this.names.get(name), atLeast: this.atLeast };
  }

  private inference(text: string, path: readonly PathPart[]): Inference {
    const { findings } = this;
    return new Inference(
      this.known(),
      {
        mixedUnits: (at: number, left: Unit, right: Unit) => findings?.warning('mixed-units', path, `${left} ${right}`, at),
        neverWord: (at, word) => findings?.warning('unknown-word', path, word, at),
        lookUp: (table, of) => this.lookUp(table, of),
      },
      text,
    );
  }
}

const DEAF: Listener = { mixedUnits: () => undefined, neverWord: () => undefined, lookUp: () => ANYTHING };

export interface Bound {
  readonly value: Fraction;
  readonly inclusive: boolean;
}

/** From a bound up to the next higher one. */
export function cell(bound: Bound | undefined, next: Bound | undefined): Range {
  return {
    ...(bound && { low: { value: bound.value, open: !bound.inclusive } }),
    ...(next && { high: { value: next.value, open: next.inclusive } }),
  };
}

function beneath(bound: Bound): Range {
  return { high: { value: bound.value, open: bound.inclusive } };
}

export function hullOf(ranges: readonly Range[]): Range {
  const [first, ...rest] = ranges;
  return first ? rest.reduce(hull, first) : ANYTHING;
}

export function rangeOf(shape: Shape): Range {
  return shape.type === 'number' ? shape.range : ANYTHING;
}
