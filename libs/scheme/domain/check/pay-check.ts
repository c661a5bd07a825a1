import type { PayLineDocument } from '../../contracts/document';
import { NOTHING } from '../numbers';
import type { PathPart } from '../reading/scheme-text';
import { isIn } from './names';
import { ANYTHING, canBeBelow, exactly, hull, multiply, negate, NOT_NEGATIVE, type Range, rounded } from './range';
import { hullOf, rangeOf, type Reading } from './reading';
import type { Shape } from './shape';

const ZERO_RANGE: Range = exactly(NOTHING);

/** What each pay line can come to: never below zero, but for a deposit, and always money. */
export function checkPay(reading: Reading): void {
  reading.document.pay?.forEach((line, index) => {
    if (!isIn(line.periods, reading.kind, false)) return;
    const path: PathPart[] = ['pay', index];
    const shape = lineShape(line, path, reading);
    const range = rangeOf(shape);
    if (line.kind !== 'deposit' && canBeBelow(range, NOTHING)) reading.warn('pay-may-be-negative', mainOf(line, path), line.key);
    if (shape.type === 'number' && shape.unit && shape.unit !== 'money') reading.warn('pay-not-money', mainOf(line, path), shape.unit);
    reading.bind(`line.${line.key}`, { type: 'number', range: rounded(range, 2, 'half-up'), unit: 'money' });
  });
}

/** The field that says what is paid. */
function mainOf(line: PayLineDocument, path: readonly PathPart[]): readonly PathPart[] {
  switch (line.kind) {
    case 'formula':
    case 'gated':
      return [...path, 'formula'];
    case 'commission':
      return [...path, 'on'];
    case 'prize':
      return [...path, 'prizes'];
    case 'deposit':
      return [...path, 'monthly'];
  }
}

function lineShape(line: PayLineDocument, path: readonly PathPart[], reading: Reading): Shape {
  switch (line.kind) {
    case 'formula':
      return reading.shape({ text: line.formula, path: [...path, 'formula'] });
    case 'gated': {
      const voided = reading.truth({ text: line.unless, path: [...path, 'unless'] });
      reading.consider('never-paid', [...path, 'unless'], voided !== true, line.key);
      const shape = reading.shape({ text: line.formula, path: [...path, 'formula'] });
      return shape.type === 'number' ? { ...shape, range: hull(shape.range, ZERO_RANGE) } : shape;
    }
    case 'commission':
      return commissionShape(line, path, reading);
    case 'prize': {
      for (const member of ['place', 'holders'] as const) reading.range({ text: line[member], path: [...path, member] });
      const prizes = line.prizes.map((prize) => {
        const amount = reading.fixed(prize);
        return amount ? exactly(amount) : NOT_NEGATIVE;
      });
      return { type: 'number', range: hullOf([...prizes, ZERO_RANGE]) };
    }
    case 'deposit':
      reading.truth({ text: line.when, path: [...path, 'when'] });
      reading.range({ text: line.atMost, path: [...path, 'atMost'] });
      return { type: 'number', range: hull(negate(monthly(line, reading)), ZERO_RANGE), unit: 'money' };
  }
}

function monthly(line: Extract<PayLineDocument, { kind: 'deposit' }>, reading: Reading): Range {
  const amount = reading.fixed(line.monthly);
  return amount ? exactly(amount) : NOT_NEGATIVE;
}

function commissionShape(line: Extract<PayLineDocument, { kind: 'commission' }>, path: readonly PathPart[], reading: Reading): Shape {
  const on = reading.shape({ text: line.on, path: [...path, 'on'] });
  const by = line.by === undefined ? on : reading.shape({ text: line.by, path: [...path, 'by'] });
  const rates = reading.lookUp(line.table, rangeOf(by));
  if (line.unless !== undefined) {
    const voided = reading.truth({ text: line.unless, path: [...path, 'unless'] });
    reading.consider('never-paid', [...path, 'unless'], voided !== true, line.key);
  }
  if (on.type !== 'number') return { type: 'number', range: ANYTHING };
  return { type: 'number', range: hull(multiply(on.range, rates), ZERO_RANGE), unit: on.unit };
}
