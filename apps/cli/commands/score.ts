import type { Command } from 'commander';
import {
  compiledTemplate,
  type CompiledScheme,
  type Evaluation,
  evaluate,
  explainInWords,
  failure,
  isSchemeTemplate,
  type Language,
  loadScheme,
  readScoreInput,
  type SchemeProblem,
  whyNot,
} from '#libs/scheme';
import { EXIT, say, tell } from '../output';
import { defaultLanguage, readText } from '../scheme-files';

interface ScoreOptions {
  readonly scheme: string;
  readonly input: string;
  readonly json?: boolean;
  readonly language: string;
}

/** `centum score`: exit 0 when scored, 2 on invalid input or scheme with the errors listed (schemes.md "Errors"). */
export function register(program: Command): void {
  program
    .command('score')
    .description('score one input by a scheme, with its explanation / 按考核方案试算')
    .requiredOption('--scheme <template|file>', 'template id or YAML file')
    .requiredOption('--input <file>', 'JSON file with period, facts and ratings')
    .option('--json', 'print JSON')
    .option('--language <language>', 'zh-CN or en, for reading', defaultLanguage())
    .action(async (options: ScoreOptions) => {
      const { evaluation, scheme, problems } = await score(options);
      if (evaluation.errors.length > 0) process.exitCode = EXIT.usage;
      if (options.json === true) say(JSON.stringify(problems.length > 0 ? { ...evaluation, problems } : evaluation));
      else print({ evaluation, scheme, problems, language: options.language === 'en' ? 'en' : 'zh-CN' });
    });
}

interface Scored {
  readonly evaluation: Evaluation;
  readonly scheme: CompiledScheme | undefined;
  readonly problems: readonly SchemeProblem[];
}

/** The input's text is judged first, then the scheme, then the input's shape: the order of the error contract. */
async function score({ scheme: named, input: file }: ScoreOptions): Promise<Scored> {
  const text = await readText(file);
  const reading = text === undefined ? undefined : readScoreInput(text);
  if (!reading || (!reading.ok && reading.error.code === 'invalid-json')) return refused('invalid-json', 'input');
  const found = await findScheme(named);
  if (!found) return refused('unknown-scheme', 'scheme');
  if (!('id' in found)) return { ...refused('invalid-scheme', 'scheme'), problems: found };
  if (!reading.ok) return { evaluation: failure([reading.error]), scheme: found, problems: [] };
  return { evaluation: evaluate(found, reading.input), scheme: found, problems: [] };
}

function refused(code: string, key: string): Scored {
  return { evaluation: failure([{ code, key }]), scheme: undefined, problems: [] };
}

async function findScheme(named: string): Promise<CompiledScheme | readonly SchemeProblem[] | undefined> {
  if (isSchemeTemplate(named)) return compiledTemplate(named);
  const text = await readText(named);
  if (text === undefined) return undefined;
  const loading = loadScheme(text);
  return loading.ok ? loading.scheme : loading.problems;
}

function print({ evaluation, scheme, problems, language }: Scored & { readonly language: Language }): void {
  for (const { line, column, code, path, detail } of problems) tell(`${line}:${column} ${code} ${path} ${detail}`.trimEnd());
  for (const { code, key } of evaluation.errors) tell(`${code} ${key}`);
  if (!scheme || !evaluation.explanation) return;
  for (const { depth, sentence } of explainInWords(evaluation.explanation, scheme, language)) say(`${'  '.repeat(depth)}${sentence}`);
  const missed = whyNot(evaluation.explanation, scheme, language);
  if (missed.length > 0) say(language === 'en' ? '\nWhat would have changed it, and why:' : '\n差距与原因：');
  for (const { sentence } of missed) say(`  ${sentence}`);
}
