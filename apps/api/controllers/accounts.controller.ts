import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { SubjectId } from '#kernel';
import type { AccountStanding, IdentityService } from '#libs/identity';
import { zInstant, zSubjectId } from '#libs/kernel/schema';
import { ORGANISATION_READ_LIMITS, type OrganisationReader, type PersonUnit, zRole } from '#libs/organisation/contracts';
import type { PersonalTexts } from '#libs/privacy/contracts';
import { Access } from '../http/access';
import { subjectsCalled } from '../http/called';
import { type Caller, CallerParam } from '../http/caller';
import { NameBook } from '../http/name-book';
import { zPage, zPageQuery } from '../http/page';
import { IDENTITY, ORGANISATION, PRIVACY } from '../tokens';

const STATES = ['none', 'no-login', 'invited', 'active', 'locked'] as const;
type State = (typeof STATES)[number];
/**
 * People looked at for one page, so many at a time whatever the page holds; where a filter leaves few of them, the page is short
 * and says where to go on.
 */
const LOOKED_AT = { people: 1_000, atOnce: 200 } as const;

const zAccountsQuery = zPageQuery.extend({
  state: z.enum(STATES).optional(),
  q: z.string().trim().min(1).max(120).optional().describe('Whole employee number, login or name'),
  after: zSubjectId.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
const zAccount = z.strictObject({
  subject: zSubjectId,
  name: z.string().nullable(),
  department: z.string(),
  position: z.string().nullable(),
  state: z.enum(STATES).describe('none: no account yet, or an invitation that ran out; no-login: the people file names none'),
  until: zInstant.nullable().describe('Until when it is locked, or the invitation can be used'),
  lineRoles: z.array(zRole).describe('From the organisation, today'),
  grantedRoles: z.array(zRole).describe('Given beside them'),
  version: z.int().describe('Of the account, for If-Match of a grant'),
});
type Account = z.infer<typeof zAccount>;
/** Somebody of the organisation with the state of their account. */
type Standing = Pick<Account, 'state' | 'until'> & { readonly person: PersonUnit };

@ApiTags('identity')
@Controller('identity')
export class AccountsController {
  constructor(
    @Inject(ORGANISATION) private readonly organisation: OrganisationReader,
    @Inject(IDENTITY) private readonly identity: IdentityService,
    @Inject(PRIVACY) private readonly privacy: PersonalTexts,
    @Inject(Access) private readonly access: Access,
    @Inject(NameBook) private readonly names: NameBook,
  ) {}

  /** Everybody who is in the organisation today, with the state of their account and their roles. */
  @Get('accounts')
  @ApiOkResponse({ standardSchema: zPage(zAccount) })
  async accounts(
    @Query({ schema: zAccountsQuery }) query: z.infer<typeof zAccountsQuery>,
    @CallerParam() caller: Caller,
  ): Promise<{ items: Account[]; next?: string }> {
    await this.access.require(caller, 'identity.manage');
    const found: Standing[] = [];
    const { q, state, limit } = query;
    let after = query.after;
    for (let looked = 0; looked < LOOKED_AT.people;) {
      const people = await this.#people(q, after);
      for (const standing of await this.#standings(people)) {
        after = standing.person.subject;
        if (state === undefined || standing.state === state) found.push(standing);
        if (found.length === limit) return { items: await this.#accountsOf(found), next: after };
      }
      if (people.length < LOOKED_AT.atOnce) return { items: await this.#accountsOf(found) };
      looked += people.length;
    }
    const items = await this.#accountsOf(found);
    return after === undefined ? { items } : { items, next: after };
  }

  /** The next of everybody, or of those who are called so, by subject id; fewer than LOOKED_AT.atOnce are the last. */
  async #people(q: string | undefined, after: SubjectId | undefined): Promise<readonly PersonUnit[]> {
    const day = this.access.today();
    const limit = LOOKED_AT.atOnce;
    if (q === undefined) return this.organisation.list({ filter: {}, day, limit, ...(after ? { afterSubject: after } : {}) });
    const called = await subjectsCalled({ organisation: this.organisation, privacy: this.privacy }, q);
    const next = called.filter((subject) => after === undefined || subject > after).sort();
    const units = await this.organisation.people(next.slice(0, ORGANISATION_READ_LIMITS.subjects), day);
    return [...units.values()].sort((one, other) => (one.subject < other.subject ? -1 : 1)).slice(0, limit);
  }

  async #standings(people: readonly PersonUnit[]): Promise<readonly Standing[]> {
    const subjects = people.map(({ subject }) => subject);
    const [texts, standings] = await Promise.all([this.organisation.texts(subjects), this.identity.standings(subjects)]);
    return people.map((person) => ({ person, ...stateOf(standings.get(person.subject), texts.get(person.subject)?.login !== null) }));
  }

  async #accountsOf(found: readonly Standing[]): Promise<Account[]> {
    const subjects = found.map(({ person }) => person.subject);
    const [names, accounts] = await Promise.all([this.names.of(subjects), this.identity.accounts(subjects)]);
    return found.map(({ person: { subject, department, position, roles }, state, until }) => ({
      subject,
      name: names.get(subject) ?? null,
      department,
      position,
      state,
      until,
      lineRoles: [...roles],
      grantedRoles: [...(accounts.get(subject)?.grantedRoles ?? [])],
      version: accounts.get(subject)?.version ?? 0,
    }));
  }
}

function stateOf(standing: AccountStanding | undefined, hasLogin: boolean): { state: State; until: Account['until'] } {
  if (standing?.lockedUntil) return { state: 'locked', until: standing.lockedUntil };
  if (standing?.hasPassword === true) return { state: 'active', until: null };
  if (standing?.invitedUntil) return { state: 'invited', until: standing.invitedUntil };
  return { state: hasLogin ? 'none' : 'no-login', until: null };
}
