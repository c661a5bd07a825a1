import { z } from 'zod';
import { zSubjectId, zUuid } from '#libs/kernel/schema';
import { zRatings, zStep } from './events';

/** Characters of a comment, reason or answer. */
const zText = z.string().trim().min(1).max(4_000);

/** What people say; deadlines and everything else that is derived is added by the service. */
export const zSelfReviewInput = z.strictObject({ ratings: zRatings, comment: zText.optional() });
export const zManagerScoreInput = z.strictObject({ ratings: zRatings, comment: zText.optional(), onBehalfOf: zSubjectId.optional() });
export const zSecondReviewInput = z.strictObject({ comment: zText.optional() });
export const zSendBackInput = z.strictObject({ toStep: zStep, reason: zText });
export const zObjectionInput = z.strictObject({ reason: zText });
/** A step done again by a substitute, after an appeal was upheld on procedure. */
export const zRedoStepInput = z.strictObject({ appealId: zUuid, ratings: zRatings });
export const zAnswerInput = z.strictObject({ answer: zText });

export type SelfReviewInput = z.infer<typeof zSelfReviewInput>;
export type ManagerScoreInput = z.infer<typeof zManagerScoreInput>;
export type SecondReviewInput = z.infer<typeof zSecondReviewInput>;
export type SendBackInput = z.infer<typeof zSendBackInput>;
export type ObjectionInput = z.infer<typeof zObjectionInput>;
export type RedoStepInput = z.infer<typeof zRedoStepInput>;
export type AnswerInput = z.infer<typeof zAnswerInput>;
