import { type Instant, type PersonalText, Rejection, type SubjectId } from '#kernel';
import { type AppraisalReader, type AppraisalView, parseAppraisalId } from '#libs/appraisal/contracts';
import type { CycleReader } from '#libs/cycle/contracts';
import type { CommandContext, CommandResult, CommandRunner } from '#libs/event-store';
import type { FactsReader } from '#libs/facts/contracts';
import type { OrganisationReader } from '#libs/organisation/contracts';
import type { FileVault } from '#libs/privacy/contracts';
import {
  type Amendment,
  APPEAL_LIMITS,
  type AppealCommand,
  type AppealGround,
  appealIdOf,
  type AppealTerms,
  type ContestedLine,
  DEFAULT_APPEAL_TERMS,
  type Evidence,
  type LineValue,
  type Verdict,
} from '../contracts';
import { appealDecider } from '../domain/appeal.decider';
import type { Appeal } from '../domain/appeal-state';
import { appealClock, type AppealClock } from './appeal-clock';
import { appealUntil, clockOfAppellant, freeRound } from './appeal-prospect';
import { evidenceTypeOf } from './evidence.policy';
import { conflictsOf, panelPool } from './panel-pool';

export interface AppealParts {
  readonly runner: CommandRunner;
  readonly ids: { uuid(): string };
  readonly organisation: OrganisationReader;
  readonly appraisals: AppraisalReader;
  readonly cycles: CycleReader;
  readonly facts: FactsReader;
  readonly vault: FileVault;
}

/** A file put into the vault before, with its name. */
export interface EvidenceInput {
  readonly hash: string;
  readonly name: PersonalText;
}
export interface FileAppealInput {
  readonly appraisalId: string;
  readonly grounds: readonly AppealGround[];
  readonly lines: readonly ContestedLine[];
  readonly step?: string | undefined;
  readonly statement: PersonalText;
  readonly evidence: readonly EvidenceInput[];
}

export type AppealAct =
  | { readonly act: 'ask-for-more'; readonly question: PersonalText }
  | { readonly act: 'give-more'; readonly answer?: PersonalText | undefined; readonly evidence: readonly EvidenceInput[] }
  | { readonly act: 'accept'; readonly lateReason?: PersonalText | undefined; readonly contact?: SubjectId | undefined }
  | { readonly act: 'decline'; readonly reason: PersonalText }
  | { readonly act: 'escalate'; readonly reason?: PersonalText | undefined }
  | { readonly act: 'correct-facts'; readonly corrections: readonly Amendment[]; readonly reason?: PersonalText | undefined }
  | { readonly act: 'stand-by-facts'; readonly reason: PersonalText }
  | { readonly act: 'accept-offer' }
  | { readonly act: 'refuse-offer' }
  | { readonly act: 'name-panel'; readonly members: readonly SubjectId[]; readonly chair: SubjectId }
  | { readonly act: 'leave-panel'; readonly member: SubjectId; readonly cause: 'refused' | 'conflict' }
  | { readonly act: 'note-hearing'; readonly notes: PersonalText; readonly how: 'in-person' | 'remote' | 'in-writing' | 'waived' }
  | {
      readonly act: 'vote';
      readonly verdict: Verdict;
      readonly values: readonly { readonly line: string; readonly value: LineValue }[];
      readonly reason: PersonalText;
    }
  | { readonly act: 'withdraw'; readonly reason?: PersonalText | undefined }
  | { readonly act: 'close'; readonly schemeAtFault: boolean | null; readonly note?: PersonalText | undefined };

/** What people do with appeals: derives deadlines, pools and owners, then decides. */
export interface AppealDesk {
  /** Thrown: Rejection `appeal.evidence-type`, `appeal.evidence-size`. Gives the name of the file in the vault. */
  storeEvidence(
    subject: SubjectId,
    content: Uint8Array,
  ): Promise<{ readonly hash: string; readonly mediaType: string; readonly bytes: number }>;
  /** Thrown: Rejection `appeal.unknown-appraisal`, `appeal.not-published`, and those of the decider. */
  file(input: FileAppealInput, context: CommandContext): Promise<CommandResult & { readonly appealId: string }>;
  act(appealId: string, act: AppealAct, context: CommandContext): Promise<CommandResult>;
}

/** Everything about an appeal that commands are derived from. */
export interface OpenCase {
  readonly appeal: Appeal;
  readonly clock: AppealClock;
}

export async function loadCase(
  { runner, organisation }: Pick<AppealParts, 'runner' | 'organisation'>,
  appealId: string,
): Promise<OpenCase> {
  const { state } = await runner.load(appealDecider, appealId);
  if (state.stage === 'none') throw new Rejection('appeal.unknown');
  return { appeal: state, clock: await appealClock(organisation, state.calendar) };
}

export async function mustAppraisal(appraisals: AppraisalReader, appraisalId: string): Promise<AppraisalView> {
  const appraisal = await appraisals.appraisal(appraisalId);
  if (!appraisal) throw new Rejection('appeal.unknown-appraisal');
  return appraisal;
}

export function createAppealDesk(parts: AppealParts): AppealDesk {
  const { runner, vault } = parts;
  return {
    async storeEvidence(subject, content) {
      const mediaType = checkEvidence(content);
      const { hash, bytes } = await vault.put(subject, content);
      return { hash, bytes, mediaType };
    },
    async file(input, context) {
      const command = await fileCommand(parts, input, context.now);
      const { triageBy: _, calendar: __, ...intent } = command.data;
      const result = await runner.run(appealDecider, command.data.appealId, command, { ...context, intent });
      return { ...result, appealId: command.data.appealId };
    },
    async act(appealId, act, context) {
      const open = await loadCase(parts, appealId);
      const command = await commandOf(parts, open, act, context.now);
      return runner.run(appealDecider, appealId, command, { ...context, intent: act });
    },
  };
}

function checkEvidence(content: Uint8Array): string {
  if (content.length === 0 || content.length > APPEAL_LIMITS.evidenceBytes) {
    throw new Rejection('appeal.evidence-size', { bytes: content.length, limit: APPEAL_LIMITS.evidenceBytes });
  }
  const mediaType = evidenceTypeOf(content);
  if (mediaType === undefined) throw new Rejection('appeal.evidence-type');
  return mediaType;
}

/** A file counts only as what the vault holds for this person. */
async function evidenceOf(vault: FileVault, subject: SubjectId, inputs: readonly EvidenceInput[]): Promise<Evidence[]> {
  if (inputs.length > APPEAL_LIMITS.evidenceFiles) throw new Rejection('appeal.too-many-files', { limit: APPEAL_LIMITS.evidenceFiles });
  const evidence: Evidence[] = [];
  for (const { hash, name } of inputs) {
    const content = await vault.get(subject, hash);
    evidence.push({ hash, mediaType: checkEvidence(content), bytes: content.length, name });
  }
  return evidence;
}

async function fileCommand(
  parts: AppealParts,
  input: FileAppealInput,
  now: Instant,
): Promise<Extract<AppealCommand, { type: 'FileAppeal' }>> {
  const ids = parseAppraisalId(input.appraisalId);
  if (!ids) throw new Rejection('appeal.unknown-appraisal');
  const { appraisalId, grounds, lines, step, statement } = input;
  const appraisal = await mustAppraisal(parts.appraisals, appraisalId);
  if (appraisal.appealUntil === null) throw new Rejection('appeal.not-published');
  const clock = await clockOfAppellant(parts, appraisal);
  const evidence = await evidenceOf(parts.vault, ids.subject, input.evidence);
  const round = await freeRound(parts.runner, appraisalId);
  const terms: AppealTerms = DEFAULT_APPEAL_TERMS;
  return {
    type: 'FileAppeal',
    data: {
      appealId: appealIdOf(appraisalId, round),
      cycleId: ids.cycleId,
      appraisalId,
      subject: ids.subject,
      round,
      grounds,
      lines,
      step,
      statement,
      evidence,
      late: now > (await appealUntil(parts, ids.cycleId, appraisal.appealUntil)),
      terms,
      calendar: clock.calendar,
      triageBy: clock.due(now, terms.triageDays),
    },
  };
}

async function commandOf(parts: AppealParts, open: OpenCase, act: AppealAct, now: Instant): Promise<AppealCommand> {
  const { appeal, clock } = open;
  const { terms } = appeal;
  switch (act.act) {
    case 'ask-for-more':
      return {
        type: 'AskForMore',
        data: {
          question: act.question,
          remaining: clock.remaining(now, appeal.due, terms.triageDays),
          answerBy: clock.due(now, terms.moreDays),
        },
      };
    case 'give-more': {
      const evidence = await evidenceOf(parts.vault, appeal.subject, act.evidence);
      return {
        type: 'GiveMore',
        data: { answer: act.answer, evidence, triageBy: clock.resumed(now, appeal.remaining ?? { workingDays: terms.triageDays }) },
      };
    }
    case 'accept':
      return acceptCommand(parts, open, act, now);
    case 'decline':
      return { type: 'DeclineAppeal', data: { reason: act.reason, escalateUntil: clock.due(now, terms.escalateDays) } };
    case 'escalate':
      return { type: 'EscalateAppeal', data: { reason: act.reason, triageBy: clock.due(now, terms.triageDays) } };
    case 'correct-facts':
      return { type: 'CorrectContestedFacts', data: { corrections: act.corrections, reason: act.reason } };
    case 'stand-by-facts':
      return { type: 'StandByFacts', data: { reason: act.reason } };
    case 'accept-offer':
      return { type: 'AcceptOffer', data: { closeBy: clock.due(now, terms.closeDays) } };
    case 'refuse-offer':
      return { type: 'RefuseOffer', data: { how: 'by-person' } };
    case 'withdraw':
      return { type: 'WithdrawAppeal', data: { reason: act.reason } };
    case 'close':
      return { type: 'CloseAppeal', data: { schemeAtFault: act.schemeAtFault, note: act.note } };
    default:
      return panelCommandOf(parts, open, act, now);
  }
}

type PanelAct = Extract<AppealAct, { act: 'name-panel' | 'leave-panel' | 'note-hearing' | 'vote' }>;

async function panelCommandOf(parts: AppealParts, { appeal, clock }: OpenCase, act: PanelAct, now: Instant): Promise<AppealCommand> {
  const { terms } = appeal;
  const voteBy = clock.due(now, terms.voteDays);
  switch (act.act) {
    case 'name-panel': {
      const appraisal = await mustAppraisal(parts.appraisals, appeal.appraisalId);
      const { members, conflicts } = await conflictsOf(parts.organisation, appeal, appraisal, { now, subjects: act.members });
      const decideBy = clock.resumed(now, appeal.remaining ?? { workingDays: terms.decisionDays });
      return { type: 'NamePanel', data: { members, chair: act.chair, conflicts, decideBy, voteBy } };
    }
    case 'leave-panel': {
      const { pool, remaining } = await seatParts(parts, { appeal, clock }, now);
      return { type: 'ReplacePanelMember', data: { member: act.member, cause: act.cause, pool, remaining, voteBy } };
    }
    case 'note-hearing':
      return { type: 'NoteHearing', data: { notes: act.notes, how: act.how, voteBy } };
    case 'vote':
      return {
        type: 'CastVote',
        data: { verdict: act.verdict, values: act.values, reason: act.reason, closeBy: clock.due(now, terms.closeDays) },
      };
  }
}

/** What any seating needs: the pool as it is now, and what is left of the decision's clock should it stop. */
export async function seatParts(
  parts: Pick<AppealParts, 'ids' | 'organisation' | 'appraisals'>,
  { appeal, clock }: OpenCase,
  now: Instant,
) {
  const appraisal = await mustAppraisal(parts.appraisals, appeal.appraisalId);
  const pool = await panelPool(parts.organisation, appeal, appraisal, { now, entropy: parts.ids.uuid() });
  return { pool, remaining: clock.remaining(now, appeal.decideBy, appeal.terms.decisionDays) };
}

async function acceptCommand(
  { facts }: AppealParts,
  { appeal, clock }: OpenCase,
  { lateReason, contact }: Extract<AppealAct, { act: 'accept' }>,
  now: Instant,
): Promise<AppealCommand> {
  const owner = appeal.grounds.includes('wrong-fact') ? await factOwnerOf(facts, appeal) : undefined;
  const factOwner = owner && { owner, answerBy: clock.due(now, appeal.terms.factOwnerDays) };
  return { type: 'AcceptAppeal', data: { lateReason, contact, decideBy: clock.due(now, appeal.terms.decisionDays), factOwner } };
}

/** The person named on the first contested metric that names one; never the appellant. */
async function factOwnerOf(facts: FactsReader, appeal: Appeal): Promise<SubjectId | undefined> {
  const metrics = await facts.metrics();
  for (const { kind, key } of appeal.lines) {
    const owner = kind === 'fact' ? metrics.get(key)?.owner : undefined;
    if (owner && owner !== appeal.subject) return owner;
  }
  return undefined;
}
