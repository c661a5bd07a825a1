import { z } from 'zod';
import { say } from '../output';

/** As much of a review report as is printed; `--json` gives the rest. */
export const zReview = z.looseObject({
  schemeId: z.string(),
  version: z.number(),
  status: z.string(),
  reviewOn: z.string().nullable(),
  due: z.boolean(),
  results: z.array(
    z.looseObject({
      period: z.string(),
      people: z.number(),
      meanScore: z.string().nullable(),
      lowest: z.string().nullable(),
      highest: z.string().nullable(),
      amended: z.number(),
      grades: z.array(z.object({ grade: z.string().nullable(), people: z.number() })),
    }),
  ),
  cost: z.array(z.looseObject({ period: z.string(), name: z.string(), computed: z.string(), released: z.string() })),
  totalReleased: z.string(),
  appeals: z.object({
    appeals: z.number(),
    lines: z.array(z.object({ line: z.string().nullable(), outcome: z.string(), appeals: z.number() })),
  }),
  schemeAtFault: z.array(z.looseObject({ appealId: z.string(), note: z.string().nullable() })),
  acknowledgements: z.object({ concerned: z.number(), acknowledged: z.number() }),
  comments: z.array(z.looseObject({ text: z.string().nullable() })),
  summary: z.string().nullable(),
  reviews: z.array(z.looseObject({ conclusion: z.string(), nextReviewOn: z.string().nullable(), reviewedAt: z.string() })),
});

export function sayReview(report: z.infer<typeof zReview>): void {
  say(`${report.schemeId} version ${report.version}: ${report.status}, review ${report.reviewOn ?? '–'}${report.due ? ' (due)' : ''}`);
  for (const { period, people, meanScore, lowest, highest, amended, grades } of report.results) {
    const bands = grades.map(({ grade, people: count }) => `${grade ?? '–'} ${count}`).join(', ');
    say(`  ${period}: ${people} people, mean ${meanScore ?? '–'} (${lowest ?? '–'} to ${highest ?? '–'}), ${bands}; ${amended} amended`);
  }
  for (const { period, name, computed, released } of report.cost)
    say(`  cost ${period} ${name}: computed ${computed}, released ${released}`);
  say(`  released in all: ${report.totalReleased}`);
  say(`  appeals: ${report.appeals.appeals}; the scheme was at fault in ${report.schemeAtFault.length}`);
  for (const { line, outcome, appeals } of report.appeals.lines) say(`    ${line ?? 'procedure'}: ${appeals} ${outcome}`);
  const { acknowledged, concerned } = report.acknowledgements;
  say(`  acknowledged by ${acknowledged} of ${concerned}; ${report.comments.filter(({ text }) => text !== null).length} comments`);
  if (report.summary !== null) say(`  summary of the discussion: ${report.summary}`);
  for (const { conclusion, nextReviewOn, reviewedAt } of report.reviews)
    say(`  reviewed ${reviewedAt}: ${conclusion}${nextReviewOn === null ? '' : `, next ${nextReviewOn}`}`);
}
