import { defineEvent } from '#libs/event-store';
import { zActorId, zCode, zInstant, zLabel, zPeriod, zPlainDay, zSubjectId, zUuid, zVersion } from '#libs/kernel/schema';
import { z } from 'zod';
import { CYCLE_GOLDEN } from './golden';

/* Storage format. Stream: `cycle-<id>`. */

/**
 * Phases in the order in which the plan lists them. `confirmation` and `appeals` run side by side from publication;
 * a step that the scheme does not use is absent from the plan, not empty.
 */
export const PHASES = ['self-review', 'manager-review', 'second-review', 'publication', 'confirmation', 'appeals', 'payout'] as const;
export const zPhase = z.enum(PHASES);
export type Phase = (typeof PHASES)[number];

/** What one mass action does to each appraisal of a cohort. */
export const SWEEP_STEPS = ['open', 'remind', 'close', 'score', 'rank', 'publish', 'cancel', 'finalise'] as const;
export const zSweepStep = z.enum(SWEEP_STEPS);
export type SweepStep = (typeof SWEEP_STEPS)[number];

export const zPhasePlan = z.strictObject({
  phase: zPhase,
  opensAt: zInstant,
  closesAt: zInstant,
  remindAt: z.array(zInstant).max(5),
  /** How the window came to be; codes, days and numbers only. */
  derivation: z
    .strictObject({
      /** As the scheme asks for it, before any shift. */
      first: zPlainDay.optional(),
      last: zPlainDay.optional(),
      shiftedFirst: zPlainDay.optional(),
      shiftedLast: zPlainDay.optional(),
      /** Counted after the phase named in `after`. */
      workingDays: z.int().min(0).optional(),
      after: zPhase.optional(),
      /** Why it is not what the scheme asks for, in the order in which it moved. */
      reasons: z.array(zCode).max(10).optional(),
    })
    .optional(),
});
export type PhasePlan = z.infer<typeof zPhasePlan>;

/** Who is meant: everyone whose organisation line in the period matches all the lists given (an absent list matches all). */
export const zScope = z.strictObject({
  roles: z.array(zCode).max(20).optional(),
  departments: z.array(zLabel).max(200).optional(),
  regions: z.array(zLabel).max(200).optional(),
  teams: z.array(zLabel).max(500).optional(),
  subjects: z.array(zSubjectId).max(2000).optional(),
});
export type Scope = z.infer<typeof zScope>;

export const EXCLUSION_REASONS = [
  'not-in-scope',
  'no-manager',
  'not-employed-in-period',
  'left',
  'in-other-cycle',
  /** The scheme pays the same results in another kind of period over the same time, and the person is in a cycle of that. */
  'paid-in-other-period',
  'set-aside-by-hr',
] as const;
export const zExclusion = z.strictObject({ reason: z.enum(EXCLUSION_REASONS), count: z.int().min(1) });

export const cycleStarted = defineEvent({
  type: 'CycleStarted',
  version: 1,
  golden: { 1: CYCLE_GOLDEN.CycleStarted },
  schema: z.strictObject({
    cycleId: zUuid,
    name: zLabel,
    period: zPeriod,
    scheme: z.strictObject({ schemeId: zCode, version: zVersion }),
    scope: zScope,
    /** Kept out by hand although in scope. */
    setAside: z.array(z.strictObject({ subject: zSubjectId, reason: zLabel })).max(1000),
    /** Log position of the organisation that membership is taken from at start. */
    membersAt: z.int().min(0),
    members: z.int().min(1),
    excluded: z.array(zExclusion).max(20),
    /** Cohort of a person = first 4 bytes of SHA-256(subject id) mod cohorts. */
    cohorts: z.int().min(1).max(1000),
    phases: z.array(zPhasePlan).min(1).max(10),
    calendar: z.strictObject({ region: zCode, version: zCode, zone: zCode.or(z.string().max(60)) }),
    /** The scheme places people among each other: everyone is scored, then placed, then published. Absent where it does not. */
    ranked: z.literal(true).optional(),
    /** Demo and tests only: milliseconds that stand for one working day. */
    dayLengthMs: z.int().min(1).optional(),
    startedAt: zInstant,
  }),
});
/** A mass action over all cohorts is done: every member was handled or excluded with a reason. */
export const cycleSweepRecorded = defineEvent({
  type: 'CycleSweepRecorded',
  version: 1,
  golden: { 1: CYCLE_GOLDEN.CycleSweepRecorded },
  schema: z.strictObject({
    cycleId: zUuid,
    phase: zPhase,
    step: zSweepStep,
    round: z.int().min(0),
    members: z.int().min(0),
    handled: z.int().min(0),
    excluded: z.array(z.strictObject({ reason: zCode, count: z.int().min(1) })).max(50),
    /** Of a step that places people: the log position that the ranking group was frozen at. */
    asOf: z.int().min(0).optional(),
    recordedAt: zInstant,
  }),
});
export const cyclePhaseOpened = defineEvent({
  type: 'CyclePhaseOpened',
  version: 1,
  golden: { 1: CYCLE_GOLDEN.CyclePhaseOpened },
  schema: z.strictObject({ cycleId: zUuid, phase: zPhase, openedAt: zInstant, closesAt: zInstant }),
});
/** Everyone is done before the deadline; counted by a projection, reported by a reactor. */
export const cyclePhaseCompleted = defineEvent({
  type: 'CyclePhaseCompleted',
  version: 1,
  golden: { 1: CYCLE_GOLDEN.CyclePhaseCompleted },
  schema: z.strictObject({ cycleId: zUuid, phase: zPhase, members: z.int(), done: z.int(), completedAt: zInstant }),
});
export const cyclePhaseClosed = defineEvent({
  type: 'CyclePhaseClosed',
  version: 1,
  golden: { 1: CYCLE_GOLDEN.CyclePhaseClosed },
  schema: z.strictObject({ cycleId: zUuid, phase: zPhase, cause: z.enum(['all-done', 'deadline', 'advanced']), closedAt: zInstant }),
});
export const cyclePhaseExtended = defineEvent({
  type: 'CyclePhaseExtended',
  version: 1,
  golden: { 1: CYCLE_GOLDEN.CyclePhaseExtended },
  schema: z.strictObject({
    cycleId: zUuid,
    phase: zPhase,
    closesAt: zInstant,
    previousClosesAt: zInstant,
    /** Later phases that had to move with it, with their new instants; absent where none had to. */
    moved: z.array(zPhasePlan).max(10).optional(),
    reason: zLabel,
    by: zActorId,
    extendedAt: zInstant,
  }),
});
/** At most this many people in one reminder. */
export const MOST_REMINDED = 500;
/** HR asked for it by hand: the open step of these people's appraisals is owed, by them or by whoever reviews them. */
export const cyclePeopleReminded = defineEvent({
  type: 'CyclePeopleReminded',
  version: 1,
  golden: { 1: CYCLE_GOLDEN.CyclePeopleReminded },
  schema: z.strictObject({
    cycleId: zUuid,
    phase: zPhase,
    /** 1 for the first of the phase. */
    round: z.int().min(1),
    subjects: z.array(zSubjectId).min(1).max(MOST_REMINDED),
    /** One working day later by the cycle's calendar: until then nobody of these is reminded of this phase again. */
    againFrom: zInstant,
    by: zActorId,
    remindedAt: zInstant,
  }),
});
export const cyclePaused = defineEvent({
  type: 'CyclePaused',
  version: 1,
  golden: { 1: CYCLE_GOLDEN.CyclePaused },
  schema: z.strictObject({ cycleId: zUuid, reason: zLabel, by: zActorId, pausedAt: zInstant }),
});
/** Open deadlines move by the time paused; the plan's new instants stand in the event. */
export const cycleResumed = defineEvent({
  type: 'CycleResumed',
  version: 1,
  golden: { 1: CYCLE_GOLDEN.CycleResumed },
  schema: z.strictObject({ cycleId: zUuid, by: zActorId, resumedAt: zInstant, phases: z.array(zPhasePlan).max(10) }),
});
/** Until publication only. */
export const cycleCancelled = defineEvent({
  type: 'CycleCancelled',
  version: 1,
  golden: { 1: CYCLE_GOLDEN.CycleCancelled },
  schema: z.strictObject({ cycleId: zUuid, reason: zLabel, by: zActorId, cancelledAt: zInstant }),
});
/** Freezes the ranking group: those of the cycle with a score. */
export const cyclePublished = defineEvent({
  type: 'CyclePublished',
  version: 1,
  golden: { 1: CYCLE_GOLDEN.CyclePublished },
  schema: z.strictObject({ cycleId: zUuid, published: z.int(), withoutScore: z.int(), publishedAt: zInstant }),
});
export const cycleClosed = defineEvent({
  type: 'CycleClosed',
  version: 1,
  golden: { 1: CYCLE_GOLDEN.CycleClosed },
  schema: z.strictObject({ cycleId: zUuid, closedAt: zInstant }),
});

export const cycleEvents = [
  cycleStarted,
  cycleSweepRecorded,
  cyclePhaseOpened,
  cyclePhaseCompleted,
  cyclePhaseClosed,
  cyclePhaseExtended,
  cyclePeopleReminded,
  cyclePaused,
  cycleResumed,
  cycleCancelled,
  cyclePublished,
  cycleClosed,
] as const;
