import { z } from 'zod';
import { zCode, zLabel, zSubjectId, zUuid } from '#libs/kernel/schema';
import { zStep } from './events';

/** Characters of a comment, reason or answer. */
const zText = z.string().trim().min(1).max(4_000);

/**
 * Ratings as a rater gives them: a decimal text or a word; a list of words, of decimals or of free words; awards
 * `{ amount, reason, approved_by }`. Free words and reasons are sealed before anything is stored.
 */
export const zGivenRatings = z.record(
  zCode,
  z.union([
    z.string().max(60),
    z.array(z.string().trim().min(1).max(500)).max(50),
    z
      .array(
        z.strictObject({
          amount: z.string().max(30),
          reason: z.string().trim().max(500).optional(),
          approved_by: z.array(zSubjectId).max(10).optional(),
        }),
      )
      .max(20),
  ]),
);
export type GivenRatings = z.infer<typeof zGivenRatings>;

/** What people say; deadlines and everything else that is derived is added by the service. */
export const zSelfReviewInput = z.strictObject({ ratings: zGivenRatings, comment: zText.optional() });
export const zManagerScoreInput = z.strictObject({
  ratings: zGivenRatings,
  comment: zText.optional(),
  /** Of the period, after a transfer inside it; 1 where there is one. */
  part: z.int().min(1).max(12).optional(),
  /** The lines of that department, by its head; the manager's own lines when absent. */
  department: zLabel.optional(),
  onBehalfOf: zSubjectId.optional(),
});
/** `ratings`: where the scheme asks the second reviewer for some. */
export const zSecondReviewInput = z.strictObject({
  ratings: zGivenRatings.optional(),
  comment: zText.optional(),
  onBehalfOf: zSubjectId.optional(),
});
/** `toLevel`: of second reviews, an earlier one. */
export const zSendBackInput = z.strictObject({
  toStep: zStep,
  toLevel: z.int().min(1).max(20).optional(),
  reason: zText,
  onBehalfOf: zSubjectId.optional(),
});
export const zObjectionInput = z.strictObject({ reason: zText });
/** A step done again by a substitute, after an appeal was upheld on procedure. */
export const zRedoStepInput = z.strictObject({ appealId: zUuid, ratings: zGivenRatings });
export const zAnswerInput = z.strictObject({ answer: zText });

/** The whole list of colleagues who are asked. */
export const zNominatePeersInput = z.strictObject({ peers: z.array(zSubjectId).max(50) });
const zAnswer = z.record(zCode, z.string().max(30));
/** One number for every line, such as `peers.amount`. */
export const zPeerAnswerInput = z.strictObject({ ratings: zAnswer });
/** A row a customer: one number for every line, such as `customers.amount`. No names. */
export const zCustomerAnswersInput = z.strictObject({ rows: z.array(zAnswer).min(1).max(500) });

export type NominatePeersInput = z.infer<typeof zNominatePeersInput>;
export type PeerAnswerInput = z.infer<typeof zPeerAnswerInput>;
export type CustomerAnswersInput = z.infer<typeof zCustomerAnswersInput>;
export type SelfReviewInput = z.infer<typeof zSelfReviewInput>;
export type ManagerScoreInput = z.infer<typeof zManagerScoreInput>;
export type SecondReviewInput = z.infer<typeof zSecondReviewInput>;
export type SendBackInput = z.infer<typeof zSendBackInput>;
export type ObjectionInput = z.infer<typeof zObjectionInput>;
export type RedoStepInput = z.infer<typeof zRedoStepInput>;
export type AnswerInput = z.infer<typeof zAnswerInput>;
