import { Rejection } from '#kernel';
import type { Role } from '#libs/organisation/contracts';

/**
 * The one place that decides who may do what. Source: domain.md "People and what each may do".
 * Relation of the actor to the person or case concerned:
 *   own       it is the actor's own
 *   team      the person reports to the actor, directly or through others
 *   assigned  the actor is named on it: reviewer of the step, panel member, coach, owner of the metric
 *   other     somebody else's
 *   none      the operation concerns no person (or all of them: lists, imports, cycles)
 */
export const RELATIONS = ['own', 'team', 'assigned', 'other', 'none'] as const;
export type Relation = (typeof RELATIONS)[number];

/** `everyone` is each signed-in person, whatever their roles. */
type Grantee = Role | 'everyone';
type Grants = Readonly<Partial<Record<Grantee, readonly Relation[]>>>;

const ANY: readonly Relation[] = ['own', 'team', 'assigned', 'other', 'none'];
const EVERYBODY_ELSE: readonly Relation[] = ['team', 'assigned', 'other', 'none'];
const OWN: readonly Relation[] = ['own'];
const ASSIGNED: readonly Relation[] = ['assigned'];
const NONE: readonly Relation[] = ['none'];

const POLICY = {
  'session.use': { everyone: OWN },
  'todo.read': { everyone: OWN },

  'people.import': { hr: NONE },
  'people.read': { everyone: OWN, manager: ['team'], hr: ANY, auditor: ANY },
  'calendar.read': { everyone: NONE },
  'calendar.override': { hr: NONE },
  'targets.import': { planning: NONE },
  'targets.read': { everyone: OWN, manager: ['team'], planning: ANY, hr: ANY, auditor: ANY },
  'targets.accept': { everyone: OWN },
  'facts.import': { planning: NONE },
  'facts.correct': { planning: NONE, everyone: ASSIGNED },
  'facts.read': { everyone: OWN, manager: ['team'], planning: ANY, hr: ANY, auditor: ANY },
  'metrics.declare': { planning: NONE },
  'profiles.save': { planning: NONE, hr: NONE },

  'scheme.read': { everyone: NONE },
  'scheme.draft': { hr: NONE },
  'scheme.discuss': { hr: NONE },
  /** By those whom HR invited. */
  'scheme.comment': { everyone: ASSIGNED },
  'scheme-comments.read': { everyone: ASSIGNED, hr: NONE, 'general-manager': NONE, auditor: NONE },
  'scheme.approve': { 'general-manager': NONE },
  'scheme.put-in-force': { 'general-manager': NONE },
  'scheme.acknowledge': { everyone: OWN },
  'scheme-acknowledgements.list': { hr: NONE, 'general-manager': NONE, auditor: NONE },
  'scheme-review.read': { hr: NONE, 'general-manager': NONE, auditor: NONE },
  'scheme.review': { hr: NONE, 'general-manager': NONE },
  /** Differences by person without their names; pay among them. */
  'scheme-rehearsal.use': { hr: NONE, 'general-manager': NONE, finance: NONE, auditor: NONE },
  'scheme.retire': { hr: NONE },

  'cycle.read': { hr: NONE, 'general-manager': NONE, planning: NONE, auditor: NONE, manager: NONE, 'second-reviewer': NONE, finance: NONE },
  'cycle.manage': { hr: NONE },

  'appraisal.read': { everyone: [...OWN, ...ASSIGNED], manager: ['team'], hr: ANY, 'general-manager': ANY, auditor: ANY },
  'appraisal.list': { hr: NONE, 'general-manager': NONE, auditor: NONE },
  /** Published results that would be others with the facts as they are now; pay is shown to those who may see it. */
  'correction.list': { hr: NONE, finance: NONE, 'general-manager': NONE, auditor: NONE },
  'appraisal.self-review': { everyone: OWN },
  'appraisal.score': { everyone: ASSIGNED },
  'appraisal.second-review': { everyone: ASSIGNED },
  /** By a substitute: a manager further up the line, or HR. Whoever had to do with the step is refused by the appraisal itself. */
  'appraisal.redo-step': { manager: ['team'], hr: EVERYBODY_ELSE },
  /** The manager who rates the person names the colleagues; HR adds to them. */
  'appraisal.nominate-peers': { everyone: ASSIGNED, hr: EVERYBODY_ELSE },
  'appraisal.answer-as-peer': { everyone: ASSIGNED },
  'appraisal.record-customers': { hr: EVERYBODY_ELSE, planning: EVERYBODY_ELSE },
  'appraisal.confirm': { everyone: OWN },
  'appraisal.object': { everyone: OWN },
  'appraisal.answer-objection': { everyone: ASSIGNED, manager: ['team'] },

  'appeal.file': { everyone: OWN },
  'appeal.withdraw': { everyone: OWN },
  'appeal.answer': { everyone: OWN },
  'appeal.read': { everyone: [...OWN, ...ASSIGNED], hr: EVERYBODY_ELSE, auditor: ANY, 'general-manager': EVERYBODY_ELSE },
  'appeal.leave-panel': { everyone: ASSIGNED, hr: EVERYBODY_ELSE },
  'appeal.triage': { hr: EVERYBODY_ELSE },
  'appeal.seat-panel': { hr: EVERYBODY_ELSE },
  'appeal.name-panel': { 'general-manager': EVERYBODY_ELSE },
  'appeal.vote': { everyone: ASSIGNED },
  'appeal.answer-as-owner': { everyone: ASSIGNED },

  'payout.read': { finance: ANY, 'general-manager': ANY, auditor: ANY },
  'payout.compute': { finance: NONE },
  'payout.check': { finance: NONE },
  'payout.approve': { 'general-manager': NONE },
  'payout.release': { finance: NONE },
  'payout.acknowledge': { finance: NONE },
  'deposit.release': { hr: EVERYBODY_ELSE, finance: EVERYBODY_ELSE },
  'statement.read': { everyone: OWN, finance: ANY, 'general-manager': ANY, auditor: ANY },

  'leaderboard.read': { everyone: NONE },

  'plan.start': { hr: EVERYBODY_ELSE },
  'plan.read': { everyone: [...OWN, ...ASSIGNED], manager: ['team'], hr: ANY, auditor: ANY },
  'plan.log': { everyone: OWN },
  'plan.coach': { everyone: ASSIGNED },
  'plan.manage': { hr: EVERYBODY_ELSE, everyone: ASSIGNED },

  'audit.read': { auditor: ANY },
  'identity.manage': { admin: ANY },
  'health.read': { admin: NONE, auditor: NONE, hr: NONE },
} as const satisfies Readonly<Record<string, Grants>>;

export type Operation = keyof typeof POLICY;

export const OPERATIONS: readonly Operation[] = Object.keys(POLICY).filter((name): name is Operation => name in POLICY);

/** True when one of the roles, or being signed in at all, grants the operation in this relation. */
export function isAllowed(roles: readonly Role[], operation: Operation, relation: Relation): boolean {
  const grants: Grants = POLICY[operation];
  const grantees: readonly Grantee[] = ['everyone', ...roles];
  return grantees.some((grantee) => grants[grantee]?.includes(relation) === true);
}

/** Thrown when not allowed: Rejection `identity.not-allowed`, which names the operation and never the person concerned. */
export function authorise(roles: readonly Role[], operation: Operation, relation: Relation): void {
  if (!isAllowed(roles, operation, relation)) throw new Rejection('identity.not-allowed', { operation });
}
