import { hash } from 'node:crypto';
import type { ExplanationNode } from '../contracts/evaluation';

/**
 * The canonical JSON of a tree, written out by hand because a cohort has millions of nodes: members in the order of their
 * names, none that is undefined. The same text as the kernel's `canonicalJson`, which a test holds it to.
 */
export function explanationText(node: ExplanationNode): string {
  let text = '{';
  if (node.factId !== undefined) text += `"factId":${quoted(node.factId)},`;
  if (node.inputs !== undefined) {
    text += '"inputs":[';
    let separator = '';
    for (const input of node.inputs) {
      text += separator + explanationText(input);
      separator = ',';
    }
    text += '],';
  }
  text += `"key":${quoted(node.key)},`;
  if (node.params !== undefined) text += `"params":${paramsText(node.params)},`;
  if (node.positions !== undefined) text += `"positions":[${node.positions.join(',')}],`;
  return `${text}"rule":${quoted(node.rule)},"value":${node.value === null ? 'null' : quoted(node.value)}}`;
}

const [BLANK, TILDE, QUOTE, BACKSLASH] = [0x20, 0x7e, 0x22, 0x5c] as const;

/** Printable ASCII without quote and backslash stands for itself. */
function quoted(text: string): string {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < BLANK || code > TILDE || code === QUOTE || code === BACKSLASH) return JSON.stringify(text);
  }
  return `"${text}"`;
}

function paramsText(params: Readonly<Record<string, string>>): string {
  const names = sorted(Object.keys(params));
  let text = '{';
  for (const name of names) text += `${text === '{' ? '' : ','}${quoted(name)}:${quoted(params[name] ?? '')}`;
  return `${text}}`;
}

/** In place; a handful of names is in order sooner than a general sort has begun. */
function sorted(names: string[]): readonly string[] {
  for (let index = 1; index < names.length; index += 1) {
    const name = names[index] ?? '';
    let at = index;
    for (; at > 0 && (names[at - 1] ?? '') > name; at -= 1) names[at] = names[at - 1] ?? '';
    names[at] = name;
  }
  return names;
}

/** SHA-256 over the canonical JSON of the tree, in hex: stored with every result, so that the tree can be computed again and held to it. */
export function explanationHash(tree: ExplanationNode): string {
  return hash('sha256', explanationText(tree), 'hex');
}
