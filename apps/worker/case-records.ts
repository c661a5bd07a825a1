import type { Instant } from '#kernel';
import type { AppealEvent } from '#libs/appeal/contracts';
import type { CoachingEvent } from '#libs/coaching/contracts';
import type { PayoutEvent } from '#libs/payout/contracts';

/** Where a case belongs, for finding its workflow; from its first event. */
interface CaseOrigin {
  readonly cycleId: string | null;
  readonly region: string;
}

export const appealOrigin = {
  category: 'appeal',
  initial: undefined,
  evolve: (origin: CaseOrigin | undefined, event: AppealEvent): CaseOrigin | undefined =>
    origin ?? (event.type === 'AppealFiled' ? { cycleId: event.data.cycleId, region: event.data.calendar.region } : undefined),
} as const;

export const planOrigin = {
  category: 'plan',
  initial: undefined,
  evolve: (origin: CaseOrigin | undefined, event: CoachingEvent): CaseOrigin | undefined => {
    if (origin !== undefined || event.type !== 'CoachingPlanStarted') return origin;
    const { cause, calendar } = event.data;
    return { cycleId: cause.kind === 'grade' ? cause.cycleId : null, region: calendar.region };
  },
} as const;

/** A batch counts its reminders from the last step that somebody took. */
interface BatchStanding {
  readonly cycleId: string;
  readonly since: Instant;
}

export const batchStanding = {
  category: 'payout',
  initial: undefined,
  evolve: (standing: BatchStanding | undefined, event: PayoutEvent): BatchStanding | undefined => {
    if (event.type === 'PayoutStarted') return { cycleId: event.data.cycleId, since: event.data.startedAt };
    if (standing === undefined) return undefined;
    switch (event.type) {
      case 'PayoutComputed':
        return { ...standing, since: event.data.computedAt };
      case 'PayoutChecked':
        return { ...standing, since: event.data.checkedAt };
      case 'PayoutApproved':
        return { ...standing, since: event.data.approvedAt };
      case 'PayoutReleased':
        return { ...standing, since: event.data.releasedAt };
      default:
        return standing;
    }
  },
} as const;
