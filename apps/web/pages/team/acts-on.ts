import type { components } from '#api-schema';
import { personKey } from '../../api/todo-path';

type Member = Pick<components['schemas']['TeamMember'], 'subject' | 'appraisal' | 'plan'>;
type Task = components['schemas']['Appraisal']['steps'][number];

/** Where somebody who leads acts on one of their people: answers, rates, or reviews what they were asked to; else the plan. Undefined: nowhere. */
export function placeToAct({ subject, appraisal, plan }: Member, me: string): string | undefined {
  if (appraisal !== null) {
    const { appraisalId, cycleId, response, manager, steps } = appraisal;
    if (response === 'objected' && manager === me) return `/team/tasks/${appraisalId}?task=answer-objection`;
    const own = steps.filter((step) => step.reviewer === me && step.group === null);
    const task = own.find(({ state }) => state === 'open') ?? own.at(-1);
    const page = task && PAGES[task.step];
    if (task && page !== undefined) return `/team/${page}/${cycleId}?person=${encodeURIComponent(personKey({ subject, ...task }))}`;
  }
  return plan === null ? undefined : `/coaching/${plan.planId}`;
}

const PAGES: Readonly<Partial<Record<Task['step'], string>>> = { 'manager-review': 'score', 'second-review': 'review' };
