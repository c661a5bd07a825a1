import { z } from 'zod';
import { OWN_ACT_BLOCKS, OWN_ACTS } from '#libs/appraisal';
import { zPhase, zPhasePlan } from '#libs/cycle/contracts';
import { zInstant, zPeriod, zSubjectId, zUuid } from '#libs/kernel/schema';
import { zTitle } from '#libs/scheme/contracts';

/** The phases of the cycle that an appraisal is in, where it is among them, and what the person may do with it. */
export const zProcess = z
  .strictObject({
    appraisalId: z.string(),
    cycleId: zUuid,
    name: z.string(),
    period: zPeriod,
    status: z.enum(['running', 'paused', 'cancelled', 'closed']),
    scheme: z.strictObject({ schemeId: z.string(), version: z.int(), title: zTitle.nullable() }),
    zone: z.string(),
    shortDays: z.boolean().describe('Demo and tests: a working day lasts less than a day'),
    phases: z.array(
      zPhasePlan.extend({
        state: z.enum(['planned', 'open', 'complete', 'closed']),
        openedAt: zInstant.nullable(),
        closedAt: zInstant.nullable(),
        /** Of the tasks of this person's appraisal in that phase; null where it has none. */
        own: z.strictObject({ state: z.enum(['open', 'submitted', 'skipped']), late: z.boolean() }).nullable(),
      }),
    ),
    here: zPhase.nullable().describe('Null when nothing is to come'),
    acts: z
      .array(
        z.strictObject({
          act: z.enum(OWN_ACTS),
          blocked: z.enum(OWN_ACT_BLOCKS).nullable().describe('Why it can not be done now; null when it can'),
          until: zInstant.nullable(),
          late: z.boolean().describe('Can still be done, marked late'),
        }),
      )
      .describe('Of the person concerned; empty for others'),
    appeals: z.array(z.strictObject({ appealId: zUuid, stage: z.string() })).describe('Of this result, those withdrawn too'),
    lines: z
      .array(z.strictObject({ key: z.string(), title: zTitle, optionTitles: z.record(z.string(), zTitle) }))
      .describe('What is rated on it, by whomever: names for what was submitted'),
    people: z.array(z.strictObject({ subject: zSubjectId, name: z.string().nullable() })).describe('Who reviews, and who submitted'),
  })
  .meta({ id: 'AppraisalProcess' });
export type ProcessBody = z.infer<typeof zProcess>;

const zValue = z
  .strictObject({ key: z.string(), title: z.string(), value: z.string().nullable(), text: z.string().describe('As a reader says it') })
  .nullable();
const zRow = z
  .strictObject({
    key: z.string().describe('Its node in the explanation'),
    title: z.string(),
    score: z.string().nullable(),
    points: z.string().nullable().describe('What it may come to'),
    actual: zValue,
    target: zValue,
    completion: z.string().nullable().describe('Actual ÷ target to four decimals'),
    sentence: z.string(),
  })
  .meta({ id: 'ResultRow' });

/** The result as a table: what the explanation says, by section and indicator. */
export const zResultTable = z
  .strictObject({
    score: z.string().nullable(),
    grade: z.string().nullable(),
    gradeTitle: z.string().nullable(),
    place: z.string().nullable().describe('Where the scheme places people among each other'),
    parts: z.array(
      z.strictObject({
        key: z.string().nullable().describe('Null where the period was not split by a transfer'),
        title: z.string(),
        score: z.string().nullable(),
        workingDays: z.string().nullable(),
        sections: z.array(
          z.strictObject({
            key: z.string(),
            title: z.string(),
            score: z.string().nullable(),
            points: z.string().nullable(),
            rows: z.array(zRow),
          }),
        ),
        modifiers: z.array(zRow),
      }),
    ),
    consequences: z.array(z.strictObject({ key: z.string(), kind: z.enum(['outcome', 'action']), title: z.string(), text: z.string() })),
    amendment: z
      .strictObject({
        kind: z.enum(['appeal', 'correction']),
        id: zUuid,
        at: zInstant,
        publishedScore: z.string().nullable(),
        publishedGrade: z.string().nullable(),
      })
      .nullable()
      .describe('What was published before an appeal or a correction changed it'),
  })
  .meta({ id: 'ResultTable' });
export type ResultTableBody = z.infer<typeof zResultTable>;

export const zLineFacts = z.strictObject({ items: z.array(z.strictObject({ line: z.string(), facts: z.array(z.string()) })) });
