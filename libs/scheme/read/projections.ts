import type { AnyProjection } from '#libs/projections';
import { schemeAcknowledgementProjection } from './scheme-acknowledgement.projection';
import { schemeCommentProjection, schemeDiscussionProjection, schemeReviewProjection } from './scheme-discussion.projection';
import { schemeNoteProjection } from './scheme-note.projection';
import { schemeVersionProjection } from './scheme-version.projection';

/** Every read model of schemes. */
export const schemeProjections: readonly AnyProjection[] = [
  schemeVersionProjection,
  schemeDiscussionProjection,
  schemeCommentProjection,
  schemeReviewProjection,
  schemeAcknowledgementProjection,
  schemeNoteProjection,
];
