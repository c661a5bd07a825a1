import type { texts } from '../../../texts/zh-CN/schemes';
import type { Plain } from '../yaml/read';

export type FieldLabel = keyof typeof texts.field;
export type WordGroup = keyof typeof texts.word;

interface Named {
  readonly name: string;
  /** Its label where the name alone does not say it. */
  readonly label?: FieldLabel;
  readonly required?: boolean;
}
/** How a member of a scheme is filled in. */
export type FieldSpec = Named &
  (
    | {
        readonly as:
          'text' | 'key' | 'formula' | 'constant' | 'byKind' | 'title' | 'help' | 'flag' | 'words' | 'constants' | 'titles' | 'periods';
      }
    | { readonly as: 'fact' | 'rating' | 'table' }
    | { readonly as: 'choice'; readonly group: WordGroup; readonly options: readonly string[] }
    | { readonly as: 'choices'; readonly group: WordGroup; readonly options: readonly string[] }
    | { readonly as: 'block'; readonly of: BlockSpec; readonly fresh?: Plain }
    | { readonly as: 'list'; readonly of: BlockSpec; readonly fresh: Plain; readonly rows?: boolean }
    | { readonly as: 'map'; readonly of: BlockSpec; readonly fresh: Plain }
  );

/** A block of the language: its members, and those that depend on its kind. What is not named here is shown as YAML in place. */
export interface BlockSpec {
  readonly fields: readonly FieldSpec[];
  readonly by?: {
    readonly name: string;
    readonly group: WordGroup;
    /** Members by kind, and what a block that becomes one starts with. */
    readonly kinds: Readonly<Record<string, { readonly fields: readonly FieldSpec[]; readonly fresh?: Readonly<Record<string, Plain>> }>>;
  };
}

export const KINDS = ['month', 'quarter', 'year'];
export const RATERS = ['self', 'manager', 'second', 'department', 'peers', 'customers'];
export const NEW_TITLE: Plain = { 'zh-CN': '新的一项', en: 'New entry' };

export const text = (name: string, label?: FieldLabel): FieldSpec => ({ name, as: 'text', ...(label && { label }) });
export const formula = (name: string, more: { readonly label?: FieldLabel; readonly required?: boolean } = {}): FieldSpec => ({
  name,
  as: 'formula',
  ...more,
});
export const constant = (name: string, more: { readonly label?: FieldLabel; readonly required?: boolean } = {}): FieldSpec => ({
  name,
  as: 'constant',
  ...more,
});
export const flag = (name: string): FieldSpec => ({ name, as: 'flag' });
export const KEY: FieldSpec = { name: 'key', as: 'key', required: true };
export const TITLE: FieldSpec = { name: 'title', as: 'title', required: true };
export const PERIODS: FieldSpec = { name: 'periods', as: 'periods', label: 'onlyPeriods' };
export const WHEN: FieldSpec = formula('when');

export const CASES: FieldSpec = {
  name: 'cases',
  as: 'list',
  required: true,
  rows: true,
  fresh: { when: 'score >= 80', value: '1' },
  of: { fields: [{ name: 'key', as: 'key' }, formula('when', { required: true }), formula('value', { required: true })] },
};

export const TABLE: BlockSpec = {
  fields: [],
  by: {
    name: 'kind',
    group: 'table',
    kinds: {
      step: {
        fields: [
          rowsOf([constant('from', { label: 'fromBound' }), constant('over'), constant('value', { required: true })], {
            from: '0',
            value: '0',
          }),
          constant('below', { required: true }),
        ],
        fresh: { rows: [{ from: '0', value: '0' }], below: '0' },
      },
      linear: {
        fields: [rowsOf([constant('at', { required: true }), constant('value', { required: true })], { at: '0', value: '0' })],
        fresh: {
          rows: [
            { at: '0', value: '0' },
            { at: '100', value: '100%' },
          ],
        },
      },
      marginal: {
        fields: [
          rowsOf([constant('from', { label: 'fromBound', required: true }), constant('rate', { required: true })], {
            from: '0',
            rate: '1%',
          }),
        ],
        fresh: { rows: [{ from: '0', rate: '1%' }] },
      },
    },
  },
};

function rowsOf(fields: readonly FieldSpec[], fresh: Plain): FieldSpec {
  return { name: 'rows', as: 'list', rows: true, required: true, fresh, of: { fields } };
}

/** What a method is given; by its kind. */
export const METHOD: BlockSpec = {
  fields: [],
  by: {
    name: 'kind',
    group: 'method',
    kinds: {
      ratio: {
        fields: [formula('actual', { required: true }), formula('target', { required: true }), constant('cap'), constant('floor')],
        fresh: { actual: 'sales.amount', target: 'sales.target' },
      },
      share: {
        fields: [formula('done', { required: true }), formula('due', { required: true })],
        fresh: { done: 'plans.done', due: 'plans.due' },
      },
      sla: {
        fields: [
          formula('met', { required: true }),
          formula('of', { label: 'ofCases', required: true }),
          text('withinHours'),
          constant('from', { label: 'zeroAt' }),
          constant('fullAt'),
        ],
        fresh: { met: 'complaints.in_time', of: 'complaints.filed' },
      },
      growth: {
        fields: [formula('now', { required: true }), formula('before', { required: true }), constant('fullAt', { required: true })],
        fresh: { now: 'sales.amount', before: 'sales.previous', fullAt: '10%' },
      },
      deduct: {
        fields: [formula('count', { required: true }), constant('each', { required: true }), constant('of', { label: 'ofWhole' })],
        fresh: { count: 'breaches.count', each: '1' },
      },
      bonus: {
        fields: [formula('count', { required: true }), constant('each', { label: 'eachBonus', required: true })],
        fresh: { count: 'referrals.passed', each: '1' },
      },
      attendance: {
        fields: [formula('days', { label: 'absentDays', required: true }), formula('halfDays'), constant('each', { required: true })],
        fresh: { days: 'absences.days', each: '10' },
      },
      'any-takes-all': { fields: [formula('count', { required: true })], fresh: { count: 'complaints.filed' } },
      items: {
        fields: [{ name: 'rating', as: 'rating', required: true }, constant('each', { required: true })],
        fresh: { rating: 'dealers', each: '1' },
      },
      rating: { fields: [{ name: 'rating', as: 'rating', required: true }], fresh: { rating: 'attitude' } },
      rubric: { fields: [{ name: 'ratings', as: 'words', required: true }], fresh: { ratings: ['attitude'] } },
      tiers: {
        fields: [formula('of', { required: true }), { name: 'table', as: 'table', required: true }],
        fresh: { of: 'satisfaction.rate', table: 'steps' },
      },
      words: {
        fields: [
          formula('of', { required: true }),
          { name: 'worth', as: 'constants', required: true },
          { name: 'wordTitles', as: 'titles' },
        ],
        fresh: { of: 'rating.manner', worth: { good: '100%', fail: '0%' } },
      },
      consecutive: {
        fields: [
          formula('now', { label: 'holdsNow', required: true }),
          text('history'),
          { name: 'each', as: 'key', label: 'eachBefore', required: true },
          text('periods', 'periodsBefore'),
        ],
        fresh: { now: 'satisfaction.rate >= 80', history: 'past', each: 'held', periods: '2' },
      },
      raters: {
        fields: [
          { name: 'line', as: 'key', required: true },
          { name: 'shares', as: 'constants' },
        ],
        fresh: { line: 'teamwork' },
      },
      cases: {
        fields: [CASES, formula('otherwise', { required: true })],
        fresh: { cases: [{ when: 'sales.amount >= sales.target', value: '100' }], otherwise: '0' },
      },
      formula: { fields: [formula('formula', { required: true })], fresh: { formula: 'satisfaction.rate / 10' } },
    },
  },
};

export const INDICATOR: BlockSpec = {
  fields: [
    { name: 'points', as: 'byKind', required: true },
    KEY,
    TITLE,
    { name: 'help', as: 'help' },
    { name: 'method', as: 'block', required: true, of: METHOD, fresh: { kind: 'ratio', actual: 'sales.amount', target: 'sales.target' } },
    { name: 'counts', as: 'byKind' },
    formula('zeroWhen'),
    { name: 'doubledBy', as: 'rating' },
    flag('mayBeNegative'),
    PERIODS,
  ],
};

export const SECTION: BlockSpec = {
  fields: [
    TITLE,
    KEY,
    { name: 'points', as: 'byKind' },
    { name: 'counts', as: 'byKind' },
    WHEN,
    PERIODS,
    { name: 'indicators', as: 'list', of: INDICATOR, fresh: { use: 'completion', points: '10' } },
  ],
};

const ROUND: FieldSpec = {
  name: 'round',
  as: 'block',
  fresh: { places: '2', mode: 'half-up' },
  of: {
    fields: [
      { name: 'places', as: 'choice', group: 'places', options: ['0', '1', '2'] },
      { name: 'mode', as: 'choice', group: 'mode', options: ['half-up', 'half-even', 'up', 'down'] },
    ],
  },
};

export const PAY: BlockSpec = {
  fields: [TITLE, KEY, PERIODS],
  by: {
    name: 'kind',
    group: 'pay',
    kinds: {
      formula: { fields: [formula('formula', { required: true }), ROUND], fresh: { formula: 'pay.base' } },
      gated: {
        fields: [formula('formula', { required: true }), formula('unless', { required: true }), ROUND],
        fresh: { formula: 'pay.commission', unless: 'score < 60' },
      },
      commission: {
        fields: [
          formula('on', { label: 'commissionOn', required: true }),
          formula('by', { label: 'commissionBy' }),
          { name: 'table', as: 'table', required: true },
          formula('unless'),
          ROUND,
        ],
        fresh: { on: 'sales.amount', by: 'sales.amount / sales.target', table: 'commission' },
      },
      prize: {
        fields: [
          formula('place', { required: true }),
          formula('holders', { required: true }),
          { name: 'prizes', as: 'words', required: true },
        ],
        fresh: { place: '1 + ahead(group.scores, score)', holders: '1 + level(group.scores, score)', prizes: ['3000', '2000', '1000'] },
      },
      deposit: {
        fields: [
          constant('monthly', { required: true }),
          constant('ceiling', { required: true }),
          { name: 'held', as: 'fact', required: true },
          formula('atMost', { label: 'atMostPay', required: true }),
          formula('when', { required: true }),
        ],
        fresh: { monthly: '0', ceiling: '2400', held: 'pay.deposit_held', atMost: 'pay.base', when: 'score >= 60' },
      },
    },
  },
};

/** The fields of a block as it is: those of its kind, too. */
export function fieldsOf(spec: BlockSpec, kind: string | undefined): readonly FieldSpec[] {
  const ofKind = kind === undefined ? undefined : spec.by?.kinds[kind];
  return [...spec.fields, ...(ofKind?.fields ?? [])];
}
