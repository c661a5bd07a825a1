import type { Fraction } from '#kernel';
import type { ExplanationNode } from '../contracts/evaluation';
import { type Compiled, compileExpression, namesIn, type Scope } from './formula/compile';
import { FormulaProblem } from './formula/lexer';
import { type Expression, parseFormula } from './formula/parser';
import { flagAt, type Frame, leafAt, listAt, numberAt, wordAt } from './frame';
import { exactText, fromHundredths, hundredthsText, NOTHING, toHundredths } from './numbers';
import type { PathPart, SchemeProblem, SchemeSource } from './scheme-text';

/** What a name means in a formula, and how it looks in the explanation of that formula. */
export interface Binding {
  readonly compiled: Compiled<Frame>;
  readonly node: (frame: Frame) => ExplanationNode;
}

export interface FormulaPlan<Type extends Compiled<Frame>['type']> {
  readonly run: Extract<Compiled<Frame>, { type: Type }>['run'];
  readonly inputs: (frame: Frame) => readonly ExplanationNode[];
  readonly text: string;
}

export type AnyFormulaPlan = {
  readonly compiled: Compiled<Frame>;
  readonly inputs: (frame: Frame) => readonly ExplanationNode[];
  readonly text: string;
};

type Table = (value: Fraction) => Fraction;

/**
 * Where a scheme is compiled: knows the names so far, gives out slots and collects problems, so that one pass names
 * everything that is wrong. What can't be compiled is replaced by 0; a scheme with problems is never evaluated.
 */
export class Workbench implements Scope<Frame> {
  private readonly names = new Map<string, Binding>();
  private readonly tables = new Map<string, Table>();
  private readonly readers = new Map<string, string[]>();
  private owner: string | undefined;
  private readonly slots = { number: 0, word: 0, boolean: 0, list: 0, leaf: 0 };

  constructor(
    private readonly source: SchemeSource,
    readonly problems: SchemeProblem[],
  ) {}

  name(name: string): Compiled<Frame> | undefined {
    return this.names.get(name)?.compiled;
  }

  table(name: string): Table | undefined {
    return this.tables.get(name);
  }

  slot(kind: 'number' | 'word' | 'boolean' | 'list' | 'leaf'): number {
    this.slots[kind] += 1;
    return this.slots[kind] - 1;
  }

  problem(code: string, path: readonly PathPart[], detail = '', offset = 0): void {
    this.problems.push({ code, path: path.join('.'), ...this.source.locate(path, offset), detail });
  }

  bind(name: string, binding: Binding, path: readonly PathPart[]): void {
    if (this.names.has(name)) this.problem('duplicate-name', path, name);
    this.names.set(name, binding);
  }

  bindTable(name: string, table: Table): void {
    this.tables.set(name, table);
  }

  constant(name: string, value: Fraction | string, path: readonly PathPart[]): void {
    const node: ExplanationNode = { key: name, rule: 'parameter', value: typeof value === 'string' ? value : exactText(value) };
    const compiled: Compiled<Frame> = typeof value === 'string' ? { type: 'word', run: () => value } : { type: 'number', run: () => value };
    this.bind(name, { compiled, node: () => node }, path);
  }

  /** Points, scores and amounts: rounded to hundredths and shown with two decimals. */
  rounded(name: string, path: readonly PathPart[]): (frame: Frame, hundredths: bigint) => void {
    const slot = this.slot('number');
    const node = (frame: Frame): ExplanationNode => ({
      key: name,
      rule: 'reference',
      value: hundredthsText(toHundredths(numberAt(frame, slot))),
    });
    this.bind(name, { compiled: { type: 'number', run: (frame) => numberAt(frame, slot) }, node }, path);
    return (frame, hundredths) => {
      frame.numbers[slot] = fromHundredths(hundredths);
    };
  }

  /** A value of the type that the formula has; returns how to store it and read its text. */
  typed(
    name: string,
    type: Compiled<Frame>['type'],
    path: readonly PathPart[],
  ): { readonly store: (frame: Frame, from: Compiled<Frame>) => string } {
    const slot = this.slot(type);
    const reader = typedReader(type, slot);
    this.bind(name, { compiled: reader.compiled, node: (frame) => ({ key: name, rule: 'reference', value: reader.text(frame) }) }, path);
    return {
      store(frame, from) {
        if (from.type === 'number') frame.numbers[slot] = from.run(frame);
        else if (from.type === 'word') frame.words[slot] = from.run(frame);
        else if (from.type === 'boolean') frame.flags[slot] = from.run(frame);
        else frame.lists[slot] = from.run(frame);
        return reader.text(frame);
      },
    };
  }

  /** A leaf: a fact or rating read from the input. */
  leaf(name: string, type: 'number' | 'word' | 'list', path: readonly PathPart[]): { readonly slot: number; readonly leaf: number } {
    const slot = this.slot(type);
    const leaf = this.slot('leaf');
    this.bind(name, { compiled: typedReader(type, slot).compiled, node: (frame) => leafAt(frame, leaf) }, path);
    return { slot, leaf };
  }

  formula(text: string, path: readonly PathPart[]): AnyFormulaPlan {
    const fallback: AnyFormulaPlan = { compiled: { type: 'number', run: () => NOTHING }, inputs: () => [], text };
    return this.guard(path, fallback, () => {
      const expression = parseFormula(text);
      return { compiled: compileExpression(expression, this), inputs: this.inputsOf(expression), text };
    });
  }

  number(text: string, path: readonly PathPart[]): FormulaPlan<'number'> {
    const plan = this.formula(text, path);
    if (plan.compiled.type === 'number') return { run: plan.compiled.run, inputs: plan.inputs, text };
    this.problem('type-mismatch', path, `number, not ${plan.compiled.type}`);
    return { run: () => NOTHING, inputs: () => [], text };
  }

  condition(text: string, path: readonly PathPart[]): FormulaPlan<'boolean'> {
    const plan = this.formula(text, path);
    if (plan.compiled.type === 'boolean') return { run: plan.compiled.run, inputs: plan.inputs, text };
    if (!this.hasProblemAt(path)) this.problem('type-mismatch', path, `condition, not ${plan.compiled.type}`);
    return { run: () => false, inputs: () => [], text };
  }

  /** A number that is known when the scheme is compiled: literals and parameters only. */
  fixedNumber(text: string, path: readonly PathPart[]): Fraction {
    const value = this.fixed(text, path);
    if (typeof value !== 'string') return value;
    this.problem('type-mismatch', path, 'number, not word');
    return NOTHING;
  }

  /** A number or a quoted word that is known when the scheme is compiled. */
  fixed(text: string, path: readonly PathPart[]): Fraction | string {
    return this.guard<Fraction | string>(path, NOTHING, () => {
      const expression = parseFormula(text);
      for (const name of namesIn(expression))
        if (!name.startsWith('param.')) throw new FormulaProblem('unknown-name', text.indexOf(name), name);
      const compiled = compileExpression(expression, this);
      if (compiled.type !== 'number' && compiled.type !== 'word') throw new FormulaProblem('type-mismatch', 0, compiled.type);
      return compiled.run({ numbers: [], words: [], flags: [], lists: [], leaves: [], errors: [] });
    });
  }

  /** Everything compiled within reads its names on behalf of `owner`, so that an error of a fact can say what it concerns. */
  for<T>(owner: string, compile: () => T): T {
    const outer = this.owner;
    this.owner = owner;
    const result = compile();
    this.owner = outer;
    return result;
  }

  /** What reads a name, in the order of the scheme. */
  get concerns(): ReadonlyMap<string, readonly string[]> {
    return this.readers;
  }

  private noteReader(name: string): void {
    if (this.owner === undefined) return;
    const readers = this.readers.get(name) ?? [];
    if (!readers.includes(this.owner)) this.readers.set(name, [...readers, this.owner]);
  }

  private inputsOf(expression: Expression): (frame: Frame) => readonly ExplanationNode[] {
    const bindings: Binding[] = [];
    for (const name of namesIn(expression)) {
      this.noteReader(name);
      const binding = this.names.get(name);
      if (binding) bindings.push(binding);
    }
    return (frame) => bindings.map((binding) => binding.node(frame));
  }

  private guard<T>(path: readonly PathPart[], fallback: T, compile: () => T): T {
    try {
      return compile();
    } catch (error) {
      if (!(error instanceof FormulaProblem)) throw error;
      this.problem(error.code, path, error.detail, error.offset);
      return fallback;
    }
  }

  private hasProblemAt(path: readonly PathPart[]): boolean {
    const text = path.join('.');
    return this.problems.some((problem) => problem.path === text);
  }
}

function typedReader(
  type: Compiled<Frame>['type'],
  slot: number,
): { readonly compiled: Compiled<Frame>; readonly text: (frame: Frame) => string } {
  switch (type) {
    case 'number':
      return { compiled: { type, run: (frame) => numberAt(frame, slot) }, text: (frame) => exactText(numberAt(frame, slot)) };
    case 'word':
      return { compiled: { type, run: (frame) => wordAt(frame, slot) }, text: (frame) => wordAt(frame, slot) };
    case 'boolean':
      return { compiled: { type, run: (frame) => flagAt(frame, slot) }, text: (frame) => String(flagAt(frame, slot)) };
    case 'list':
      return { compiled: { type, run: (frame) => listAt(frame, slot) }, text: (frame) => listAt(frame, slot).join(' ') };
  }
}
