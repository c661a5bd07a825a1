import type { PlainDay, SubjectId } from '#kernel';
import type { PeriodKind } from '#libs/calendar';
import { type MemberScope, ORGANISATION_READ_LIMITS, type OrganisationReader } from '#libs/organisation/contracts';
import { type CompiledScheme, ratingLines, reviewSteps } from '#libs/scheme';
import type { TaskOfAppraisal } from '../contracts';
import {
  type AskedRaters,
  headOf,
  headsNamed,
  type LineOfPerson,
  type MemberOfUnit,
  needsHeadOfPlanning,
  needsManagerOfManager,
  stepsFor,
} from '../domain/review-chain.policy';

export const CHAIN_LIMITS = { membersOfUnit: 50_000 } as const;

export interface ChainParts {
  readonly organisation: Pick<OrganisationReader, 'people' | 'list'>;
  readonly scheme: CompiledScheme;
  readonly kind: PeriodKind;
  /** The day and log position at which the organisation is looked at. */
  readonly day: PlainDay;
  readonly asOf: number;
}

/** A person as far as their chain depends on it. */
export interface PersonOfChain {
  readonly subject: SubjectId;
  readonly manager: SubjectId;
  readonly department: string;
  readonly employee: Readonly<Record<string, string>> | undefined;
  /** After a transfer inside the period. */
  readonly parts?: LineOfPerson['parts'];
}

/** Who has to do what on the appraisals of a cycle; what the organisation says is asked once for all of them. */
export interface Chains {
  /** Before the tasks of these people are asked for. */
  load(people: readonly Pick<PersonOfChain, 'manager' | 'department'>[]): Promise<void>;
  tasksOf(person: PersonOfChain): readonly TaskOfAppraisal[];
}

export function createChains(parts: ChainParts): Chains {
  return new ChainsOfCycle(parts);
}

interface Asked {
  readonly review: ReturnType<typeof reviewSteps>;
  readonly raters: AskedRaters;
}

class ChainsOfCycle implements Chains {
  readonly #above = new Map<SubjectId, SubjectId | null>();
  readonly #heads = new Map<string, SubjectId>();
  readonly #headless = new Set<string>();
  /** The same attributes ask the same of everyone. */
  readonly #asked = new Map<string, Asked>();
  #headOfPlanning: SubjectId | undefined;
  #isPlanningKnown = false;

  constructor(private readonly parts: ChainParts) {}

  async load(people: readonly Pick<PersonOfChain, 'manager' | 'department'>[]): Promise<void> {
    const { document } = this.parts.scheme;
    if (needsManagerOfManager(document.review)) await this.#loadAbove([...new Set(people.map(({ manager }) => manager))]);
    const named = headsNamed(document);
    const departments = new Set([...named.departments, ...(named.own ? people.map(({ department }) => department) : [])]);
    for (const department of departments) {
      if (this.#heads.has(department) || this.#headless.has(department)) continue;
      const head = await this.#headOf({ departments: [department] });
      if (head === undefined) this.#headless.add(department);
      else this.#heads.set(department, head);
    }
    if (this.#isPlanningKnown || !needsHeadOfPlanning(document.review)) return;
    this.#headOfPlanning = await this.#headOf({ roles: ['planning'] });
    this.#isPlanningKnown = true;
  }

  tasksOf({ subject, manager, department, employee, parts }: PersonOfChain): readonly TaskOfAppraisal[] {
    const { review, raters } = this.#askedOf(employee);
    const line: LineOfPerson = {
      manager,
      managerOfManager: this.#above.get(manager) ?? null,
      department,
      heads: this.#heads,
      headOfPlanning: this.#headOfPlanning,
      ...(parts ? { parts } : {}),
    };
    return stepsFor(review, subject, line, raters);
  }

  #askedOf(employee: PersonOfChain['employee']): Asked {
    const key = JSON.stringify(Object.entries(employee ?? {}).sort());
    const known = this.#asked.get(key);
    if (known) return known;
    const { scheme, kind } = this.parts;
    const departments = ratingLines(scheme, kind, 'department', employee).flatMap((line) => line.department ?? []);
    const groups = (['peers', 'customers'] as const).filter((group) => ratingLines(scheme, kind, group, employee).length > 0);
    const asked = { review: reviewSteps(scheme, kind, employee), raters: { departments: [...new Set(departments)], groups } };
    this.#asked.set(key, asked);
    return asked;
  }

  async #loadAbove(managers: readonly SubjectId[]): Promise<void> {
    const unknown = managers.filter((manager) => !this.#above.has(manager));
    const { organisation, day, asOf } = this.parts;
    const found = await organisation.people(unknown, day, asOf);
    for (const manager of unknown) this.#above.set(manager, found.get(manager)?.manager ?? null);
  }

  async #headOf(filter: MemberScope): Promise<SubjectId | undefined> {
    const { organisation, day, asOf } = this.parts;
    const members: MemberOfUnit[] = [];
    for (let afterSubject: SubjectId | undefined; members.length < CHAIN_LIMITS.membersOfUnit;) {
      const page = await organisation.list({
        filter: { ...(filter.departments ? { departments: filter.departments } : {}), ...(filter.roles ? { roles: filter.roles } : {}) },
        day,
        asOf,
        ...(afterSubject === undefined ? {} : { afterSubject }),
        limit: ORGANISATION_READ_LIMITS.page,
      });
      members.push(...page);
      afterSubject = page.at(-1)?.subject;
      if (page.length < ORGANISATION_READ_LIMITS.page) break;
    }
    return headOf(members);
  }
}
