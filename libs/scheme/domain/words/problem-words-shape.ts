import type { Title } from '../../contracts/document';

/* What zod says about a shape, in both languages. It speaks English; each of its phrases that a scheme can meet is known here. */

const say = (chinese: string, english: string): Title => ({ 'zh-CN': chinese, en: english });

const TYPES: Readonly<Record<string, Title>> = {
  string: say('文本或数字', 'a text or a number'),
  object: say('带成员的对象', 'an object with members'),
  record: say('带成员的对象', 'an object with members'),
  array: say('列表', 'a list'),
  boolean: say('true 或 false', 'true or false'),
};

/** The messages of the language's own patterns, as `contracts/document*` words them. */
const PATTERNS: Readonly<Record<string, string>> = {
  'not a key: letters, digits and _': '不是有效的键：只能用字母、数字和 _',
  'not a rating key: letters, digits and _': '不是有效的评分项键：只能用字母、数字和 _',
  'not a fact key such as sales.amount': '不是有效的数据键，例如 sales.amount',
  'not a word: letters, digits, _ and -': '不是有效的词语：只能用字母、数字、_ 和 -',
  'not a name: letters, digits and _': '不是有效的名称：只能用文字、数字和 _',
  'not a number of days': '不是天数（1–999）',
  'not a whole number': '不是整数',
  'not a day of the month': '不是日期（1–31）',
  'not an id: lower case letters, digits and -': '不是有效的编号：只能用小写字母、数字和 -',
};

function shapeSentence(detail: string, member: string): Title {
  const pattern = PATTERNS[detail];
  if (pattern !== undefined) return say(`${pattern}。`, `${detail.charAt(0).toUpperCase()}${detail.slice(1)}.`);
  const [, expected = '', received = ''] = /^Invalid input: expected (.+), received (.+)$/u.exec(detail) ?? [];
  const wanted = TYPES[expected] ?? say(expected, expected);
  if (received === 'undefined') return say(`缺少“${member}”。`, `“${member}” is missing.`);
  if (expected !== '') return say(`“${member}”应当是${wanted['zh-CN']}。`, `“${member}” must be ${wanted.en}.`);
  const literal = /^Invalid input: expected (.+)$/u.exec(detail)?.[1];
  if (literal !== undefined) return say(`“${member}”应当是 ${literal}。`, `“${member}” must be ${literal}.`);
  const options = /^Invalid option: expected one of (.+)$/u.exec(detail)?.[1];
  if (options !== undefined)
    return say(`“${member}”只能是 ${options.replaceAll('|', '、')}。`, `“${member}” is one of ${options.replaceAll('|', ', ')}.`);
  const bound = /^Too (big|small): expected \w+ to have [<>]=?(\d+)/u.exec(detail);
  if (bound?.[1] === 'big')
    return say(`“${member}”太长或太多，最多 ${bound[2] ?? ''}。`, `“${member}” is too long or too many: at most ${bound[2] ?? ''}.`);
  if (bound?.[2] === '1') return say(`“${member}”不能为空。`, `“${member}” must not be empty.`);
  if (bound)
    return say(`“${member}”太短或太少，至少 ${bound[2] ?? ''}。`, `“${member}” is too short or too few: at least ${bound[2] ?? ''}.`);
  if (detail === 'Invalid key in record') return say(`“${member}”不是有效的键。`, `“${member}” is no valid key.`);
  return say(`“${member}”的写法不符合方案语言（${detail}）。`, `“${member}” is not written as the scheme language has it (${detail}).`);
}

export const SHAPE_WORDS: Readonly<
  Record<string, (problem: { readonly detail: string; readonly member: string; readonly parts: readonly string[] }) => Title>
> = {
  'unknown-member': ({ detail, parts }) =>
    /[()\s]/u.test(detail) || TEXTS.has(parts.at(-2) ?? '')
      ? say(
          `“${detail}”不是成员：花括号内含逗号的文字或公式要加引号，例如 "min(a, b)"。`,
          `“${detail}” is no member: between braces, a text or formula with a comma stands in quotes, as "min(a, b)".`,
        )
      : say(`方案语言在这里没有成员“${detail}”。`, `The scheme language has no member “${detail}” here.`),
  'invalid-shape': ({ detail, member }) => shapeSentence(detail, member),
};

/** Members that hold nothing but texts in two languages. */
const TEXTS: ReadonlySet<string> = new Set(['title', 'help']);
