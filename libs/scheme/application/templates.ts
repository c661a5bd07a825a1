import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type CompiledScheme, compileScheme } from '../domain/compile';
import { readScheme, type SchemeProblem } from '../domain/reading/scheme-text';

/** Templates that ship with the product, by id. */
export const SCHEME_TEMPLATES = [
  'dimension-kpi',
  'three-aspect-rating',
  'component-bonus',
  'result-times-behaviour',
  'weighted-70-20-10',
  'rank-bonus',
  'month-quarter-year',
  'four-grade',
  'discipline-70-30',
  'eighty-line',
  'activity-discipline',
  'review-360',
  'twelve-item-sheet',
  'showroom',
] as const;
export type SchemeTemplate = (typeof SCHEME_TEMPLATES)[number];

export function isSchemeTemplate(id: string): id is SchemeTemplate {
  return SCHEME_TEMPLATES.some((template) => template === id);
}

/** The YAML files stand beside the sources and are data: built code reads them from there too. */
function templatesFolder(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const candidate = join(folder, 'libs', 'scheme', 'templates');
    if (existsSync(candidate)) return candidate;
    if (dirname(folder) === folder) throw new Error('the scheme templates are not installed beside the program');
  }
}

const texts = new Map<SchemeTemplate, string>();

/** The YAML text of a template; a company starts its own scheme from it. */
export function templateText(template: SchemeTemplate): string {
  const known = texts.get(template);
  if (known !== undefined) return known;
  const text = readFileSync(join(templatesFolder(), `${template}.yaml`), 'utf8');
  texts.set(template, text);
  return text;
}

export type SchemeLoading =
  { readonly ok: true; readonly scheme: CompiledScheme } | { readonly ok: false; readonly problems: readonly SchemeProblem[] };

/** From YAML text to a scheme that can be evaluated, or all that is wrong with it. */
export function loadScheme(text: string): SchemeLoading {
  const reading = readScheme(text);
  return reading.ok ? compileScheme(reading.source) : reading;
}

const compiled = new Map<SchemeTemplate, CompiledScheme>();

/** Thrown when a shipped template is broken: Error (a test compiles them all). */
export function compiledTemplate(template: SchemeTemplate): CompiledScheme {
  const known = compiled.get(template);
  if (known) return known;
  const loading = loadScheme(templateText(template));
  if (!loading.ok)
    throw new Error(
      `template ${template}: ${loading.problems.map((problem) => `${problem.line}:${problem.column} ${problem.code} ${problem.path} ${problem.detail}`).join('; ')}`,
    );
  compiled.set(template, loading.scheme);
  return loading.scheme;
}
