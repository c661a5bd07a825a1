import { queryOptions } from '@tanstack/react-query';
import type { components } from '#api-schema';
import { api, bodyOf } from '../../api/client';
import { personKey } from '../../api/todo-path';
import { type Given, type GivenRatings, ratingProblem } from '../../pieces/rating';

export type Sheet = components['schemas']['RaterSheet'];
export type Step = 'manager-review' | 'second-review';
export type Cycle = components['schemas']['Cycle'];

/** Pages of sheets that are put together: a rater with more people than that is told so. */
const MOST_PAGES = 6;

export interface Sheets {
  readonly items: readonly Sheet[];
  /** There are more than are shown. */
  readonly isCut: boolean;
}

/** Everybody whom the caller rates or reviews in a cycle. */
export function sheetsQuery(cycleId: string, step: Step) {
  return queryOptions({ queryKey: ['sheets', cycleId, step], queryFn: () => allSheets(cycleId, step) });
}

async function allSheets(cycleId: string, step: Step): Promise<Sheets> {
  const items: Sheet[] = [];
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { cycleId, step, ...(after === undefined ? {} : { after }) };
    const body = await bodyOf(api.GET('/api/v1/appraisals/sheets', { params: { query } }));
    items.push(...body.items);
    if (body.next === undefined) return { items, isCut: false };
    after = body.next;
  }
  return { items, isCut: true };
}

export function cycleQuery(cycleId: string) {
  return queryOptions({
    queryKey: ['cycles', cycleId],
    queryFn: () => bodyOf(api.GET('/api/v1/cycles/{cycleId}', { params: { path: { cycleId } } })),
  });
}

/** Names a sheet in the address and among the drafts. */
export function keyOf({ appraisal, task }: Sheet): string {
  return personKey({ subject: appraisal.subject, part: task.part, department: task.department });
}

export function submissionOf(sheet: Sheet, step: Sheet['task']['step']): Sheet['submissions'][number]['versions'][number] | undefined {
  const found = sheet.submissions.filter((one) => one.step === step);
  const own =
    step === sheet.task.step
      ? found.find(({ part, department }) => part === sheet.task.part && department === sheet.task.department)
      : found[0];
  return own?.versions.at(-1);
}

/** What a rater has written for one person and not sent yet. */
export interface Draft {
  readonly ratings: GivenRatings;
  readonly comment: string;
  /** Of the appraisal when the writing began: what is sent says so, and is refused where somebody changed it since. */
  readonly version: number;
}

export function missingLines({ lines }: Pick<Sheet, 'lines'>, draft: Draft | undefined): readonly Sheet['lines'][number][] {
  return lines.filter((line) => ratingProblem(line, draft?.ratings[line.key]) !== undefined);
}

export function isBegun(draft: Draft | undefined): boolean {
  return draft !== undefined && (draft.comment !== '' || Object.keys(draft.ratings).length > 0);
}

export type Filling = 'done' | 'ready' | 'begun' | 'empty' | 'waits';

/** How far somebody is with one person. A task of lists only is ready once it has been looked at: something was written. */
export function fillingOf(sheet: Sheet, draft: Draft | undefined): Filling {
  if (sheet.waits === 'done' || sheet.task.state === 'submitted') return 'done';
  if (sheet.waits !== null) return 'waits';
  if (!isBegun(draft)) return 'empty';
  return missingLines(sheet, draft).length === 0 ? 'ready' : 'begun';
}

export interface RatingInHand {
  readonly given: Given | undefined;
  /** Submitted: it counts. */
  readonly sent: boolean;
}

/** What stands for a line: of somebody who is submitted only what counts, whatever a draft of before says; else the draft. */
export function ratingOf(sheet: Sheet, draft: Draft | undefined, line: string): RatingInHand {
  const sent = submissionOf(sheet, sheet.task.step)?.ratings?.[line];
  if (sheet.waits === 'done') return { given: sent, sent: sent !== undefined };
  return { given: draft?.ratings[line] ?? sent, sent: false };
}
