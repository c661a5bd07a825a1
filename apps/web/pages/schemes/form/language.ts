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

const KINDS = ['month', 'quarter', 'year'];
const RATERS = ['self', 'manager', 'second', 'department', 'peers', 'customers'];
const NEW_TITLE: Plain = { 'zh-CN': '新的一项', en: 'New entry' };

const text = (name: string, label?: FieldLabel): FieldSpec => ({ name, as: 'text', ...(label && { label }) });
const formula = (name: string, more: { readonly label?: FieldLabel; readonly required?: boolean } = {}): FieldSpec => ({
  name,
  as: 'formula',
  ...more,
});
const constant = (name: string, more: { readonly label?: FieldLabel; readonly required?: boolean } = {}): FieldSpec => ({
  name,
  as: 'constant',
  ...more,
});
const flag = (name: string): FieldSpec => ({ name, as: 'flag' });
const KEY: FieldSpec = { name: 'key', as: 'key', required: true };
const TITLE: FieldSpec = { name: 'title', as: 'title', required: true };
const PERIODS: FieldSpec = { name: 'periods', as: 'periods', label: 'onlyPeriods' };
const WHEN: FieldSpec = formula('when');

const CASES: FieldSpec = {
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

const PAY: BlockSpec = {
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

const BANDS: BlockSpec = {
  fields: [
    formula('on', { label: 'bandsOn' }),
    formula('word'),
    {
      name: 'list',
      as: 'list',
      required: true,
      fresh: { key: 'N', title: NEW_TITLE, from: '0' },
      of: {
        fields: [
          { ...KEY, label: 'gradeKey' },
          TITLE,
          constant('from', { label: 'fromBound' }),
          constant('over'),
          { name: 'values', as: 'constants', label: 'bandValues' },
        ],
      },
    },
    { name: 'valueTitles', as: 'titles' },
  ],
};

const OUTCOME: BlockSpec = {
  fields: [TITLE, KEY, WHEN, PERIODS],
  by: {
    name: 'type',
    group: 'outcome',
    kinds: {
      integer: { fields: [formula('value', { required: true })], fresh: { value: '0' } },
      decimal: { fields: [formula('value', { required: true })], fresh: { value: '0' } },
      word: { fields: [formula('value', { required: true }), { name: 'wordTitles', as: 'titles' }], fresh: { value: "'keep'" } },
      list: {
        fields: [
          formula('value'),
          {
            name: 'items',
            as: 'list',
            rows: true,
            fresh: { word: 'commission', when: 'score < 60' },
            of: { fields: [{ name: 'word', as: 'key', required: true }, formula('when', { required: true })] },
          },
          { name: 'wordTitles', as: 'titles' },
        ],
        fresh: { items: [{ word: 'commission', when: 'score < 60' }] },
      },
    },
  },
};

const MODIFIER: BlockSpec = {
  fields: [TITLE, KEY, PERIODS],
  by: {
    name: 'kind',
    group: 'modifier',
    kinds: {
      coefficient: { fields: [formula('value', { required: true }), WHEN], fresh: { value: '1' } },
      add: { fields: [formula('value', { required: true }), WHEN], fresh: { value: '0' } },
      veto: { fields: [formula('when', { label: 'vetoWhen', required: true })], fresh: { when: 'rating.violations > 0' } },
    },
  },
};

const VALUE: BlockSpec = {
  fields: [TITLE, KEY, { name: 'after', as: 'choice', group: 'after', options: ['score'] }, PERIODS],
  by: {
    name: 'kind',
    group: 'value',
    kinds: {
      formula: { fields: [formula('formula', { required: true })], fresh: { formula: '0' } },
      cases: {
        fields: [CASES, formula('otherwise', { required: true })],
        fresh: { cases: [{ when: 'sales.amount >= sales.target', value: '1' }], otherwise: '0' },
      },
    },
  },
};

const FACT: BlockSpec = {
  fields: [
    TITLE,
    { name: 'unit', as: 'choice', group: 'unit', options: ['money', 'count', 'days', 'percent', 'number'], required: true },
    text('source'),
    { name: 'of', as: 'choice', group: 'factOf', options: ['person', 'team', 'department', 'region', 'company'], label: 'factOf' },
    text('group'),
    flag('whole'),
    flag('positive'),
    flag('mayBeNegative'),
    { name: 'partOf', as: 'fact' },
    text('optional'),
    PERIODS,
  ],
};

const RATING: BlockSpec = {
  fields: [
    TITLE,
    { name: 'help', as: 'help' },
    { name: 'by', as: 'choice', group: 'rater', options: RATERS, required: true, label: 'ratedBy' },
    text('department'),
    { name: 'alsoBy', as: 'choices', group: 'rater', options: RATERS },
    WHEN,
    PERIODS,
  ],
  by: {
    name: 'type',
    group: 'ratingType',
    kinds: {
      points: {
        fields: [constant('from', { label: 'fromPoints' }), constant('to', { required: true }), flag('whole')],
        fresh: { to: '10' },
      },
      word: {
        fields: [
          { name: 'words', as: 'words', required: true },
          { name: 'wordTitles', as: 'titles' },
        ],
        fresh: { words: ['good', 'fail'] },
      },
      list: {
        fields: [
          { name: 'items', as: 'words', label: 'namedItems', required: true },
          { name: 'itemTitles', as: 'titles' },
        ],
        fresh: { items: ['one'] },
      },
      entries: { fields: [] },
      occurrences: { fields: [] },
      numbers: {
        fields: [constant('from', { label: 'fromPoints', required: true }), constant('to', { required: true })],
        fresh: { from: '0', to: '10' },
      },
      awards: { fields: [text('approvals')] },
    },
  },
};

const WINDOW: BlockSpec = {
  fields: [
    {
      name: 'phase',
      as: 'choice',
      group: 'phase',
      required: true,
      options: ['self-review', 'manager-review', 'second-review', 'publication', 'confirmation', 'appeals', 'payout'],
    },
  ],
  by: {
    name: 'kind',
    group: 'window',
    kinds: {
      days: { fields: [text('first'), text('last')], fresh: { first: '1', last: '5' } },
      'by-day': { fields: [text('day')], fresh: { day: '8' } },
      'working-days': {
        fields: [
          text('days', 'workingDays'),
          {
            name: 'after',
            as: 'choice',
            group: 'phase',
            label: 'afterPhase',
            options: ['self-review', 'manager-review', 'second-review', 'publication', 'confirmation'],
          },
        ],
        fresh: { days: '5', after: 'publication' },
      },
    },
  },
};

const WINDOWS = (name: string): FieldSpec => ({
  name,
  as: 'list',
  rows: true,
  of: WINDOW,
  fresh: { phase: 'manager-review', kind: 'days', first: '1', last: '5' },
});

const STEP: BlockSpec = {
  fields: [
    { name: 'step', as: 'choice', group: 'step', options: ['self-review', 'manager-review', 'second-review'], required: true },
    {
      name: 'by',
      as: 'choice',
      group: 'by',
      required: true,
      label: 'reviewedBy',
      options: [
        'self',
        'direct-manager',
        'manager-of-manager',
        'planning',
        'head-of-planning',
        'sales-vp',
        'hr',
        'general-manager',
        'chair',
        'department-head',
      ],
    },
    { name: 'late', as: 'choice', group: 'late', options: ['facts-alone', 'manager-substitutes', 'hold'], required: true },
    text('department'),
    { name: 'title', as: 'title' },
    WHEN,
  ],
};

const PERIOD_RULE: BlockSpec = {
  fields: [],
  by: {
    name: 'kind',
    group: 'periodRule',
    kinds: {
      scored: { fields: [] },
      'roll-up': {
        fields: [
          { name: 'of', as: 'choice', group: 'period', options: ['month'], required: true, label: 'rollUpOf' },
          {
            name: 'method',
            as: 'choice',
            group: 'rollUp',
            options: ['mean', 'weighted-mean', 'sum', 'last'],
            required: true,
            label: 'rollUpMethod',
          },
          { name: 'through', as: 'choice', group: 'period', options: ['quarter'] },
          { name: 'weights', as: 'constants' },
        ],
        fresh: { of: 'month', method: 'mean' },
      },
    },
  },
};

const PARAMETER: BlockSpec = {
  fields: [
    { name: 'value', as: 'byKind', required: true },
    { name: 'title', as: 'title' },
    { name: 'unit', as: 'choice', group: 'unit', options: ['points', 'share', 'percent', 'money', 'count', 'days', 'number'] },
    flag('stated'),
    { name: 'describes', as: 'words' },
  ],
};

const per: FieldSpec = { name: 'per', as: 'choice', group: 'per', options: ['department', 'cycle'], required: true };

/** The whole language by the parts in which it is edited. */
export const PARTS = {
  basics: [
    TITLE,
    { name: 'id', as: 'key', required: true },
    { name: 'help', as: 'help' },
    {
      name: 'periods',
      as: 'block',
      required: true,
      of: { fields: KINDS.map((name): FieldSpec => ({ name, as: 'block', of: PERIOD_RULE, fresh: { kind: 'scored' } })) },
    },
    { name: 'exclusivePeriods', as: 'periods' },
    { name: 'points', as: 'byKind', label: 'pointsOfAll' },
    { name: 'score', as: 'choice', group: 'score', options: ['sum', 'none'] },
    { name: 'jurisdiction', as: 'choice', group: 'jurisdiction', options: ['CN', 'other'] },
    text('reviewAfterMonths'),
  ],
  scoring: [
    {
      name: 'sections',
      as: 'list',
      required: true,
      of: SECTION,
      fresh: { key: 'section', title: NEW_TITLE, indicators: [{ use: 'completion', points: '10' }] },
    },
    { name: 'modifiers', as: 'list', of: MODIFIER, fresh: { key: 'modifier', title: NEW_TITLE, kind: 'add', value: '0' } },
  ],
  parameters: [{ name: 'parameters', as: 'map', of: PARAMETER, fresh: { value: '10', unit: 'points' } }],
  results: [
    {
      name: 'bands',
      as: 'block',
      of: BANDS,
      fresh: {
        on: 'score',
        list: [
          { key: 'A', title: { 'zh-CN': '优秀', en: 'Excellent' }, from: '90' },
          { key: 'B', title: { 'zh-CN': '合格', en: 'Fair' }, from: '60' },
          { key: 'C', title: { 'zh-CN': '待改进', en: 'To improve' } },
        ],
      },
    },
    { name: 'outcome', as: 'list', of: OUTCOME, fresh: { key: 'outcome', title: NEW_TITLE, type: 'decimal', value: '0' } },
    {
      name: 'actions',
      as: 'list',
      of: { fields: [TITLE, KEY, formula('when', { required: true }), PERIODS] },
      fresh: { key: 'improvement-plan', title: { 'zh-CN': '改进计划', en: 'Improvement plan' }, when: 'score < 60' },
    },
    {
      name: 'groupLimits',
      as: 'list',
      rows: true,
      fresh: { grade: 'A', atMost: '20%', per: 'department' },
      of: { fields: [{ name: 'grade', as: 'key', required: true }, constant('atMost', { required: true }), per] },
    },
    {
      name: 'distribution',
      as: 'block',
      fresh: { enabled: false, per: 'department', atLeast: '20', shares: { A: '20%', B: '70%', C: '10%' } },
      of: { fields: [flag('enabled'), per, text('atLeast'), { name: 'shares', as: 'constants', required: true, label: 'gradeShares' }] },
    },
  ],
  pay: [
    { name: 'pay', as: 'list', of: PAY, fresh: { key: 'bonus', title: NEW_TITLE, kind: 'formula', formula: 'pay.base' } },
    { name: 'tables', as: 'map', of: TABLE, fresh: { kind: 'step', rows: [{ from: '0', value: '0' }], below: '0' } },
    { name: 'values', as: 'list', of: VALUE, fresh: { key: 'value', title: NEW_TITLE, kind: 'formula', formula: '0' } },
  ],
  inputs: [
    { name: 'facts', as: 'map', of: FACT, fresh: 'library' },
    { name: 'ratings', as: 'map', of: RATING, fresh: 'library' },
    {
      name: 'employee',
      as: 'map',
      of: {
        fields: [
          TITLE,
          { name: 'words', as: 'words', required: true },
          { name: 'wordTitles', as: 'titles' },
          {
            name: 'from',
            as: 'choice',
            group: 'from',
            options: ['position', 'department', 'team', 'region', 'site'],
            label: 'attributeFrom',
          },
        ],
      },
      fresh: { title: NEW_TITLE, words: ['rep'] },
    },
    {
      name: 'raters',
      as: 'block',
      fresh: {
        lines: [{ key: 'teamwork', title: { 'zh-CN': '协作', en: 'Teamwork' } }],
        from: '0',
        to: '100',
        groups: [{ key: 'manager', title: { 'zh-CN': '上级', en: 'Manager' }, by: 'manager', share: '100%', absent: 'block' }],
      },
      of: {
        fields: [
          {
            name: 'lines',
            as: 'list',
            required: true,
            fresh: { key: 'line', title: NEW_TITLE },
            of: { fields: [TITLE, KEY, { name: 'help', as: 'help' }] },
          },
          constant('from', { label: 'fromPoints', required: true }),
          constant('to', { required: true }),
          {
            name: 'groups',
            as: 'list',
            required: true,
            fresh: { key: 'peers', title: NEW_TITLE, by: 'peers', share: '20%', many: true, absent: 'reweigh' },
            of: {
              fields: [
                TITLE,
                KEY,
                { name: 'by', as: 'choice', group: 'rater', options: RATERS, required: true, label: 'ratedBy' },
                constant('share', { required: true }),
                text('least'),
                text('most'),
                flag('many'),
                flag('anonymous'),
              ],
            },
          },
          PERIODS,
        ],
      },
    },
  ],
  process: [
    { name: 'review', as: 'list', required: true, of: STEP, fresh: { step: 'second-review', by: 'hr', late: 'hold' } },
    {
      name: 'schedule',
      as: 'block',
      required: true,
      of: { fields: KINDS.map(WINDOWS) },
      fresh: { month: [{ phase: 'manager-review', kind: 'days', first: '1', last: '5' }] },
    },
    {
      name: 'appeal',
      as: 'block',
      fresh: { open: true, fileWithinDays: '5', triageDays: '2', factOwnerDays: '2', decideWithinDays: '10', panelOf: '3' },
      of: {
        fields: [
          flag('open'),
          text('fileWithinDays'),
          text('triageDays'),
          text('factOwnerDays'),
          text('decideWithinDays'),
          { name: 'panelOf', as: 'choice', group: 'panelOf', options: ['3', '5'] },
        ],
      },
    },
  ],
} as const satisfies Readonly<Record<string, readonly FieldSpec[]>>;

export type EditPart = keyof typeof PARTS;
export const EDIT_PARTS: readonly EditPart[] = ['basics', 'scoring', 'parameters', 'results', 'pay', 'inputs', 'process'];

/** The part in which a member of the whole is edited; what no part knows is edited with the basics. */
export function partOf(member: string | undefined): EditPart {
  return EDIT_PARTS.find((part) => PARTS[part].some(({ name }) => name === member)) ?? 'basics';
}

/** The fields of a block as it is: those of its kind, too. */
export function fieldsOf(spec: BlockSpec, kind: string | undefined): readonly FieldSpec[] {
  const ofKind = kind === undefined ? undefined : spec.by?.kinds[kind];
  return [...spec.fields, ...(ofKind?.fields ?? [])];
}
