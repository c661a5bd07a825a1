import type { PeriodKind } from '#libs/calendar';
import type { Title } from '../../contracts/document';
import type { EvaluationError } from '../../contracts/evaluation';
import type { CompiledScheme } from '../compile';
import { titleOf, titlesOf } from './titles';

/** Why somebody has no score, for people: what is wrong with what, and what can't be computed for it. */
export interface ErrorInWords {
  readonly code: string;
  readonly key: string;
  /** What the key is called. */
  readonly title: Title;
  readonly sentence: Title;
  /** Indicators, lines and values that can't be computed: `indicator.completion`. */
  readonly concerns: readonly { readonly key: string; readonly title: Title }[];
}

/** A pure function of error, scheme and kind of period; nothing of the person is in it. */
export function errorInWords({ code, key }: EvaluationError, scheme: CompiledScheme, kind: PeriodKind): ErrorInWords {
  const titles = titlesOf(scheme.document);
  const title = errorTitle(titles, key);
  const concerns = scheme.plans[kind]?.concerns;
  const stopped = concerns?.get(key) ?? concerns?.get(`rating.${key}`) ?? [];
  return {
    code,
    key,
    title,
    sentence: sentenceOf({ code, key, title, whole: wholeOf(scheme, titles, key) }),
    concerns: stopped.map((one) => ({ key: one, title: inBoth((language) => titleOf(titles, one, language)) })),
  };
}

type Titles = ReadonlyMap<string, Title>;

function inBoth(of: (language: 'zh-CN' | 'en') => string): Title {
  return { 'zh-CN': of('zh-CN'), en: of('en') };
}

const say = (chinese: string, english: string): Title => ({ 'zh-CN': chinese, en: english });
const EARLIER = say('以往各期', 'Earlier periods');
const HISTORY = /^history\.(\d{4}(?:-(?:\d{2}|Q\d))?)$/u;
const PART = /^parts\.(.+)$/u;

/** Errors name ratings and groups of raters without their prefix. */
function errorTitle(titles: Titles, key: string): Title {
  if (key === 'history') return EARLIER;
  const period = HISTORY.exec(key)?.[1];
  if (period !== undefined) return say(period, period);
  const part = PART.exec(key)?.[1];
  if (part !== undefined) return say(`任职段 ${part}`, `Part ${part}`);
  const known = [key, `rating.${key}`, `raters.${key}`].find((name) => titles.has(name));
  return inBoth((language) => titleOf(titles, known ?? key, language));
}

function wholeOf({ document }: CompiledScheme, titles: Titles, key: string): Title | undefined {
  const whole = document.facts[key]?.partOf;
  return whole === undefined ? undefined : errorTitle(titles, whole);
}

interface Said {
  readonly code: string;
  readonly key: string;
  readonly title: Title;
  readonly whole: Title | undefined;
}

function sentenceOf(said: Said): Title {
  const sentence = SENTENCES[said.code];
  return sentence
    ? sentence(said)
    : say(`“${said.title['zh-CN']}”有错误（${said.code}）。`, `“${said.title.en}” has an error (${said.code}).`);
}

/** With the title in quotes in front. */
function about(chinese: string, english: string): (said: Said) => Title {
  return ({ title }) => say(`“${title['zh-CN']}”${chinese}`, `“${title.en}” ${english}`);
}

/** The codes of schemes.md "Errors", those of templates, and those that formulas meet on the way. */
const SENTENCES: Readonly<Record<string, (said: Said) => Title>> = {
  'missing-fact': ({ title }) => say(`缺少数据“${title['zh-CN']}”。`, `The figure “${title.en}” is missing.`),
  'missing-rating': ({ title }) => say(`“${title['zh-CN']}”还没有评分。`, `“${title.en}” has not been rated.`),
  'missing-attribute': ({ title }) => say(`人员资料中没有“${title['zh-CN']}”。`, `The person's record has no “${title.en}”.`),
  'missing-history': ({ key, title }) =>
    key === 'history'
      ? say('该期内没有任何已有得分的月份。', 'No month of the period has a score.')
      : say(`缺少往期“${title['zh-CN']}”。`, `“${title.en}” of an earlier period is missing.`),
  'unknown-value': about('的值不是方案允许的选项。', 'has a value that the scheme does not know.'),
  'invalid-number': about('不是有效的数字。', 'is no valid number.'),
  'negative-fact': about('不能小于 0。', 'can not be below 0.'),
  'not-whole': about('必须是整数。', 'must be a whole number.'),
  'zero-target': about('必须大于 0。', 'must be above 0.'),
  'out-of-range': about('超出了允许的范围。', 'is outside its range.'),
  'duplicate-item': about('中有重复的项目。', 'names an item twice.'),
  inconsistent: ({ title, whole }) =>
    whole
      ? say(`“${title['zh-CN']}”大于“${whole['zh-CN']}”。`, `“${title.en}” is more than “${whole.en}”, which it is a part of.`)
      : say(`“${title['zh-CN']}”各项的评价人数不一致。`, `The lists of “${title.en}” differ in length.`),
  'invalid-period': about('中有无效的周期。', 'have an entry without a valid period.'),
  'duplicate-period': about('在往期数据中出现了两次。', 'stands twice among the earlier periods.'),
  'too-many-raters': about('的评价人过多。', 'has too many raters.'),
  'missing-reason': about('有一项没有写明理由。', 'has an entry without a reason.'),
  'missing-approval': about('有一项没有两位不同的批准人。', 'has an entry that two different people have not approved.'),
  'division-by-zero': about('计算时除数为 0。', 'would be divided by 0.'),
  'empty-list': about('没有可以计算的数值。', 'has no numbers to compute with.'),
  'unknown-standing': about('的名次还没有确定。', 'has no place yet.'),
  'unsupported-period': () => say('方案不考核这种周期。', 'The scheme does not score this kind of period.'),
  'invalid-input': about('不是应有的形式。', 'does not have the form it must have.'),
};
