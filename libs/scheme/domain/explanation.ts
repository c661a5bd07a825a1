import { createHash } from 'node:crypto';
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

/** Printable ASCII without quote and backslash stands for itself. */
const PLAIN = /^[ !#-[\]-~]*$/;

function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}

function paramsText(params: Readonly<Record<string, string>>): string {
  const names = Object.keys(params);
  if (names.length > 1) names.sort();
  let text = '{';
  for (const name of names) text += `${text === '{' ? '' : ','}${quoted(name)}:${quoted(params[name] ?? '')}`;
  return `${text}}`;
}

/** SHA-256 over the canonical JSON of the tree, in hex: stored with every result, so that the tree can be computed again and held to it. */
export function explanationHash(tree: ExplanationNode): string {
  return createHash('sha256').update(explanationText(tree)).digest('hex');
}
