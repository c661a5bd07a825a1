import { z } from 'zod';
import { monthsOf, periodBefore, periodKind } from '#libs/calendar';
import { isPeriod, type Period, Rejection } from '#kernel';
import { zCode, zDecimalText, zLabel, zPeriod, zSubjectId, zUuid, zVersion } from '#libs/kernel/schema';
import { REHEARSAL_LIMITS, type RehearsalInput, SCHEME_LIMITS } from '#libs/scheme';
import { zTitle } from '#libs/scheme/contracts';
import { zPage } from '../http/page';

const zSchemeId = z.strictObject({ schemeId: zCode, version: zVersion });
const zLabels = z.array(zLabel).min(1).max(100).optional();
const zRatingKey = z.string().min(1).max(120);
const PERIODS = /^\d{4}(-(0[1-9]|1[0-2])|-Q[1-4])?(\.\.\d{4}(-(0[1-9]|1[0-2])|-Q[1-4])?)?$/;

export const zRehearsal = z
  .strictObject({
    scheme: z.union([z.strictObject({ yaml: z.string().min(1).max(SCHEME_LIMITS.textChars) }), zSchemeId]),
    against: zSchemeId
      .optional()
      .describe('Whose published results it is compared with; the version in force of the same scheme when absent'),
    periods: z
      .array(z.string().regex(PERIODS))
      .min(1)
      .max(REHEARSAL_LIMITS.periods)
      .describe('`2026-08`, `2026-Q3`, or `2026-08..2026-10`'),
    scope: z.strictObject({ roles: zLabels, departments: zLabels, regions: zLabels, teams: zLabels }).optional(),
    ratings: z
      .strictObject({
        carry: z.record(zRatingKey, zRatingKey).default({}).describe('Rating of the draft → the one it is taken from'),
        defaults: z.record(zRatingKey, z.string().min(1).max(60)).default({}).describe('The value of everyone who has none'),
        defaultShare: zDecimalText.optional().describe('Percent of the range of a points line, for everyone who has none'),
      })
      .default({ carry: {}, defaults: {} }),
    reevaluate: z.boolean().default(false).describe('Also evaluates the scheme it is compared with on the facts of today'),
  })
  .meta({ id: 'RehearsalQuestion' });
export type RehearsalBody = z.infer<typeof zRehearsal>;

export const zRehearsalPage = z.strictObject({
  after: z.string().min(1).max(400).optional(),
  limit: z.coerce.number().int().min(1).max(REHEARSAL_LIMITS.page).default(50),
});

const zStanding = z.strictObject({
  score: zDecimalText.nullable(),
  grade: z.string().nullable(),
  rank: z.int().nullable(),
  pay: zDecimalText.nullable(),
});
const zTrial = zStanding.extend({ errors: z.array(z.strictObject({ code: z.string(), key: z.string() })) });
const zRow = z
  .strictObject({
    period: zPeriod,
    subject: zSubjectId,
    cycleId: zUuid.nullable(),
    department: z.string(),
    team: z.string().nullable(),
    published: zStanding.nullable(),
    amended: z.boolean(),
    again: zTrial.nullable(),
    draft: zTrial,
    difference: z.strictObject({ score: zDecimalText.nullable(), pay: zDecimalText.nullable(), places: z.int().nullable() }),
    defaulted: z.array(z.string()),
  })
  .meta({ id: 'RehearsalRow' });
export const zRows = zPage(zRow).extend({ asOf: z.int() });
export type RowsBody = z.infer<typeof zRows>;

const zMoves = { higher: z.int(), lower: z.int(), same: z.int() };
const zCost = { published: zDecimalText, again: zDecimalText.nullable(), draft: zDecimalText, difference: zDecimalText };
/** Who may not read pay is told sums of so many people at least, and of everyone there is: not of a group that may be one person. */
export const PEOPLE_FOR_PAY = 5;
const HIDDEN_PAY = `Null for who may not read pay, where a scope is chosen or there are fewer than ${PEOPLE_FOR_PAY} people`;
export const zSummary = z
  .strictObject({
    draft: z.strictObject({ schemeId: zCode, version: z.int().nullable(), title: zTitle }),
    against: zSchemeId,
    asOf: z.int(),
    log: z.strictObject({ before: z.int(), after: z.int() }).describe('Last position of the log: a rehearsal writes nothing'),
    periods: z.array(
      z.strictObject({
        period: zPeriod,
        people: z.int(),
        published: z.int(),
        scored: z.int(),
        notScored: z.int(),
        defaulted: z.int(),
        meanScore: z.strictObject({ published: zDecimalText.nullable(), draft: zDecimalText.nullable() }),
        grades: z.array(z.strictObject({ grade: z.string(), published: z.int(), draft: z.int() })),
        score: z.strictObject(zMoves),
        pay: z
          .strictObject({ ...zCost, ofNotScored: zDecimalText, ...zMoves })
          .nullable()
          .describe(HIDDEN_PAY),
        errors: z.array(z.strictObject({ code: z.string(), key: z.string(), people: z.int() })),
      }),
    ),
    cost: z.strictObject(zCost).nullable().describe(HIDDEN_PAY),
  })
  .meta({ id: 'RehearsalSummary' });
export type SummaryBody = z.infer<typeof zSummary>;

/** Thrown when a range is of mixed kinds, backwards or too long: Rejection `scheme.invalid-periods`. */
export function rehearsalInput({ periods, ...body }: RehearsalBody): RehearsalInput {
  return { ...body, periods: [...new Set(periods.flatMap(periodsIn))] };
}

function periodsIn(text: string): readonly Period[] {
  const [first = '', last = first] = text.split('..');
  const refused = new Rejection('scheme.invalid-periods', { periods: text, most: REHEARSAL_LIMITS.periods });
  if (!isPeriod(first) || !isPeriod(last) || periodKind(first) !== periodKind(last)) throw refused;
  const found: Period[] = [last];
  for (let at = last; monthsOf(at)[0] !== monthsOf(first)[0]; found.unshift(at)) {
    if (found.length >= REHEARSAL_LIMITS.periods || at < first) throw refused;
    at = periodBefore(at);
  }
  return found;
}
