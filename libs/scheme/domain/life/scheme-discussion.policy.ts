import { type DecisionContext, isSubjectId, type PersonalText, Rejection } from '#kernel';
import type {
  CloseSchemeDiscussion,
  CommentOnScheme,
  EditSchemeComment,
  OpenSchemeDiscussion,
  WithdrawSchemeComment,
} from '../../contracts/commands';
import type { SchemeEvent } from '../../contracts/events';
import { COMMENTER_SIDES, type CommenterSide, SCHEME_LIFE_LIMITS } from '../../contracts/life-events';
import { type Discussion, NO_DISCUSSION, type VersionState } from './scheme-state';
import { readScheme } from '../reading/scheme-text';

type Decision = readonly SchemeEvent[];

/** For which sides of a discussion a person speaks, by their roles (domain.md: HR, sales, finance and chosen reps). */
export function sidesOf(roles: readonly string[]): readonly CommenterSide[] {
  return COMMENTER_SIDES.filter((side) => SIDE_ROLES[side].some((role) => roles.includes(role)));
}
const SIDE_ROLES: Readonly<Record<CommenterSide, readonly string[]>> = {
  hr: ['hr'],
  sales: ['manager', 'second-reviewer', 'planning'],
  finance: ['finance'],
  rep: ['rep'],
};

/** Every side is asked: a discussion among one's own would be none. */
export function openDiscussion({ data }: OpenSchemeDiscussion, version: VersionState, { now, actor }: DecisionContext): Decision {
  const { schemeId, version: number, until } = data;
  if (version.status !== 'draft' && version.status !== 'in-discussion' && version.status !== 'discussed')
    throw new Rejection('scheme.not-open-to-discussion', { schemeId, version: number, status: version.status });
  const before = (version.discussion ?? NO_DISCUSSION).invited;
  const invited = new Map([...before, ...data.invited.map(({ subject, sides }) => [subject, sides] as const)]);
  if (version.status === 'in-discussion' && invited.size === before.size) return [];
  if (invited.size > SCHEME_LIFE_LIMITS.invited) throw new Rejection('scheme.too-many-invited', { most: SCHEME_LIFE_LIMITS.invited });
  const missing = COMMENTER_SIDES.filter((side) => ![...invited.values()].some((sides) => sides.includes(side)));
  if (missing.length > 0) throw new Rejection('scheme.missing-sides', { schemeId, version: number, missing });
  return [
    {
      type: 'SchemeDiscussionOpened',
      data: {
        schemeId,
        version: number,
        invited: [...invited].map(([subject, sides]) => ({ subject, sides: [...sides] })),
        ...(until !== undefined && { until }),
        openedBy: actor,
        openedAt: now,
      },
    },
  ];
}

export function comment({ data }: CommentOnScheme, version: VersionState, { now, actor }: DecisionContext): Decision {
  const { schemeId, version: number, commentId, about, text } = data;
  const { invited, comments } = inDiscussion(version, data);
  if (!isSubjectId(actor) || !invited.has(actor)) throw new Rejection('scheme.not-invited', { schemeId, version: number });
  if (comments.has(commentId)) return [];
  if (about !== undefined && !isPlaceIn(version.yaml, about)) throw new Rejection('scheme.no-such-place', { schemeId, version: number });
  if (comments.size >= SCHEME_LIFE_LIMITS.comments) throw new Rejection('scheme.too-many-comments', { most: SCHEME_LIFE_LIMITS.comments });
  const commented = { schemeId, version: number, commentId, by: actor, ...(about !== undefined && { about }), text, commentedAt: now };
  return [{ type: 'SchemeCommented', data: commented }];
}

/**
 * A place is said in the document's own names, such as `sections.results` or `sections[0].points`: it is stored as it is said, so
 * that it must hold nobody's words.
 */
function isPlaceIn(yaml: string, about: string): boolean {
  const reading = readScheme(yaml);
  const names = new Set<string>();
  if (reading.ok) collectNames(reading.source.document, names);
  return about.split(/[.[\]]+/).every((part) => part === '' || /^\d{1,3}$/.test(part) || names.has(part));
}

function collectNames(value: unknown, names: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inside] of Object.entries(value)) {
    const said = name === 'key' && typeof inside === 'string' ? [name, inside] : [name];
    for (const part of said.flatMap((text) => text.split('.'))) names.add(part);
    collectNames(inside, names);
  }
}

export function editComment({ data }: EditSchemeComment, version: VersionState, context: DecisionContext): Decision {
  const said = ownComment(data, version, context);
  if (said?.equals(data.text) === true) return [];
  return [{ type: 'SchemeCommentEdited', data: { ...data, editedAt: context.now } }];
}

export function withdrawComment({ data }: WithdrawSchemeComment, version: VersionState, context: DecisionContext): Decision {
  if (ownComment(data, version, context) === undefined) return [];
  return [{ type: 'SchemeCommentWithdrawn', data: { ...data, withdrawnAt: context.now } }];
}

/** What it says now; undefined when it is withdrawn. */
function ownComment(
  place: { readonly schemeId: string; readonly version: number; readonly commentId: string },
  version: VersionState,
  { actor }: DecisionContext,
): PersonalText | undefined {
  const found = inDiscussion(version, place).comments.get(place.commentId);
  if (!found) throw new Rejection('scheme.comment-not-found', { commentId: place.commentId });
  if (found.by !== actor) throw new Rejection('scheme.not-the-commenter', { commentId: place.commentId });
  return found.text;
}

/** Nobody's silence holds it up, but a discussion in which only the drafter spoke was none. */
export function closeDiscussion({ data }: CloseSchemeDiscussion, version: VersionState, { now, actor }: DecisionContext): Decision {
  const { schemeId, version: number, summary } = data;
  if (version.status === 'discussed') return [];
  const { invited, comments } = inDiscussion(version, data);
  const standing = [...comments.values()].filter(({ text }) => text !== undefined);
  if (!standing.some(({ by }) => by !== version.draftedBy)) throw new Rejection('scheme.nobody-commented', { schemeId, version: number });
  const heard = new Set(standing.flatMap(({ by }) => invited.get(by) ?? []));
  return [
    {
      type: 'SchemeDiscussionClosed',
      data: {
        schemeId,
        version: number,
        summary,
        comments: standing.length,
        silent: COMMENTER_SIDES.filter((side) => !heard.has(side)),
        closedBy: actor,
        closedAt: now,
      },
    },
  ];
}

function inDiscussion(version: VersionState, place: { readonly schemeId: string; readonly version: number }): Discussion {
  if (version.status === 'in-discussion' && version.discussion) return version.discussion;
  throw new Rejection('scheme.not-in-discussion', { schemeId: place.schemeId, version: place.version, status: version.status });
}
