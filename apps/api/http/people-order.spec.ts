import { subjectId, type SubjectId } from '#kernel';
import type { OrganisationReader, PersonUnit } from '#libs/organisation/contracts';
import type { NameBook } from './name-book';
import { byEmployeeNo, PEOPLE_ORDER_LIMITS, PeopleInOrder } from './people-order';

const who = (index: number): SubjectId => subjectId(`01912345-0000-7000-8000-${String(index).padStart(12, '0')}`);
const DAY = '2026-11-03' as never;

function company(numbers: readonly (string | undefined)[]): PeopleInOrder {
  const people = numbers.map((_, index) => ({ subject: who(index) }) as PersonUnit);
  const list: OrganisationReader['list'] = ({ afterSubject, limit }) =>
    Promise.resolve(people.filter(({ subject }) => afterSubject === undefined || subject > afterSubject).slice(0, limit));
  const employeeNumbers: NameBook['employeeNumbers'] = (subjects) =>
    Promise.resolve(
      new Map(
        subjects.flatMap((subject) => {
          const number = numbers[Number(subject.slice(-12))];
          return number === undefined ? [] : [[subject, number] as const];
        }),
      ),
    );
  return new PeopleInOrder({ list } as OrganisationReader, { employeeNumbers } as NameBook);
}

it('compares numbers as people read them; none comes last', () => {
  expect(['R10', undefined, 'R9', 'A100'].sort(byEmployeeNo)).toEqual(['A100', 'R9', 'R10', undefined]);
});

it('gives everybody once, page by page, by number', async () => {
  const numbers = ['R12', 'R2', undefined, 'M1', 'R2', 'R1', undefined];
  const inOrder = company(numbers);
  const seen: string[] = [];
  let after: SubjectId | undefined;
  do {
    const { order, rows } = await inOrder.page({ filter: {}, day: DAY, after, limit: 2 });
    expect(order).toBe('employee-no');
    seen.push(...rows.slice(0, 2).map(({ subject }) => numbers[Number(subject.slice(-12))] ?? '-'));
    after = rows.length > 2 ? rows[1]?.subject : undefined;
  } while (after !== undefined);
  expect(seen).toEqual(['M1', 'R1', 'R2', 'R2', 'R12', '-', '-']);
});

it('keeps to the order of recording where there are too many to sort', async () => {
  const inOrder = company(Array.from({ length: PEOPLE_ORDER_LIMITS.sorted + 1 }, (_, index) => `R${9_999 - index}`));
  const { order, rows } = await inOrder.page({ filter: {}, day: DAY, limit: 2 });
  expect(order).toBe('recorded');
  expect(rows.map(({ subject }) => subject)).toEqual([who(0), who(1), who(2)]);
});
