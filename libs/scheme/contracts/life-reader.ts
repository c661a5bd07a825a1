import type { ActorId, Instant, PersonalText, PlainDay, SubjectId } from '#kernel';
import type { Title } from './document';
import type { InvitedCommenter } from './life-events';
import type { SchemeVersionRow } from './reader';

export interface SchemeDiscussionRow {
  readonly schemeId: string;
  readonly version: number;
  readonly invited: readonly InvitedCommenter[];
  readonly until: PlainDay | null;
  readonly openedBy: ActorId;
  readonly openedAt: Instant;
  /** Null while it is open. */
  readonly closedAt: Instant | null;
  readonly closedBy: ActorId | null;
  readonly summary: PersonalText | null;
  readonly silent: readonly string[];
}

export interface SchemeCommentRow {
  readonly commentId: string;
  readonly by: SubjectId;
  readonly about: string | null;
  /** Null once withdrawn. */
  readonly text: PersonalText | null;
  readonly commentedAt: Instant;
  readonly editedAt: Instant | null;
}

export interface AcknowledgementCount {
  /** Persons whom a cycle scores by this version. */
  readonly concerned: number;
  readonly acknowledged: number;
}
export interface AcknowledgementPage {
  readonly items: readonly { readonly subject: SubjectId; readonly concernedSince: Instant }[];
  /** Subject to go on from; absent on the last page. */
  readonly next?: SubjectId;
}
export interface ToAcknowledge {
  readonly schemeId: string;
  readonly version: number;
  readonly concernedSince: Instant;
}

/** What a conclusion recorded, oldest first. */
export interface SchemeReview {
  readonly conclusion: 'keep' | 'change' | 'retire';
  readonly nextReviewOn: PlainDay | null;
  readonly reason: PersonalText;
  readonly reviewedBy: ActorId;
  readonly reviewedAt: Instant;
}

/** A closed appeal that found the scheme at fault. */
export interface SchemeNote {
  readonly cycleId: string;
  readonly appealId: string;
  readonly outcome: string;
  readonly note: PersonalText | null;
  readonly closedAt: Instant;
}

/** An open discussion to which somebody was invited who has said nothing yet. */
export interface ToComment {
  readonly schemeId: string;
  readonly version: number;
  readonly title: Title;
  /** The day until which it is open; null where HR set none. */
  readonly until: PlainDay | null;
}

export interface SchemeLifeReader {
  /** Newest first, at most 200. */
  notes(cycleIds: readonly string[]): Promise<readonly SchemeNote[]>;
  /** Undefined when the version was never discussed. */
  discussion(schemeId: string, version: number): Promise<SchemeDiscussionRow | undefined>;
  /** Oldest first, at most SCHEME_LIFE_LIMITS.comments. */
  comments(schemeId: string, version: number): Promise<readonly SchemeCommentRow[]>;
  /** Open discussions that wait for a person's first comment, the soonest to end first; at most 50. */
  toComment(subject: SubjectId): Promise<readonly ToComment[]>;
  acknowledgements(schemeId: string, version: number): Promise<AcknowledgementCount>;
  /** Who has not acknowledged it, by subject id. */
  notAcknowledged(query: {
    readonly schemeId: string;
    readonly version: number;
    readonly afterSubject?: SubjectId;
    readonly limit: number;
  }): Promise<AcknowledgementPage>;
  /** What a person has not acknowledged yet, newest first; at most 50. */
  toAcknowledge(subject: SubjectId): Promise<readonly ToAcknowledge[]>;
  concerns(schemeId: string, version: number, subject: SubjectId): Promise<boolean>;
  reviews(schemeId: string, version: number): Promise<readonly SchemeReview[]>;
  /** In force, and their review date has come; the longest overdue first, at most SCHEME_LIFE_LIMITS.reviewsDue. */
  reviewsDue(on: PlainDay): Promise<readonly SchemeVersionRow[]>;
}
