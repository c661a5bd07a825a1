import type { Fraction } from '#kernel';
import type { PeriodKind } from '#libs/calendar';
import type { ExplanationNode } from '../contracts/evaluation';
import { type Compiled, compileExpression, namesIn, type Scope } from './formula/compile';
import { FormulaProblem } from './formula/lexer';
import { type Expression, parseFormula } from './formula/parser';
import { NO_NUMBERS } from './formula/number-list';
import { type Frame, leafAt, newFrame, numberAt } from './frame';
import { type Inputs, inputsOf } from './blocks/node-inputs';
import type { HistoryPlan } from './inputs/history-input';
import { exactText, NOTHING, rounded, roundedText } from './numbers';
import type { RatersPlan } from './inputs/raters';
import { References } from './references';
import type { PathPart, SchemeProblem, SchemeSource } from './reading/scheme-text';
import { typedReader } from './typed-reader';
import type { Table } from './blocks/table';

/** What a name means in a formula, and how it looks in the explanation of that formula. */
export interface Binding {
  readonly compiled: Compiled<Frame>;
  readonly node: (frame: Frame) => ExplanationNode;
  /** For what may be absent: whether it is there. */
  readonly presence?: (frame: Frame) => boolean;
  /** A number that says how many entries there are. */
  readonly isCount?: boolean;
}

const NO_INPUTS = inputsOf([]);

/** What kinds of slots there are; each kind is numbered by itself. */
export type SlotKind = Compiled<Frame>['type'] | 'leaf' | 'reference';

/** A condition over attributes and parameters, decided once, before facts and ratings are read. */
export interface EarlyCondition {
  /** Its place in `frame.conditions`. */
  readonly index: number;
  /** False too while an attribute that it reads is in error. */
  readonly holds: (frame: Frame) => boolean;
  readonly inputs: Inputs;
  readonly text: string;
  /** Attributes that it reads, as `employee.role`. */
  readonly attributes: readonly string[];
  readonly decide: (frame: Frame) => boolean;
}

/** Whether a name is read whatever the person is, or only under some early conditions. */
export interface Reading {
  readonly always: boolean;
  readonly under: ReadonlySet<number>;
}

export interface FormulaPlan<Type extends Compiled<Frame>['type']> {
  readonly run: Extract<Compiled<Frame>, { type: Type }>['run'];
  readonly inputs: Inputs;
  readonly text: string;
}

export type AnyFormulaPlan = {
  readonly compiled: Compiled<Frame>;
  readonly inputs: Inputs;
  readonly text: string;
};

/**
 * Where a scheme is compiled: knows the names so far, gives out slots and collects problems, so that one pass names
 * everything that is wrong. What can't be compiled is replaced by 0; a scheme with problems is never evaluated.
 */
export class Workbench implements Scope<Frame> {
  private readonly names = new Map<string, Binding>();
  private readonly tables = new Map<string, Table>();
  private readonly readers = new Map<string, string[]>();
  private readonly reads = new Map<string, { always: boolean; under: Set<number> }>();
  private readonly references = new References();
  private readonly conditions = new Map<string, EarlyCondition>();
  private owner: string | undefined;
  private under: EarlyCondition | undefined;
  private noting = true;
  /** The groups of raters, where the kind of period has them. */
  raters: RatersPlan | undefined;
  /** History blocks by name. */
  readonly history = new Map<string, HistoryPlan>();
  private readonly slots: Record<SlotKind, number> = { number: 0, word: 0, boolean: 0, list: 0, numbers: 0, leaf: 0, reference: 0 };

  /** Without a kind of period: for constants that hold in all of them. */
  constructor(
    private readonly source: SchemeSource,
    readonly problems: SchemeProblem[],
    readonly kind?: PeriodKind,
  ) {}

  name(name: string): Compiled<Frame> | undefined {
    return this.names.get(name)?.compiled;
  }

  table(name: string): Table | undefined {
    return this.tables.get(name);
  }

  presence(name: string): ((frame: Frame) => boolean) | undefined {
    return this.names.get(name)?.presence;
  }

  isCount(name: string): boolean {
    return this.names.get(name)?.isCount ?? false;
  }

  slot(kind: SlotKind): number {
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
  rounded(name: string, path: readonly PathPart[]): (frame: Frame, value: Fraction) => void {
    const slot = this.slot('number');
    const reference = this.slot('reference');
    const node = (frame: Frame): ExplanationNode =>
      (frame.references[reference] ??= { key: name, rule: 'reference', value: roundedText(rounded(numberAt(frame, slot))) });
    this.bind(name, { compiled: { type: 'number', run: (frame) => numberAt(frame, slot) }, node }, path);
    return (frame, value) => {
      frame.numbers[slot] = value;
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
        else if (from.type === 'list') frame.lists[slot] = from.run(frame);
        else frame.numberLists[slot] = from.run(frame);
        return reader.text(frame);
      },
    };
  }

  /** A leaf: an attribute, fact, rating or history read from the input. */
  leaf(name: string, type: Exclude<SlotKind, 'boolean' | 'leaf' | 'reference'>, path: readonly PathPart[], extra: LeafExtra = {}): Leaf {
    const slot = this.slot(type);
    const leaf = this.slot('leaf');
    this.bind(name, { compiled: typedReader(type, slot).compiled, node: (frame) => leafAt(frame, leaf), ...extra }, path);
    return { slot, leaf };
  }

  formula(text: string, path: readonly PathPart[]): AnyFormulaPlan {
    const fallback: AnyFormulaPlan = { compiled: { type: 'number', run: () => NOTHING }, inputs: NO_INPUTS, text };
    return this.guard(path, fallback, () => {
      const expression = parseFormula(text);
      this.note(namesIn(expression));
      return { compiled: compileExpression(expression, this), inputs: this.inputsOf(expression), text };
    });
  }

  number(text: string, path: readonly PathPart[]): FormulaPlan<'number'> {
    const plan = this.formula(text, path);
    if (plan.compiled.type === 'number') return { run: plan.compiled.run, inputs: plan.inputs, text };
    this.problem('type-mismatch', path, `number, not ${plan.compiled.type}`);
    return { run: () => NOTHING, inputs: NO_INPUTS, text };
  }

  condition(text: string, path: readonly PathPart[]): FormulaPlan<'boolean'> {
    const plan = this.formula(text, path);
    if (plan.compiled.type === 'boolean') return { run: plan.compiled.run, inputs: plan.inputs, text };
    this.mismatch(path, 'condition', plan);
    return { run: () => false, inputs: NO_INPUTS, text };
  }

  word(text: string, path: readonly PathPart[]): FormulaPlan<'word'> {
    const plan = this.formula(text, path);
    if (plan.compiled.type === 'word') return { run: plan.compiled.run, inputs: plan.inputs, text };
    this.mismatch(path, 'word', plan);
    return { run: () => '', inputs: NO_INPUTS, text };
  }

  list(text: string, path: readonly PathPart[]): FormulaPlan<'list'> {
    const plan = this.formula(text, path);
    if (plan.compiled.type === 'list') return { run: plan.compiled.run, inputs: plan.inputs, text };
    this.mismatch(path, 'list', plan);
    return { run: () => [], inputs: NO_INPUTS, text };
  }

  numbers(text: string, path: readonly PathPart[]): FormulaPlan<'numbers'> {
    const plan = this.formula(text, path);
    if (plan.compiled.type === 'numbers') return { run: plan.compiled.run, inputs: plan.inputs, text };
    this.mismatch(path, 'numbers', plan);
    return { run: () => NO_NUMBERS, inputs: NO_INPUTS, text };
  }

  /** A `when` of sections, ratings and modifiers: only attributes and parameters are known when it is decided. */
  early(text: string, path: readonly PathPart[]): EarlyCondition {
    const names = this.guard<readonly string[]>(path, [], () => {
      const found = namesIn(parseFormula(text));
      const late = found.find((name) => !name.startsWith('param.') && !name.startsWith('employee.'));
      if (late !== undefined) throw new FormulaProblem('used-before-computed', Math.max(text.indexOf(late), 0), late);
      return found;
    });
    const known = this.conditions.get(text);
    if (known) {
      this.note(names);
      return known;
    }
    const plan = this.hasProblemAt(path) ? undefined : this.condition(text, path);
    const index = this.conditions.size;
    const made: EarlyCondition = {
      index,
      holds: (frame) => frame.conditions[index] ?? false,
      inputs: plan?.inputs ?? NO_INPUTS,
      text,
      attributes: names.filter((name) => name.startsWith('employee.')),
      decide: plan?.run ?? (() => false),
    };
    this.conditions.set(text, made);
    return made;
  }

  /** Every early condition so far, in the order of their indexes. */
  get earlyConditions(): readonly EarlyCondition[] {
    return [...this.conditions.values()];
  }

  /** What is compiled within is only read while the condition holds. */
  within<T>(condition: EarlyCondition | undefined, compile: () => T): T {
    const outer = this.under;
    this.under = condition ?? outer;
    const result = compile();
    this.under = outer;
    return result;
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
      for (const name of namesIn(expression)) {
        if (!name.startsWith('param.')) {
          this.problem('unknown-name', path, name, Math.max(text.indexOf(name), 0));
          return NOTHING;
        }
        if (this.owner !== undefined) this.depends(this.owner, name);
      }
      const compiled = compileExpression(expression, this);
      if (compiled.type !== 'number' && compiled.type !== 'word') throw new FormulaProblem('type-mismatch', 0, compiled.type);
      return compiled.run(newFrame());
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

  /** What is compiled within does not count as reading: it is decided elsewhere, not when a period is scored. */
  aside<T>(compile: () => T): T {
    this.noting = false;
    const result = compile();
    this.noting = true;
    return result;
  }

  /** The names in a formula; none when it is no formula. */
  namesIn(text: string): readonly string[] {
    try {
      return namesIn(parseFormula(text));
    } catch (error) {
      if (error instanceof FormulaProblem) return [];
      throw error;
    }
  }

  /** How a name is read, undefined when nothing does. */
  reading(name: string): Reading | undefined {
    return this.reads.get(name);
  }

  /** Names that blocks read without a formula. */
  note(names: readonly string[]): void {
    if (!this.noting) return;
    for (const name of names) {
      const reading = this.reads.get(name) ?? { always: false, under: new Set<number>() };
      if (this.under) reading.under.add(this.under.index);
      else reading.always = true;
      this.reads.set(name, reading);
      if (this.owner === undefined) continue;
      this.depends(this.owner, name);
      const readers = this.readers.get(name) ?? [];
      if (!readers.includes(this.owner)) this.readers.set(name, [...readers, this.owner]);
    }
  }

  /** For references in a circle: `owner` is made from `name`. */
  depends(owner: string, name: string): void {
    this.references.depends(owner, name);
  }

  /** When everything is bound: says of names that were unknown where they stood why that is. */
  settle(elsewhere: ReadonlySet<string>): void {
    for (const { at, code } of this.references.settled((name) => this.names.has(name), elsewhere)) {
      const problem = this.problems[at];
      if (problem) this.problems[at] = { ...problem, code };
    }
  }

  private inputsOf(expression: Expression): Inputs {
    return inputsOf(namesIn(expression).flatMap((name) => this.names.get(name)?.node ?? []));
  }

  /** Runs what may throw FormulaProblem; then a problem at the path and the fallback. `names` are those of the scheme, or of a block's own. */
  guard<T>(path: readonly PathPart[], fallback: T, compile: () => T, names: 'shared' | 'own' = 'shared'): T {
    try {
      return compile();
    } catch (error) {
      if (!(error instanceof FormulaProblem)) throw error;
      if (error.code === 'unknown-name' && names === 'shared')
        this.references.unknown({ at: this.problems.length, name: error.detail, owner: this.owner });
      this.problem(error.code, path, error.detail, error.offset);
      return fallback;
    }
  }

  private mismatch(path: readonly PathPart[], wanted: string, plan: AnyFormulaPlan): void {
    if (!this.hasProblemAt(path)) this.problem('type-mismatch', path, `${wanted}, not ${plan.compiled.type}`);
  }

  private hasProblemAt(path: readonly PathPart[]): boolean {
    const text = path.join('.');
    return this.problems.some((problem) => problem.path === text);
  }
}

/** Where a leaf's value and its node in explanations are kept. */
export interface Leaf {
  readonly slot: number;
  readonly leaf: number;
}
type LeafExtra = Pick<Binding, 'presence' | 'isCount'>;
