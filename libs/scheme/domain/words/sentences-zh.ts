import type { Sentences } from './sentences-en';
import type { View } from './sentences-view';

/* 每种规则一句话，不含节点名称（名称在句前）。 */

const origin = ({ node }: View): string => (node.positions ? `（事件 ${node.positions.join('、')}）` : '');
const points = (v: View): string => `${v.value} 分，满分 ${v.param('points')}`;
const cap = (v: View): string => (v.raw('cap') === '' ? '' : `（最高计 ${v.percent('cap')}）`);
const next = (v: View): string => {
  if (!v.has('next')) return '';
  const grade = v.names.grade(v.raw('next'));
  return v.has('missing') ? `；距${grade}还差 ${v.param('missing')}` : `；上一级为${grade}`;
};
const tier = (v: View): string => (v.has('nextFrom') || v.has('nextOver') ? `；距下一档还差 ${v.param('missing')}` : '');

const INPUTS: Sentences = {
  fact: (v) => (v.node.value === null ? '未填报' : `${v.value}${v.has('of') ? `（其他 ${v.param('of')} 人）` : ''}${origin(v)}`),
  standing: (v) => `其他 ${v.value} 人，其中 ${v.param('ahead')} 人高于 ${v.param('at')}，${v.param('level')} 人与之持平${origin(v)}`,
  attribute: (v) => v.value,
  rating: (v) => (v.has('points') ? `${v.counted}（满分 ${v.param('of')}）→ ${points(v)}` : v.value),
  'rating-absent': () => '不需评价',
  merged: (v) => (v.node.key === 'raters.merged' ? v.value : '评价人数不足，不计入'),
  'mean-of-raters': (v) => `${v.param('raters')} 人评价的平均 = ${v.value}`,
  'rater-group': (v) =>
    v.raw('share') === v.raw('stated')
      ? `${v.value}，权重 ${v.percent('share')}`
      : `${v.value}，权重 ${v.percent('share')}（原定 ${v.percent('stated')}）`,
  parameter: (v) => `${v.value}（方案设定）`,
  reference: (v) => v.value,
  'band-value': (v) => v.value,
  history: (v) => v.value,
  month: (v) => (v.has('weight') ? `${v.value}，权重 ${v.param('weight')}` : v.value),
  missing: () => '无',
};

const METHODS: Sentences = {
  ratio: (v) => {
    const short = v.has('floor') ? `，低于 ${v.percent('floor')} 不得分` : '';
    return `${v.quotient} = ${v.percent('ratio')}${cap(v)}${short}→ ${points(v)}`;
  },
  share: (v) => (v.has('nothingDue') ? `无应办事项 → ${points(v)}` : `${v.quotient} = ${v.percent('ratio')} → ${points(v)}`),
  sla: (v) => {
    if (v.has('nothingDue')) return `没有发生 → ${points(v)}`;
    const within = v.has('withinHours') ? `在 ${v.param('withinHours')} 小时内，` : '';
    return `${within}${v.quotient} = ${v.percent('ratio')}，达到 ${v.percent('fullAt')} 得满分 → ${points(v)}`;
  },
  growth: (v) =>
    v.has('fromNothing') ? `上期为零 → ${points(v)}` : `增长 ${v.percent('growth')}，达到 ${v.percent('fullAt')} 得满分 → ${points(v)}`,
  deduct: (v) => `${v.param('of')} − ${v.param('each')} × ${v.counted}，余 ${v.param('left')} → ${points(v)}`,
  bonus: (v) => `${v.param('each')} × ${v.timesOf('each', 'earned')} = ${v.param('earned')}，最多 ${v.param('points')} → ${v.value} 分`,
  attendance: (v) => `${v.param('of')} − ${v.param('each')} × ${v.param('counted')} 天，余 ${v.param('left')} → ${points(v)}`,
  'any-takes-all': (v) => `${v.counted} 次 → ${points(v)}；出现即全扣`,
  items: (v) => `${v.param('items')} 项，每项扣 ${v.param('each')}，余 ${v.param('left')} → ${points(v)}`,
  rubric: (v) => `${v.inputs.join(' + ')} → ${points(v)}`,
  tiers: (v) => `${v.param('of')} 落入 ${v.percent('share')} 档 → ${points(v)}`,
  words: (v) => `${v.param('word')}，计 ${v.percent('share')} → ${points(v)}`,
  consecutive: (v) =>
    `本期${v.is('now') ? '达到' : '未达到'}，此前 ${v.param('periods')} 期中连续 ${v.param('held')} 期达到 → ${points(v)}`,
  raters: (v) => `各组按权重合计 ${v.param('mean')}（满分 ${v.param('to')}）→ ${points(v)}`,
  cases: (v) => (v.raw('case') === '' ? v.value : `情形${caseName(v)}→ ${v.value}`),
  formula: (v) => (v.formula() === v.value || v.formula() === v.names.title(v.node.key) ? v.value : `${v.formula()} = ${v.value}`),
};

const caseName = (v: View): string => (/^\d+$/.test(v.raw('case')) ? ` ${v.raw('case')} ` : `“${v.names.word(v.raw('case'))}”`);

const SCORE: Sentences = {
  scheme: (v) => (v.node.value === null ? `${v.raw('period')}，不计总分` : `${v.raw('period')} 得 ${v.value} 分`),
  sum: (v) => (v.inputs.length > 1 ? `${v.inputs.join(' + ')} = ${v.value}` : v.value),
  counted: (v) => `${v.param('of')} 的 ${v.percent('share')} 计入 → ${v.value}`,
  'zero-when': (v) => (v.is('applied') ? `不得分 → ${v.value}，因为：${v.formula()}` : `${v.value}；不得分的条件：${v.formula()}`),
  doubled: (v) => (v.is('applied') ? `所扣 ${v.param('missing')} 加倍扣 → ${v.value}` : `${v.value}；无加倍扣分`),
  absent: (v) => `不适用于本人：${v.formula()} 不成立`,
  modified: (v) => v.value,
  coefficient: (v) => `${v.input(0)} × ${v.param('by')} = ${v.value}`,
  add: (v) =>
    v.raw('by').startsWith('-')
      ? `${v.input(0)} − ${v.param('by').slice(1)} = ${v.value}`
      : `${v.input(0)} + ${v.param('by')} = ${v.value}`,
  veto: (v) => (v.is('applied') ? `一票否决 → ${v.value}，因为：${v.formula()}` : `未否决：${v.value}`),
  'not-applied': (v) => `${v.value}，未调整：${v.formula()} 不成立`,
  floor: (v) => `${v.input(0)} 低于 0 → ${v.value}`,
  error: () => '无法计算',
  'mean-of-months': (v) => `${v.param('months')} 个月平均 = ${v.value}`,
  'weighted-mean-of-months': (v) => `${v.param('months')} 个月加权平均 = ${v.value}`,
  'sum-of-months': (v) => `${v.param('months')} 个月合计 = ${v.value}`,
  'last-month': (v) => `最后一个月 = ${v.value}`,
  'mean-of-quarters': (v) => `${v.param('quarters')} 个季度按月数（共 ${v.param('months')} 个月）加权平均 = ${v.value}`,
  part: (v) => `${v.node.value === null ? '无得分' : v.value}，工作日 ${v.param('workingDays')} 天`,
  'mean-of-parts': (v) => (v.node.value === null ? '分别计算' : `各段按工作日加权平均 = ${v.value}`),
};

const RESULTS: Sentences = {
  band: (v) => (v.node.value === null ? '无' : `${v.param('on')} 属于${v.value}${next(v)}`),
  'band-by-word': (v) => (v.node.value === null ? '无' : `${v.value}${next(v)}`),
  condition: (v) => `${v.value}：${v.formula()}`,
  'items-that-hold': (v) => v.value,
  'outcome-when': (v) => (v.is('applies') ? `${v.value}，因为：${v.formula()}` : `无：${v.formula()} 不成立`),
  gated: (v) => (v.is('voided') ? `不予兑现 → ${v.value}，因为：${v.formula('unless')}` : `${v.formula()} = ${v.value}`),
  commission: (v) => {
    if (v.is('voided')) return `不予兑现 → ${v.value}，因为：${v.formula('unless')}；原应 ${v.param('earned')}`;
    if (v.has('rate')) return `${v.param('on')} × ${v.percent('rate')} = ${v.value}${tier(v)}`;
    return `各段按本档比例计算 → ${v.value}${tier(v)}`;
  },
  prize: (v) => {
    if (v.has('missing')) return `第 ${v.param('place')} 名无奖金 → ${v.value}`;
    if (v.raw('holders') === '1') return `第 ${v.param('place')} 名 → ${v.value}`;
    return `第 ${v.param('place')} 名，${v.param('holders')} 人并列，平分 ${v.param('pool')} → 每人 ${v.value}`;
  },
  deposit: (v) =>
    v.is('applies')
      ? `扣留 ${v.value.replace('−', '')}：每月 ${v.param('monthly')}，距上限 ${v.param('ceiling')} 还差 ${v.param('missing')}，最多 ${v.param('atMost')}`
      : '不扣留',
  total: (v) =>
    v.inputs.length > 1 ? `${v.inputs.join(' + ').replaceAll('+ −', '− ')} = ${v.value}` : v.inputs.length === 1 ? v.value : '无兑现项目',
};

export const CHINESE: Sentences = { ...INPUTS, ...METHODS, ...SCORE, ...RESULTS };
