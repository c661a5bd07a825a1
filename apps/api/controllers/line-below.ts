import type { PlainDay, SubjectId } from '#kernel';
import type { OrganisationReader } from '#libs/organisation/contracts';

export const LINE_LIMITS = { people: 1_000, depth: 5 } as const;

/** Everybody who reports to somebody, directly or through others: level by level, at most as many as the limits say. */
export async function lineBelow(organisation: OrganisationReader, manager: SubjectId, day: PlainDay): Promise<readonly SubjectId[]> {
  const found = new Set<SubjectId>();
  let leaders: readonly SubjectId[] = [manager];
  for (let level = 0; level < LINE_LIMITS.depth && leaders.length > 0 && found.size < LINE_LIMITS.people; level += 1) {
    const reports = await Promise.all(
      leaders.map((leader) => organisation.list({ filter: { manager: leader }, day, limit: LINE_LIMITS.people })),
    );
    const fresh = reports.flat().filter(({ subject }) => subject !== manager && !found.has(subject));
    for (const { subject } of fresh) found.add(subject);
    leaders = fresh.filter(({ roles }) => roles.includes('manager')).map(({ subject }) => subject);
  }
  return [...found].slice(0, LINE_LIMITS.people);
}
