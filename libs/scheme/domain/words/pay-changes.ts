import type { ExplanationNode } from '../../contracts/evaluation';
import type { CompiledScheme } from '../compile';
import { explainInWords, namesFor } from './sentences';
import type { Language } from './titles';

/** An explained result with the scheme that it was made by. */
export interface ExplainedPay {
  readonly tree: ExplanationNode;
  readonly scheme: CompiledScheme;
}

/** Something that a pay line was made from and that is another than before; null: not part of it. As the scheme's readers say it. */
export interface PayChange {
  readonly key: string;
  readonly title: string;
  readonly before: string | null;
  readonly now: string | null;
}

export interface PayLineInWords {
  /** Without its prefix, as results have it. */
  readonly key: string;
  readonly title: string;
  /** The rule with its numbers. */
  readonly sentence: string;
  /** What the rule read, with its values. */
  readonly inputs: readonly { readonly key: string; readonly title: string; readonly text: string }[];
  readonly sentenceBefore: string | null;
  readonly changes: readonly PayChange[];
}

/** Each pay line's rule in words, and what made it differ from an earlier period. Pure, as the sentences are. */
export function payLinesInWords(now: ExplainedPay, before: ExplainedPay | undefined, language: Language): readonly PayLineInWords[] {
  const sentences = sentencesOf(now, language);
  const names = namesFor(now.tree, now.scheme, language);
  const earlier = before ? sentencesOf(before, language) : undefined;
  return linesIn(now.tree).map((line) => ({
    key: line.key.slice(PREFIX.length),
    title: sentences.get(line.key)?.title ?? line.key,
    sentence: sentences.get(line.key)?.sentence ?? '',
    inputs: (line.inputs ?? [])
      .filter(({ rule, key }) => rule !== 'parameter' && !key.startsWith(PREFIX))
      .map(({ key, value }) => ({ key, title: names.title(key), text: names.value(value, key) })),
    sentenceBefore: earlier?.get(line.key)?.sentence ?? null,
    changes: before ? changesOf(line, { now, before }, language) : [],
  }));
}

const PREFIX = 'line.';

function linesIn(tree: ExplanationNode): readonly ExplanationNode[] {
  const pay = (tree.inputs ?? []).find(({ key }) => key === 'pay');
  return (pay?.inputs ?? []).filter(({ key }) => key.startsWith(PREFIX));
}

/** The first sentence of a key is that of the line itself; later ones only refer to it. */
function sentencesOf({ tree, scheme }: ExplainedPay, language: Language): ReadonlyMap<string, { title: string; sentence: string }> {
  const found = new Map<string, { title: string; sentence: string }>();
  for (const { key, title, sentence } of explainInWords(tree, scheme, language))
    if (key.startsWith(PREFIX) && !found.has(key)) found.set(key, { title, sentence });
  return found;
}

function changesOf(
  line: ExplanationNode,
  { now, before }: { readonly now: ExplainedPay; readonly before: ExplainedPay },
  language: Language,
): readonly PayChange[] {
  const other = linesIn(before.tree).find(({ key }) => key === line.key);
  if (!other) return [];
  const [ofNow, ofBefore] = [madeFrom(line), madeFrom(other)];
  const changed = differing(ofNow, ofBefore);
  // What is read off the grade's band moved with the grade, and the grade with the score.
  if (changed.some((key) => key.startsWith('band.')))
    changed.push(...differing(resultOf(now.tree, ofNow), resultOf(before.tree, ofBefore)));
  return changed.map((key) => {
    const [one, two] = [ofNow.get(key), ofBefore.get(key)];
    return {
      key,
      title: namesFor(now.tree, now.scheme, language).title(key),
      before: two === undefined ? null : namesFor(before.tree, before.scheme, language).value(two, key),
      now: one === undefined ? null : namesFor(now.tree, now.scheme, language).value(one, key),
    };
  });
}

type Values = Map<string, string | null>;

function differing(one: ReadonlyMap<string, string | null>, other: ReadonlyMap<string, string | null>): string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter((key) => one.get(key) !== other.get(key));
}

/** Grade and score, noted among the values that a line was made from. */
function resultOf(tree: ExplanationNode, values: Values): Values {
  const result: Values = new Map();
  for (const { key, value } of tree.inputs ?? [])
    if ((key === 'grade' || key === 'score') && !values.has(key)) {
      result.set(key, value);
      values.set(key, value);
    }
  return result;
}

/** By key: everything below the line. */
function madeFrom(line: ExplanationNode): Values {
  const values: Values = new Map();
  const visit = (node: ExplanationNode): void => {
    for (const input of node.inputs ?? []) {
      values.set(input.key, input.value);
      // Other lines have rows of their own.
      if (!input.key.startsWith(PREFIX)) visit(input);
    }
  };
  visit(line);
  return values;
}
