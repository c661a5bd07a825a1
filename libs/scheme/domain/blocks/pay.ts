import { addFraction } from '#kernel';
import type { PayLineDocument } from '../../contracts/document';
import type { ExplanationNode } from '../../contracts/evaluation';
import type { Here } from './by-kind';
import type { Frame } from '../frame';
import { NONE, rounded, roundedText } from '../numbers';
import { compileLine } from './pay-lines';
import { computing } from '../problems';
import type { Workbench } from '../workbench';

export interface PayPlan {
  /** Every line of the kind of period, in the order given; each rounded once, the total is their sum. */
  readonly run: (frame: Frame) => {
    readonly lines: readonly { readonly key: string; readonly amount: string }[];
    readonly total: string;
    readonly node: ExplanationNode;
  };
}

/** Of a line that could not be computed: then there is an error, and no tree. */
const NO_PARAMS = {};

export function compilePay(blocks: Here<PayLineDocument>, bench: Workbench): PayPlan {
  const lines = blocks.map(({ block, index }) => {
    const name = `line.${block.key}`;
    const { amount, inputs } = bench.for(name, () => compileLine(block, ['pay', index], bench));
    return { name, key: block.key, kind: block.kind, amount, inputs, store: bench.rounded(name, ['pay', index]) };
  });
  return {
    run(frame) {
      let total = NONE;
      const paid: { key: string; amount: string }[] = [];
      const nodes: ExplanationNode[] = [];
      for (const { name, key, kind, amount: run, inputs, store } of lines) {
        const result = computing(frame, name, run);
        const exact = result ? rounded(result.amount) : NONE;
        store(frame, exact);
        total = addFraction(total, exact);
        const amount = roundedText(exact);
        paid.push({ key, amount });
        const params = result?.params ?? NO_PARAMS;
        nodes.push({ key: name, rule: kind, value: amount, params, inputs: inputs(frame) });
      }
      return {
        lines: paid,
        total: roundedText(total),
        node: { key: 'pay', rule: 'total', value: roundedText(total), inputs: nodes },
      };
    },
  };
}
