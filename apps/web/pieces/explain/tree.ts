/** One value of an explanation with the sentence that makes it, and what it was made from. */
export interface Branch {
  readonly key: string;
  readonly title: string;
  readonly value: string | null;
  readonly sentence: string;
  readonly depth: number;
  /** Unique in the tree: one key may stand in several places. */
  readonly path: string;
  readonly children: readonly Branch[];
}

interface Sentence {
  readonly depth: number;
  readonly key: string;
  readonly title: string;
  readonly value: string | null;
  readonly sentence: string;
}

interface Growing extends Branch {
  readonly children: Growing[];
}

/** Sentences come in the order of reading with their depth: what is deeper belongs to the last that is not. */
export function treeOf(sentences: readonly Sentence[]): Branch | undefined {
  const line: Growing[] = [];
  let root: Growing | undefined;
  for (const sentence of sentences) {
    line.length = Math.min(line.length, sentence.depth);
    const parent = line.at(-1);
    const path = parent ? `${parent.path}/${parent.children.length}` : '0';
    const branch: Growing = { ...sentence, path, children: [] };
    if (parent) parent.children.push(branch);
    else root ??= branch;
    line.push(branch);
  }
  return root;
}

/** The value with that key that has most below it: elsewhere it may stand as a mere reference. */
export function branchOf(root: Branch, key: string): Branch | undefined {
  let found: Branch | undefined;
  const look = (branch: Branch): void => {
    if (branch.key === key && (!found || branch.children.length > found.children.length)) found = branch;
    branch.children.forEach(look);
  };
  look(root);
  return found;
}

/** What the leaderboard's completion is made of: the first of these that an appraisal has, as libs/leaderboard says. */
const COMPLETIONS = [
  ['sales.amount', 'sales.target'],
  ['revenue.amount', 'revenue.target'],
] as const;

/** The value that is worked out from a fact and its target. */
export function completionIn(root: Branch | undefined): Branch | undefined {
  const find = (branch: Branch, keys: readonly string[]): Branch | undefined => {
    if (keys.every((key) => branch.children.some((child) => child.key === key))) return branch;
    for (const child of branch.children) {
      const found = find(child, keys);
      if (found) return found;
    }
    return undefined;
  };
  if (!root) return undefined;
  for (const keys of COMPLETIONS) {
    const found = find(root, keys);
    if (found) return found;
  }
  return undefined;
}
