import { type PlainDay, Rejection, type SubjectId } from '#kernel';
import { ORGANISATION_READ_LIMITS, type OrganisationReader, type PersonUnit } from '#libs/organisation/contracts';

/** Those who report to the leader on that day: `direct`ly, or the whole `line` below, as far down as it goes. */
export interface LineQuery {
  readonly leader: SubjectId;
  readonly day: PlainDay;
  readonly whose: 'direct' | 'line';
}

type Lines = Pick<OrganisationReader, 'list' | 'lineBelow'>;

/** By subject id, after `after`; fewer than `limit` are the last. `limit`: at most ORGANISATION_READ_LIMITS.page. */
export function pageBelow(
  organisation: Lines,
  { leader, day, whose, after, limit }: LineQuery & { readonly after?: SubjectId | undefined; readonly limit: number },
): Promise<readonly PersonUnit[]> {
  const page = { day, limit, ...(after === undefined ? {} : { afterSubject: after }) };
  return whose === 'line' ? organisation.lineBelow({ ...page, leader }) : organisation.list({ ...page, filter: { manager: leader } });
}

/**
 * For what is only right about everybody. Thrown: Rejection `organisation.too-many-below` { most } where there are more than
 * `most`: nobody is left out in silence.
 */
export async function allBelow(
  organisation: Lines,
  { most, ...query }: LineQuery & { readonly most: number },
): Promise<readonly PersonUnit[]> {
  const found: PersonUnit[] = [];
  const limit = Math.min(most + 1, ORGANISATION_READ_LIMITS.page);
  for (let size = limit; size === limit;) {
    const page = await pageBelow(organisation, { ...query, after: found.at(-1)?.subject, limit });
    found.push(...page);
    if (found.length > most) throw new Rejection('organisation.too-many-below', { most });
    size = page.length;
  }
  return found;
}
