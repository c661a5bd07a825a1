import type { EvaluationError, EvaluationInput, FactInput } from '../../contracts/evaluation';
import { JsonNumber, type ExactJson, parseExactJson } from './exact-json';

export type ScoreInputReading =
  { readonly ok: true; readonly input: EvaluationInput } | { readonly ok: false; readonly error: EvaluationError };

type JsonObject = { readonly [key: string]: ExactJson };

/** Reads the text of an input file as far as its outer shape; facts and ratings are judged one by one when it is evaluated. */
export function readScoreInput(text: string): ScoreInputReading {
  const json = parseExactJson(text);
  if (json === undefined) return { ok: false, error: { code: 'invalid-json', key: 'input' } };
  if (!isObject(json)) return invalid('input');
  const [facts, ratings, employee] = [objectAt(json, 'facts'), objectAt(json, 'ratings'), objectAt(json, 'employee')];
  if (!facts) return invalid('facts');
  if (!ratings) return invalid('ratings');
  if (!employee) return invalid('employee');
  const history = json['history'] ?? [];
  if (!Array.isArray(history)) return invalid('history');
  const period = json['period'];
  return {
    ok: true,
    input: {
      period: typeof period === 'string' ? period : '',
      facts: factInputs(facts),
      ratings,
      employee,
      history: (history as readonly ExactJson[]).map(historyEntry),
    },
  };
}

function invalid(key: string): ScoreInputReading {
  return { ok: false, error: { code: 'invalid-input', key } };
}

function isObject(json: ExactJson): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json) && !(json instanceof JsonNumber);
}

const EMPTY: JsonObject = {};

/** An absent or null member is an empty object: what is missing in it is named by its own error. */
function objectAt(json: JsonObject, key: string): JsonObject | undefined {
  const value = json[key] ?? EMPTY;
  return isObject(value) ? value : undefined;
}

/** An entry that is no object, or without facts, is judged by what reads it. */
function historyEntry(entry: ExactJson): unknown {
  if (!isObject(entry)) return entry;
  const facts = Object.hasOwn(entry, 'facts') ? entry['facts'] : undefined;
  return facts !== undefined && isObject(facts) ? { ...entry, facts: factInputs(facts) } : entry;
}

/** Wrapped, so that an object given where a number belongs is never taken for a fact with its origin. */
function factInputs(facts: JsonObject): EvaluationInput['facts'] {
  const inputs: Record<string, FactInput> = {};
  for (const [key, value] of Object.entries(facts)) Object.defineProperty(inputs, key, { value: { value }, enumerable: true });
  return inputs;
}
