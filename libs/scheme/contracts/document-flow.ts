import { z } from 'zod';
import { zDayCount, zFormula, zTitle } from './document-words';

/* Who reviews and when. */

/** Who a step belongs to, as a relation to the person appraised. Several second reviews follow one another in this order. */
export const zReviewStep = z.strictObject({
  step: z.enum(['self-review', 'manager-review', 'second-review']),
  by: z.enum([
    'self',
    'direct-manager',
    'manager-of-manager',
    'planning',
    'head-of-planning',
    'sales-vp',
    'hr',
    'general-manager',
    'chair',
    'department-head',
  ]),
  /** With `department-head`: of that department, by its name in the organisation. */
  department: z.string().min(1).max(120).optional(),
  title: zTitle.optional(),
  /** Only for people for whom it holds, over `employee.…` and `param.…`. */
  when: zFormula.optional(),
  /** When nobody did it in time: by facts alone, the manager instead, or wait. */
  late: z.enum(['facts-alone', 'manager-substitutes', 'hold']),
});
export type ReviewStepDocument = z.infer<typeof zReviewStep>;

const zDayNumber = z.string().regex(/^([1-9]|[12]\d|3[01])$/, 'not a day of the month');
const zPhase = z.enum(['self-review', 'manager-review', 'second-review', 'publication', 'confirmation', 'appeals', 'payout']);
/** A phase's end: days of the month after the period, by one such day, or working days after the phase before or a named one. */
const zScheduleEntry = z.discriminatedUnion('kind', [
  z.strictObject({ phase: zPhase, kind: z.literal('days'), first: zDayNumber, last: zDayNumber }),
  z.strictObject({ phase: zPhase, kind: z.literal('by-day'), day: zDayNumber }),
  z.strictObject({ phase: zPhase, kind: z.literal('working-days'), days: zDayCount, after: zPhase.optional() }),
]);
export const zSchedule = z.strictObject({
  month: z.array(zScheduleEntry).min(1).max(10).optional(),
  quarter: z.array(zScheduleEntry).min(1).max(10).optional(),
  year: z.array(zScheduleEntry).min(1).max(10).optional(),
});
export type ScheduleEntry = z.infer<typeof zScheduleEntry>;
export type SchemePhase = z.infer<typeof zPhase>;

export const zAppealTerms = z.strictObject({
  open: z.boolean(),
  fileWithinDays: zDayCount,
  triageDays: zDayCount,
  factOwnerDays: zDayCount,
  decideWithinDays: zDayCount,
  panelOf: z.enum(['3', '5']),
});
