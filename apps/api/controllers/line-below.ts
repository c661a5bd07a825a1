import type { PlainDay, SubjectId } from '#kernel';
import type { OrganisationReader, PersonUnit } from '#libs/organisation/contracts';

export const LINE_LIMITS = { people: 1_000, depth: 5 } as const;

export interface LineQuery {
  readonly manager: SubjectId;
  readonly day: PlainDay;
  /** Levels down the line, 1 for direct reports. */
  readonly depth?: number;
  readonly people?: number;
}

/** Who reports to somebody, directly or through others: level by level, at most as many as asked for; whoever leads nobody ends it. */
export async function lineBelow(
  organisation: OrganisationReader,
  { manager, day, depth = LINE_LIMITS.depth, people = LINE_LIMITS.people }: LineQuery,
): Promise<readonly PersonUnit[]> {
  const found = new Map<SubjectId, PersonUnit>();
  let leaders: readonly SubjectId[] = [manager];
  for (let level = 0; level < depth && leaders.length > 0 && found.size < people; level += 1) {
    const reports = await Promise.all(leaders.map((leader) => organisation.list({ filter: { manager: leader }, day, limit: people })));
    const fresh = reports.flat().filter(({ subject }) => subject !== manager && !found.has(subject));
    for (const unit of fresh) found.set(unit.subject, unit);
    leaders = fresh.filter(({ roles }) => roles.includes('manager')).map(({ subject }) => subject);
  }
  return [...found.values()].slice(0, people);
}
