import type { PersonalText, PlainDay, SubjectId } from '#kernel';
import type { InvitedCommenter } from './life-events';

export type { SchemeEvent } from './events';

interface OfVersion {
  readonly schemeId: string;
  readonly version: number;
}

/** By HR: a next version as YAML text. */
export interface DraftScheme {
  readonly type: 'DraftScheme';
  readonly data: { readonly schemeId: string; readonly yaml: string; readonly template?: string };
}
/** By HR: who may comment, from every side (HR, sales, finance, reps). Again to invite more, or to take a closed one up again. */
export interface OpenSchemeDiscussion {
  readonly type: 'OpenSchemeDiscussion';
  readonly data: OfVersion & { readonly invited: readonly InvitedCommenter[]; readonly until?: PlainDay | undefined };
}
/** By one of those invited. */
export interface CommentOnScheme {
  readonly type: 'CommentOnScheme';
  readonly data: OfVersion & { readonly commentId: string; readonly about?: string | undefined; readonly text: PersonalText };
}
export interface EditSchemeComment {
  readonly type: 'EditSchemeComment';
  readonly data: OfVersion & { readonly commentId: string; readonly text: PersonalText };
}
export interface WithdrawSchemeComment {
  readonly type: 'WithdrawSchemeComment';
  readonly data: OfVersion & { readonly commentId: string };
}
/** By HR, with what came of it. */
export interface CloseSchemeDiscussion {
  readonly type: 'CloseSchemeDiscussion';
  readonly data: OfVersion & { readonly summary: PersonalText };
}
/** By the general manager, never by who drafted it; only what was discussed. */
export interface ApproveScheme {
  readonly type: 'ApproveScheme';
  readonly data: OfVersion;
}
/** By the general manager, never by who drafted it; approves it too where that was not done before. */
export interface PutSchemeInForce {
  readonly type: 'PutSchemeInForce';
  readonly data: OfVersion;
}
/** Of the version in force, when its review date comes. */
export interface ReviewScheme {
  readonly type: 'ReviewScheme';
  readonly data: OfVersion & {
    readonly conclusion: 'keep' | 'change' | 'retire';
    readonly nextReviewOn?: PlainDay | undefined;
    readonly reason: PersonalText;
  };
}
export interface RetireScheme {
  readonly type: 'RetireScheme';
  readonly data: OfVersion;
}
export type SchemeCommand =
  | DraftScheme
  | OpenSchemeDiscussion
  | CommentOnScheme
  | EditSchemeComment
  | WithdrawSchemeComment
  | CloseSchemeDiscussion
  | ApproveScheme
  | PutSchemeInForce
  | ReviewScheme
  | RetireScheme;

/** By the person, for oneself. */
export interface AcknowledgeScheme {
  readonly type: 'AcknowledgeScheme';
  readonly data: OfVersion & { readonly subject: SubjectId };
}
