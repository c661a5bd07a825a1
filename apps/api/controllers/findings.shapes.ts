import { z } from 'zod';
import { STEPS } from '#libs/appraisal/contracts';
import { zSubjectId } from '#libs/kernel/schema';
import type { ErrorInWords } from '#libs/scheme';

const zText = z.strictObject({ 'zh-CN': z.string(), en: z.string() });
const zWordedError = z
  .strictObject({
    code: z.string(),
    key: z.string(),
    title: zText,
    sentence: zText,
    concerns: z.array(z.strictObject({ key: z.string(), title: zText })).describe("Indicators and lines that can't be computed for it"),
  })
  .meta({ id: 'ErrorInWords' });
const zGroupFinding = z.strictObject({
  code: z.enum(['grade-over-limit', 'distribution-off-target']),
  grade: z.string(),
  department: z.string().nullable().describe('Null where it is about the whole cycle'),
  people: z.int(),
  have: z.int(),
  atMost: z.int().optional(),
  target: z.int().optional(),
  sentence: zText,
});

export const zFindings = z
  .strictObject({
    members: z.int(),
    waiting: z.int().describe('Not scored yet'),
    withErrors: z.int(),
    errors: z.array(zWordedError.extend({ people: z.int() })).describe('The most frequent first, at most 500'),
    groups: z.array(zGroupFinding),
  })
  .meta({ id: 'CycleFindings' });
export type FindingsBody = z.infer<typeof zFindings>;

export const zResultWithErrors = z.strictObject({
  appraisalId: z.string(),
  subject: zSubjectId,
  name: z.string().nullable(),
  errors: z.array(zWordedError),
});
export type ResultWithErrorsBody = z.infer<typeof zResultWithErrors>;

export const zWaiting = z.strictObject({
  appraisalId: z.string(),
  subject: zSubjectId,
  name: z.string().nullable(),
  reason: z.enum(['step-open', 'on-hold', 'to-be-scored']),
  step: z.enum(STEPS).nullable(),
  reviewer: zSubjectId.nullable(),
  role: z.string().nullable(),
});
export type WaitingBody = z.infer<typeof zWaiting>;

export function wordedBody({ concerns, ...error }: ErrorInWords): z.infer<typeof zWordedError> {
  return { ...error, concerns: [...concerns] };
}
