import { createHash } from 'node:crypto';
import { type ActorId, type Decider, type DecisionContext, type Instant, type PlainDay, Rejection } from '#kernel';
import { addMonths, COMPANY_ZONE, dayAt } from '#libs/calendar';
import { SCHEME_LIMITS } from '../../contracts/document';
import type {
  ApproveScheme,
  DraftScheme,
  PutSchemeInForce,
  RetireScheme,
  ReviewScheme,
  SchemeCommand,
  SchemeEvent,
} from '../../contracts/commands';
import type { SchemeStatus } from '../../contracts/reader';
import { compileScheme } from '../compile';
import { closeDiscussion, comment, editComment, openDiscussion, withdrawComment } from './scheme-discussion.policy';
import { evolveScheme, type SchemeState, type VersionState } from './scheme-state';
import { readScheme, type SchemeProblem } from '../reading/scheme-text';

type Decision = readonly SchemeEvent[];

export function yamlHashOf(yaml: string): string {
  return createHash('sha256').update(yaml, 'utf8').digest('hex');
}

function latest(state: SchemeState): number {
  return state.versions.size;
}

interface OfVersion {
  readonly schemeId: string;
  readonly version: number;
}

function versionOf(state: SchemeState, { schemeId, version }: OfVersion): VersionState {
  const found = state.versions.get(version);
  if (!found) throw new Rejection('scheme.unknown-version', { schemeId, version });
  return found;
}

/** The same text again is no new version while the last one is still on its way. */
const BEFORE_FORCE: ReadonlySet<SchemeStatus> = new Set(['draft', 'in-discussion', 'discussed', 'approved']);

/** A draft may still be wrong inside, but it must be a scheme, and this one. */
function draftScheme({ data }: DraftScheme, state: SchemeState, { now, actor }: DecisionContext): Decision {
  if (Buffer.byteLength(data.yaml, 'utf8') > SCHEME_LIMITS.textBytes)
    throw new Rejection('scheme.too-long', { most: SCHEME_LIMITS.textBytes });
  const reading = readScheme(data.yaml);
  if (!reading.ok) throw new Rejection('scheme.not-readable', problemDetails(reading.problems));
  if (reading.source.document.id !== data.schemeId)
    throw new Rejection('scheme.other-id', { schemeId: data.schemeId, inText: reading.source.document.id });
  const yamlHash = yamlHashOf(data.yaml);
  const last = state.versions.get(latest(state));
  if (last?.yamlHash === yamlHash && BEFORE_FORCE.has(last.status)) return [];
  const template = data.template ?? reading.source.document.template;
  return [
    {
      type: 'SchemeDrafted',
      data: {
        schemeId: data.schemeId,
        version: latest(state) + 1,
        ...(template !== undefined && { template }),
        yaml: data.yaml,
        yamlHash,
        draftedBy: actor,
        draftedAt: now,
      },
    },
  ];
}

/** Whose text is asked for, by whom: never the drafter (domain.md "People and what each may do"), and only a text that can be used. */
function approvable(data: OfVersion, state: SchemeState, actor: ActorId): VersionState {
  const { schemeId, version: number } = data;
  const version = versionOf(state, data);
  if (version.status === 'superseded' || version.status === 'retired')
    throw new Rejection('scheme.not-a-draft', { schemeId, version: number, status: version.status });
  if (version.draftedBy === actor) throw new Rejection('scheme.own-draft', { schemeId, version: number });
  if (version.status === 'draft' || version.status === 'in-discussion')
    throw new Rejection('scheme.not-discussed', { schemeId, version: number, status: version.status });
  const reading = readScheme(version.yaml);
  const compilation = reading.ok ? compileScheme(reading.source) : reading;
  if (!compilation.ok) throw new Rejection('scheme.not-valid', problemDetails(compilation.problems));
  return version;
}

function approveScheme({ data }: ApproveScheme, state: SchemeState, { now, actor }: DecisionContext): Decision {
  const { status } = versionOf(state, data);
  if (status === 'approved' || status === 'in-force') return [];
  approvable(data, state, actor);
  return [approval(data, actor, now)];
}

function approval({ schemeId, version }: OfVersion, approvedBy: ActorId, approvedAt: Instant): SchemeEvent {
  return { type: 'SchemeApproved', data: { schemeId, version, approvedBy, approvedAt } };
}

/** Approves it in the same act where that was not done before. */
function putSchemeInForce({ data }: PutSchemeInForce, state: SchemeState, { now, actor }: DecisionContext): Decision {
  const { schemeId, version: number } = data;
  if (versionOf(state, data).status === 'in-force') return [];
  const version = approvable(data, state, actor);
  const supersedes = [...state.versions].find(([, other]) => other.status === 'in-force')?.[0];
  const approvedBy = version.approvedBy ?? actor;
  return [
    ...(version.status === 'approved' ? [] : [approval(data, actor, now)]),
    {
      type: 'SchemePutInForce',
      data: {
        schemeId,
        version: number,
        yamlHash: version.yamlHash,
        ...(supersedes !== undefined && { supersedes }),
        approvedBy,
        inForceAt: now,
        reviewOn: monthsOn(now, reviewMonths(version)),
      },
    },
  ];
}

/** By default a year on (domain.md "Scheme"). */
function reviewMonths({ yaml }: VersionState): number {
  const reading = readScheme(yaml);
  return Number((reading.ok ? reading.source.document.reviewAfterMonths : undefined) ?? '12');
}

function monthsOn(now: Instant, months: number): PlainDay {
  return addMonths(dayAt(now, COMPANY_ZONE), months);
}

/** A version that is to be changed is looked at again after this time, unless its successor is in force by then. */
const CHANGE_MONTHS = 3;

function reviewScheme({ data }: ReviewScheme, state: SchemeState, { now, actor }: DecisionContext): Decision {
  const { schemeId, version: number, conclusion, reason } = data;
  const version = versionOf(state, data);
  if (version.status !== 'in-force') throw new Rejection('scheme.not-in-force', { schemeId, version: number, status: version.status });
  const next = data.nextReviewOn ?? monthsOn(now, conclusion === 'change' ? CHANGE_MONTHS : reviewMonths(version));
  if (conclusion !== 'retire' && next <= dayAt(now, COMPANY_ZONE))
    throw new Rejection('scheme.invalid-review-date', { nextReviewOn: next });
  const reviewed: SchemeEvent = {
    type: 'SchemeReviewed',
    data: {
      schemeId,
      version: number,
      conclusion,
      ...(conclusion !== 'retire' && { nextReviewOn: next }),
      reason,
      reviewedBy: actor,
      reviewedAt: now,
    },
  };
  return conclusion === 'retire' ? [reviewed, retirement(schemeId, number, { now, actor })] : [reviewed];
}

function retireScheme({ data }: RetireScheme, state: SchemeState, { now, actor }: DecisionContext): Decision {
  const version = versionOf(state, data);
  if (version.status === 'retired') return [];
  return [retirement(data.schemeId, data.version, { now, actor })];
}

function retirement(schemeId: string, version: number, { now, actor }: DecisionContext): SchemeEvent {
  return { type: 'SchemeRetired', data: { schemeId, version, retiredBy: actor, retiredAt: now } };
}

/** Codes and places only: a scheme's text may hold people's words. */
function problemDetails(problems: readonly SchemeProblem[]): { readonly count: number; readonly problems: readonly string[] } {
  return {
    count: problems.length,
    problems: problems.slice(0, 20).map(({ code, path, line, column }) => `${line}:${column} ${code} ${path}`),
  };
}

export const schemeDecider: Decider<SchemeCommand, SchemeState, SchemeEvent> = {
  category: 'scheme',
  initial: { versions: new Map() },
  decide(command, state, context) {
    switch (command.type) {
      case 'DraftScheme':
        return draftScheme(command, state, context);
      case 'OpenSchemeDiscussion':
        return openDiscussion(command, versionOf(state, command.data), context);
      case 'CommentOnScheme':
        return comment(command, versionOf(state, command.data), context);
      case 'EditSchemeComment':
        return editComment(command, versionOf(state, command.data), context);
      case 'WithdrawSchemeComment':
        return withdrawComment(command, versionOf(state, command.data), context);
      case 'CloseSchemeDiscussion':
        return closeDiscussion(command, versionOf(state, command.data), context);
      case 'ApproveScheme':
        return approveScheme(command, state, context);
      case 'PutSchemeInForce':
        return putSchemeInForce(command, state, context);
      case 'ReviewScheme':
        return reviewScheme(command, state, context);
      case 'RetireScheme':
        return retireScheme(command, state, context);
    }
  },
  evolve: evolveScheme,
  /** A scheme may always get a next version. */
  isTerminal: () => false,
};
