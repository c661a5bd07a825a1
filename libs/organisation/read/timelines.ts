import { plainDay, type PlainDay, subjectId, type SubjectId } from '#kernel';
import { type Role, zRole } from '../contracts';
import { type Segment, type Statement, type Timeline, timelineOf } from '../domain/timeline.policy';

/** A line joined with its import; ordered by subject, position, row. */
export type KnownLine = {
  subject: string;
  position: number;
  speaks_from: string | null;
  valid_from: string | null;
  valid_to: string | null;
  roles: readonly string[];
  job: string | null;
  department: string;
  team: string | null;
  region: string | null;
  site: string | null;
  manager: string | null;
};

export const KNOWN_LINE_COLUMNS =
  'l.subject, i.position, l.speaks_from, l.valid_from, l.valid_to, l.roles, l.job, l.department, l.team, l.region, l.site, l.manager';

/** Timelines of the people whose lines these are. */
export function timelinesOf(lines: readonly KnownLine[]): ReadonlyMap<SubjectId, Timeline> {
  const timelines = new Map<SubjectId, Timeline>();
  let start = 0;
  while (start < lines.length) {
    const subject = lines[start]?.subject ?? '';
    let end = start;
    while (lines[end]?.subject === subject) end += 1;
    timelines.set(subjectId(subject), timelineOf(statements(lines.slice(start, end))));
    start = end;
  }
  return timelines;
}

function statements(lines: readonly KnownLine[]): readonly Statement[] {
  const found: { position: number; speaksFrom: PlainDay | null; segments: Segment[] }[] = [];
  for (const line of lines) {
    const last = found[found.length - 1];
    if (last?.position === line.position) last.segments.push(segmentOf(line));
    else found.push({ position: line.position, speaksFrom: dayOrNull(line.speaks_from), segments: [segmentOf(line)] });
  }
  return found;
}

function segmentOf(line: KnownLine): Segment {
  return {
    from: dayOrNull(line.valid_from),
    to: dayOrNull(line.valid_to),
    roles: rolesOf(line.roles),
    position: line.job,
    department: line.department,
    team: line.team,
    region: line.region,
    site: line.site,
    manager: line.manager === null ? null : subjectId(line.manager),
  };
}

const isRole = (text: string): text is Role => zRole.safeParse(text).success;

export function rolesOf(texts: readonly string[]): readonly Role[] {
  return texts.filter(isRole);
}

function dayOrNull(text: string | null): PlainDay | null {
  return text === null ? null : plainDay(text);
}
