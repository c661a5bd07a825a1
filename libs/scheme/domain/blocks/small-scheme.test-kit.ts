import { loadScheme } from '../../application/templates';
import type { Evaluation, EvaluationInput, ExplanationNode } from '../../contracts/evaluation';
import type { CompiledScheme } from '../compile';
import { evaluate } from '../evaluate.policy';

/* Small schemes for tests of single blocks: what a test does not name is there, and does nothing. */

type Members = Readonly<Record<string, unknown>>;

const title = { 'zh-CN': '某', en: 'Some' };

/** Titles where the language asks for them, so that tests only say what they are about. */
function titled(value: unknown, needed: boolean): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => titled(item, true));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, member]) => [key, TITLED.has(key) ? titledMembers(member) : nested(key, member)]);
  const own: Members = Object.fromEntries(members) as Members;
  return needed && 'key' in own && !('title' in own) ? { title, ...own } : own;
}

/** Members of these hold titled blocks by name. */
const TITLED = new Set(['facts', 'ratings', 'employee']);
/** Members of these are no blocks of their own. */
const PLAIN = new Set(['cases', 'rows', 'method', 'values', 'prizes', 'items', 'groups', 'review', 'shares']);

function nested(key: string, member: unknown): unknown {
  if (key === 'values' && Array.isArray(member)) return titled(member, true);
  if (key === 'groups') return titled(member, true);
  return PLAIN.has(key) ? member : titled(member, false);
}

function titledMembers(member: unknown): unknown {
  if (typeof member !== 'object' || member === null) return member;
  return Object.fromEntries(Object.entries(member).map(([key, of]) => [key, { title, ...(of as object) }]));
}

export const money = { unit: 'money' };
export const count = { unit: 'count' };

export function schemeText(members: Members): string {
  const { history, ...rest } = members;
  const blocks = titled(rest, false) as Members;
  const whole = {
    language: 1,
    id: 'small',
    title,
    parameters: {},
    facts: {},
    ratings: {},
    periods: { month: { kind: 'scored' } },
    sections: [],
    review: [{ step: 'manager-review', by: 'direct-manager', late: 'hold' }],
    schedule: { month: [{ phase: 'manager-review', kind: 'days', first: 1, last: 5 }] },
    ...blocks,
    ...(history !== undefined && { history }),
  };
  return JSON.stringify(whole);
}

/** Thrown when the scheme has problems: Error that names them. */
export function smallScheme(members: Members): CompiledScheme {
  const loading = loadScheme(schemeText(members));
  if (!loading.ok) throw new Error(loading.problems.map(({ code, path, detail }) => `${code} ${path} ${detail}`).join('; '));
  return loading.scheme;
}

/** Codes and places of what is wrong with it. */
export function problemsOf(members: Members): readonly string[] {
  const loading = loadScheme(schemeText(members));
  return loading.ok ? [] : loading.problems.map(({ code, path }) => `${code} ${path}`);
}

export function october(facts: EvaluationInput['facts'] = {}, more: Partial<EvaluationInput> = {}): EvaluationInput {
  return { period: '2026-10', facts, ratings: {}, ...more };
}

/** Thrown when there are errors. */
export function evaluated(scheme: CompiledScheme, input: EvaluationInput): Evaluation {
  const result = evaluate(scheme, input);
  if (result.errors.length > 0) throw new Error(JSON.stringify(result.errors));
  return result;
}

/** One indicator by itself, worth `points`: its score with these facts. */
export function indicatorScheme(method: Members, members: Members = {}, indicator: Members = {}): CompiledScheme {
  return smallScheme({ ...members, sections: [{ key: 'only', indicators: [{ key: 'it', points: 10, method, ...indicator }] }] });
}

/** The first node of the tree with that key, from the top. Thrown when there is none. */
export function nodeOf(result: Evaluation, key: string): ExplanationNode {
  const find = (node: ExplanationNode): ExplanationNode | undefined => {
    if (node.key === key) return node;
    for (const input of node.inputs ?? []) {
      const found = find(input);
      if (found) return found;
    }
    return undefined;
  };
  const found = result.explanation && find(result.explanation);
  if (!found) throw new Error(`no node ${key}`);
  return found;
}
