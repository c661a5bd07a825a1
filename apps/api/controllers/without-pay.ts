import type { ExplanationNode } from '#libs/scheme';

/** Prefixes of what is pay by its name: facts, lines and their total. */
const isPay = (key: string): boolean => key === 'pay' || key.startsWith('pay.') || key.startsWith('line.');
/** Parts of an explanation that everyone who reads the score may see. */
const isScoring = ({ key }: ExplanationNode): boolean => !isPay(key) && !key.startsWith('outcome.') && !key.startsWith('value.');

/** What of an explained score is shown to those who may not see pay. */
export interface ScoreWithoutPay {
  readonly tree: ExplanationNode | null;
  showsFact(key: string): boolean;
  showsOutcome(key: string): boolean;
}

/** True for a metric that is pay by its name, wherever it is listed. */
export function isPayMetric(metric: string): boolean {
  return isPay(metric);
}

/**
 * Pay is cut out together with what only pay is made of: a commission share read off the grade's band says as much as the
 * line it leads to. What the score, the grade or a follow-up rests on stays.
 */
export function withoutPay(root: ExplanationNode | null): ScoreWithoutPay {
  if (!root) return { tree: null, showsFact: (key) => !isPay(key), showsOutcome: () => false };
  const ofPay = new Set<string>();
  const ofScore = new Set<string>();
  for (const part of root.inputs ?? []) {
    if (part.key === 'pay') collect(part, ofPay);
    else if (isScoring(part)) collect(part, ofScore);
  }
  const isHidden = ({ key, inputs }: ExplanationNode): boolean =>
    isPay(key) || (ofPay.has(key) && !ofScore.has(key)) || (key.startsWith('outcome.') && inputs?.some(isHidden) === true);
  const tree = cut(root, isHidden);
  const everywhere = new Set<string>();
  const left = new Set<string>();
  collect(root, everywhere);
  collect(tree, left);
  const shows = (key: string): boolean => !isPay(key) && (left.has(key) || !everywhere.has(key));
  return { tree, showsFact: shows, showsOutcome: (key) => left.has(`outcome.${key}`) };
}

function collect({ key, inputs }: ExplanationNode, keys: Set<string>): void {
  keys.add(key);
  for (const input of inputs ?? []) collect(input, keys);
}

function cut(node: ExplanationNode, isHidden: (node: ExplanationNode) => boolean): ExplanationNode {
  const { inputs } = node;
  return inputs ? { ...node, inputs: inputs.filter((input) => !isHidden(input)).map((input) => cut(input, isHidden)) } : node;
}
