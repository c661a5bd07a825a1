import { Inject, Injectable } from '@nestjs/common';
import type { Clock, PlainDay, SubjectId } from '#kernel';
import { COMPANY_ZONE, dayAt } from '#libs/calendar';
import { authorise, type IdentityService, isAllowed, type Operation, type Relation } from '#libs/identity';
import type { OrganisationReader, Role } from '#libs/organisation/contracts';
import { CLOCK } from '#libs/runtime';
import { IDENTITY, ORGANISATION } from '../tokens';
import { AuditLooks } from './audit-looks';
import type { Caller } from './caller';

/** Whom an operation is about: nobody, one person, and who is named on the case. */
export interface Concern {
  readonly subject?: SubjectId | null;
  readonly assigned?: readonly (SubjectId | null | undefined)[];
}

const ROLE_CACHE = { entries: 5_000, milliseconds: 2_000 } as const;

/** Looks into the history are recorded with what was asked for; how the parts are doing is nobody's data. */
const SAYS_SO_ITSELF: ReadonlySet<Operation> = new Set(['audit.read', 'health.read']);

/** Asks the one policy (libs/identity), having found out in which relation the caller stands to the person concerned. */
@Injectable()
export class Access {
  readonly #roles = new Map<SubjectId, { readonly roles: readonly Role[]; readonly until: number }>();

  constructor(
    @Inject(ORGANISATION) private readonly organisation: OrganisationReader,
    @Inject(IDENTITY) private readonly identity: IdentityService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(AuditLooks) private readonly looks: Pick<AuditLooks, 'recordRead'>,
  ) {}

  /**
   * Thrown when not allowed: Rejection `identity.not-allowed`. What somebody may read as an auditor alone is recorded before it is
   * read (domain.md: every audit read is itself recorded).
   */
  async require(caller: Caller, operation: Operation, concern: Concern = {}): Promise<void> {
    if (!(await this.shows(caller, operation, concern))) authorise([], operation, 'other');
  }

  /** Whether it may be shown, for what is left out of an answer otherwise; recorded as `require` does where it is. */
  async shows(caller: Caller, operation: Operation, concern: Concern = {}): Promise<boolean> {
    const relations = await this.#relations(caller, concern);
    if (!mayDo(caller.roles, operation, relations)) return false;
    if (!caller.roles.includes('auditor') || SAYS_SO_ITSELF.has(operation)) return true;
    const otherwise = caller.roles.filter((role) => role !== 'auditor');
    if (!mayDo(otherwise, operation, relations)) await this.looks.recordRead(caller, operation, concern.subject ?? 'all');
    return true;
  }

  /** Whether it is allowed, and nothing more: what is shown because of it asks `shows` or `require`. */
  async allows(caller: Caller, operation: Operation, concern: Concern = {}): Promise<boolean> {
    return mayDo(caller.roles, operation, await this.#relations(caller, concern));
  }

  /** Roles of the organisation's line of today and those granted beside it. */
  async rolesOf(subject: SubjectId): Promise<readonly Role[]> {
    const now = Date.parse(this.clock.now());
    const cached = this.#roles.get(subject);
    if (cached && cached.until > now) return cached.roles;
    const [person, granted] = await Promise.all([this.organisation.person(subject, this.today()), this.identity.grantedRoles(subject)]);
    const roles = [...new Set([...(person?.roles ?? []), ...granted])];
    if (this.#roles.size >= ROLE_CACHE.entries) this.#roles.clear();
    this.#roles.set(subject, { roles, until: now + ROLE_CACHE.milliseconds });
    return roles;
  }

  /** Today in the company's zone: a role holds by the calendar day people live in. */
  today(): PlainDay {
    return dayAt(this.clock.now(), COMPANY_ZONE);
  }

  async #relations(caller: Caller, { subject, assigned = [] }: Concern): Promise<readonly Relation[]> {
    const named = assigned.includes(caller.subject);
    if (subject === undefined || subject === null) return named ? ['assigned', 'none'] : ['none'];
    if (subject === caller.subject) return ['own'];
    const line = await this.organisation.lineAbove(subject, this.today());
    const relations: Relation[] = named ? ['assigned'] : [];
    relations.push(line.includes(caller.subject) ? 'team' : 'other');
    return relations;
  }
}

function mayDo(roles: readonly Role[], operation: Operation, relations: readonly Relation[]): boolean {
  return relations.some((relation) => isAllowed(roles, operation, relation));
}
