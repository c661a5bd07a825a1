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
  readonly sentenceBefore: string | null;
  readonly changes: readonly PayChange[];
}

/** Each pay line's rule in words, and what made it differ from an earlier period. Pure, as the sentences are. */
export function payLinesInWords(now: ExplainedPay, before: ExplainedPay | undefined, language: Language): readonly PayLineInWords[] {
  const sentences = sentencesOf(now, language);
  const earlier = before ? sentencesOf(before, language) : undefined;
  return linesIn(now.tree).map((line) => ({
    key: line.key.slice(PREFIX.length),
    title: sentences.get(line.key)?.title ?? line.key,
    sentence: sentences.get(line.key)?.sentence ?? '',
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
  const [ofNow, ofBefore] = [madeFrom(line, now.tree), madeFrom(other, before.tree)];
  const changes: PayChange[] = [];
  for (const key of new Set([...ofNow.keys(), ...ofBefore.keys()])) {
    const [one, two] = [ofNow.get(key), ofBefore.get(key)];
    if (one === two) continue;
    changes.push({
      key,
      title: namesFor(now.tree, now.scheme, language).title(key),
      before: two === undefined ? null : namesFor(before.tree, before.scheme, language).value(two, key),
      now: one === undefined ? null : namesFor(now.tree, now.scheme, language).value(one, key),
    });
  }
  return changes;
}

/** By key: everything below the line, and where a value was read off the grade's band, the grade and the score that led to it. */
function madeFrom(line: ExplanationNode, tree: ExplanationNode): ReadonlyMap<string, string | null> {
  const values = new Map<string, string | null>();
  const visit = (node: ExplanationNode): void => {
    for (const input of node.inputs ?? []) {
      values.set(input.key, input.value);
      // Other lines have rows of their own.
      if (!input.key.startsWith(PREFIX)) visit(input);
    }
  };
  visit(line);
  if ([...values.keys()].some((key) => key.startsWith('band.')))
    for (const { key, value } of tree.inputs ?? []) if (key === 'grade' || key === 'score') values.set(key, value);
  return values;
}
