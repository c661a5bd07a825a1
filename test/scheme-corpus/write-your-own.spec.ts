import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkScheme, evaluate, explainInWords, loadScheme, readScoreInput, templateText } from '#libs/scheme';

/** The page is what a new user copies: its own edits of the template have to give what it prints. */
const page = readFileSync(join(__dirname, '../../docs/schemes/write-your-own.md'), 'utf8');
const template = templateText('weighted-70-20-10');
const october = /```json\n([^]*?)```/u.exec(page)?.[1] ?? '';

function edited(text: string, ...edits: readonly (readonly [RegExp, string])[]): string {
  return edits.reduce((so, [from, to]) => {
    expect(so).toMatch(from);
    return so.replace(from, to);
  }, text);
}

const renamed = edited(
  template,
  [/^id: .*$/mu, 'id: our-sales'],
  [/^title: .*$/mu, 'title: { zh-CN: 销售部考核, en: Sales department, monthly }'],
  [/completion_points: \{ value: 40/u, 'completion_points: { value: 35'],
);
const quoted = edited(renamed, [/Sales department, monthly/u, '"Sales department, monthly"']);
const whole = edited(
  quoted,
  [/( *- \{ use: new_customers, .*\n)/u, '$1      - { use: plans_and_reports, points: 5 }\n'],
  [/deposit_monthly: \{ value: 200.00/u, 'deposit_monthly: { value: 0'],
);

const checked = (text: string): string =>
  checkScheme(text)
    .map(({ severity, code, path, line, column, sentence }) => `${line}:${column} ${severity} ${code} ${path}\n    ${sentence.en}\n`)
    .join('');

function scored(text: string, input: string) {
  const [loading, reading] = [loadScheme(text), readScoreInput(input)];
  if (!loading.ok || !reading.ok) throw new Error('the page is out of date');
  const { explanation, errors } = evaluate(loading.scheme, reading.input);
  const lines = explanation ? explainInWords(explanation, loading.scheme, 'en') : [];
  return {
    errors: errors.map(({ code, key }) => `${code} ${key}`),
    lines: lines.map(({ depth, sentence }) => `${'  '.repeat(depth)}${sentence}`),
  };
}

describe('the page “Write your own scheme”', () => {
  it('prints what the check says at each step', () => {
    for (const text of [renamed, quoted]) {
      expect(checked(text)).not.toBe('');
      expect(page).toContain(checked(text));
    }
    expect(checked(whole)).toBe('');
  });

  it('prints the scores, and the facts that are missing first', () => {
    const before = scored(template, october);
    const after = scored(whole, october.replace('"complaints.filed"', '"plans.due": "8", "plans.done": "7", "complaints.filed"'));
    for (const line of [...before.lines.slice(0, 4), ...after.lines.slice(0, 3)]) expect(page).toContain(`${line}\n`);
    expect(page).toContain(`${after.lines.find((line) => line.includes('Plans and reports: ')) ?? 'nothing'}\n`);
    expect(scored(whole, october).errors).toEqual(['missing-fact plans.done', 'missing-fact plans.due']);
  });
});
