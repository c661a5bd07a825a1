import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compiledTemplate, SCHEME_TEMPLATES } from '../../application/templates';
import type { EvaluationInput, ExplanationNode } from '../../contracts/evaluation';
import { evaluate } from '../evaluate.policy';
import { explainInWords } from './sentences';
import { ENGLISH } from './sentences-en';
import { CHINESE } from './sentences-zh';
import { periodKind } from '#libs/calendar';
import { isPeriod } from '#kernel';
import { BEHAVIOUR_EXAMPLE, WEIGHTED_EXAMPLE, workedExample } from '../templates/worked-examples.test-kit';
import { varied } from '../templates/varied-inputs.test-kit';

const EXAMPLES = readdirSync(join(__dirname, '..', '..', '..', '..', 'test', 'scheme-examples')).map((file) => file.replace(/\.json$/, ''));
const VARIANTS = 40;

function treesOf(name: string): readonly ExplanationNode[] {
  const { scheme, input } = workedExample(name);
  const compiled = compiledTemplate(scheme);
  const plan = isPeriod(input.period) ? compiled.plans[periodKind(input.period)] : undefined;
  if (!plan) throw new Error(`${name} is for no period of its scheme`);
  const inputs: EvaluationInput[] = [input, ...Array.from({ length: VARIANTS }, (_, seed) => varied(input, plan, seed))];
  return inputs.flatMap((one) => evaluate(compiled, one).explanation ?? []);
}

function walk(node: ExplanationNode, visit: (node: ExplanationNode) => void): void {
  visit(node);
  for (const input of node.inputs ?? []) walk(input, visit);
}

describe.each(EXAMPLES)('%s', (name) => {
  const trees = treesOf(name);
  const compiled = compiledTemplate(workedExample(name).scheme);

  it('has trees of many inputs', () => {
    expect(trees.length).toBeGreaterThan(VARIANTS / 4);
  });

  it('has a sentence for every rule, in both languages', () => {
    const rules = new Set<string>();
    for (const tree of trees) walk(tree, ({ rule }) => rules.add(rule));
    for (const rule of rules) {
      expect(Object.keys(ENGLISH)).toContain(rule);
      expect(Object.keys(CHINESE)).toContain(rule);
    }
  });

  it('says everything in English, without keys or codes', () => {
    for (const tree of trees)
      for (const { sentence, title } of explainInWords(tree, compiled, 'en')) {
        expect(title).not.toBe('');
        expect(sentence).not.toMatch(/undefined|null|NaN|\[object/);
        expect(sentence).not.toMatch(/[a-z]+_[a-z]+|\b[a-z]+\.[a-z]+|\p{Script=Han}/u);
      }
  });

  it('says everything in Chinese, without keys or codes', () => {
    for (const tree of trees)
      for (const { sentence, title } of explainInWords(tree, compiled, 'zh-CN')) {
        expect(title).toMatch(/\p{Script=Han}/u);
        expect(sentence).not.toMatch(/[a-z]{2,}/);
      }
  });
});

it('every template is among the examples', () => {
  expect(new Set(EXAMPLES.map((name) => workedExample(name).scheme))).toEqual(new Set(SCHEME_TEMPLATES));
});

describe('an explanation in words', () => {
  const weighted = compiledTemplate('weighted-70-20-10');
  const words = (language: 'zh-CN' | 'en') => {
    const { explanation } = evaluate(weighted, {
      ...WEIGHTED_EXAMPLE,
      facts: { ...WEIGHTED_EXAMPLE.facts, 'sales.amount': { value: '95000', position: 17 } },
    });
    if (!explanation) throw new Error('no explanation');
    return explainInWords(explanation, weighted, language).map(({ depth, sentence }) => `${depth} ${sentence}`);
  };

  it('reads well in English', () => {
    const lines = words('en');
    expect(lines).toContain('3 Completion: 95,000 ÷ 100,000 = 95 % (counted up to 100 %) → 38.00 of 40');
    expect(lines).toContain('4 Sales: 95,000 (event 17)');
    expect(lines).toContain('1 Grade: 88.8 is in Good (B); 1.2 short of Excellent (A)');
    expect(lines).toContain('2 Commission: Commission earned × commission share (%) ÷ 100 = 3,600.00');
    expect(lines).toContain('2 Deposit: withheld 200.00: 200 a month, 2,400 missing to 2,400, at most 8,600');
    expect(lines).toContain('1 Improvement plan: no: Grade = "Poor"');
  });

  it('reads well in Chinese', () => {
    const lines = words('zh-CN');
    expect(lines).toContain('3 销售完成率：95,000 ÷ 100,000 = 95 %（最高计 100 %）→ 38.00 分，满分 40');
    expect(lines).toContain('4 销售额：95,000（事件 17）');
    expect(lines).toContain('1 等级：88.8 属于良好（B）；距优秀（A）还差 1.2');
  });

  it('says what was voided and why', () => {
    const behaviour = compiledTemplate('result-times-behaviour');
    const { explanation } = evaluate(behaviour, { ...BEHAVIOUR_EXAMPLE, ratings: { behaviour: '0.85', violations: ['accident'] } });
    if (!explanation) throw new Error('no explanation');
    const lines = explainInWords(explanation, behaviour, 'en');
    expect(lines.find(({ key }) => key === 'value.coefficient')?.sentence).toBe('Coefficient that applies: case "violation" → 0');
    expect(lines.find(({ key }) => key === 'modifier.behaviour')?.sentence).toBe('Behaviour coefficient: 120.00 × 0 = 0.00');
  });
});
