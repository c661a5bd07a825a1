/** As much of an explanation tree as dependence needs. */
export interface TreeNode {
  readonly key: string;
  readonly rule: string;
  readonly inputs?: readonly TreeNode[];
}

const LINE_PREFIX = 'line.';
/** How a tree names what an appeal names: an indicator or section by its line, a rating by its key, a fact as it is. */
const PREFIXES = ['', 'indicator.', 'section.', 'rating.'] as const;
/** A value of the band that was reached: it stands on the grade. */
const BAND_VALUE = 'band-value';
/** What needs no further origin. */
const LEAVES: ReadonlySet<string> = new Set(['fact', 'rating', 'parameter', 'constant']);

/**
 * Which pay lines depend on the contested indicators, ratings or facts: found by following the explanation from each line.
 * `all` when the tree does not tell, so that nothing contested is paid by mistake; an origin that the tree only names
 * counts as dependent for the same reason.
 */
export function dependentPayLines(tree: TreeNode | null, contested: readonly string[]): ReadonlySet<string> | 'all' {
  if (tree === null || contested.length === 0) return 'all';
  const graph = new Map<string, { readonly inputs: Set<string>; readonly rules: Set<string> }>();
  collect(tree, graph);
  const sought = new Set(contested.flatMap((key) => PREFIXES.map((prefix) => `${prefix}${key}`)));
  if (![...sought].some((key) => graph.has(key))) return 'all';
  const dependent = new Set<string>();
  for (const key of graph.keys()) {
    if (key.startsWith(LINE_PREFIX) && reaches(key, sought, graph)) dependent.add(key.slice(LINE_PREFIX.length));
  }
  return dependent;
}

type Graph = Map<string, { readonly inputs: Set<string>; readonly rules: Set<string> }>;

function collect(node: TreeNode, graph: Graph): void {
  const known = graph.get(node.key) ?? { inputs: new Set<string>(), rules: new Set<string>() };
  graph.set(node.key, known);
  known.rules.add(node.rule);
  if (node.rule === BAND_VALUE) known.inputs.add('grade');
  for (const input of node.inputs ?? []) {
    known.inputs.add(input.key);
    collect(input, graph);
  }
}

function reaches(start: string, sought: ReadonlySet<string>, graph: Graph): boolean {
  const open = [start];
  const seen = new Set(open);
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (sought.has(key)) return true;
    const node = graph.get(key);
    const known = node && (node.inputs.size > 0 || [...node.rules].some((rule) => LEAVES.has(rule)));
    if (!known) return true;
    for (const input of node.inputs) {
      if (seen.has(input)) continue;
      seen.add(input);
      open.push(input);
    }
  }
  return false;
}
