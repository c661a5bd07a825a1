import { type Fraction, fractionText, roundFraction } from '#kernel';
import type { ExplanationNode } from '../../contracts/evaluation';
import type { CompiledScheme } from '../compile';
import { explainInWords, type ExplanationLine, namesFor } from './sentences';
import { exactNumber, type Names } from './sentences-view';
import type { Language } from './titles';

/** A value that a row stands on: `text` as the scheme's readers say it. */
export interface ResultValue {
  readonly key: string;
  readonly title: string;
  readonly value: string | null;
  readonly text: string;
}

/** An indicator as a line of a table. `key` is its node in the explanation tree. */
export interface ResultRow {
  readonly key: string;
  readonly title: string;
  readonly score: string | null;
  /** What it may come to; null where nothing caps it. */
  readonly points: string | null;
  /** The one fact or rating it was made from; null where it was made from several or none. */
  readonly actual: ResultValue | null;
  readonly target: ResultValue | null;
  /** Actual ÷ target to four decimals. */
  readonly completion: string | null;
  readonly sentence: string;
}

/** A section with its indicators; of a roll-up the months, or those of a quarter. */
export interface ResultSection {
  readonly key: string;
  readonly title: string;
  readonly score: string | null;
  readonly points: string | null;
  readonly rows: readonly ResultRow[];
}

/** What was scored by itself: one, or after a transfer inside the period one for each of the units. `key` is null where there is one. */
export interface ResultPart {
  readonly key: string | null;
  readonly title: string;
  readonly score: string | null;
  readonly workingDays: string | null;
  readonly sections: readonly ResultSection[];
  /** Coefficients, additions and vetoes on the whole, in the order in which they were applied. */
  readonly modifiers: readonly ResultRow[];
}

const COMPARING: ReadonlySet<string> = new Set(['ratio', 'share', 'sla']);
const WITH_TARGET: ReadonlySet<string> = new Set([...COMPARING, 'growth']);
const COMPLETION_PLACES = 4;

/** An explanation as the table people know: sections, indicators, target, actual, completion, points of the most there are. Pure, as the sentences are. */
export function resultTable(tree: ExplanationNode, scheme: CompiledScheme, language: Language): readonly ResultPart[] {
  const table: Reading = { lines: linesByNode(tree, explainInWords(tree, scheme, language)), names: namesFor(tree, scheme, language) };
  const joined = (tree.inputs ?? []).find(({ rule }) => rule === 'mean-of-parts');
  if (joined) return (joined.inputs ?? []).map((node) => partOf(node, table, node.inputs ?? []));
  const score = (tree.inputs ?? []).find(({ key }) => key === 'score');
  return score ? [{ ...partOf(score, table, [score]), key: null }] : [];
}

/** What a result leads to. `key` is the node in the explanation. */
export interface ResultConsequence {
  readonly key: string;
  readonly kind: 'outcome' | 'action';
  readonly title: string;
  /** As the scheme's readers say it; empty for an action, which is there or not. */
  readonly text: string;
}

/** Outcomes that there are and actions that are taken, in the order of the scheme. */
export function resultConsequences(tree: ExplanationNode, scheme: CompiledScheme, language: Language): readonly ResultConsequence[] {
  const names = namesFor(tree, scheme, language);
  return (tree.inputs ?? []).flatMap(({ key, value }): ResultConsequence[] => {
    if (key.startsWith('outcome.') && value !== null && value !== '')
      return [{ key, kind: 'outcome', title: names.title(key), text: names.value(value, key) }];
    return key.startsWith('action.') && value === 'true' ? [{ key, kind: 'action', title: names.title(key), text: '' }] : [];
  });
}

interface Reading {
  readonly lines: ReadonlyMap<ExplanationNode, ExplanationLine>;
  readonly names: Names;
}

/** Sentences come in the order in which the tree is walked. */
function linesByNode(tree: ExplanationNode, lines: readonly ExplanationLine[]): ReadonlyMap<ExplanationNode, ExplanationLine> {
  const found = new Map<ExplanationNode, ExplanationLine>();
  let at = 0;
  const visit = (node: ExplanationNode): void => {
    const line = lines[at];
    at += 1;
    if (line) found.set(node, line);
    for (const input of node.inputs ?? []) visit(input);
  };
  visit(tree);
  return found;
}

function partOf(node: ExplanationNode, table: Reading, below: readonly ExplanationNode[]): ResultPart {
  const sections: ResultSection[] = [];
  const modifiers: ResultRow[] = [];
  for (const found of below) collect(found, table, { sections, modifiers });
  return {
    key: node.key,
    title: titleOf(node, table),
    score: node.value,
    workingDays: node.params?.['workingDays'] ?? null,
    sections,
    modifiers,
  };
}

/** Down through modifiers and sums to the sections; what was applied last stands outermost. */
function collect(
  node: ExplanationNode,
  table: Reading,
  into: { readonly sections: ResultSection[]; readonly modifiers: ResultRow[] },
): void {
  if (node.key.startsWith('section.')) {
    into.sections.push(sectionOf(node, table, innermost(node).inputs ?? []));
  } else if (node.rule.endsWith('-months') || node.rule === 'last-month') {
    into.sections.push(sectionOf(node, table, node.inputs ?? []));
  } else if (node.key === 'score' || node.key === 'sum' || node.rule === 'mean-of-quarters') {
    for (const input of node.inputs ?? []) collect(input, table, into);
  } else if (node.key.startsWith('modifier.') || node.key === 'floor') {
    const [before, ...inputs] = node.inputs ?? [];
    if (before) collect(before, table, into);
    into.modifiers.push({ ...rowOf(node, table), actual: only(inputs, table) });
  }
}

function sectionOf(node: ExplanationNode, table: Reading, rows: readonly ExplanationNode[]): ResultSection {
  return {
    key: node.key,
    title: titleOf(node, table),
    score: node.value,
    points: innermost(node).params?.['points'] ?? null,
    rows: rows.map((row) => rowOf(row, table)),
  };
}

function rowOf(node: ExplanationNode, table: Reading): ResultRow {
  const made = innermost(node);
  const inputs = made.inputs ?? [];
  const [first, second] = inputs;
  const isCompared = WITH_TARGET.has(made.rule) && inputs.length === 2 && first !== undefined && second !== undefined;
  const isSame = made.rule === 'month';
  return {
    key: node.key,
    title: titleOf(node, table),
    score: node.value,
    points: made.params?.['points'] ?? null,
    actual: isCompared ? valueOf(first, table) : isSame ? null : only(inputs, table),
    target: isCompared ? valueOf(second, table) : null,
    completion: COMPARING.has(made.rule) ? completionOf(made.params?.['ratio']) : null,
    sentence: table.lines.get(node)?.sentence ?? '',
  };
}

/** An indicator that counts in part, is void or taken twice wraps the one it was made from under the same name. */
function innermost(node: ExplanationNode): ExplanationNode {
  const inner = node.inputs?.find(({ key }) => key === node.key);
  return inner ? innermost(inner) : node;
}

function only(inputs: readonly ExplanationNode[], table: Reading): ResultValue | null {
  const read = inputs.filter(({ rule }) => rule !== 'parameter');
  return read.length === 1 && read[0] ? valueOf(read[0], table) : null;
}

function valueOf(node: ExplanationNode, table: Reading): ResultValue {
  const { key, value } = node;
  return { key, title: titleOf(node, table), value, text: table.names.value(value, key) };
}

function titleOf(node: ExplanationNode, { lines, names }: Reading): string {
  return lines.get(node)?.title ?? names.title(node.key);
}

function completionOf(ratio: string | undefined): string | null {
  if (ratio === undefined) return null;
  const exact: Fraction = exactNumber(ratio);
  return fractionText(roundFraction(exact, COMPLETION_PLACES));
}
