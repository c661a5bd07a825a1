import { defineEvent, personalText } from '#libs/event-store';
import { zActorId, zCode, zDecimalText, zHash, zInstant, zLabel, zPlainDay, zSubjectId, zUuid } from '#libs/kernel/schema';
import { z } from 'zod';
import { APPEAL_GOLDEN } from './golden';

/* Storage format. Stream: `appeal-<id>`; the id is derived from appraisal, instance and round, so that one is open at a time. */

/** Every bound of an appeal in one place. */
export const APPEAL_LIMITS = {
  lines: 20,
  evidenceFiles: 20,
  evidenceBytes: 10 * 1024 * 1024,
  pool: 500,
  panel: 5,
  departments: 3,
  moreRounds: 5,
  refusals: 50,
  refiled: 5,
  page: 100,
} as const;

export const APPEAL_GROUNDS = ['wrong-fact', 'wrong-calculation', 'unfair-rating', 'procedure'] as const;
export const zAppealGround = z.enum(APPEAL_GROUNDS);
export type AppealGround = z.infer<typeof zAppealGround>;

/** A rating as the scheme takes it (decimal text, word, list of words) or a fact's decimal text. */
export const zLineValue = z.union([z.string().min(1).max(60), z.array(z.string().max(60)).max(50)]);
export type LineValue = z.infer<typeof zLineValue>;

/** One contested line: the indicator, what it stands on, and what the appellant says is right. */
export const zContestedLine = z.strictObject({ line: zCode, kind: z.enum(['rating', 'fact']), key: zCode, rightValue: zLineValue });
export type ContestedLine = z.infer<typeof zContestedLine>;

/** What a decision changes: a rating or a fact of the contested line, never a score. */
export const zAmendment = z.strictObject({ line: zCode, kind: z.enum(['rating', 'fact']), key: zCode, value: zLineValue });
export type Amendment = z.infer<typeof zAmendment>;

/** A stored file: `hash` is SHA-256 of the ciphertext and its name in the vault; `bytes` is the size of the plain file. */
export const zEvidence = z.strictObject({
  hash: zHash,
  mediaType: z.string().max(100),
  bytes: z.int().min(1).max(APPEAL_LIMITS.evidenceBytes),
  name: personalText(),
});
export type Evidence = z.infer<typeof zEvidence>;

/** How a deadline came about (libs/calendar DeadlineDerivation), recorded beside the instant. */
export const zDerivation = z.strictObject({
  start: zInstant,
  startDay: zPlainDay,
  workingDays: z.int().min(0),
  zone: z.string().max(60),
  calendarVersion: z.string().max(120),
  skipped: z.array(z.strictObject({ day: zPlainDay, reason: zCode })).max(400),
  flaggedYears: z.array(z.string().max(4)).max(10),
  dayLengthMs: z.int().min(1).optional(),
});
export const zDeadline = z.strictObject({ at: zInstant, day: zPlainDay, derivation: zDerivation });
export type RecordedDeadline = z.infer<typeof zDeadline>;

/** What is left of a stopped clock: working days, or milliseconds where a demo shortens the day. */
export const zRemaining = z.strictObject({ workingDays: z.int().min(0), ms: z.int().min(0).optional() });
export type Remaining = z.infer<typeof zRemaining>;

/** All times of an appeal, in working days, as they stood when it was filed. */
export const zAppealTerms = z.strictObject({
  triageDays: z.int().min(0).max(60),
  factOwnerDays: z.int().min(0).max(60),
  offerDays: z.int().min(0).max(60),
  moreDays: z.int().min(0).max(60),
  escalateDays: z.int().min(0).max(60),
  voteDays: z.int().min(0).max(60),
  decisionDays: z.int().min(0).max(120),
  closeDays: z.int().min(0).max(120),
  panelSize: z.union([z.literal(3), z.literal(5)]),
});
export type AppealTerms = z.infer<typeof zAppealTerms>;
export const DEFAULT_APPEAL_TERMS: AppealTerms = {
  triageDays: 2,
  factOwnerDays: 2,
  offerDays: 2,
  moreDays: 5,
  escalateDays: 2,
  voteDays: 4,
  decisionDays: 10,
  closeDays: 5,
  panelSize: 3,
};

/** The appellant's site: what every later deadline of this appeal is derived from. */
export const zAppealCalendar = z.strictObject({
  region: zCode,
  version: z.string().max(120),
  zone: z.string().max(60),
  dayLengthMs: z.int().min(1).optional(),
});
export type AppealCalendar = z.infer<typeof zAppealCalendar>;

export const appealFiled = defineEvent({
  type: 'AppealFiled',
  version: 1,
  schema: z.strictObject({
    appealId: zUuid,
    cycleId: zUuid,
    /** `<cycleId>.<subject>` */
    appraisalId: z.string().max(100),
    subject: zSubjectId,
    instance: z.literal(1),
    round: z.int().min(1).max(APPEAL_LIMITS.refiled),
    grounds: z.array(zAppealGround).min(1).max(4),
    /** Empty only when the ground is procedure alone. */
    lines: z.array(zContestedLine).max(APPEAL_LIMITS.lines),
    /** The step to be done again, for the ground procedure. */
    step: zCode.optional(),
    statement: personalText(),
    evidence: z.array(zEvidence).max(APPEAL_LIMITS.evidenceFiles),
    /** After the window: holds nothing until HR admits it. */
    late: z.boolean(),
    terms: zAppealTerms,
    calendar: zAppealCalendar,
    triageBy: zDeadline,
    filedAt: zInstant,
  }),
  golden: { 1: APPEAL_GOLDEN.AppealFiled },
});
/** The clock stops until AppealMoreGiven. */
export const appealMoreAsked = defineEvent({
  type: 'AppealMoreAsked',
  version: 1,
  schema: z.strictObject({
    appealId: zUuid,
    question: personalText(),
    by: zActorId,
    remaining: zRemaining,
    answerBy: zDeadline,
    askedAt: zInstant,
  }),
  golden: { 1: APPEAL_GOLDEN.AppealMoreAsked },
});
export const appealMoreGiven = defineEvent({
  type: 'AppealMoreGiven',
  version: 1,
  schema: z.strictObject({
    appealId: zUuid,
    /** Absent when nothing came in time and the triage goes on with what there is. */
    answer: personalText().optional(),
    evidence: z.array(zEvidence).max(APPEAL_LIMITS.evidenceFiles),
    triageBy: zDeadline,
    givenAt: zInstant,
  }),
  golden: { 1: APPEAL_GOLDEN.AppealMoreGiven },
});
export const appealAccepted = defineEvent({
  type: 'AppealAccepted',
  version: 1,
  schema: z.strictObject({
    appealId: zUuid,
    by: zActorId,
    /** Why HR admits a late one. */
    lateReason: personalText().optional(),
    /** A person to talk to, offered to the appellant. */
    contact: zSubjectId.optional(),
    decideBy: zDeadline,
    acceptedAt: zInstant,
  }),
  golden: { 1: APPEAL_GOLDEN.AppealAccepted },
});
/** `final`: it was escalated before, or may not be; otherwise the appellant may escalate once until `escalateUntil`. */
export const appealDeclined = defineEvent({
  type: 'AppealDeclined',
  version: 1,
  schema: z.strictObject({
    appealId: zUuid,
    by: zActorId,
    reason: personalText(),
    final: z.boolean(),
    escalateUntil: zDeadline,
    declinedAt: zInstant,
  }),
  golden: { 1: APPEAL_GOLDEN.AppealDeclined },
});
/** To the general manager, who triages it again. */
export const appealEscalated = defineEvent({
  type: 'AppealEscalated',
  version: 1,
  schema: z.strictObject({ appealId: zUuid, reason: personalText().optional(), triageBy: zDeadline, escalatedAt: zInstant }),
  golden: { 1: APPEAL_GOLDEN.AppealEscalated },
});
export const appealReferredToFactOwner = defineEvent({
  type: 'AppealReferredToFactOwner',
  version: 1,
  schema: z.strictObject({
    appealId: zUuid,
    owner: zSubjectId,
    metrics: z.array(zCode).min(1).max(APPEAL_LIMITS.lines),
    answerBy: zDeadline,
    referredAt: zInstant,
  }),
  golden: { 1: APPEAL_GOLDEN.AppealReferredToFactOwner },
});
export const factOwnerCorrected = defineEvent({
  type: 'FactOwnerCorrected',
  version: 1,
  schema: z.strictObject({
    appealId: zUuid,
    owner: zSubjectId,
    corrections: z.array(zAmendment).min(1).max(APPEAL_LIMITS.lines),
    reason: personalText().optional(),
    correctedAt: zInstant,
  }),
  golden: { 1: APPEAL_GOLDEN.FactOwnerCorrected },
});
export const factOwnerStoodBy = defineEvent({
  type: 'FactOwnerStoodBy',
  version: 1,
  schema: z.strictObject({ appealId: zUuid, owner: zSubjectId, reason: personalText(), stoodByAt: zInstant }),
  golden: { 1: APPEAL_GOLDEN.FactOwnerStoodBy },
});
export const factOwnerSilent = defineEvent({
  type: 'FactOwnerSilent',
  version: 1,
  schema: z.strictObject({ appealId: zUuid, owner: zSubjectId, at: zInstant }),
  golden: { 1: APPEAL_GOLDEN.FactOwnerSilent },
});
/** The score as it would be with the corrections, offered to the appellant. */
export const appealOffered = defineEvent({
  type: 'AppealOffered',
  version: 1,
  schema: z.strictObject({
    appealId: zUuid,
    amendments: z.array(zAmendment).min(1).max(APPEAL_LIMITS.lines),
    /** Absent when the score could not be foretold. */
    score: zDecimalText.optional(),
    answerBy: zDeadline,
    offeredAt: zInstant,
  }),
  golden: { 1: APPEAL_GOLDEN.AppealOffered },
});
export const offerAccepted = defineEvent({
  type: 'OfferAccepted',
  version: 1,
  schema: z.strictObject({ appealId: zUuid, acceptedAt: zInstant }),
  golden: { 1: APPEAL_GOLDEN.OfferAccepted },
});
export const offerRefused = defineEvent({
  type: 'OfferRefused',
  version: 1,
  schema: z.strictObject({ appealId: zUuid, how: z.enum(['by-person', 'by-silence']), refusedAt: zInstant }),
  golden: { 1: APPEAL_GOLDEN.OfferRefused },
});

export const PANEL_EXCLUSIONS = [
  'appellant',
  'same-line',
  'same-department',
  'rater',
  'hr-who-scored',
  'triaged',
  'fact-owner',
  'refused',
  'not-employed',
] as const;
export const zPanelExclusion = z.enum(PANEL_EXCLUSIONS);
export type PanelExclusion = z.infer<typeof zPanelExclusion>;
export const zPanelMember = z.strictObject({ subject: zSubjectId, department: zLabel });
export type PanelMember = z.infer<typeof zPanelMember>;
/** Enough to draw again: the same seed over the same pool gives the same members in the same order. */
export const zDraw = z.strictObject({
  seed: zHash,
  entropy: zCode,
  poolHash: zHash,
  poolSize: z.int().min(0).max(APPEAL_LIMITS.pool),
  excluded: z.array(z.strictObject({ subject: zSubjectId, reason: zPanelExclusion })).max(APPEAL_LIMITS.pool),
});

export const panelSeated = defineEvent({
  type: 'PanelSeated',
  version: 1,
  schema: z.strictObject({
    appealId: zUuid,
    members: z.array(zPanelMember).min(3).max(APPEAL_LIMITS.panel),
    chair: zSubjectId,
    draw: zDraw,
    /** Set anew when the clock had stopped. */
    decideBy: zDeadline,
    voteBy: zDeadline,
    seatedAt: zInstant,
  }),
  golden: { 1: APPEAL_GOLDEN.PanelSeated },
});
/** The clock stops; the general manager names people. Never a smaller panel. */
export const panelNotSeatable = defineEvent({
  type: 'PanelNotSeatable',
  version: 1,
  schema: z.strictObject({
    appealId: zUuid,
    draw: zDraw,
    eligible: z.int().min(0),
    departments: z.int().min(0),
    remaining: zRemaining,
    at: zInstant,
  }),
  golden: { 1: APPEAL_GOLDEN.PanelNotSeatable },
});
export const panelNamedByGm = defineEvent({
  type: 'PanelNamedByGm',
  version: 1,
  schema: z.strictObject({
    appealId: zUuid,
    members: z.array(zPanelMember).min(3).max(APPEAL_LIMITS.panel),
    chair: zSubjectId,
    by: zActorId,
    decideBy: zDeadline,
    voteBy: zDeadline,
    seatedAt: zInstant,
  }),
  golden: { 1: APPEAL_GOLDEN.PanelNamedByGm },
});
export const panelMemberReplaced = defineEvent({
  type: 'PanelMemberReplaced',
  version: 1,
  schema: z.strictObject({
    appealId: zUuid,
    member: zSubjectId,
    by: zPanelMember,
    cause: z.enum(['refused', 'silent', 'conflict']),
    chair: zSubjectId,
    draw: zDraw,
    voteBy: zDeadline,
    replacedAt: zInstant,
  }),
  golden: { 1: APPEAL_GOLDEN.PanelMemberReplaced },
});
export const hearingNoted = defineEvent({
  type: 'HearingNoted',
  version: 1,
  schema: z.strictObject({
    appealId: zUuid,
    by: zActorId,
    notes: personalText(),
    how: z.enum(['in-person', 'remote', 'in-writing', 'waived']),
    voteBy: zDeadline,
    notedAt: zInstant,
  }),
  golden: { 1: APPEAL_GOLDEN.HearingNoted },
});
export const VERDICTS = ['uphold', 'partly', 'dismiss'] as const;
export const zVerdict = z.enum(VERDICTS);
export type Verdict = z.infer<typeof zVerdict>;
export const zVoteValue = z.strictObject({ line: zCode, value: zLineValue });
export const voteCast = defineEvent({
  type: 'VoteCast',
  version: 1,
  schema: z.strictObject({
    appealId: zUuid,
    member: zSubjectId,
    verdict: zVerdict,
    /** For `partly`: the member's value for each line that should change. */
    values: z.array(zVoteValue).max(APPEAL_LIMITS.lines),
    reason: personalText(),
    votedAt: zInstant,
  }),
  golden: { 1: APPEAL_GOLDEN.VoteCast },
});
export const appealDecided = defineEvent({
  type: 'AppealDecided',
  version: 1,
  schema: z.strictObject({
    appealId: zUuid,
    cycleId: zUuid,
    appraisalId: z.string().max(100),
    subject: zSubjectId,
    verdict: z.enum(['upheld', 'partly', 'dismissed']),
    how: z.enum(['panel', 'offer']),
    /** Empty when dismissed, and when only a step is to be done again. */
    amendments: z.array(zAmendment).max(APPEAL_LIMITS.lines),
    /** Upheld on procedure: the step that a substitute does again. */
    redoStep: zCode.optional(),
    /** The reasons stand in the votes named here; an accepted offer has the fact owner's. */
    votes: z.array(z.strictObject({ member: zSubjectId, verdict: zVerdict })).max(APPEAL_LIMITS.panel),
    chair: zSubjectId.optional(),
    /** A tie or three different votes: how it was settled. */
    settledBy: z.enum(['majority', 'three-different', 'chair', 'offer']),
    closeBy: zDeadline,
    decidedAt: zInstant,
  }),
  golden: { 1: APPEAL_GOLDEN.AppealDecided },
});
export const APPEAL_STAGES = [
  'triage',
  'more-asked',
  'declined',
  'escalated',
  'fact-owner',
  'offer-due',
  'offered',
  'to-panel',
  'panel-not-seatable',
  'hearing',
  'decided',
  'declined-final',
  'withdrawn',
  'closed',
] as const;
export const zAppealStage = z.enum(APPEAL_STAGES);
export type AppealStage = z.infer<typeof zAppealStage>;
/** A deadline of a stage passed and nobody acted: raises notices, changes nothing else. Once per stage and round. */
export const appealOverdue = defineEvent({
  type: 'AppealOverdue',
  version: 1,
  schema: z.strictObject({
    appealId: zUuid,
    stage: zAppealStage,
    what: z.enum(['triage', 'decision', 'vote']),
    dueAt: zInstant,
    at: zInstant,
  }),
  golden: { 1: APPEAL_GOLDEN.AppealOverdue },
});
export const appealWithdrawn = defineEvent({
  type: 'AppealWithdrawn',
  version: 1,
  schema: z.strictObject({
    appealId: zUuid,
    cycleId: zUuid,
    subject: zSubjectId,
    reason: personalText().optional(),
    withdrawnAt: zInstant,
  }),
  golden: { 1: APPEAL_GOLDEN.AppealWithdrawn },
});
/** Asks: was the scheme at fault? Null when nobody answered in time. */
export const appealClosed = defineEvent({
  type: 'AppealClosed',
  version: 1,
  schema: z.strictObject({
    appealId: zUuid,
    cycleId: zUuid,
    subject: zSubjectId,
    outcome: z.enum(['upheld', 'partly', 'dismissed', 'declined']),
    schemeAtFault: z.boolean().nullable(),
    note: personalText().optional(),
    by: zActorId,
    closedAt: zInstant,
  }),
  golden: { 1: APPEAL_GOLDEN.AppealClosed },
});

export const appealEvents = [
  appealFiled,
  appealMoreAsked,
  appealMoreGiven,
  appealAccepted,
  appealDeclined,
  appealEscalated,
  appealReferredToFactOwner,
  factOwnerCorrected,
  factOwnerStoodBy,
  factOwnerSilent,
  appealOffered,
  offerAccepted,
  offerRefused,
  panelSeated,
  panelNotSeatable,
  panelNamedByGm,
  panelMemberReplaced,
  hearingNoted,
  voteCast,
  appealDecided,
  appealOverdue,
  appealWithdrawn,
  appealClosed,
] as const;
