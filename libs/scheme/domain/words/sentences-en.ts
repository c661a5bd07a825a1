import type { View } from './sentences-view';

/* One sentence for each rule that a node can have, without the name of the node, which stands before it. */

export type Sentences = Readonly<Record<string, (view: View) => string>>;

const origin = ({ node }: View): string =>
  node.positions ? ` (event${node.positions.length === 1 ? '' : 's'} ${node.positions.join(', ')})` : '';
const points = (v: View): string => `${v.value} of ${v.param('points')}`;
const cap = (v: View): string => (v.raw('cap') === '' ? '' : ` (counted up to ${v.percent('cap')})`);
const next = (v: View): string => {
  if (!v.has('next')) return '';
  const grade = v.names.grade(v.raw('next'));
  return v.has('missing') ? `; ${v.param('missing')} short of ${grade}` : `; the next better one is ${grade}`;
};
const tier = (v: View): string => (v.has('nextFrom') || v.has('nextOver') ? `; ${v.param('missing')} short of the next tier` : '');

const INPUTS: Sentences = {
  fact: (v) => (v.node.value === null ? 'not given' : `${v.value}${v.has('of') ? ` (${v.param('of')} others)` : ''}${origin(v)}`),
  standing: (v) => `${v.value} others, ${v.param('ahead')} ahead of ${v.param('at')} and ${v.param('level')} level with it${origin(v)}`,
  attribute: (v) => v.value,
  rating: (v) => (v.has('points') ? `${v.counted} of ${v.param('of')} → ${points(v)}` : v.value),
  'rating-absent': () => 'not asked',
  merged: (v) => (v.node.key === 'raters.merged' ? v.value : 'too few answers to count'),
  'mean-of-raters': (v) => `mean of ${v.param('raters')} raters = ${v.value}`,
  'rater-group': (v) =>
    v.raw('share') === v.raw('stated')
      ? `${v.value}, counting for ${v.percent('share')}`
      : `${v.value}, counting for ${v.percent('share')} instead of ${v.percent('stated')}`,
  parameter: (v) => `${v.value} (set in the scheme)`,
  reference: (v) => v.value,
  'band-value': (v) => v.value,
  history: (v) => v.value,
  month: (v) => (v.has('weight') ? `${v.value}, weight ${v.param('weight')}` : v.value),
  missing: () => 'none',
};

const METHODS: Sentences = {
  ratio: (v) => {
    const short = v.has('floor') ? `, nothing under ${v.percent('floor')}` : '';
    return `${v.quotient} = ${v.percent('ratio')}${cap(v)}${short} → ${points(v)}`;
  },
  share: (v) => (v.has('nothingDue') ? `nothing was due → ${points(v)}` : `${v.quotient} = ${v.percent('ratio')} → ${points(v)}`),
  sla: (v) => {
    if (v.has('nothingDue')) return `there were none → ${points(v)}`;
    const within = v.has('withinHours') ? ` within ${v.param('withinHours')} h` : '';
    return `${v.quotient} = ${v.percent('ratio')}${within}, all points from ${v.percent('fullAt')} → ${points(v)}`;
  },
  growth: (v) =>
    v.has('fromNothing')
      ? `none before → ${points(v)}`
      : `growth ${v.percent('growth')}, all points from ${v.percent('fullAt')} → ${points(v)}`,
  deduct: (v) => `${v.param('of')} − ${v.param('each')} × ${v.counted} leaves ${v.param('left')} of ${v.param('of')} → ${points(v)}`,
  bonus: (v) => `${v.param('each')} × ${v.timesOf('each', 'earned')} = ${v.param('earned')}, at most ${v.param('points')} → ${v.value}`,
  attendance: (v) =>
    `${v.param('of')} − ${v.param('each')} × ${v.param('counted')} days leaves ${v.param('left')} of ${v.param('of')} → ${points(v)}`,
  'any-takes-all': (v) => `${v.counted} → ${points(v)}; any takes all`,
  items: (v) => `${v.param('items')} named, ${v.param('each')} each, leave ${v.param('left')} → ${points(v)}`,
  rubric: (v) => `${v.inputs.join(' + ')} → ${points(v)}`,
  tiers: (v) => `${v.param('of')} reaches the tier of ${v.percent('share')} → ${points(v)}`,
  words: (v) => `${v.param('word')} counts for ${v.percent('share')} → ${points(v)}`,
  consecutive: (v) =>
    `${v.is('now') ? 'holds now' : 'does not hold now'}, held in ${v.param('held')} of the ${v.param('periods')} periods before → ${points(v)}`,
  raters: (v) => `shares of all groups come to ${v.param('mean')} of ${v.param('to')} → ${points(v)}`,
  cases: (v) => (v.raw('case') === '' ? v.value : `case ${caseName(v)} → ${v.value}`),
  formula: (v) => (v.formula() === v.value || v.formula() === v.names.title(v.node.key) ? v.value : `${v.formula()} = ${v.value}`),
};

const caseName = (v: View): string => (/^\d+$/.test(v.raw('case')) ? `no. ${v.raw('case')}` : `"${v.names.word(v.raw('case'))}"`);

const SCORE: Sentences = {
  scheme: (v) => (v.node.value === null ? `no score, period ${v.raw('period')}` : `${v.value} for ${v.raw('period')}`),
  sum: (v) => (v.inputs.length > 1 ? `${v.inputs.join(' + ')} = ${v.value}` : v.value),
  counted: (v) => `${v.percent('share')} of ${v.param('of')} count → ${v.value}`,
  'zero-when': (v) => (v.is('applied') ? `void → ${v.value}, because: ${v.formula()}` : `${v.value}; it would be void if: ${v.formula()}`),
  doubled: (v) =>
    v.is('applied') ? `the ${v.param('missing')} missing are taken twice → ${v.value}` : `${v.value}; nothing is taken twice`,
  absent: (v) => `not part of this person's card: ${v.formula()} does not hold`,
  modified: (v) => v.value,
  coefficient: (v) => `${v.input(0)} × ${v.param('by')} = ${v.value}`,
  add: (v) =>
    v.raw('by').startsWith('-')
      ? `${v.input(0)} − ${v.param('by').slice(1)} = ${v.value}`
      : `${v.input(0)} + ${v.param('by')} = ${v.value}`,
  veto: (v) => (v.is('applied') ? `vetoed → ${v.value}, because: ${v.formula()}` : `no veto: ${v.value}`),
  'not-applied': (v) => `${v.value}, unchanged: ${v.formula()} does not hold`,
  floor: (v) => `${v.input(0)} is below 0 → ${v.value}`,
  error: () => 'could not be computed',
  'mean-of-months': (v) => `mean of ${months(v)} = ${v.value}`,
  'weighted-mean-of-months': (v) => `weighted mean of ${months(v)} = ${v.value}`,
  'sum-of-months': (v) => `sum of ${months(v)} = ${v.value}`,
  'last-month': (v) => `the last month = ${v.value}`,
  'mean-of-quarters': (v) => `mean of ${v.param('quarters')} quarters, weighted by their ${months(v)} = ${v.value}`,
  part: (v) => `${v.node.value === null ? 'no score' : v.value}, ${v.param('workingDays')} working days`,
  'mean-of-parts': (v) => (v.node.value === null ? 'each by itself' : `mean of the parts by working days = ${v.value}`),
};

const months = (v: View): string => (v.raw('months') === '1' ? '1 month' : `${v.param('months')} months`);

const RESULTS: Sentences = {
  band: (v) => (v.node.value === null ? 'none' : `${v.param('on')} is in ${v.value}${next(v)}`),
  'band-by-word': (v) => (v.node.value === null ? 'none' : `${v.value}${next(v)}`),
  condition: (v) => `${v.value}: ${v.formula()}`,
  'items-that-hold': (v) => v.value,
  'outcome-when': (v) => (v.is('applies') ? `${v.value}, because: ${v.formula()}` : `none: ${v.formula()} does not hold`),
  gated: (v) => (v.is('voided') ? `void → ${v.value}, because: ${v.formula('unless')}` : `${v.formula()} = ${v.value}`),
  commission: (v) => {
    if (v.is('voided')) return `void → ${v.value}, because: ${v.formula('unless')}; it would have been ${v.param('earned')}`;
    if (v.has('rate')) return `${v.param('on')} × ${v.percent('rate')} = ${v.value}${tier(v)}`;
    return `each slice at the rate of its own tier → ${v.value}${tier(v)}`;
  },
  prize: (v) => {
    if (v.has('missing')) return `place ${v.param('place')} has no prize → ${v.value}`;
    if (v.raw('holders') === '1') return `place ${v.param('place')} → ${v.value}`;
    return `place ${v.param('place')} with ${v.param('holders')} people level, who share ${v.param('pool')} → ${v.value} each`;
  },
  deposit: (v) =>
    v.is('applies')
      ? `withheld ${v.value.replace('−', '')}: ${v.param('monthly')} a month, ${v.param('missing')} missing to ${v.param('ceiling')}, at most ${v.param('atMost')}`
      : 'none withheld',
  total: (v) =>
    v.inputs.length > 1 ? `${v.inputs.join(' + ').replaceAll('+ −', '− ')} = ${v.value}` : v.inputs.length === 1 ? v.value : 'no pay lines',
};

export const ENGLISH: Sentences = { ...INPUTS, ...METHODS, ...SCORE, ...RESULTS };
