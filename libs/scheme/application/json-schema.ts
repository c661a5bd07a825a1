import { z } from 'zod';
import { zSchemeDocument, zTitle } from '../contracts/document';
import { zAppealTerms, zReviewStep, zSchedule } from '../contracts/document-flow';
import { zCase, zMethod, zSection, zTable } from '../contracts/document-indicators';
import { zEmployeeAttribute, zFact, zHistory, zRaters, zRating } from '../contracts/document-inputs';
import { zActionBlock, zBands, zDistribution, zGroupLimit, zOutcomeBlock, zPayLine } from '../contracts/document-results';
import { zConstant, zCount, zDayCount, zFactKey, zFormula, zKey, zName, zRatingKey, zUnit, zWord } from '../contracts/document-words';
import { INDICATOR_LIBRARY } from '../contracts/library';

/** A JSON Schema as plain JSON. */
export interface JsonSchema {
  [member: string]: unknown;
}

/** What editors show for a part while it is written. */
const PARTS: Readonly<Record<string, readonly [z.ZodType, string]>> = {
  title: [zTitle, '两种语言的名称 · a name in both languages'],
  key: [zKey, '字母、数字和 _ · letters, digits and _'],
  ratingKey: [zRatingKey, '评分项的键 · key of a rating'],
  factKey: [zFactKey, '数据的键，如 sales.amount · key of a fact, such as sales.amount'],
  word: [zWord, '词语 · a word'],
  name: [zName, '名称，可用中文 · a name; may be Chinese'],
  formula: [zFormula, '公式 · a formula over facts, ratings, values and parameters'],
  constant: [zConstant, '数字、百分比或参数公式 · a number, a percentage or a formula over param.…'],
  unit: [zUnit, '单位 · unit'],
  dayCount: [zDayCount, '天数 · a number of days'],
  count: [zCount, '整数 · a whole number'],
  attribute: [zEmployeeAttribute, '人员属性 · an attribute of the person'],
  fact: [zFact, '数据 · a fact'],
  history: [zHistory, '往期数据 · earlier periods'],
  rating: [zRating, '评分项 · a rating'],
  raters: [zRaters, '360 度评分 · several groups of raters'],
  table: [zTable, '分档表 · a table of tiers'],
  case: [zCase, '条件与取值 · a condition and its value'],
  method: [zMethod, '计分方法 · how an indicator scores'],
  section: [zSection, '考核部分 · a section'],
  bands: [zBands, '等级 · bands of the score'],
  groupLimit: [zGroupLimit, '群体上限 · a limit for a group'],
  distribution: [zDistribution, '强制分布 · forced distribution as a target'],
  outcome: [zOutcomeBlock, '结果 · what a result says beside the score'],
  payLine: [zPayLine, '薪酬项 · a pay line'],
  action: [zActionBlock, '后续措施 · what follows'],
  reviewStep: [zReviewStep, '评审步骤 · a step of the chain'],
  schedule: [zSchedule, '日程 · windows by kind of period'],
  appeal: [zAppealTerms, '申诉条款 · terms of appeal'],
};

/**
 * The scheme language as JSON Schema 2020-12, for editors. It describes the YAML as it is written: numbers may be numbers,
 * indicators, facts and ratings may be taken from the library. What names mean, sums and orders are for `checkScheme`.
 */
export function schemeJsonSchema(): JsonSchema {
  const registry = z.registry<{ id: string; description: string }>();
  for (const [id, [part, description]] of Object.entries(PARTS)) registry.add(part, { id, description });
  const generated: unknown = z.toJSONSchema(zSchemeDocument, { target: 'draft-2020-12', io: 'input', metadata: registry });
  const schema = plain(generated);
  if (!isObject(schema)) throw new Error('a document is an object');
  takeFromLibrary(schema);
  const { $schema, ...rest } = schema;
  return {
    $schema,
    title: 'Centum scheme, language 1',
    description: '考核方案语言，第 1 版 · the scheme language, version 1',
    ...rest,
  };
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy in which whatever text may be digits may be a number: the reader takes a number as the text it is written in. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  const copy: JsonSchema = {};
  // Names that zod's registry puts in beside each reference.
  for (const [member, of] of Object.entries(value)) if (member !== 'id' || typeof of !== 'string') copy[member] = plain(of);
  return copy['type'] === 'string' ? withNumbers(copy) : copy;
}

const isDigits = (text: unknown): text is string => typeof text === 'string' && /^\d+$/u.test(text);

function withNumbers({ type, ...schema }: JsonSchema): JsonSchema {
  const { const: only, enum: options, pattern } = schema;
  if (isDigits(only)) return { enum: [only, Number(only)] };
  if (Array.isArray(options)) {
    const numbers = options.filter(isDigits).map(Number);
    return numbers.length === 0 ? { type, ...schema } : { enum: [...options.map(plain), ...numbers] };
  }
  const mayBeDigits = only === undefined && (typeof pattern !== 'string' || new RegExp(pattern, 'u').test('7'));
  return mayBeDigits ? { type: ['string', 'number'], ...schema } : { type, ...schema };
}

/** Members of a block that the library fills in. */
function takeFromLibrary(schema: JsonSchema): void {
  const section = at(schema, '$defs', 'section', 'properties', 'indicators');
  const indicator = at(section, 'items');
  const { method, ...others } = at(indicator, 'properties');
  section['items'] = {
    anyOf: [
      indicator,
      {
        description: '从指标库选取 · picked from the library; own members win, those of the method one by one',
        type: 'object',
        properties: {
          use: { enum: Object.keys(INDICATOR_LIBRARY.indicators) },
          ...others,
          method: { anyOf: [method, { type: 'object', not: { required: ['kind'] } }] },
        },
        required: ['use', 'points'],
        additionalProperties: false,
      },
    ],
  };
  for (const member of ['facts', 'ratings'] as const) {
    const members = at(schema, 'properties', member);
    const used = { type: 'object', properties: { use: { enum: Object.keys(INDICATOR_LIBRARY[member]) } }, required: ['use'] };
    members['additionalProperties'] = { anyOf: [members['additionalProperties'], { const: 'library' }, used] };
  }
  const { required } = schema;
  if (Array.isArray(required)) schema['required'] = required.filter((member) => member !== 'facts' && member !== 'ratings');
}

function at(schema: JsonSchema, ...path: readonly string[]): JsonSchema {
  let found: unknown = schema;
  for (const member of path) found = isObject(found) ? found[member] : undefined;
  if (!isObject(found)) throw new Error(`the schema has no ${path.join('.')}`);
  return found;
}
