import { parentPort, workerData } from 'node:worker_threads';
import { Decimal } from 'decimal.js';
import { compiledTemplate, evaluate, type EvaluationInput, explanationHash, type ExplanationNode } from '#libs/scheme';
import { benchPerson } from './people';
import { scoreByHand } from './reference';

/* One core's share of the people: scores them in the way asked for, or compares the two ways person by person. */

export type Contender = 'product' | 'recorded' | 'by-hand' | 'by-hand-with-trees';

export type Asked = { readonly kind: 'run'; readonly contender: Contender } | { readonly kind: 'compare' };
export type Answer =
  | { readonly kind: 'ready'; readonly nodes: number }
  | { readonly kind: 'ran'; readonly scored: number }
  | { readonly kind: 'compared'; readonly different: number; readonly first: string | undefined };

export interface Share {
  readonly from: number;
  readonly to: number;
}

const SCHEME = compiledTemplate('weighted-70-20-10');

/** Trees are there in full when a result is: nothing is put off. The comparison reads every node of every tree. */
const CONTENDERS: Readonly<Record<Contender, (person: EvaluationInput) => boolean>> = {
  product(person) {
    const { score, explanation } = evaluate(SCHEME, person);
    return score !== null && explanation?.inputs !== undefined;
  },
  recorded(person) {
    const { score, explanation } = evaluate(SCHEME, person);
    return score !== null && explanation !== null && explanationHash(explanation).length === 64;
  },
  'by-hand': (person) => scoreByHand(person, false).score !== '',
  'by-hand-with-trees'(person) {
    const { score, explanation } = scoreByHand(person, true);
    return score !== '' && explanation?.inputs !== undefined;
  },
};

function nodesOf({ inputs = [] }: ExplanationNode): number {
  return inputs.reduce((count, input) => count + nodesOf(input), 1);
}

function run(people: readonly EvaluationInput[], contender: Contender): Answer {
  const score = CONTENDERS[contender];
  let scored = 0;
  for (const person of people) if (score(person)) scored += 1;
  return { kind: 'ran', scored };
}

/** Everything must be the same, trees too; only a ratio that does not end is exact in one and cut after 20 digits in the other. */
function compare(people: readonly EvaluationInput[]): Answer {
  let different = 0;
  let first: string | undefined;
  for (const person of people) {
    const { errors, ...product } = evaluate(SCHEME, person);
    const [ours, theirs] = [comparable(product), comparable(scoreByHand(person, true))];
    if (errors.length === 0 && ours === theirs) continue;
    different += 1;
    first ??= `${JSON.stringify(person)}\n${ours}\n${theirs}`;
  }
  return { kind: 'compared', different, first };
}

function comparable(result: object): string {
  return JSON.stringify(result, (name, value: unknown) => (name === 'ratio' && typeof value === 'string' ? twentyDigits(value) : value));
}

/** Correctly rounded from the exact fraction, which is what decimal.js makes of the two facts. */
function twentyDigits(text: string): string {
  const [num = '', den = '1'] = text.split('/');
  return new Decimal(num).div(den).toString();
}

function listen(): void {
  const port = parentPort;
  if (!port) throw new Error('runs in a worker thread of the bench');
  const { from, to }: Share = workerData;
  const people = Array.from({ length: to - from }, (_, index) => benchPerson(from + index));
  port.on('message', (asked: Asked) => {
    const answer: Answer = asked.kind === 'run' ? run(people, asked.contender) : compare(people);
    port.postMessage(answer);
  });
  const sample = people[0] && evaluate(SCHEME, people[0]).explanation;
  const ready: Answer = { kind: 'ready', nodes: sample ? nodesOf(sample) : 0 };
  port.postMessage(ready);
}

listen();
