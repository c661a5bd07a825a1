import type { SchemeDocument } from '../../contracts/document';
import type { EvaluationInput } from '../../contracts/evaluation';
import { own } from './fact-rules';
import { type Frame } from '../frame';
import type { EarlyCondition, Leaf, Workbench } from '../workbench';

/** An attribute of the person that the scheme reads in a kind of period. */
export interface EmployeeSpec extends Leaf {
  readonly key: string;
  readonly words: readonly string[];
}

export function bindEmployee(document: SchemeDocument, bench: Workbench): readonly EmployeeSpec[] {
  return Object.entries(document.employee ?? {}).map(([key, { words, means }]) => {
    for (const word of Object.keys(means ?? {}))
      if (!words.includes(word)) bench.problem('unknown-name', ['employee', key, 'means', word], word);
    return { key, words, ...bench.leaf(`employee.${key}`, 'word', ['employee', key]) };
  });
}

/** Reads the attributes, then decides every early condition whose attributes are all good. */
export function readEmployee(
  specs: readonly EmployeeSpec[],
  conditions: readonly EarlyCondition[],
  employee: EvaluationInput['employee'],
  frame: Frame,
): void {
  const wrong = new Set<string>();
  for (const spec of specs) {
    const key = `employee.${spec.key}`;
    const raw = own(employee ?? {}, spec.key);
    if (typeof raw === 'string' && spec.words.includes(raw)) {
      frame.words[spec.slot] = raw;
      frame.leaves[spec.leaf] = { key, rule: 'attribute', value: raw };
      continue;
    }
    wrong.add(key);
    frame.errors.push({ code: raw === undefined || raw === null ? 'missing-attribute' : 'unknown-value', key });
  }
  for (const condition of conditions)
    frame.conditions[condition.index] = condition.attributes.some((name) => wrong.has(name)) ? undefined : condition.decide(frame);
}
