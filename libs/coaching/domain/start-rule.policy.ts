import { compareDecimal, decimal } from '#kernel';

/** Actions by which a scheme asks for a plan. */
const ACTIONS: ReadonlySet<string> = new Set(['coaching-plan', 'improvement-plan']);
const LOW_GRADES: ReadonlySet<string> = new Set(['D', 'E']);
const LOW_SCORE = decimal('60');

export interface ResultToJudge {
  readonly score: string | null;
  readonly grade: string | null;
  readonly actions: readonly string[];
}

/**
 * The rule by which a result starts a plan, undefined when none does (coaching.md): the scheme's own action, grade D or
 * lower, a score under 60, or two C in a row. "Target missed twice" is not in yet.
 */
export function planRule(result: ResultToJudge, gradeBefore: string | null): string | undefined {
  const action = result.actions.find((key) => ACTIONS.has(key));
  if (action !== undefined) return `action:${action}`;
  if (result.grade !== null && LOW_GRADES.has(result.grade)) return `grade:${result.grade}`;
  if (result.score !== null && compareDecimal(decimal(result.score), LOW_SCORE) < 0) return 'score-below-60';
  return result.grade === 'C' && gradeBefore === 'C' ? 'two-c-in-a-row' : undefined;
}
