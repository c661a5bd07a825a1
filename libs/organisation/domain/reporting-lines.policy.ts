import type { PlainDay, SubjectId } from '#kernel';
import type { Timeline } from './timeline.policy';

/** A reporting line longer than this is taken for a mistake of the walk, not of the company. */
const MAX_DEPTH = 60;

/** People who would be their own superior on some day, in the order given. */
export function reportingCycles(timelines: ReadonlyMap<SubjectId, Timeline>): readonly SubjectId[] {
  return [...stuck(timelines)].filter((subject) => reaches(timelines, subject));
}

/**
 * Without regard to dates: who is left when everybody whose managers are all gone is taken away, again and again.
 * Nearly always nobody, so that the walk by dates below is rarely needed.
 */
function stuck(timelines: ReadonlyMap<SubjectId, Timeline>): ReadonlySet<SubjectId> {
  const waiting = new Map<SubjectId, number>();
  const reports = new Map<SubjectId, SubjectId[]>();
  const free: SubjectId[] = [];
  for (const [subject, timeline] of timelines) {
    const managers = new Set(timeline.flatMap(({ manager }) => (manager !== null && timelines.has(manager) ? [manager] : [])));
    waiting.set(subject, managers.size);
    if (managers.size === 0) free.push(subject);
    for (const manager of managers) {
      const list = reports.get(manager);
      if (list) list.push(subject);
      else reports.set(manager, [subject]);
    }
  }
  for (let next = free.pop(); next !== undefined; next = free.pop()) {
    waiting.delete(next);
    for (const report of reports.get(next) ?? []) {
      const left = (waiting.get(report) ?? 0) - 1;
      waiting.set(report, left);
      if (left === 0) free.push(report);
    }
  }
  return new Set(waiting.keys());
}

interface Span {
  readonly from: PlainDay | null;
  readonly to: PlainDay | null;
}

function reaches(timelines: ReadonlyMap<SubjectId, Timeline>, start: SubjectId): boolean {
  const walk = (subject: SubjectId, span: Span, depth: number): boolean => {
    if (depth > MAX_DEPTH) return false;
    return (timelines.get(subject) ?? []).some((segment) => {
      const common = intersection(span, segment);
      if (!common || segment.manager === null) return false;
      return segment.manager === start || walk(segment.manager, common, depth + 1);
    });
  };
  return walk(start, { from: null, to: null }, 0);
}

function intersection(a: Span, b: Span): Span | undefined {
  const from = a.from === null || (b.from !== null && b.from > a.from) ? b.from : a.from;
  const to = a.to === null || (b.to !== null && b.to < a.to) ? b.to : a.to;
  return from !== null && to !== null && from >= to ? undefined : { from, to };
}
