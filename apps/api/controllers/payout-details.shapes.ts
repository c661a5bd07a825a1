import { z } from 'zod';
import { zActorId, zInstant, zPeriod, zSubjectId, zUuid } from '#libs/kernel/schema';
import { DIFFERENCE_REASONS } from '#libs/payout';
import { DIFFERENCE_CAUSES } from '#libs/payout/contracts';
import { zLineStatus } from './payouts.shapes';

const figure = { lines: z.int(), people: z.int(), total: z.string() };

/** What a batch adds up to: by the state of its lines, and by what they pay for. */
export const zFigures = z
  .strictObject({
    byStatus: z.array(z.strictObject({ status: zLineStatus, ...figure })),
    byKey: z.array(z.strictObject({ key: z.string(), ...figure })),
    /** What the scheme calls its pay lines. */
    titles: z.array(z.strictObject({ key: z.string(), 'zh-CN': z.string(), en: z.string() })),
  })
  .meta({ id: 'PayoutFigures' });

const zCause = z.strictObject({ kind: z.enum(DIFFERENCE_CAUSES), id: zUuid });

export const zDifference = z
  .strictObject({
    subject: zSubjectId,
    name: z.string().nullable(),
    now: z.string(),
    before: z.string(),
    difference: z.string(),
    lines: z.array(z.strictObject({ key: z.string(), now: z.string().nullable(), before: z.string().nullable() })),
    reasons: z.array(z.strictObject({ code: z.enum(DIFFERENCE_REASONS), from: z.string().nullable(), to: z.string().nullable() })),
    causes: z.array(zCause),
  })
  .meta({ id: 'PayDifference' });

export const zDifferences = z.strictObject({
  against: z.enum(['period-before', 'settled']).describe('`settled`: a supplementary batch beside what its own period has settled already'),
  period: zPeriod,
  now: z.string(),
  before: z.string(),
  difference: z.string(),
  people: z.strictObject({ fresh: z.int(), left: z.int(), changed: z.int(), same: z.int() }),
  items: z.array(zDifference),
  next: z.string().optional(),
});

/** What was done with a batch, by whom and why; ids of holds are those that `lift-hold` takes. */
export const zBatchAct = z
  .strictObject({
    type: z.string(),
    position: z.int(),
    at: zInstant,
    by: zActorId,
    byName: z.string().nullable(),
    reason: z.string().nullable(),
    total: z.string().nullable(),
    passed: z.boolean().nullable(),
    hold: z
      .strictObject({
        key: z.string().describe('As in `heldBy` of lines: `appeal/<id>` or `finance/<id>`'),
        kind: z.enum(['appeal', 'finance']),
        id: zUuid,
        subject: zSubjectId,
        name: z.string().nullable(),
        lines: z.int(),
        outcome: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'PayoutAct' });
export type BatchActBody = z.infer<typeof zBatchAct>;
