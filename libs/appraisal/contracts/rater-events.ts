import { defineEvent, personalText } from '#libs/event-store';
import { zCode, zDecimalText, zInstant, zSubjectId } from '#libs/kernel/schema';
import { z } from 'zod';
import { MOST_ANSWERS } from './score-shapes';

/*
 * Storage format: groups of raters about one person (360), in the person's appraisal stream. Who answered and what was
 * answered never stand together: an answer is sealed under a key of its round that is thrown away when all answers are
 * recorded together, by the system, each line in order of size (docs/adr/0009).
 */

const PERSON = '0190a000-0000-7000-8000-000000000001';
const PEER = '0190a000-0000-7000-8000-000000000004';
const ROUND = '0190a000-0000-8000-8000-00000000b001';
const AT = '2026-11-02T01:00:00.000Z';
const sealed = { subject: ROUND, keyVersion: 1, tag: 'dGFnLW9mLXRoZS10ZXh0', at: 'request-1#0/answers', sealed: 'c2VhbGVkLXRleHQ' };

/** By line, such as `peers.amount`: one decimal a rater. */
const zAnswers = z.record(zCode, z.array(zDecimalText).max(MOST_ANSWERS));

const ofTask = { task: z.int().min(0).max(59), complete: z.literal(false).optional() };

/** The whole list as it stands from now on; those who answered are always in it. */
export const peersNominated = defineEvent({
  type: 'PeersNominated',
  version: 1,
  golden: { 1: { task: 2, round: ROUND, peers: [PEER], removed: [PERSON], by: PERSON, nominatedAt: AT } },
  schema: z.strictObject({
    task: z.int().min(0).max(59),
    /** Whose key seals the answers: an id of nobody. */
    round: zSubjectId,
    peers: z.array(zSubjectId).max(50),
    removed: z.array(zSubjectId).max(50),
    by: zSubjectId,
    nominatedAt: zInstant,
  }),
});
/** That somebody answered; what, can be read by nobody until the round is recorded, and of whom it is never. */
export const peerAnswered = defineEvent({
  type: 'PeerAnswered',
  version: 1,
  golden: { 1: { peer: PEER, answers: sealed, answeredAt: AT } },
  schema: z.strictObject({ peer: zSubjectId, answers: personalText(), answeredAt: zInstant }),
});
/** The step is over: nobody answers any more. */
export const peerReviewClosed = defineEvent({
  type: 'PeerReviewClosed',
  version: 1,
  golden: { 1: { task: 2, closedAt: AT } },
  schema: z.strictObject({ task: z.int().min(0).max(59), closedAt: zInstant }),
});
/** All answers at once, each line for itself from the lowest to the highest; none where they are too few to be shown. */
export const peerAnswersRecorded = defineEvent({
  type: 'PeerAnswersRecorded',
  version: 1,
  golden: { 1: { task: 2, complete: false, raters: 3, answers: { 'peers.amount': ['80', '85', '90'] }, recordedAt: AT } },
  schema: z.strictObject({ ...ofTask, raters: z.int().min(0).max(50), answers: zAnswers, recordedAt: zInstant }),
});
/** One answer a customer and line, no names; recorded from a survey by HR or planning. */
export const customerAnswersRecorded = defineEvent({
  type: 'CustomerAnswersRecorded',
  version: 1,
  golden: { 1: { task: 3, complete: false, customers: 2, answers: { 'customers.amount': ['88', '92'] }, by: PERSON, recordedAt: AT } },
  schema: z.strictObject({
    ...ofTask,
    customers: z.int().min(1).max(MOST_ANSWERS),
    answers: zAnswers,
    by: zSubjectId,
    recordedAt: zInstant,
  }),
});

export const raterEvents = [peersNominated, peerAnswered, peerReviewClosed, peerAnswersRecorded, customerAnswersRecorded] as const;
