import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { checkScheme, evaluate, explainInWords, loadScheme, readScoreInput } from '#libs/scheme';

const PAGE = join(__dirname, '../../docs/schemes/language.md');
const EXAMPLE = /```yaml( frame)?\n([^]*?)```\n(?:```json ([^\n]+)\n([^]*?)```\n)?((?:\n?> [^\n]*\n)*)/gu;

interface Example {
  readonly yaml: string;
  /** Nodes of the explanation that the page quotes. */
  readonly nodes: readonly string[];
  readonly input: string | undefined;
  readonly quoted: string;
}

type Members = Readonly<Record<string, unknown>>;
const isMap = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);
const ADDED = new Set(['parameters', 'facts', 'ratings', 'tables', 'employee']);

function membersOf(yaml: string): Members {
  const value: unknown = parse(yaml);
  if (!isMap(value)) throw new Error('an example is a map');
  return value;
}

/** The frame with the example's parts: maps are added to, everything else is replaced. */
function inFrame(frame: string, yaml: string): string {
  const base = membersOf(frame);
  const parts = Object.entries(membersOf(yaml)).map(([name, value]) => {
    const own = base[name];
    return [name, ADDED.has(name) && isMap(own) && isMap(value) ? { ...own, ...value } : value];
  });
  return stringify({ ...base, ...Object.fromEntries(parts) });
}

const page = readFileSync(PAGE, 'utf8');
const frame = /```yaml frame\n([^]*?)```/u.exec(page)?.[1] ?? '';
const examples = [...page.matchAll(EXAMPLE)].map(([, , yaml = '', nodes = '', input, quoted = '']): Example => ({
  yaml,
  nodes: nodes.split(' ').filter((node) => node !== ''),
  input,
  quoted: quoted.trim(),
}));

/** What is said of the nodes, a line in each language. */
function sentences({ yaml, nodes, input }: Example): string {
  const loading = loadScheme(inFrame(frame, yaml));
  if (!loading.ok) throw new Error(JSON.stringify(loading.problems));
  const { period = '2026-10', ...members } = membersOf(input ?? '{}');
  const reading = readScoreInput(JSON.stringify({ period, ...members }));
  if (!reading.ok) throw new Error(JSON.stringify(reading.error));
  const evaluation = evaluate(loading.scheme, reading.input);
  const { explanation, errors } = evaluation;
  if (!explanation) throw new Error(JSON.stringify(errors));
  const said = nodes.flatMap((node) =>
    (['zh-CN', 'en'] as const).map((language) => {
      const line = explainInWords(explanation, loading.scheme, language).find(({ key }) => key === node);
      if (!line) throw new Error(`nothing is said of ${node}`);
      return `> ${line.sentence}  `;
    }),
  );
  return said.join('\n').trim();
}

describe('the page of the scheme language', () => {
  it('shows an example of every block', () => {
    expect(examples.length).toBeGreaterThan(35);
    const words = [
      'ratio',
      'share',
      'sla',
      'growth',
      'deduct',
      'bonus',
      'attendance',
      'any-takes-all',
      'items',
      'rating',
      'rubric',
      'tiers',
      'words',
      'consecutive',
      'raters',
      'cases',
      'formula',
    ]
      .concat([
        'coefficient',
        'add',
        'veto',
        'gated',
        'commission',
        'prize',
        'deposit',
        'step',
        'linear',
        'marginal',
        'roll-up',
        'days',
        'working-days',
      ])
      .concat(['points', 'word', 'list', 'entries', 'occurrences', 'numbers', 'awards', 'integer']);
    const all = examples.map(({ yaml }) => yaml).join('\n');
    expect(words.filter((word) => !new RegExp(`(kind|type): ${word}\\b`, 'u').test(all))).toEqual([]);
  });

  it.each(examples.map((example, index) => [index + 1, example.yaml.split('\n')[0], example] as const))(
    'example %i (%s) has no errors',
    (_number, _first, { yaml }) => {
      expect(checkScheme(inFrame(frame, yaml)).filter(({ severity }) => severity === 'error')).toEqual([]);
    },
  );

  it('quotes what the product says; CENTUM_WRITE_SCHEMA=yes writes it', () => {
    const written = page.replace(
      EXAMPLE,
      (whole: string, isFrame: string | undefined, yaml: string, nodes: string | undefined, input: string | undefined, quoted: string) => {
        if (nodes === undefined || input === undefined) return whole;
        const example = { yaml, nodes: nodes.split(' '), input, quoted };
        return `\`\`\`yaml${isFrame ?? ''}\n${yaml}\`\`\`\n\`\`\`json ${nodes}\n${input}\`\`\`\n\n${sentences(example)}  \n`;
      },
    );
    if (process.env['CENTUM_WRITE_SCHEMA'] === 'yes') writeFileSync(PAGE, written);
    expect(readFileSync(PAGE, 'utf8')).toBe(written);
  });
});
