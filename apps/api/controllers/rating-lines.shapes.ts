import { z } from 'zod';
import type { RatingLine } from '#libs/scheme';
import { zTitle } from '#libs/scheme/contracts';

/** A line that a rater fills in. Free words of `entries` and reasons of `awards` are sealed before they are stored. */
export const zRatingLine = z
  .strictObject({
    key: z.string(),
    title: zTitle,
    help: zTitle.nullable(),
    type: z.enum(['points', 'occurrences', 'word', 'list', 'entries', 'numbers', 'awards']),
    counts: z.boolean(),
    from: z.string().nullable(),
    to: z.string().nullable(),
    whole: z.boolean(),
    options: z.array(z.string()),
    optionTitles: z.record(z.string(), zTitle),
    department: z.string().nullable(),
    approvals: z.int().nullable(),
    group: z.string().nullable(),
  })
  .meta({ id: 'RatingLine' });

export function lineBody(line: RatingLine): z.infer<typeof zRatingLine> {
  return { ...line, options: [...line.options], optionTitles: { ...line.optionTitles } };
}
