import type { Instant } from '#kernel';
import type { CyclePhaseView, Phase } from '#libs/cycle/contracts';
import type { AppraisalView } from '../contracts';

/* Where somebody is in a cycle and what they may do with their own appraisal: said before they try, by the rules that decide when they do. */

export const OWN_ACTS = ['self-review', 'confirm', 'object', 'appeal'] as const;
export type OwnActKind = (typeof OWN_ACTS)[number];

/** Why it can't be done now. */
export const OWN_ACT_BLOCKS = [
  'no-such-step',
  'not-begun',
  'submitted',
  'closed',
  'cancelled',
  'not-published',
  'confirmed',
  'objected',
  'answered',
  'final',
  'over',
  'appealed',
] as const;
export type OwnActBlock = (typeof OWN_ACT_BLOCKS)[number];

export interface OwnAct {
  readonly act: OwnActKind;
  /** Null when it can be done. */
  readonly blocked: OwnActBlock | null;
  /** Until when it is in time. */
  readonly until: Instant | null;
  /** Can still be done, and will be marked late: a self-review until its step is closed, an appeal that HR may admit. */
  readonly late: boolean;
}

type Looked = Pick<AppraisalView, 'status' | 'currentStep' | 'steps' | 'response' | 'confirmUntil' | 'appealUntil'>;
type Phases = readonly Pick<CyclePhaseView, 'phase' | 'state' | 'closesAt'>[];

export interface OwnMoment {
  readonly now: Instant;
  /** An appeal of this result that is not withdrawn. */
  readonly appealed: boolean;
}

/** The phase somebody's own appraisal is in; null when nothing is to come. */
export function ownPhase(view: Looked, phases: Phases, { now }: Pick<OwnMoment, 'now'>): Phase | null {
  const wanted = wantedPhase(view, phases, now);
  return wanted !== null && phases.some(({ phase }) => phase === wanted) ? wanted : null;
}

function wantedPhase(view: Looked, phases: Phases, now: Instant): Phase | null {
  switch (view.status) {
    case 'open':
      return view.currentStep;
    case 'scored':
      return 'publication';
    case 'published': {
      if (view.response === 'none' || view.response === 'objected') return 'confirmation';
      const until = ownUntil(view.appealUntil, phases, 'appeals');
      return until !== null && now <= until ? 'appeals' : 'payout';
    }
    case 'final':
    case 'cancelled':
      return null;
  }
}

export function ownActs(view: Looked, phases: Phases, moment: OwnMoment): readonly OwnAct[] {
  return [
    selfReview(view, phases, moment),
    confirmation(view, phases, moment),
    objection(view, phases, moment),
    appeal(view, phases, moment),
  ];
}

function selfReview(view: Looked, phases: Phases, { now }: OwnMoment): OwnAct {
  const act = 'self-review';
  const task = view.steps.find(({ step }) => step === act);
  const phase = phases.find((planned) => planned.phase === act);
  if (!task || !phase) return { act, blocked: 'no-such-step', until: null, late: false };
  const until = phase.closesAt;
  const blocked = selfReviewBlock(view.status, task.state, phase.state);
  return { act, blocked, until, late: blocked === null && now > until };
}

function selfReviewBlock(
  status: Looked['status'],
  task: Looked['steps'][number]['state'],
  phase: Phases[number]['state'],
): OwnActBlock | null {
  if (status === 'cancelled') return 'cancelled';
  if (task === 'submitted') return 'submitted';
  if (task === 'skipped' || status !== 'open') return 'closed';
  return phase === 'planned' ? 'not-begun' : null;
}

function confirmation(view: Looked, phases: Phases, { now }: OwnMoment): OwnAct {
  const until = ownUntil(view.confirmUntil, phases, 'confirmation');
  const blocked = unpublished(view) ?? responded(view);
  return {
    act: 'confirm',
    blocked,
    until: view.confirmUntil === null ? null : until,
    late: blocked === null && until !== null && now > until,
  };
}

function objection(view: Looked, phases: Phases, { now }: OwnMoment): OwnAct {
  const until = ownUntil(view.confirmUntil, phases, 'confirmation');
  const over = until !== null && now > until ? 'over' : null;
  const blocked = unpublished(view) ?? responded(view) ?? (view.status === 'final' ? 'final' : over);
  return { act: 'object', blocked, until: view.confirmUntil === null ? null : until, late: false };
}

function appeal(view: Looked, phases: Phases, { now, appealed }: OwnMoment): OwnAct {
  const until = ownUntil(view.appealUntil, phases, 'appeals');
  const blocked = unpublished(view) ?? (appealed ? 'appealed' : null);
  return {
    act: 'appeal',
    blocked,
    until: view.appealUntil === null ? null : until,
    late: blocked === null && until !== null && now > until,
  };
}

function unpublished({ status }: Looked): OwnActBlock | null {
  if (status === 'cancelled') return 'cancelled';
  return status === 'published' || status === 'final' ? null : 'not-published';
}

function responded({ response }: Looked): OwnActBlock | null {
  return response === 'none' ? null : response;
}

/**
 * Until when somebody may confirm or appeal: a phase that was extended since publication counts for everyone whose own deadline
 * is not later. Null where nothing ends.
 */
export function ownUntil(own: Instant | null, phases: Phases, phase: Phase): Instant | null {
  const closesAt = phases.find((planned) => planned.phase === phase)?.closesAt ?? null;
  if (own === null || closesAt === null) return own ?? closesAt;
  return closesAt > own ? closesAt : own;
}
