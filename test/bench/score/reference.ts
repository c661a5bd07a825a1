import { Decimal } from 'decimal.js';
import type { EvaluationInput, ExplanationNode } from '#libs/scheme';

/*
 * Template `weighted-70-20-10` for a month as one would write it by hand with decimal.js, for this scheme and nothing else:
 * no checks of the input, no parameters, no formulas. At its default precision of 20 digits; products before quotients, so
 * that every rounding is of the exact value for amounts of this size. With `trees` it also builds a tree of the same nodes.
 */

export interface ReferenceResult {
  readonly score: string;
  readonly grade: string;
  readonly sections: readonly {
    readonly key: string;
    readonly score: string;
    readonly indicators: readonly { readonly key: string; readonly score: string }[];
  }[];
  readonly pay: { readonly lines: readonly { readonly key: string; readonly amount: string }[]; readonly total: string };
  readonly outcome: { readonly level_change: number; readonly commission_share: string };
  readonly actions: readonly { readonly key: string }[];
  readonly explanation: ExplanationNode | null;
}

const ZERO = new Decimal(0);
const HUNDRED = new Decimal(100);
const MONTHLY = new Decimal(200);
const CEILING = new Decimal(2_400);

interface Band {
  readonly key: string;
  readonly from: Decimal | undefined;
  readonly commission: Decimal;
  readonly base: Decimal;
  readonly level: number;
  readonly withholds: boolean;
}
const band = (key: string, from: number | undefined, [commission, base, level]: readonly [number, number, number]): Band => ({
  key,
  from: from === undefined ? undefined : new Decimal(from),
  commission: new Decimal(commission),
  base: new Decimal(base),
  level,
  withholds: key !== 'E',
});
const BANDS: readonly Band[] = [
  band('A', 90, [100, 100, 2]),
  band('B', 80, [90, 100, 1]),
  band('C', 60, [80, 100, 0]),
  band('D', 50, [0, 100, -1]),
  band('E', undefined, [0, 60, 0]),
];
const LAST: Band = band('E', undefined, [0, 60, 0]);

interface Leaf {
  readonly key: string;
  readonly value: Decimal;
  readonly positions: readonly number[] | undefined;
}

function fact(input: EvaluationInput, key: string): Leaf {
  const given = input.facts[key];
  if (typeof given !== 'object' || given === null || !('value' in given)) throw new Error(`${key} is missing`);
  return { key, value: new Decimal(String(given.value)), positions: given.positions };
}

function rating(input: EvaluationInput, key: string): Leaf {
  return { key: `rating.${key}`, value: new Decimal(String(input.ratings[key])), positions: undefined };
}

interface Indicator {
  readonly key: string;
  readonly points: Decimal;
  readonly score: string;
  readonly rule: string;
  readonly leaves: readonly Leaf[];
  readonly params: Readonly<Record<string, string>> | undefined;
}

const rounded = (value: Decimal): Decimal => value.toDecimalPlaces(2, Decimal.ROUND_HALF_UP);

function indicator(key: string, rule: string, points: Decimal, rest: Pick<Indicator, 'leaves' | 'params'>): Indicator {
  return { key, points, score: points.toFixed(2), rule, leaves: rest.leaves, params: rest.params };
}

function ratioOf([key, rule, worth]: readonly [string, string, number], actual: Leaf, target: Leaf, trees: boolean): Indicator {
  const most = new Decimal(worth);
  const leaves = [actual, target];
  const fixed = rule === 'ratio' ? { points: String(worth), cap: '1' } : { points: String(worth) };
  if (target.value.isZero()) return indicator(key, rule, most, { leaves, params: trees ? { ...fixed, nothingDue: 'true' } : undefined });
  const points = actual.value.gte(target.value) ? most : rounded(most.times(actual.value).div(target.value));
  return indicator(key, rule, points, {
    leaves,
    params: trees ? { ...fixed, ratio: actual.value.div(target.value).toString() } : undefined,
  });
}

function ratedOf(key: string, worth: number, leaf: Leaf, trees: boolean): Indicator {
  const points = rounded(leaf.value.times(worth).div(HUNDRED));
  return indicator(key, 'rating', points, { leaves: [leaf], params: trees ? { points: String(worth), of: '100' } : undefined });
}

function attendanceOf(days: Leaf, trees: boolean): Indicator {
  const left = Decimal.max(ZERO, HUNDRED.minus(days.value.times(10)));
  const params = trees ? { points: '4', each: '10', of: '100', left: left.toString() } : undefined;
  return indicator('attendance', 'deduct', rounded(left.times(4).div(HUNDRED)), { leaves: [days], params });
}

function serviceOf(complaints: Leaf, trees: boolean): Indicator {
  const points = complaints.value.gt(ZERO) ? ZERO : new Decimal(3);
  return indicator('service_awareness', 'any-takes-all', points, { leaves: [complaints], params: trees ? { points: '3' } : undefined });
}

interface Section {
  readonly key: string;
  readonly worth: string;
  readonly points: Decimal;
  readonly score: string;
  readonly indicators: readonly Indicator[];
}

function sectionOf(key: string, worth: string, indicators: readonly Indicator[]): Section {
  const sum = indicators.reduce((total, { points }) => total.plus(points), ZERO);
  return { key, worth, points: sum, score: sum.toFixed(2), indicators };
}

interface Paid {
  readonly atMost: Decimal;
  readonly missing: Decimal;
  readonly lines: Readonly<Record<'base' | 'commission' | 'deposit', string>>;
  readonly total: string;
}

function pay({ base, commission, held }: Readonly<Record<'base' | 'commission' | 'held', Leaf>>, reached: Band): Paid {
  const paidBase = rounded(base.value.times(reached.base).div(HUNDRED));
  const paidCommission = rounded(commission.value.times(reached.commission).div(HUNDRED));
  const missing = Decimal.max(ZERO, CEILING.minus(held.value));
  const atMost = paidBase.plus(paidCommission);
  const withheld = reached.withholds ? rounded(Decimal.min(MONTHLY, missing, atMost)) : ZERO;
  return {
    atMost,
    missing,
    lines: { base: paidBase.toFixed(2), commission: paidCommission.toFixed(2), deposit: minus(withheld) },
    total: atMost.minus(withheld).toFixed(2),
  };
}

export function scoreByHand(input: EvaluationInput, trees: boolean): ReferenceResult {
  const sections = [
    sectionOf('results', '70', [
      ratioOf(['completion', 'ratio', 40], fact(input, 'sales.amount'), fact(input, 'sales.target'), trees),
      ratioOf(['collections', 'share', 15], fact(input, 'receivable.collected'), fact(input, 'receivable.due'), trees),
      ratioOf(['new_customers', 'ratio', 15], fact(input, 'customers.new'), fact(input, 'customers.new_target'), trees),
    ]),
    sectionOf(
      'ability',
      '20',
      ['knowledge', 'analysis', 'communication', 'adaptability'].map((key) => ratedOf(key, 5, rating(input, key), trees)),
    ),
    sectionOf('attitude', '10', [
      attendanceOf(fact(input, 'absences.days'), trees),
      ratedOf('diligence', 3, rating(input, 'diligence'), trees),
      serviceOf(fact(input, 'complaints.filed'), trees),
    ]),
  ];
  const score = sections.reduce((sum, { points }) => sum.plus(points), ZERO);
  const index = BANDS.findIndex(({ from }) => from === undefined || score.gte(from));
  const reached = BANDS[index] ?? LAST;
  const leaves = { base: fact(input, 'pay.base'), commission: fact(input, 'pay.commission'), held: fact(input, 'pay.deposit_held') };
  const paid = pay(leaves, reached);
  const actions = reached.key === 'D' ? ['observation-period'] : reached.key === 'E' ? ['improvement-plan'] : [];
  const text = score.toFixed(2);
  return {
    score: text,
    grade: reached.key,
    sections: sections.map((section) => ({
      key: section.key,
      score: section.score,
      indicators: section.indicators.map(({ key, score: text }) => ({ key, score: text })),
    })),
    pay: {
      lines: [
        { key: 'base', amount: paid.lines.base },
        { key: 'commission', amount: paid.lines.commission },
        { key: 'deposit', amount: paid.lines.deposit },
      ],
      total: paid.total,
    },
    outcome: { level_change: reached.level, commission_share: reached.commission.toString() },
    actions: actions.map((key) => ({ key })),
    explanation: trees ? treeOf({ input, sections, score, text, reached, better: BANDS[index - 1], paid, leaves }) : null,
  };
}

function minus(value: Decimal): string {
  return value.isZero() ? '0.00' : value.negated().toFixed(2);
}

const leafNode = ({ key, value, positions }: Leaf): ExplanationNode =>
  positions === undefined ? { key, rule: 'rating', value: value.toString() } : { key, rule: 'fact', value: value.toString(), positions };

interface Whole {
  readonly input: EvaluationInput;
  readonly sections: readonly Section[];
  readonly score: Decimal;
  readonly text: string;
  readonly reached: Band;
  readonly better: Band | undefined;
  readonly paid: Paid;
  readonly leaves: Readonly<Record<'base' | 'commission' | 'held', Leaf>>;
}

function treeOf({ input, sections, score, text: total, reached, better, paid, leaves }: Whole): ExplanationNode {
  const ofBand = (name: string, value: string): ExplanationNode => ({ key: `band.${name}`, rule: 'band-value', value });
  const reference = (key: string, value: string): ExplanationNode => ({ key, rule: 'reference', value });
  const scored: ExplanationNode = {
    key: 'score',
    rule: 'sum',
    value: total,
    inputs: sections.map((section) => ({
      key: `section.${section.key}`,
      rule: 'sum',
      value: section.score,
      params: { points: section.worth },
      inputs: section.indicators.map(({ key, rule, score: value, params, leaves: from }) => ({
        key: `indicator.${key}`,
        rule,
        value,
        ...(params && { params }),
        inputs: from.map(leafNode),
      })),
    })),
  };
  const grade: ExplanationNode = {
    key: 'grade',
    rule: 'band',
    value: reached.key,
    params: {
      on: score.toString(),
      ...(reached.from && { from: reached.from.toString() }),
      ...(better?.from && { next: better.key, nextFrom: better.from.toString(), missing: better.from.minus(score).toString() }),
    },
    inputs: [reference('score', total)],
  };
  const share = reached.commission.toString();
  const level = String(reached.level);
  const { base, commission, deposit } = paid.lines;
  const withholds = reached.withholds ? '1' : '0';
  const lines: ExplanationNode[] = [
    {
      key: 'line.base',
      rule: 'formula',
      value: base,
      params: { formula: 'pay.base * band.base_share / 100' },
      inputs: [leafNode(leaves.base), ofBand('base_share', reached.base.toString())],
    },
    {
      key: 'line.commission',
      rule: 'formula',
      value: commission,
      params: { formula: 'pay.commission * band.commission_share / 100' },
      inputs: [leafNode(leaves.commission), ofBand('commission_share', share)],
    },
    {
      key: 'line.deposit',
      rule: 'deposit',
      value: deposit,
      params: {
        monthly: '200',
        ceiling: '2400',
        applies: String(reached.withholds),
        missing: paid.missing.toString(),
        atMost: paid.atMost.toString(),
      },
      inputs: [
        leafNode(leaves.held),
        reference('line.base', base),
        reference('line.commission', commission),
        ofBand('withholds', withholds),
      ],
    },
  ];
  const action = (key: string, of: string): ExplanationNode => ({
    key: `action.${key}`,
    rule: 'condition',
    value: String(reached.key === of),
    params: { formula: `grade = '${of}'` },
    inputs: [reference('grade', reached.key)],
  });
  return {
    key: 'weighted-70-20-10',
    rule: 'scheme',
    value: total,
    params: { period: input.period },
    inputs: [
      scored,
      grade,
      {
        key: 'outcome.level_change',
        rule: 'formula',
        value: level,
        params: { formula: 'band.level_change' },
        inputs: [ofBand('level_change', level)],
      },
      {
        key: 'outcome.commission_share',
        rule: 'formula',
        value: share,
        params: { formula: 'band.commission_share' },
        inputs: [ofBand('commission_share', share)],
      },
      { key: 'pay', rule: 'total', value: paid.total, inputs: lines },
      action('observation-period', 'D'),
      action('improvement-plan', 'E'),
    ],
  };
}
