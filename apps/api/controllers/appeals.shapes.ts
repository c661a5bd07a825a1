import { z } from 'zod';
import type { PersonalText } from '#kernel';
import type { AppealAct, EvidenceInput } from '#libs/appeal';
import {
  APPEAL_LIMITS,
  APPEAL_STAGES,
  zAmendment,
  zAppealGround,
  zContestedLine,
  zDeadline,
  zLineValue,
  zVerdict,
} from '#libs/appeal/contracts';
import type { Operation } from '#libs/identity';
import { zHash, zInstant, zSubjectId, zUuid } from '#libs/kernel/schema';

const zText = z.string().trim().min(1).max(5_000);
const zEvidenceRef = z.strictObject({ hash: zHash, name: z.string().min(1).max(200) });
const zEvidenceList = z.array(zEvidenceRef).max(APPEAL_LIMITS.evidenceFiles).default([]);

export const zFileAppeal = z.strictObject({
  appraisalId: z.string().max(100),
  grounds: z.array(zAppealGround).min(1).max(4),
  lines: z.array(zContestedLine).max(APPEAL_LIMITS.lines),
  step: z.string().max(40).optional(),
  statement: zText,
  evidence: zEvidenceList,
});

/** Everything that people do with an appeal once it is filed, told by `act`. */
export const zAppealAct = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('ask-for-more'), question: zText }),
  z.strictObject({ act: z.literal('give-more'), answer: zText.optional(), evidence: zEvidenceList }),
  z.strictObject({ act: z.literal('accept'), lateReason: zText.optional(), contact: zSubjectId.optional() }),
  z.strictObject({ act: z.literal('decline'), reason: zText }),
  z.strictObject({ act: z.literal('escalate'), reason: zText.optional() }),
  z.strictObject({
    act: z.literal('correct-facts'),
    corrections: z.array(zAmendment).min(1).max(APPEAL_LIMITS.lines),
    reason: zText.optional(),
  }),
  z.strictObject({ act: z.literal('stand-by-facts'), reason: zText }),
  z.strictObject({ act: z.literal('accept-offer') }),
  z.strictObject({ act: z.literal('refuse-offer') }),
  z.strictObject({ act: z.literal('name-panel'), members: z.array(zSubjectId).min(3).max(APPEAL_LIMITS.panel), chair: zSubjectId }),
  z.strictObject({ act: z.literal('leave-panel'), member: zSubjectId, cause: z.enum(['refused', 'conflict']) }),
  z.strictObject({ act: z.literal('note-hearing'), notes: zText, how: z.enum(['in-person', 'remote', 'in-writing', 'waived']) }),
  z.strictObject({
    act: z.literal('vote'),
    verdict: zVerdict,
    values: z
      .array(z.strictObject({ line: z.string().max(100), value: zLineValue }))
      .max(APPEAL_LIMITS.lines)
      .default([]),
    reason: zText,
  }),
  z.strictObject({ act: z.literal('withdraw'), reason: zText.optional() }),
  z.strictObject({ act: z.literal('close'), schemeAtFault: z.boolean().nullable(), note: zText.optional() }),
]);
export type AppealActBody = z.infer<typeof zAppealAct>;

export const APPEAL_ACT_OPERATIONS: Readonly<Record<AppealActBody['act'], Operation>> = {
  'ask-for-more': 'appeal.triage',
  'give-more': 'appeal.answer',
  accept: 'appeal.triage',
  decline: 'appeal.triage',
  escalate: 'appeal.answer',
  'correct-facts': 'appeal.answer-as-owner',
  'stand-by-facts': 'appeal.answer-as-owner',
  'accept-offer': 'appeal.answer',
  'refuse-offer': 'appeal.answer',
  'name-panel': 'appeal.name-panel',
  'leave-panel': 'appeal.leave-panel',
  'note-hearing': 'appeal.triage',
  vote: 'appeal.vote',
  withdraw: 'appeal.withdraw',
  close: 'appeal.triage',
};

type Seal = (text: string) => PersonalText;

export function evidenceInputs(evidence: readonly z.infer<typeof zEvidenceRef>[], seal: Seal): EvidenceInput[] {
  return evidence.map(({ hash, name }) => ({ hash, name: seal(name) }));
}

/** The words of an act become personal texts of the appellant, whom they are about: they go when that person is erased. */
export function sealedAct(body: AppealActBody, seal: Seal): AppealAct {
  const optional = (text: string | undefined): PersonalText | undefined => (text === undefined ? undefined : seal(text));
  switch (body.act) {
    case 'ask-for-more':
      return { act: body.act, question: seal(body.question) };
    case 'give-more':
      return { act: body.act, answer: optional(body.answer), evidence: evidenceInputs(body.evidence, seal) };
    case 'accept':
      return { act: body.act, lateReason: optional(body.lateReason), contact: body.contact };
    case 'decline':
    case 'stand-by-facts':
      return { act: body.act, reason: seal(body.reason) };
    case 'escalate':
    case 'withdraw':
      return { act: body.act, reason: optional(body.reason) };
    case 'correct-facts':
      return { act: body.act, corrections: body.corrections, reason: optional(body.reason) };
    case 'note-hearing':
      return { act: body.act, notes: seal(body.notes), how: body.how };
    case 'vote':
      return { act: body.act, verdict: body.verdict, values: body.values, reason: seal(body.reason) };
    case 'close':
      return { act: body.act, schemeAtFault: body.schemeAtFault, note: optional(body.note) };
    case 'accept-offer':
    case 'refuse-offer':
    case 'name-panel':
    case 'leave-panel':
      return body;
  }
}

export const zAppeal = z
  .strictObject({
    appealId: zUuid,
    cycleId: zUuid,
    appraisalId: z.string(),
    subject: zSubjectId,
    name: z.string().nullable(),
    stage: z.enum(APPEAL_STAGES),
    late: z.boolean(),
    holds: z.boolean(),
    grounds: z.array(zAppealGround),
    lines: z.array(zContestedLine),
    evidence: z.array(z.strictObject({ hash: zHash, mediaType: z.string(), bytes: z.int(), name: z.string().nullable() })),
    texts: z.array(z.strictObject({ what: z.string(), by: z.string(), at: zInstant, text: z.string().nullable() })),
    filedAt: zInstant,
    due: zDeadline.nullable(),
    decideBy: zDeadline.nullable(),
    overdue: z.boolean(),
    factOwner: zSubjectId.nullable(),
    corrections: z.array(zAmendment),
    panel: z.array(z.strictObject({ subject: zSubjectId, name: z.string().nullable(), department: z.string(), chair: z.boolean() })),
    votes: z.array(z.strictObject({ member: zSubjectId, verdict: zVerdict })),
    verdict: z.enum(['upheld', 'partly', 'dismissed']).nullable(),
    version: z.int(),
  })
  .meta({ id: 'Appeal' });
export type AppealBody = z.infer<typeof zAppeal>;
