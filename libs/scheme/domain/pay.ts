import { type Fraction, maxFraction, minFraction, roundDown, roundHalfUp, subtractFraction, toFraction } from '#kernel';
import type { PayLineDocument } from '../contracts/document';
import type { ExplanationNode } from '../contracts/evaluation';
import type { Frame } from './frame';
import { exactText, hundredthsText, NOTHING, toHundredths } from './numbers';
import { computing } from './problems';
import type { PathPart } from './scheme-text';
import type { Workbench } from './workbench';

export interface PayPlan {
  /** Every line of the kind of period, in the order given; each rounded once, the total is their sum. */
  readonly run: (frame: Frame) => {
    readonly lines: readonly { readonly key: string; readonly amount: string }[];
    readonly total: string;
    readonly node: ExplanationNode;
  };
}

interface LinePlan {
  readonly key: string;
  readonly kind: PayLineDocument['kind'];
  readonly amount: (frame: Frame) => Fraction;
  readonly params: (frame: Frame) => Readonly<Record<string, string>>;
  readonly inputs: (frame: Frame) => readonly ExplanationNode[];
  readonly store: (frame: Frame, hundredths: bigint) => void;
}

export function compilePay(blocks: readonly { readonly block: PayLineDocument; readonly index: number }[], bench: Workbench): PayPlan {
  const lines = blocks.map(({ block, index }) => bench.for(`line.${block.key}`, () => compileLine(block, ['pay', index], bench)));
  return {
    run(frame) {
      let total = 0n;
      const paid: { key: string; amount: string }[] = [];
      const nodes: ExplanationNode[] = [];
      for (const line of lines) {
        const name = `line.${line.key}`;
        const result = computing(frame, name, () => ({ amount: line.amount(frame), params: line.params(frame) }));
        const hundredths = result ? toHundredths(result.amount) : 0n;
        line.store(frame, hundredths);
        total += hundredths;
        const amount = hundredthsText(hundredths);
        paid.push({ key: line.key, amount });
        nodes.push({ key: name, rule: line.kind, value: amount, ...(result && { params: result.params }), inputs: line.inputs(frame) });
      }
      return {
        lines: paid,
        total: hundredthsText(total),
        node: { key: 'pay', rule: 'total', value: hundredthsText(total), inputs: nodes },
      };
    },
  };
}

function compileLine(block: PayLineDocument, path: readonly PathPart[], bench: Workbench): LinePlan {
  if (block.kind === 'commission' || block.kind === 'prize') {
    bench.problem('not-supported-yet', path, block.kind);
    const none: LineParts = { amount: () => NOTHING, params: () => ({}), inputs: () => [] };
    return { key: block.key, kind: block.kind, ...none, store: bench.rounded(`line.${block.key}`, path) };
  }
  const line = block.kind === 'deposit' ? depositLine(block, path, bench) : formulaLine(block, path, bench);
  return { key: block.key, kind: block.kind, ...line, store: bench.rounded(`line.${block.key}`, path) };
}

type LineParts = Pick<LinePlan, 'amount' | 'params' | 'inputs'>;

function formulaLine(
  block: Extract<PayLineDocument, { kind: 'formula' | 'gated' }>,
  path: readonly PathPart[],
  bench: Workbench,
): LineParts {
  const formula = bench.number(block.formula, [...path, 'formula']);
  const round = roundingOf(block.round);
  if (block.kind === 'formula') {
    const params = { formula: formula.text };
    return { amount: (frame) => round(formula.run(frame)), params: () => params, inputs: formula.inputs };
  }
  const unless = bench.condition(block.unless, [...path, 'unless']);
  const open = { formula: formula.text, unless: unless.text, voided: 'false' };
  const voided = { ...open, voided: 'true' };
  return {
    amount: (frame) => (unless.run(frame) ? NOTHING : round(formula.run(frame))),
    params: (frame) => (unless.run(frame) ? voided : open),
    inputs: (frame) => [...formula.inputs(frame), ...unless.inputs(frame)],
  };
}

function roundingOf(
  rule: { readonly places: '0' | '1' | '2'; readonly mode: 'half-up' | 'half-even' | 'up' | 'down' } | undefined,
): (value: Fraction) => Fraction {
  if (rule === undefined || (rule.places === '2' && rule.mode === 'half-up')) return (value) => value;
  const places = Number(rule.places);
  const round = rule.mode === 'down' ? roundDown : roundHalfUp;
  return (value) => toFraction(round(value, places));
}

/** Taken off the pay: at most the monthly sum, what is missing to the ceiling, and what there is to take it from. */
function depositLine(block: Extract<PayLineDocument, { kind: 'deposit' }>, path: readonly PathPart[], bench: Workbench): LineParts {
  const monthly = bench.fixedNumber(block.monthly, [...path, 'monthly']);
  const ceiling = bench.fixedNumber(block.ceiling, [...path, 'ceiling']);
  const held = bench.number(block.held, [...path, 'held']);
  const atMost = bench.number(block.atMost, [...path, 'atMost']);
  const when = bench.condition(block.when, [...path, 'when']);
  const fixed = { monthly: exactText(monthly), ceiling: exactText(ceiling) };
  const missing = (frame: Frame): Fraction => maxFraction(NOTHING, subtractFraction(ceiling, held.run(frame)));
  return {
    amount(frame) {
      if (!when.run(frame)) return NOTHING;
      const withheld = minFraction(minFraction(monthly, missing(frame)), maxFraction(NOTHING, atMost.run(frame)));
      return { num: -withheld.num, den: withheld.den };
    },
    params: (frame) => ({
      ...fixed,
      applies: String(when.run(frame)),
      missing: exactText(missing(frame)),
      atMost: exactText(atMost.run(frame)),
    }),
    inputs: (frame) => [...held.inputs(frame), ...atMost.inputs(frame), ...when.inputs(frame)],
  };
}
