import { Inject, Injectable } from '@nestjs/common';
import type { PlainDay, SubjectId } from '#kernel';
import { ORGANISATION_READ_LIMITS, type OrganisationReader, type PeopleFilter, type PersonUnit } from '#libs/organisation/contracts';
import { ORGANISATION } from '../tokens';
import { NameBook } from './name-book';

/** Numbers are sealed: to sort by them all of a list are opened. A longer list comes as people were first recorded. */
export const PEOPLE_ORDER_LIMITS = { sorted: 3_000, openedAtOnce: 500 } as const;
export const PEOPLE_ORDERS = ['employee-no', 'recorded'] as const;
export type PeopleOrder = (typeof PEOPLE_ORDERS)[number];

/** Numbers as people read them: R9 before R10; whoever has none comes last. */
export function byEmployeeNo(one: string | undefined, other: string | undefined): number {
  if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
  return ORDER.compare(one, other);
}
const ORDER = new Intl.Collator('en', { numeric: true });

interface PeoplePage {
  readonly filter: PeopleFilter;
  readonly day: PlainDay;
  readonly after?: SubjectId | undefined;
  readonly limit: number;
}

/** Lists of people in an order that people know. */
@Injectable()
export class PeopleInOrder {
  constructor(
    @Inject(ORGANISATION) private readonly organisation: OrganisationReader,
    @Inject(NameBook) private readonly names: NameBook,
  ) {}

  /** A page with one more where there is more; `after` is the last person of the page before. */
  async page({ filter, day, after, limit }: PeoplePage): Promise<{ readonly order: PeopleOrder; readonly rows: readonly PersonUnit[] }> {
    const all = await this.#all(filter, day);
    if (all.length > PEOPLE_ORDER_LIMITS.sorted) {
      const rows = await this.organisation.list({ filter, day, ...(after === undefined ? {} : { afterSubject: after }), limit: limit + 1 });
      return { order: 'recorded', rows };
    }
    const numbers = await this.#numbers(all.map(({ subject }) => subject));
    // By place in the order, not in the list: whoever it was may have left it meanwhile.
    if (after !== undefined && !numbers.has(after))
      for (const [subject, number] of await this.#numbers([after])) numbers.set(subject, number);
    const compare = (one: SubjectId, other: SubjectId): number =>
      byEmployeeNo(numbers.get(one), numbers.get(other)) || (one < other ? -1 : Number(one > other));
    const sorted = [...all].sort((one, other) => compare(one.subject, other.subject));
    const following = after === undefined ? sorted : sorted.filter(({ subject }) => compare(after, subject) < 0);
    return { order: 'employee-no', rows: following.slice(0, limit + 1) };
  }

  /** Everybody of the list; one more than can be sorted says that there are too many. */
  async #all(filter: PeopleFilter, day: PlainDay): Promise<readonly PersonUnit[]> {
    const all: PersonUnit[] = [];
    while (all.length <= PEOPLE_ORDER_LIMITS.sorted) {
      const limit = Math.min(ORGANISATION_READ_LIMITS.page, PEOPLE_ORDER_LIMITS.sorted + 1 - all.length);
      const last = all.at(-1)?.subject;
      const page = await this.organisation.list({ filter, day, ...(last === undefined ? {} : { afterSubject: last }), limit });
      all.push(...page);
      if (page.length < limit) break;
    }
    return all;
  }

  async #numbers(subjects: readonly SubjectId[]): Promise<Map<SubjectId, string>> {
    const numbers = new Map<SubjectId, string>();
    for (let index = 0; index < subjects.length; index += PEOPLE_ORDER_LIMITS.openedAtOnce) {
      const some = await this.names.employeeNumbers(subjects.slice(index, index + PEOPLE_ORDER_LIMITS.openedAtOnce));
      for (const [subject, number] of some) numbers.set(subject, number);
    }
    return numbers;
  }
}
