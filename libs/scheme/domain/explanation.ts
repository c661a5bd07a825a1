import { createHash } from 'node:crypto';
import type { ExplanationNode } from '../contracts/evaluation';

/**
 * The canonical JSON of a tree, written out by hand because a cohort has millions of nodes: members in the order of their
 * names, none that is undefined. The same text as the kernel's `canonicalJson`, which a test holds it to.
 */
export function explanationText(node: ExplanationNode): string {
  let text = '{';
  if (node.factId !== undefined) text += `"factId":${JSON.stringify(node.factId)},`;
  if (node.inputs !== undefined) text += `"inputs":${listText(node.inputs)},`;
  text += `"key":${JSON.stringify(node.key)},`;
  if (node.params !== undefined) text += `"params":${paramsText(node.params)},`;
  if (node.positions !== undefined) text += `"positions":[${node.positions.join(',')}],`;
  return `${text}"rule":${JSON.stringify(node.rule)},"value":${node.value === null ? 'null' : JSON.stringify(node.value)}}`;
}

function listText(nodes: readonly ExplanationNode[]): string {
  let text = '[';
  let first = true;
  for (const node of nodes) {
    text += first ? explanationText(node) : `,${explanationText(node)}`;
    first = false;
  }
  return `${text}]`;
}

function paramsText(params: Readonly<Record<string, string>>): string {
  const names = Object.keys(params).sort();
  let text = '{';
  for (const name of names) text += `${text === '{' ? '' : ','}${JSON.stringify(name)}:${JSON.stringify(params[name])}`;
  return `${text}}`;
}

/** SHA-256 over the canonical JSON of the tree, in hex: stored with every result, so that the tree can be computed again and held to it. */
export function explanationHash(tree: ExplanationNode): string {
  return createHash('sha256').update(explanationText(tree)).digest('hex');
}
