import type { PlainDay, SubjectId } from '#kernel';
import { addDays, daysIn } from '#libs/calendar';
import type { Role } from '../contracts';

/** Where a person stands while one line holds. */
export interface Standing {
  readonly roles: readonly Role[];
  readonly position: string | null;
  readonly department: string;
  readonly team: string | null;
  readonly region: string | null;
  readonly site: string | null;
  readonly manager: SubjectId | null;
}

/** `from` null: always; `to` is the first day it no longer holds, null: open. */
export interface Segment extends Standing {
  readonly from: PlainDay | null;
  readonly to: PlainDay | null;
}

/** In order of time, without overlaps. */
export type Timeline = readonly Segment[];

/** What one import says about one person: from `speaksFrom` on it alone is the truth; null: always. */
export interface Statement {
  readonly speaksFrom: PlainDay | null;
  readonly segments: readonly Segment[];
}

/** The first day that these lines say something about; null: always. */
export function speaksFrom(segments: readonly Pick<Segment, 'from'>[]): PlainDay | null {
  let first: PlainDay | null | undefined;
  for (const { from } of segments) {
    if (from === null) return null;
    if (first === undefined || first === null || from < first) first = from;
  }
  return first ?? null;
}

/** Statements in the order in which their imports were accepted. */
export function timelineOf(statements: readonly Statement[]): Timeline {
  let timeline: Timeline = [];
  for (const statement of statements) timeline = withStatement(timeline, statement);
  return timeline;
}

/** What was known, cut where the new statement begins, and the statement; neighbours that say the same are one. */
export function withStatement(timeline: Timeline, { speaksFrom: cut, segments }: Statement): Timeline {
  const kept = cut === null ? [] : timeline.filter(({ from }) => from === null || from < cut).map((segment) => endedBy(segment, cut));
  return merged([...kept, ...[...segments].sort(byStart)]);
}

function endedBy(segment: Segment, day: PlainDay): Segment {
  return segment.to !== null && segment.to <= day ? segment : { ...segment, to: day };
}

export function byStart(a: Pick<Segment, 'from'>, b: Pick<Segment, 'from'>): number {
  if (a.from === b.from) return 0;
  if (a.from === null) return -1;
  if (b.from === null) return 1;
  return a.from < b.from ? -1 : 1;
}

function merged(segments: readonly Segment[]): Timeline {
  const result: Segment[] = [];
  for (const segment of segments) {
    const last = result[result.length - 1];
    if (last && last.to !== null && last.to === segment.from && sameStanding(last, segment))
      result[result.length - 1] = { ...last, to: segment.to };
    else result.push(segment);
  }
  return result;
}

function sameStanding(a: Standing, b: Standing): boolean {
  return (
    a.position === b.position &&
    a.department === b.department &&
    a.team === b.team &&
    a.region === b.region &&
    a.site === b.site &&
    a.manager === b.manager &&
    a.roles.length === b.roles.length &&
    a.roles.every((role) => b.roles.includes(role))
  );
}

export function sameTimeline(a: Timeline, b: Timeline): boolean {
  return (
    a.length === b.length &&
    a.every((segment, index) => {
      const other = b[index];
      return other !== undefined && segment.from === other.from && segment.to === other.to && sameStanding(segment, other);
    })
  );
}

export function holdsOn(segment: Pick<Segment, 'from' | 'to'>, day: PlainDay): boolean {
  return (segment.from === null || segment.from <= day) && (segment.to === null || day < segment.to);
}

/** The line that holds on that day. */
export function standingOn(timeline: Timeline, day: PlainDay): Segment | undefined {
  return timeline.find((segment) => holdsOn(segment, day));
}

/** True when both hold on some day. */
export function overlap(a: Pick<Segment, 'from' | 'to'>, b: Pick<Segment, 'from' | 'to'>): boolean {
  return (a.from === null || b.to === null || a.from < b.to) && (b.from === null || a.to === null || b.from < a.to);
}

export interface Employment {
  readonly days: number;
  readonly first: PlainDay | null;
  readonly last: PlainDay | null;
  /** The last line that holds in the window. */
  readonly segment: Segment | undefined;
  /** Each line that holds in the window with the days on which it does. */
  readonly stretches: readonly { readonly from: PlainDay; readonly to: PlainDay; readonly segment: Segment }[];
}

/** Days of the window (both ends included) on which a line holds. */
export function employment(timeline: Timeline, first: PlainDay, last: PlainDay): Employment {
  let found: Employment = { days: 0, first: null, last: null, segment: undefined, stretches: [] };
  for (const segment of timeline) {
    const from = segment.from === null || segment.from < first ? first : segment.from;
    const lastHeld = segment.to === null || segment.to > last ? last : addDays(segment.to, -1);
    if (from > lastHeld) continue;
    const stretches = [...found.stretches, { from, to: lastHeld, segment }];
    found = { days: found.days + daysIn(from, lastHeld), first: found.first ?? from, last: lastHeld, segment, stretches };
  }
  return found;
}
