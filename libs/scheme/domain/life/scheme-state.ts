import type { ActorId, PersonalText, SubjectId } from '#kernel';
import type { SchemeEvent } from '../../contracts/events';
import type { CommenterSide, InvitedCommenter } from '../../contracts/life-events';
import type { SchemeStatus } from '../../contracts/reader';

interface Comment {
  readonly by: SubjectId;
  /** Undefined once withdrawn. */
  readonly text: PersonalText | undefined;
}

export interface Discussion {
  readonly invited: ReadonlyMap<SubjectId, readonly CommenterSide[]>;
  readonly comments: ReadonlyMap<string, Comment>;
}

export interface VersionState {
  readonly yaml: string;
  readonly yamlHash: string;
  readonly draftedBy: ActorId;
  readonly status: SchemeStatus;
  readonly discussion: Discussion | undefined;
  readonly approvedBy: ActorId | undefined;
}

/** The versions of one scheme by number, from 1. */
export interface SchemeState {
  readonly versions: ReadonlyMap<number, VersionState>;
}

export const NO_DISCUSSION: Discussion = { invited: new Map(), comments: new Map() };

/** Total: an event about a version that is not there changes nothing. */
export function evolveScheme(state: SchemeState, event: SchemeEvent): SchemeState {
  const versions = new Map(state.versions);
  if (event.type === 'SchemeDrafted') {
    const { version, yaml, yamlHash, draftedBy } = event.data;
    versions.set(version, { yaml, yamlHash, draftedBy, status: 'draft', discussion: undefined, approvedBy: undefined });
    return { versions };
  }
  const before = versions.get(event.data.version);
  if (!before) return state;
  if (event.type === 'SchemePutInForce')
    for (const [number, other] of versions)
      if (other.status === 'in-force' && number !== event.data.version) versions.set(number, { ...other, status: 'superseded' });
  versions.set(event.data.version, { ...before, ...changeOf(before, event) });
  return { versions };
}

function changeOf(version: VersionState, event: Exclude<SchemeEvent, { type: 'SchemeDrafted' }>): Partial<VersionState> {
  switch (event.type) {
    case 'SchemeDiscussionOpened':
      return { status: 'in-discussion', discussion: invitedTo(version.discussion, event.data.invited) };
    case 'SchemeCommented':
      return withComment(version, event.data.commentId, { by: event.data.by, text: event.data.text });
    case 'SchemeCommentEdited':
      return changedComment(version, event.data.commentId, event.data.text);
    case 'SchemeCommentWithdrawn':
      return changedComment(version, event.data.commentId, undefined);
    case 'SchemeDiscussionClosed':
      return { status: 'discussed' };
    case 'SchemeApproved':
      return { status: 'approved', approvedBy: event.data.approvedBy };
    case 'SchemePutInForce':
      return { status: 'in-force', approvedBy: event.data.approvedBy };
    case 'SchemeRetired':
      return { status: 'retired' };
    case 'SchemeReviewed':
      return {};
  }
}

function invitedTo(discussion: Discussion = NO_DISCUSSION, invited: readonly InvitedCommenter[]): Discussion {
  return { ...discussion, invited: new Map([...discussion.invited, ...invited.map(({ subject, sides }) => [subject, sides] as const)]) };
}

function withComment({ discussion = NO_DISCUSSION }: VersionState, id: string, comment: Comment): Partial<VersionState> {
  return { discussion: { ...discussion, comments: new Map(discussion.comments).set(id, comment) } };
}

function changedComment(version: VersionState, id: string, text: PersonalText | undefined): Partial<VersionState> {
  const comment = version.discussion?.comments.get(id);
  return comment ? withComment(version, id, { ...comment, text }) : {};
}
