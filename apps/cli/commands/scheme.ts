import type { Command } from 'commander';
import {
  checkScheme,
  compiledTemplate,
  indicatorLibrary,
  isSchemeTemplate,
  type Language,
  SCHEME_TEMPLATES,
  schemeJsonSchema,
  type SchemeFinding,
  type SchemeTemplate,
  templateText,
} from '#libs/scheme';
import { EXIT, say, sayJson, tell } from '../output';
import { defaultLanguage, readText } from '../scheme-files';
import { registerSchemeLife } from './scheme-life';
import { registerSchemeTry } from './scheme-try';

/** `centum scheme`: what works on a scheme as text, without a server, and what becomes of it over HTTP. */
export function register(program: Command): void {
  const scheme = program.command('scheme').description('check and describe schemes / 考核方案');
  registerCheck(scheme);
  registerSchemeLife(scheme);
  registerSchemeTry(scheme);
  scheme
    .command('template')
    .description('print a template as YAML, to start from; without a name: which there are / 模板')
    .argument('[template]')
    .action((named?: string) => {
      if (named === undefined) for (const id of SCHEME_TEMPLATES) say(`${id}  ${titleOf(id)}`);
      else if (isSchemeTemplate(named)) say(templateText(named).trimEnd());
      else refuse(named);
    });
  scheme
    .command('json-schema')
    .description('print the JSON Schema of the scheme language, for editors / 供编辑器使用的 JSON Schema')
    .action(() => sayJson(schemeJsonSchema()));
  scheme
    .command('library')
    .description('list the indicators to pick from / 指标库')
    .option('--json', 'print JSON')
    .option('--language <language>', 'zh-CN or en', defaultLanguage())
    .action(({ json, language }: { readonly json?: boolean; readonly language: string }) => {
      const entries = indicatorLibrary();
      if (json === true) return sayJson(entries);
      for (const { id, title, formula } of entries) say(`${id}  ${title[languageOf(language)]}: ${formula[languageOf(language)]}`);
    });
}

interface CheckOptions {
  readonly json?: boolean;
  readonly language: string;
}

/** Exit 0 when there is nothing or only warnings, 2 with errors. */
function registerCheck(scheme: Command): void {
  scheme
    .command('check <file|template>')
    .description('tell all that is wrong or probably not meant, by line / 检查方案')
    .option('--json', 'print JSON')
    .option('--language <language>', 'zh-CN or en', defaultLanguage())
    .action(async (named: string, { json, language }: CheckOptions) => {
      const text = isSchemeTemplate(named) ? templateText(named) : await readText(named);
      if (text === undefined) return refuse(named);
      const findings = checkScheme(text);
      if (findings.some(({ severity }) => severity === 'error')) process.exitCode = EXIT.usage;
      if (json === true) return sayJson(summary(findings));
      print(findings, languageOf(language));
    });
}

function titleOf(template: SchemeTemplate): string {
  const { title } = compiledTemplate(template).document;
  return `${title['zh-CN']} / ${title.en}`;
}

function refuse(named: string): void {
  tell(`unknown-scheme: ${named} is no template and no file in UTF-8`);
  process.exitCode = EXIT.usage;
}

function summary(findings: readonly SchemeFinding[]) {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return { ok: errors === 0, errors, warnings: findings.length - errors, findings };
}

function print(findings: readonly SchemeFinding[], language: Language): void {
  for (const { severity, code, path, line, column, sentence } of findings)
    say(`${line}:${column} ${severity} ${code}${path === '' ? '' : ` ${path}`}\n    ${sentence[language]}`);
  const { errors, warnings } = summary(findings);
  say(language === 'en' ? `${counted(errors, 'error')}, ${counted(warnings, 'warning')}` : `${errors} 个错误，${warnings} 个提醒`);
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function languageOf(text: string): Language {
  return text === 'en' ? 'en' : 'zh-CN';
}
