import type { SubjectId } from '#kernel';
import type { SchemeDocument } from '#libs/scheme';
import type { OpenAppraisal, Step } from '../contracts';

type ReviewStep = SchemeDocument['review'][number];

/** Roles that a chain may name instead of a person, by the words of the scheme language. */
const ROLE_OF: Readonly<Record<Exclude<ReviewStep['by'], 'self' | 'direct-manager'>, string>> = {
  'manager-of-manager': 'hr',
  planning: 'planning',
  'head-of-planning': 'planning',
  'sales-vp': 'second-reviewer',
  hr: 'hr',
  'general-manager': 'general-manager',
  chair: 'general-manager',
  'department-head': 'hr',
};

export interface LineOfPerson {
  readonly manager: SubjectId;
  /** Null at the top of the line. */
  readonly managerOfManager: SubjectId | null;
}

/**
 * Who does each step, as the scheme's relations say for this person: a named reviewer, or any holder of a role. Where the
 * line ends before the manager's manager, HR reviews.
 */
export function stepsFor(review: readonly ReviewStep[], subject: SubjectId, line: LineOfPerson): OpenAppraisal['data']['steps'] {
  return review.map(({ step, by }) => {
    if (by === 'self') return { step };
    if (by === 'direct-manager') return { step, reviewer: line.manager };
    const above = by === 'manager-of-manager' ? line.managerOfManager : null;
    return above !== null && above !== subject ? { step, reviewer: above } : { step, role: ROLE_OF[by] };
  });
}

export function needsManagerOfManager(review: readonly ReviewStep[]): boolean {
  return review.some(({ by }) => by === 'manager-of-manager');
}

/** The scheme's rule for a step that nobody did in time. */
export function lateRuleOf(review: readonly ReviewStep[], step: Step): ReviewStep['late'] {
  return review.find((candidate) => candidate.step === step)?.late ?? 'facts-alone';
}
