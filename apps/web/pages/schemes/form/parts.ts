import {
  type BlockSpec,
  CASES,
  constant,
  type FieldSpec,
  flag,
  formula,
  KEY,
  KINDS,
  NEW_TITLE,
  PAY,
  PERIODS,
  RATERS,
  SECTION,
  TABLE,
  text,
  TITLE,
  WHEN,
} from './language';

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
