import { personalText } from '#libs/event-store';
import { zCode, zDecimalText, zHash, zPeriod, zSubjectId, zUuid, zVersion } from '#libs/kernel/schema';
import { z } from 'zod';

/* Storage format: ratings, results and what they stand on, as several events hold them. */

/** Of one line: as many as customers can be recorded, or a score could not stand on what they said. */
export const MOST_ANSWERS = 500;

/** A special award: to the cent, and who approved it. `reason` is `reason-1` …: the words stand sealed in the notes. */
export const zAward = z.strictObject({
  amount: zDecimalText,
  reason: z.string().max(60),
  approved_by: z.array(zSubjectId).min(1).max(10),
});

/**
 * A rating by its line key: a decimal text, a word, a list of words or of decimals, or awards (schemes.md "Ratings"). Free words stand
 * here as `entry-1` … so that they can be counted; what was written stands sealed in the notes.
 */
export const zRatings = z.record(
  zCode,
  z.union([zDecimalText, z.string().max(60), z.array(z.string().max(60)).max(MOST_ANSWERS), z.array(zAward).max(20)]),
);
export type Ratings = z.infer<typeof zRatings>;

/** The words of a rating line that takes free text, by their place in it from 1. */
export const zNotes = z.array(z.strictObject({ line: zCode, item: z.int().min(1), text: personalText() })).max(200);
export type Notes = z.infer<typeof zNotes>;

export const zScoreResult = z.strictObject({
  /** The scheme places people among each other and they are not placed yet: what builds on the place is still to come. */
  pending: z.literal(true).optional(),
  score: zDecimalText.nullable(),
  grade: zCode.nullable(),
  sections: z
    .array(
      z.strictObject({
        key: zCode,
        score: zDecimalText.nullable(),
        indicators: z.array(z.strictObject({ key: zCode, score: zDecimalText.nullable() })).max(100),
      }),
    )
    .max(30),
  payLines: z.array(z.strictObject({ key: zCode, amount: zDecimalText })).max(50),
  payTotal: zDecimalText.nullable(),
  /** Outcome values as the scheme names them, as JSON text parts: decimals and words are strings. */
  outcome: z.record(zCode, z.union([z.string(), z.int(), z.boolean(), z.null(), z.array(z.string())])),
  actions: z.array(zCode).max(20),
  errors: z.array(z.strictObject({ code: zCode, key: z.string().max(120) })).max(200),
});
export type ScoreResult = z.infer<typeof zScoreResult>;

/** A fact as used: its value and the log positions of the events it came from (several where a metric sums many). */
const zUsedFact = z.strictObject({
  key: zCode,
  value: zDecimalText,
  positions: z.array(z.int()).max(500),
  /** More positions than are kept here. */
  truncated: z.boolean().optional(),
});

/**
 * Where the person stands among the others whose score or fact the scheme ranks by: counts alone, never a list of others.
 * They are those of the cycle with a score at that log position; who is amended later is placed against the same.
 */
const zStanding = z.strictObject({
  /** The fact of the scheme: `group.scores`. */
  key: zCode,
  cycleId: zUuid,
  position: z.int().min(0),
  /** Under which value the person is in that group; null for who got a score later. */
  own: zDecimalText.nullable(),
  /** The value that was placed. */
  at: zDecimalText,
  /** Others in the group, how many of them are strictly ahead, how many level. */
  of: z.int().min(0),
  ahead: z.int().min(0),
  level: z.int().min(0),
});
export type Standing = z.infer<typeof zStanding>;

/** What a score stands on: all that the evaluator was given, so that the explanation tree can be computed again and must give that hash. */
export const zScoreBasis = z.strictObject({
  scheme: z.strictObject({ schemeId: zCode, version: zVersion }),
  evaluator: z.int().min(1),
  explanationHash: zHash,
  facts: z.array(zUsedFact).max(200),
  /** The ratings that counted, by line. */
  ratings: zRatings,
  /** Earlier periods, where the scheme reads them. */
  history: z
    .array(
      z.strictObject({
        period: zPeriod,
        score: zDecimalText.optional(),
        /** Where the score comes from. */
        positions: z.array(z.int()).max(10).optional(),
        facts: z.array(zUsedFact).max(100),
      }),
    )
    .max(60)
    .optional(),
  employee: z.record(zCode, z.string().max(120)).optional(),
  /** Where the scheme ranks people; absent while they are not placed. */
  standings: z.array(zStanding).max(20).optional(),
  /** The score alone is evaluated; places come when everyone has one. */
  until: z.literal('score').optional(),
  /** After a transfer inside the period: each manager's ratings with the working days that they weigh. */
  parts: z
    .array(z.strictObject({ part: z.int().min(1), workingDays: z.int().min(0), ratings: zRatings }))
    .max(12)
    .optional(),
  /** Facts and organisation were read at this log position. */
  asOf: z.int().min(0),
});
export type ScoreBasis = z.infer<typeof zScoreBasis>;
