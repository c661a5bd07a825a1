import type { ExplanationNode } from '../../contracts/evaluation';
import type { Frame } from '../frame';

type NodeOf = (frame: Frame) => ExplanationNode;

/** The nodes of what a formula reads, each name once; joined while a scheme is compiled, so that evaluating joins nothing. */
export interface Inputs {
  (frame: Frame): readonly ExplanationNode[];
  readonly nodes: readonly NodeOf[];
}

const NONE: readonly ExplanationNode[] = [];

export function inputsOf(nodes: readonly NodeOf[]): Inputs {
  return Object.assign(reading(nodes), { nodes });
}

/** Most formulas read one name or two. */
function reading(nodes: readonly NodeOf[]): (frame: Frame) => readonly ExplanationNode[] {
  const [first, second, third] = nodes;
  if (!first) return () => NONE;
  if (!second) return (frame) => [first(frame)];
  if (!third) return (frame) => [first(frame), second(frame)];
  return (frame) => {
    const read: ExplanationNode[] = [];
    for (const node of nodes) read.push(node(frame));
    return read;
  };
}

/** All that several formulas read, in their order. */
export function joinedInputs(...all: readonly (Inputs | undefined)[]): Inputs {
  return inputsOf(all.flatMap((inputs) => inputs?.nodes ?? []));
}
