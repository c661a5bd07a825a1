import type { Period, SubjectId } from '#kernel';
import type { AppraisalReader, PublishedResult } from '#libs/appraisal/contracts';
import { periodWindow } from '#libs/calendar';
import type { CycleReader } from '#libs/cycle/contracts';
import type { OrganisationReader } from '#libs/organisation/contracts';
import { REHEARSAL_LIMITS, type RehearsalScope, type TrialPerson, type TrialPlace } from './rehearsal-types';

const CYCLE_PAGE = 100;

export interface PeopleParts {
  readonly organisation: Pick<OrganisationReader, 'members' | 'people'>;
  readonly appraisals: Pick<AppraisalReader, 'publishedResults' | 'countResults'>;
  readonly cycles: Pick<CycleReader, 'cycles'>;
}

/** Somebody in a past period, with what was published for them then. */
export interface RehearsedPerson {
  /** With the ratings that hold now, under their own names. */
  readonly trial: TrialPerson;
  readonly cycleId: string | null;
  readonly result: PublishedResult | null;
}

export interface PeopleQuery {
  readonly schemeId: string;
  readonly period: Period;
  readonly scope?: RehearsalScope | undefined;
  readonly asOf: number;
}

/** Where a page ended: the cycle (empty with a scope) and the person. */
export interface PeopleCursor {
  readonly group: string;
  readonly subject: SubjectId;
}

/** Cycles of the period whose results were published under the scheme, whatever its version then; by cycle id. */
export async function publishedCycles({ cycles }: PeopleParts, { schemeId, period }: PeopleQuery): Promise<readonly string[]> {
  const found: string[] = [];
  for (let after: string | undefined; ;) {
    const page = await cycles.cycles({ period, limit: CYCLE_PAGE, ...(after === undefined ? {} : { after }) });
    found.push(...page.items.filter(({ scheme, published }) => published && scheme.schemeId === schemeId).map(({ cycleId }) => cycleId));
    after = page.next;
    if (after === undefined) return found;
  }
}

/** Batches of at most 500, each of one group: those of a cycle, or all that the scope names. */
export async function* peopleOf(
  parts: PeopleParts,
  query: PeopleQuery,
  from?: PeopleCursor,
): AsyncGenerator<readonly RehearsedPerson[], void, undefined> {
  const cycles = await publishedCycles(parts, query);
  if (query.scope) {
    yield* scoped(parts, query, { cycles, from });
    return;
  }
  for (const cycleId of cycles) {
    if (from && cycleId < from.group) continue;
    let after = from?.group === cycleId ? from.subject : undefined;
    do {
      const page = await resultsAfter(parts, query, { cycleId, after });
      if (page.items.length > 0) yield await withPlaces(parts, query, page.items);
      after = page.next;
    } while (after !== undefined);
  }
}

function resultsAfter(
  { appraisals }: PeopleParts,
  { asOf }: PeopleQuery,
  { cycleId, after }: { readonly cycleId: string; readonly after: SubjectId | undefined },
): ReturnType<AppraisalReader['publishedResults']> {
  return appraisals.publishedResults({
    cycleId,
    limit: REHEARSAL_LIMITS.batch,
    asOf,
    ...(after === undefined ? {} : { afterSubject: after }),
  });
}

async function withPlaces(
  { organisation }: PeopleParts,
  { period, asOf }: PeopleQuery,
  results: readonly PublishedResult[],
): Promise<readonly RehearsedPerson[]> {
  const subjects = results.map(({ subject }) => subject);
  const places = await organisation.people(subjects, periodWindow(period).last, asOf);
  return results.map((result) => {
    const { position, department, team, region, site } = places.get(result.subject) ?? { position: null, ...result.unit };
    return personOf(result.subject, { position, department, team, region, site }, result);
  });
}

async function* scoped(
  parts: PeopleParts,
  query: PeopleQuery,
  { cycles, from }: { readonly cycles: readonly string[]; readonly from: PeopleCursor | undefined },
): AsyncGenerator<readonly RehearsedPerson[], void, undefined> {
  const { first, last } = periodWindow(query.period);
  const published = cycles.map((cycleId) => new ResultsInOrder(parts, query, { cycleId, after: from?.subject }));
  let after = from?.subject;
  for (;;) {
    const rows = await parts.organisation.members({
      scope: { ...query.scope },
      firstDay: first,
      lastDay: last,
      asOf: query.asOf,
      limit: REHEARSAL_LIMITS.batch,
      ...(after === undefined ? {} : { afterSubject: after }),
    });
    const end = rows.at(-1);
    if (!end) return;
    const results = new Map<SubjectId, PublishedResult>();
    for (const cycle of published) for (const result of await cycle.upTo(end.subject)) results.set(result.subject, result);
    const members = rows.filter(({ excluded }) => excluded === null);
    if (members.length > 0) yield members.map((row) => personOf(row.subject, placeOf(row), results.get(row.subject) ?? null));
    after = end.subject;
    if (rows.length < REHEARSAL_LIMITS.batch) return;
  }
}

function placeOf({ position, department, team, region, site }: TrialPlace): TrialPlace {
  return { position, department, team, region, site };
}

function personOf(subject: SubjectId, place: TrialPlace, result: PublishedResult | null): RehearsedPerson {
  const basis = result?.current.basis;
  return {
    trial: { subject, place, ratings: basis?.ratings ?? {}, ...(basis?.parts ? { parts: basis.parts } : {}) },
    cycleId: result?.cycleId ?? null,
    result,
  };
}

/** The results of a cycle by person, read on as far as asked: two lists in one order are joined without holding either. */
class ResultsInOrder {
  #read: PublishedResult[] = [];
  #after: SubjectId | undefined;
  #done = false;

  constructor(
    private readonly parts: PeopleParts,
    private readonly query: PeopleQuery,
    private readonly start: { readonly cycleId: string; readonly after: SubjectId | undefined },
  ) {
    this.#after = start.after;
  }

  async upTo(last: SubjectId): Promise<readonly PublishedResult[]> {
    while (!this.#done && (this.#read.at(-1)?.subject ?? '') <= last) {
      const page = await resultsAfter(this.parts, this.query, { cycleId: this.start.cycleId, after: this.#after });
      this.#read.push(...page.items);
      this.#after = page.next;
      this.#done = page.next === undefined;
    }
    const upTo = this.#read.filter(({ subject }) => subject <= last);
    this.#read = this.#read.filter(({ subject }) => subject > last);
    return upTo;
  }
}
