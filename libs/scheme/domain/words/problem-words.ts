import type { Title } from '../../contracts/document';
import { INDICATOR_LIBRARY } from '../../contracts/library';
import { SHAPE_WORDS } from './problem-words-shape';

interface Problem {
  readonly code: string;
  readonly path: string;
  readonly detail: string;
}

/** A sentence about a problem, from what it is about and where it stands. */
type Sentence = (problem: { readonly detail: string; readonly member: string; readonly parts: readonly string[] }) => Title;

const say = (chinese: string, english: string): Title => ({ 'zh-CN': chinese, en: english });

const UNITS: Readonly<Record<string, Title>> = {
  money: say('金额', 'money'),
  count: say('个数', 'a count'),
  days: say('天数', 'days'),
  percent: say('百分数（0–100）', 'a percent figure (0 to 100)'),
  share: say('比例（0–1）', 'a share (0 to 1)'),
};
const PHASES: Readonly<Record<string, Title>> = {
  'self-review': say('自评', 'self-review'),
  'manager-review': say('上级评分', 'manager review'),
  'second-review': say('复核', 'second review'),
  publication: say('公布', 'publication'),
  confirmation: say('确认', 'confirmation'),
  appeals: say('申诉', 'appeals'),
  payout: say('发放', 'payout'),
  month: say('月度', 'month'),
  quarter: say('季度', 'quarter'),
  year: say('年度', 'year'),
};
const KINDS: Readonly<Record<string, Title>> = {
  number: say('数字', 'a number'),
  numbers: say('一组数字', 'numbers'),
  word: say('词语', 'a word'),
  condition: say('条件', 'a condition'),
  boolean: say('条件', 'a condition'),
  list: say('列表', 'a list'),
};

const named = (words: Readonly<Record<string, Title>>, key: string | undefined): Title => words[key ?? ''] ?? say(key ?? '', key ?? '');

/** `number, not word` → words of both. */
function mismatch(detail: string): Title {
  const [wanted, found] = detail.split(', not ');
  if (wanted === undefined || found === undefined)
    return say(`这里的类型不一致：${detail}。`, `The types here do not go together: ${detail}.`);
  const [a, b] = [named(KINDS, wanted), named(KINDS, found)];
  return say(`这里需要${a['zh-CN']}，而不是${b['zh-CN']}。`, `This needs ${a.en}, not ${b.en}.`);
}

/** `second-review manager-review 2026-09 2026-10-08 2026-10-12` → words. */
function endsBefore(detail: string): Title {
  const [phase, before, period = '', last = '', lastBefore = ''] = detail.split(' ');
  const [a, b] = [named(PHASES, phase), named(PHASES, before)];
  return say(
    `${a['zh-CN']}早于${b['zh-CN']}结束，例如 ${period} 的考核：${last} 早于 ${lastBefore}（节假日顺延后）。`,
    `The window of ${a.en} ends before that of ${b.en}, as for ${period}: on ${last} before ${lastBefore}, holidays counted.`,
  );
}

/** What the reader and the compiler refuse. */
const REFUSED: Readonly<Record<string, Sentence>> = {
  'scheme-too-long': ({ detail }) => say(`方案文本过长，最多 ${detail} 个字符。`, `The text is too long: at most ${detail} characters.`),
  'invalid-yaml': ({ detail }) =>
    say(
      `这不是有效的 YAML，请检查缩进、引号和重复的键（${detail}）。`,
      `This is no valid YAML; look at indentation, quotes and keys that stand twice (${detail}).`,
    ),
  'alias-in-scheme': () =>
    say('方案中不能使用 YAML 别名（* 和 &），请把内容写出来。', 'A scheme uses no YAML aliases (* and &): write it out.'),
  'exclusive-period-twice': ({ detail }) =>
    say(`${named(PHASES, detail)['zh-CN']}写了两次。`, `The ${named(PHASES, detail).en} stands twice.`),
  'exclusive-period-not-scored': ({ detail }) =>
    say(
      `方案没有${named(PHASES, detail)['zh-CN']}考核，无从互斥。`,
      `The scheme scores no ${named(PHASES, detail).en}: there is nothing to exclude.`,
    ),
  'unknown-indicator': ({ detail }) => say(`指标库中没有“${detail}”。`, `The indicator library has no “${detail}”.`),
  'unknown-library-fact': ({ detail }) => say(`指标库中没有数据“${detail}”。`, `The library has no fact “${detail}”.`),
  'no-periods': () =>
    say(
      '没有任何考核周期，请在 periods 中写明 month、quarter 或 year。',
      'No kind of period is scored: name month, quarter or year under periods.',
    ),
  'unknown-name': ({ detail }) =>
    Object.hasOwn(INDICATOR_LIBRARY.facts, detail)
      ? say(
          `“${detail}”没有声明；指标库中有，可在 facts 中写 “${detail}: library”。`,
          `“${detail}” is not declared; the library has it: write “${detail}: library” under facts.`,
        )
      : say(
          `“${detail}”没有定义：既没有在方案中声明，也不在指标库中。`,
          `“${detail}” is not known: neither this scheme declares it nor the library has it.`,
        ),
  'used-before-computed': ({ detail }) =>
    say(`“${detail}”要到这一步之后才计算，这里还不能使用。`, `“${detail}” is computed only after this and can't be read here.`),
  'circular-reference': ({ detail }) =>
    say(`循环引用：“${detail}”最终要用到它自己的结果。`, `This goes in a circle: “${detail}” needs its own result.`),
  'not-in-this-period': ({ detail }) =>
    say(`“${detail}”在这类周期中没有，请调整 periods。`, `“${detail}” is not there in this kind of period; look at its periods.`),
  'not-supported-yet': ({ detail }) => say(`“${detail}”目前还不能计算。`, `“${detail}” can't be computed yet.`),
  'unknown-function': ({ detail }) => say(`没有名为“${detail}”的函数。`, `There is no function “${detail}”.`),
  'wrong-arguments': ({ detail }) => say(`函数 ${detail} 的参数不对。`, `${detail} does not take these arguments.`),
  'type-mismatch': ({ detail }) => mismatch(detail),
  'division-by-zero': () => say('除数为零。', 'This divides by zero.'),
  'empty-list': () => say('没有数字，无法取平均、最小或最大值。', 'There is no mean, least or most of no numbers.'),
  'out-of-range': ({ detail }) => say(`超出允许的范围：${detail}。`, `Out of the range allowed: ${detail}.`),
  'unknown-standing': ({ detail }) =>
    say(`名次只对已给出的值有效：${detail}。`, `A place is only known for the value it was taken for: ${detail}.`),
  'formula-syntax': ({ detail }) =>
    detail === 'end'
      ? say('公式不完整，后面还缺内容。', 'The formula ends too early.')
      : say(`公式在“${detail}”处看不懂。`, `The formula can't be understood at “${detail}”.`),
  'formula-too-long': ({ detail }) =>
    say(`公式过长（${detail}），请拆成几个命名的值。`, `The formula is too long (${detail}): split it into named values.`),
  'formula-too-deep': ({ detail }) =>
    say(`公式嵌套超过 ${detail} 层，请拆成几个命名的值。`, `The formula is nested more than ${detail} deep: split it into named values.`),
  'formula-too-large': ({ detail }) =>
    say(`公式超过 ${detail} 个部分，请拆成几个命名的值。`, `The formula has more than ${detail} parts: split it into named values.`),
  'reserved-name': ({ detail }) =>
    say(`“${detail}”以语言的保留字开头，请换一个名称。`, `“${detail}” begins with a word of the language; choose another name.`),
  'duplicate-name': ({ detail }) => say(`“${detail}”出现了两次，名称必须唯一。`, `“${detail}” stands twice; names are unique.`),
  'empty-range': () =>
    say('评分范围为空：下限必须小于上限，且不能为负。', 'The range is empty: it goes from the lower to the higher number, from 0 on.'),
  'negative-points': () => say('分值不能为负。', 'Points are not below 0.'),
  'not-above-zero': ({ member }) => say(`${member} 必须大于 0。`, `${member} must be above 0.`),
  'points-do-not-sum': ({ detail }) => {
    const [found = '', stated = ''] = detail.split(' ≠ ');
    return say(`各项分值合计 ${found}，与声明的 ${stated} 不符。`, `The points add up to ${found}, not to ${stated} as stated.`);
  },
  'points-missing': ({ detail }) =>
    say(`没有写明分值${detail === '' ? '' : `（${detail}）`}。`, `The points are not given${detail === '' ? '' : ` (${detail})`}.`),
  'one-bound-needed': () =>
    say(
      '每档只能有一个下限：from（含）或 over（不含）。',
      'One lower bound is needed, and one only: from (included) or over (not included).',
    ),
  'rows-out-of-order': () =>
    say('各档的下限必须从低到高排列，不能重叠。', 'Rows go from the lowest bound to the highest, and none begins where another does.'),
  'bands-out-of-order': () =>
    say('等级必须从高到低排列，下限不能重叠。', 'Bands go from the best to the last, and none begins where another does.'),
  'last-band-has-bound': () =>
    say(
      '最后一个等级不能有下限，它包含其余全部分数，否则会有分数落空。',
      'The last band has no bound: it takes all that is left, so that no score falls through.',
    ),
  'band-value-missing': ({ detail }) => say(`每个等级都必须给出“${detail}”，且类型一致。`, `Every band needs “${detail}”, of one type.`),
  'band-with-bound': ({ detail }) =>
    say(
      `按词语定等级时不写 from 或 over${detail === '' ? '' : `（${detail}）`}。`,
      `Bands by word have neither from nor over${detail === '' ? '' : ` (${detail})`}.`,
    ),
  'share-out-of-range': ({ detail }) =>
    say(
      `比例必须在 0 到 100% 之间${detail === '' ? '' : `：${detail}`}。`,
      `A share is from 0 to 100%${detail === '' ? '' : `: ${detail}`}.`,
    ),
  'through-only-in-a-year': () => say('只有年度可以经由季度汇总。', 'Only a year can be formed through its quarters.'),
  'weights-not-used': () => say('月份权重只用于加权平均（weighted-mean）。', 'Weights of months only count with weighted-mean.'),
  'word-without-worth': ({ detail }) => say(`词语“${detail}”没有写明得分。`, `Nothing is said about what the word “${detail}” is worth.`),
  'not-for-groups': ({ detail }) =>
    say(`“${detail}”不能用于他人的数据列表。`, `“${detail}” does not go with the list of other people's values.`),
  'unknown-fact': ({ detail }) => say(`指标库中没有数据“${detail}”。`, `The library has no fact “${detail}”.`),
  'number-or-word': () =>
    say('等级按数值（on）或按词语（word）确定，只能选一种。', 'Bands are by a number (on) or by a word, not by both.'),
  'band-by-word-has-bound': () => say('按词语定等级时不写 from 或 over。', 'Bands by word have neither from nor over.'),
  'out-of-bounds': ({ detail, member }) => say(`${member} 必须在 ${detail} 之间。`, `${member} is from ${detail}.`),
  'value-or-items': () => say('列表结果需要 value 或 items，且只能有一个。', 'A list has a value or items, one of them.'),
  'marginal-takes-no-by': () =>
    say('按段累进的表直接用于 on，不写 by。', 'A marginal table works on the slices of “on”: there is no “by”.'),
  'by-needed': ({ detail }) =>
    say(`表“${detail}”按 by 的数值查找，缺少 by。`, `The table “${detail}” is looked up by a number: “by” is missing.`),
  'negative-amount': () => say('金额不能为负。', 'An amount is not below 0.'),
  'group-fact-before-score': ({ detail }) =>
    say(`他人的得分要在评分之后才有，不能用于 ${detail}。`, `The others' scores are only there after scoring: ${detail} can't read them.`),
  'only-for-many': ({ detail }) =>
    say(`“${detail}”只有一人评分，least 和 most 只用于 many。`, `“${detail}” is one rater: least and most are for groups of many.`),
  'unknown-rating': ({ detail }) => say(`没有名为“${detail}”的评分项。`, `There is no rating “${detail}”.`),
  'unknown-value': ({ detail }) => say(`“${detail}”不在允许的词语之中。`, `“${detail}” is none of the words allowed.`),
};

/** What the checker finds beside that. */
const CHECKED: Readonly<Record<string, Sentence>> = {
  'mixed-units': ({ detail }) => {
    const [a, b] = detail.split(' ').map((unit) => named(UNITS, unit));
    return say(`这里把${a?.['zh-CN'] ?? ''}与${b?.['zh-CN'] ?? ''}放在一起计算或比较。`, `This mixes ${a?.en ?? ''} with ${b?.en ?? ''}.`);
  },
  'unknown-word': ({ detail }) => say(`这里永远不会是“${detail}”，请检查拼写。`, `This is never “${detail}”; look at its spelling.`),
  'unreachable-tier': () => say('没有任何数值会落入这一档。', 'No value ever falls into this tier.'),
  'unreachable-band': ({ detail }) =>
    say(
      `不可能达到等级 ${detail}：分数到不了，或已被前面的等级占去。`,
      `Band ${detail} can't be reached: no score gets there, or the bands before it take all.`,
    ),
  'unreachable-case': () =>
    say('这一条件永远不会成立，或前面的条件已覆盖了它。', 'This case is never taken: it can’t hold, or the cases before it take all.'),
  'unreachable-word': ({ detail }) => say(`这里永远不会出现词语“${detail}”。`, `The word “${detail}” never comes here.`),
  'word-without-band': ({ detail }) =>
    say(`可能出现词语“${detail}”，但没有对应的等级。`, `The word “${detail}” can come, but no band has it as its key.`),
  'never-happens': () => say('这一条件永远不会成立。', 'This never happens.'),
  'never-paid': ({ detail }) => say(`“${detail}”总是被否决，永远不会发放。`, `“${detail}” is always voided and never paid.`),
  'pay-may-be-negative': ({ detail }) =>
    say(
      `薪酬项“${detail}”可能为负，请用 max(0, …) 限制；扣押金请用 deposit。`,
      `Pay line “${detail}” can come to less than 0: bound it with max(0, …); what is withheld is a deposit.`,
    ),
  'pay-not-money': ({ detail }) =>
    say(
      `薪酬项应当是金额，这里得出的是${named(UNITS, detail)['zh-CN']}。`,
      `A pay line is money; this comes out as ${named(UNITS, detail).en}.`,
    ),
  'paid-twice': ({ detail }) =>
    say(
      `该薪酬项在短周期和包含它的长周期都发放，且取决于“${detail}”，同一笔业绩会发放两次。请用 periods 限定，或用 exclusivePeriods 写明同一人只在其中一种周期。`,
      `This line is paid in the period and again in the longer one around it, and rests on “${detail}”: the same money is paid twice. Name its periods, or the kinds that exclude each other in exclusivePeriods.`,
    ),
  'exclusive-period-without-pay': ({ detail }) =>
    say(
      `${named(PHASES, detail)['zh-CN']}没有薪酬项，不会重复发放，不必互斥。`,
      `The ${named(PHASES, detail).en} pays nothing, so that nothing is paid twice: it need not exclude the others.`,
    ),
  'prize-without-group': ({ detail }) =>
    say(
      `“${detail}”按名次发放，但名次没有用到他人的数据（group）。`,
      `“${detail}” pays by place, but the place reads no fact about the others (group).`,
    ),
  'deposit-forbidden-by-law': ({ detail }) =>
    say(
      `《劳动合同法》第九条禁止向劳动者收取押金：在中国境内应把每月押金${detail === '' ? '' : `（现为 ${detail}）`}设为 0。`,
      `Labour Contract Law of China, article 9, forbids taking a deposit from workers: where wages are paid in China, set the monthly deposit${detail === '' ? '' : ` (now ${detail})`} to 0.`,
    ),
  'unused-fact': ({ detail }) =>
    say(`声明了数据“${detail}”，但没有任何地方使用。`, `The fact “${detail}” is declared, but nothing reads it.`),
  'unused-rating': ({ detail }) =>
    say(
      `声明了评分项“${detail.replace(/^rating\./u, '')}”，但没有任何地方使用。`,
      `The rating “${detail.replace(/^rating\./u, '')}” is declared, but nothing reads it.`,
    ),
  'unused-parameter': ({ detail }) =>
    say(
      `声明了参数“${detail.replace(/^param\./u, '')}”，但没有任何地方使用。`,
      `The parameter “${detail.replace(/^param\./u, '')}” is declared, but nothing reads it.`,
    ),
  'unused-table': ({ detail }) =>
    say(
      `声明了表“${detail.replace(/^table\./u, '')}”，但没有任何地方使用。`,
      `The table “${detail.replace(/^table\./u, '')}” is declared, but nothing looks anything up in it.`,
    ),
  'unused-attribute': ({ detail }) =>
    say(`声明了人员属性“${detail}”，但没有任何地方使用。`, `The attribute “${detail}” is declared, but nothing reads it.`),
  'unused-history': ({ detail }) =>
    say(`声明了往期数据“${detail}”，但没有任何地方使用。`, `The history “${detail}” is declared, but nothing reads it.`),
  'optional-without-has': ({ detail }) =>
    say(
      `“${detail}”可以缺省，缺省时按 0 计算；请先用 has(${detail}) 判断。`,
      `“${detail}” may be absent and then reads as 0: ask has(${detail}) first.`,
    ),
  'shares-do-not-sum': ({ detail }) => say(`各比例合计 ${detail}，应为 100%。`, `The shares add up to ${detail}, not to 100%.`),
  'counts-do-not-sum': ({ detail }) =>
    say(
      `各部分计入总分的比例合计 ${detail}，不是 100%。`,
      `The shares that the sections give to the score add up to ${detail}, not to 100%.`,
    ),
  'review-without-end': () =>
    say('评审链以本人结束，必须由他人作最后评审。', 'The chain ends with the person appraised: somebody else has to have the last word.'),
  'review-out-of-order': ({ detail }) => {
    const [step, before] = detail.split(' ').map((phase) => named(PHASES, phase));
    return say(
      `${step?.['zh-CN'] ?? ''}不能排在${before?.['zh-CN'] ?? ''}之后。`,
      `A ${step?.en ?? ''} does not come after a ${before?.en ?? ''}.`,
    );
  },
  'reviewer-repeated': ({ detail }) => say(`同一角色（${detail}）连续评审两次。`, `The same reviewer (${detail}) comes twice in a row.`),
  'self-review-by-other': ({ detail }) =>
    say(`自评应由本人完成，而不是 ${detail}。`, `A self-review is done by the person, not by ${detail}.`),
  'reviews-oneself': () => say('评分和复核不能由本人完成。', 'Nobody scores or reviews oneself.'),
  'department-missing': ({ detail }) => say(`没有写明是哪个部门（${detail}）。`, `Which department is not said (${detail}).`),
  'department-not-used': ({ detail }) => say(`由 ${detail} 评审时不使用部门。`, `A department says nothing where ${detail} reviews.`),
  'nobody-reviews': ({ detail }) => say(`当 ${detail} 时没有任何人评审。`, `Nobody reviews people with ${detail}.`),
  'rating-without-step': ({ detail }) => {
    const step = named(PHASES, detail.split(' ')[1]);
    return say(`评审链中没有${step['zh-CN']}，该评分项无人填写。`, `The chain has no ${step.en}: nobody can give this rating.`);
  },
  'schedule-not-used': ({ detail }) =>
    say(
      `方案没有${named(PHASES, detail)['zh-CN']}考核，这份日程不会使用。`,
      `No ${named(PHASES, detail).en} is scored: this schedule is not used.`,
    ),
  'no-schedule': ({ detail }) =>
    say(
      `${named(PHASES, detail)['zh-CN']}考核没有日程，无法启动。`,
      `A ${named(PHASES, detail).en} is scored but has no schedule: no cycle can start.`,
    ),
  'step-without-phase': ({ detail }) =>
    say(
      `评审链中有${named(PHASES, detail)['zh-CN']}，但日程中没有，无法启动。`,
      `The chain has a ${named(PHASES, detail).en}, but the schedule has none: no cycle can start.`,
    ),
  'phase-without-step': ({ detail }) =>
    say(
      `日程中有${named(PHASES, detail)['zh-CN']}，但评审链中没有。`,
      `The schedule has a ${named(PHASES, detail).en}, but the chain has none.`,
    ),
  'no-publication': () => say('日程中没有公布，结果无法公布。', 'The schedule has no publication: results never come out.'),
  'phase-missing': ({ detail }) => say(`日程中没有${named(PHASES, detail)['zh-CN']}。`, `The schedule has no ${named(PHASES, detail).en}.`),
  'duplicate-phase': ({ detail }) =>
    say(`${named(PHASES, detail)['zh-CN']}出现了两次。`, `The phase ${named(PHASES, detail).en} stands twice.`),
  'window-backwards': ({ detail }) => say(`窗口倒置：${detail}。`, `The window runs backwards: ${detail}.`),
  'after-unknown-phase': ({ detail }) =>
    say(
      `“${named(PHASES, detail)['zh-CN']}”不在它之前，不能从它起算。`,
      `It counts from ${named(PHASES, detail).en}, which does not come before it.`,
    ),
  'publication-before-reviews': ({ detail }) => endsBefore(detail),
  'windows-backwards': ({ detail }) => endsBefore(detail),
  'windows-overlap': ({ detail }) => {
    const [phase, before] = detail.split(' ').map((one) => named(PHASES, one));
    return say(
      `${phase?.['zh-CN'] ?? ''}与${before?.['zh-CN'] ?? ''}同日结束，两者只能平分工作日。`,
      `The windows of ${phase?.en ?? ''} and ${before?.en ?? ''} end on one day: they share its working days.`,
    );
  },
  'payout-before-confirmation': () => say('发放早于确认结束。', 'The payout comes before the confirmation ends.'),
};

/** One sentence in each language; codes without words of their own are told by code and place. */
export function problemSentence({ code, path, detail }: Problem): Title {
  const parts = path === '' ? [] : path.split('.');
  const sentence = REFUSED[code] ?? CHECKED[code] ?? SHAPE_WORDS[code];
  if (!sentence) return say(`问题 ${code}：${detail}`, `Problem ${code}: ${detail}`);
  return sentence({ detail, member: parts.at(-1) ?? '', parts });
}

/** Codes that have words; a test holds the checker and the compiler to them. */
export function hasWords(code: string): boolean {
  return [REFUSED, CHECKED, SHAPE_WORDS].some((words) => Object.hasOwn(words, code));
}
