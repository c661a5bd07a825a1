import { isPeriod } from '#kernel';
import { periodKind } from '#libs/calendar';
import type { SchemeDocument } from '../../contracts/document';
import type { ExplanationNode } from '../../contracts/evaluation';
import type { CompiledScheme } from '../compile';
import { ENGLISH } from './sentences-en';
import { Names, View } from './sentences-view';
import { CHINESE } from './sentences-zh';
import type { Language } from './titles';

/** One node of an explanation in words. */
export interface ExplanationLine {
  readonly depth: number;
  readonly key: string;
  readonly title: string;
  readonly value: string | null;
  readonly sentence: string;
}

/** The tree from the top down, one sentence per node. A pure function of tree, scheme and language; the tree itself holds no words. */
export function explainInWords(tree: ExplanationNode, scheme: CompiledScheme, language: Language): readonly ExplanationLine[] {
  const names = namesFor(tree, scheme, language);
  const sentences = language === 'en' ? ENGLISH : CHINESE;
  const lines: ExplanationLine[] = [];
  const visit = (node: ExplanationNode, depth: number): void => {
    const view = new View(node, names);
    const title = names.title(node.key);
    const said = (sentences[node.rule]?.(view) ?? view.value).replaceAll('= ≈', '≈');
    lines.push({ depth, key: node.key, title, value: node.value, sentence: `${title}${language === 'en' ? ': ' : '：'}${said}` });
    for (const input of node.inputs ?? []) visit(input, depth + 1);
  };
  visit(tree, 0);
  return lines;
}

const known = new WeakMap<SchemeDocument, Map<string, Names>>();

/** What things are called in the kind of period that the tree says it is about; gathered once for a scheme, which never changes. */
export function namesFor(tree: ExplanationNode, scheme: CompiledScheme, language: Language): Names {
  const period = tree.params?.['period'];
  const kind = period !== undefined && isPeriod(period) ? periodKind(period) : undefined;
  const ofScheme = known.get(scheme.document) ?? new Map<string, Names>();
  known.set(scheme.document, ofScheme);
  const key = `${language} ${kind ?? ''}`;
  const names = ofScheme.get(key) ?? new Names(scheme.document, language, kind);
  ofScheme.set(key, names);
  return names;
}
