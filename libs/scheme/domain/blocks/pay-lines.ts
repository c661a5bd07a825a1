import {
  addFraction,
  divideFraction,
  type Fraction,
  maxFraction,
  minFraction,
  multiplyFraction,
  negateFraction,
  roundDown,
  roundHalfEven,
  roundHalfUp,
  roundUp,
  subtractFraction,
  toFraction,
  wholeFraction,
} from '#kernel';
import type { PayLineDocument } from '../../contracts/document';
import type { ExplanationNode } from '../../contracts/evaluation';
import { FormulaProblem } from '../formula/lexer';
import type { Frame } from '../frame';
import { joinedInputs } from './node-inputs';
import { exactText, isNegative, isWholeFraction, NOTHING, rounded, roundedText } from '../numbers';
import type { PathPart } from '../reading/scheme-text';
import type { FormulaPlan, Workbench } from '../workbench';

/** What a line pays, before it is rounded to the cent, and what its node says. Thrown when it can't be computed: FormulaProblem. */
export interface LinePlan {
  readonly amount: (frame: Frame) => { readonly amount: Fraction; readonly params: Readonly<Record<string, string>> };
  readonly inputs: (frame: Frame) => readonly ExplanationNode[];
}

type Of<Kind extends PayLineDocument['kind']> = Extract<PayLineDocument, { kind: Kind }>;

export function compileLine(block: PayLineDocument, path: readonly PathPart[], bench: Workbench): LinePlan {
  switch (block.kind) {
    case 'formula':
      return formulaLine(block, path, bench);
    case 'gated':
      return gatedLine(block, path, bench);
    case 'commission':
      return commissionLine(block, path, bench);
    case 'prize':
      return prizeLine(block, path, bench);
    case 'deposit':
      return depositLine(block, path, bench);
  }
}

function formulaLine(block: Of<'formula'>, path: readonly PathPart[], bench: Workbench): LinePlan {
  const formula = bench.number(block.formula, [...path, 'formula']);
  const round = roundingOf(block.round);
  const params = { formula: formula.text };
  return { amount: (frame) => ({ amount: round(formula.run(frame)), params }), inputs: formula.inputs };
}

function gatedLine(block: Of<'gated'>, path: readonly PathPart[], bench: Workbench): LinePlan {
  const formula = bench.number(block.formula, [...path, 'formula']);
  const round = roundingOf(block.round);
  const unless = bench.condition(block.unless, [...path, 'unless']);
  const open = { formula: formula.text, unless: unless.text, voided: 'false' };
  const voided = { ...open, voided: 'true' };
  return {
    amount: (frame) => (unless.run(frame) ? { amount: NOTHING, params: voided } : { amount: round(formula.run(frame)), params: open }),
    inputs: joinedInputs(formula.inputs, unless.inputs),
  };
}

type Rounding = Of<'formula'>['round'];

const ROUNDINGS = { 'half-up': roundHalfUp, 'half-even': roundHalfEven, up: roundUp, down: roundDown } as const;

/** Half-up to the cent by default, which every line is rounded to anyway. */
function roundingOf(rule: Rounding): (value: Fraction) => Fraction {
  if (rule === undefined || (rule.places === '2' && rule.mode === 'half-up')) return (value) => value;
  const places = Number(rule.places);
  const round = ROUNDINGS[rule.mode];
  return (value) => toFraction(round(value, places));
}

/** On the whole of `on` at the rate that `by` reaches, or with a marginal table each slice of `on` at its own. */
function commissionLine(block: Of<'commission'>, path: readonly PathPart[], bench: Workbench): LinePlan {
  const on = bench.number(block.on, [...path, 'on']);
  const by = block.by === undefined ? undefined : bench.number(block.by, [...path, 'by']);
  const unless = block.unless === undefined ? undefined : bench.condition(block.unless, [...path, 'unless']);
  const table = bench.table(block.table);
  if (!table) bench.problem('unknown-name', [...path, 'table'], block.table);
  else if (table.kind === 'marginal' && by) bench.problem('marginal-takes-no-by', [...path, 'by']);
  else if (table.kind !== 'marginal' && !by) bench.problem('by-needed', path, block.table);
  const round = roundingOf(block.round);
  const fixed = { table: block.table, ...(unless && { unless: unless.text }) };
  const earned = (frame: Frame, amount: Fraction) => {
    if (!table) return { amount: NOTHING, params: fixed };
    if (!by) return { amount: table(amount), params: { ...fixed, on: exactText(amount), ...table.tier(amount) } };
    const value = by.run(frame);
    const rate = table(value);
    const params = { ...fixed, on: exactText(amount), by: exactText(value), rate: exactText(rate), ...table.tier(value) };
    return { amount: multiplyFraction(amount, rate), params };
  };
  return {
    amount(frame) {
      const full = earned(frame, on.run(frame));
      const amount = round(full.amount);
      if (!unless) return { amount, params: full.params };
      // A voided line still says what it would have paid.
      const voided = unless.run(frame);
      const params = { ...full.params, voided: String(voided), earned: roundedText(rounded(amount)) };
      return { amount: voided ? NOTHING : amount, params };
    },
    inputs: joinedInputs(on.inputs, by?.inputs, unless?.inputs),
  };
}

/** Those level share the prizes of the places they take up, each share cut down to the cent so that the pool is never overdrawn (schemes.md "Rank"). */
function prizeLine(block: Of<'prize'>, path: readonly PathPart[], bench: Workbench): LinePlan {
  const place = bench.number(block.place, [...path, 'place']);
  const holders = bench.number(block.holders, [...path, 'holders']);
  const prizes = block.prizes.map((text, index) => {
    const prize = bench.fixedNumber(text, [...path, 'prizes', index]);
    if (isNegative(prize)) bench.problem('negative-amount', [...path, 'prizes', index]);
    return prize;
  });
  const fixed = { prizes: prizes.map(exactText).join(' ') };
  return {
    amount(frame) {
      const [first, level] = [counted(place, frame), counted(holders, frame)];
      const pool = prizes.slice(first - 1, first - 1 + level).reduce(addFraction, NOTHING);
      const amount = toFraction(roundDown(divideFraction(pool, wholeFraction(level)), 2));
      const params = { ...fixed, place: String(first), holders: String(level), pool: exactText(pool) };
      // Whoever is behind the last prize sees how many places were missing.
      return { amount, params: first > prizes.length ? { ...params, missing: String(first - prizes.length) } : params };
    },
    inputs: joinedInputs(place.inputs, holders.inputs),
  };
}

/** More people than any group has: a place beyond it is no place. */
const MOST_PLACES = 10_000_000n;

/** Thrown when a place or number of holders is no whole number from 1: FormulaProblem. */
function counted(plan: FormulaPlan<'number'>, frame: Frame): number {
  const value = plan.run(frame);
  const whole = isWholeFraction(value) ? value.num / value.den : 0n;
  if (whole < 1n || whole > MOST_PLACES) throw new FormulaProblem('out-of-range', 0, plan.text);
  return Number(whole);
}

/** Taken off the pay: at most the monthly sum, what is missing to the ceiling, and what there is to take it from. */
function depositLine(block: Of<'deposit'>, path: readonly PathPart[], bench: Workbench): LinePlan {
  const monthly = bench.fixedNumber(block.monthly, [...path, 'monthly']);
  const ceiling = bench.fixedNumber(block.ceiling, [...path, 'ceiling']);
  const held = bench.number(block.held, [...path, 'held']);
  const atMost = bench.number(block.atMost, [...path, 'atMost']);
  const when = bench.condition(block.when, [...path, 'when']);
  const fixed = { monthly: exactText(monthly), ceiling: exactText(ceiling) };
  return {
    amount(frame) {
      const missing = maxFraction(NOTHING, subtractFraction(ceiling, held.run(frame)));
      const most = atMost.run(frame);
      const applies = when.run(frame);
      const withheld = minFraction(minFraction(monthly, missing), maxFraction(NOTHING, most));
      return {
        amount: applies ? negateFraction(withheld) : NOTHING,
        params: {
          monthly: fixed.monthly,
          ceiling: fixed.ceiling,
          applies: applies ? 'true' : 'false',
          missing: exactText(missing),
          atMost: exactText(most),
        },
      };
    },
    inputs: joinedInputs(held.inputs, atMost.inputs, when.inputs),
  };
}
