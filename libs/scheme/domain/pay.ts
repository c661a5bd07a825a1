import type { PayLineDocument } from '../contracts/document';
import type { ExplanationNode } from '../contracts/evaluation';
import type { Here } from './by-kind';
import type { Frame } from './frame';
import { hundredthsText, toHundredths } from './numbers';
import { compileLine } from './pay-lines';
import { computing } from './problems';
import type { Workbench } from './workbench';

export interface PayPlan {
  /** Every line of the kind of period, in the order given; each rounded once, the total is their sum. */
  readonly run: (frame: Frame) => {
    readonly lines: readonly { readonly key: string; readonly amount: string }[];
    readonly total: string;
    readonly node: ExplanationNode;
  };
}

export function compilePay(blocks: Here<PayLineDocument>, bench: Workbench): PayPlan {
  const lines = blocks.map(({ block, index }) => {
    const name = `line.${block.key}`;
    const { amount, inputs } = bench.for(name, () => compileLine(block, ['pay', index], bench));
    return { name, key: block.key, kind: block.kind, amount, inputs, store: bench.rounded(name, ['pay', index]) };
  });
  return {
    run(frame) {
      let total = 0n;
      const paid: { key: string; amount: string }[] = [];
      const nodes: ExplanationNode[] = [];
      for (const { name, key, kind, amount: run, inputs, store } of lines) {
        const result = computing(frame, name, () => run(frame));
        const hundredths = result ? toHundredths(result.amount) : 0n;
        store(frame, hundredths);
        total += hundredths;
        const amount = hundredthsText(hundredths);
        paid.push({ key, amount });
        nodes.push({ key: name, rule: kind, value: amount, ...(result && { params: result.params }), inputs: inputs(frame) });
      }
      return {
        lines: paid,
        total: hundredthsText(total),
        node: { key: 'pay', rule: 'total', value: hundredthsText(total), inputs: nodes },
      };
    },
  };
}
