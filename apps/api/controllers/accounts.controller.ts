import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { SubjectId } from '#kernel';
import type { CommandRunner } from '#libs/event-store';
import { accountDecider, type AccountStanding, type IdentityService } from '#libs/identity';
import { zInstant, zSubjectId } from '#libs/kernel/schema';
import { type OrganisationReader, type PersonUnit, zRole } from '#libs/organisation/contracts';
import type { PersonalTexts } from '#libs/privacy/contracts';
import { COMMAND_RUNNER } from '#libs/runtime';
import { Access } from '../http/access';
import { subjectsCalled } from '../http/called';
import { type Caller, CallerParam } from '../http/caller';
import { NameBook } from '../http/name-book';
import { zPage, zPageQuery } from '../http/page';
import { IDENTITY, ORGANISATION, PRIVACY } from '../tokens';

const STATES = ['none', 'no-login', 'invited', 'active', 'locked'] as const;
type State = (typeof STATES)[number];
/** People looked at for one page; where a filter leaves few of them, the page is short and says where to go on. */
const LOOKED_AT = 1_000;

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

@ApiTags('identity')
@Controller('identity')
export class AccountsController {
  constructor(
    @Inject(COMMAND_RUNNER) private readonly runner: CommandRunner,
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
    const found: Account[] = [];
    let after = query.after;
    for (let looked = 0; looked < LOOKED_AT;) {
      const people = await this.#people(query.q, after, query.limit);
      const accounts = await this.#accountsOf(people);
      for (const account of accounts) {
        after = account.subject;
        if (query.state === undefined || account.state === query.state) found.push(account);
        if (found.length === query.limit) return { items: found, next: account.subject };
      }
      if (people.length < query.limit || query.q !== undefined) return { items: found };
      looked += people.length;
    }
    return after === undefined ? { items: found } : { items: found, next: after };
  }

  async #people(q: string | undefined, after: SubjectId | undefined, limit: number): Promise<readonly PersonUnit[]> {
    const day = this.access.today();
    if (q === undefined) return this.organisation.list({ filter: {}, day, limit, ...(after ? { afterSubject: after } : {}) });
    const units = await this.organisation.people(
      (await subjectsCalled({ organisation: this.organisation, privacy: this.privacy }, q)).slice(0, limit),
      day,
    );
    return [...units.values()].filter(({ subject }) => after === undefined || subject > after);
  }

  async #accountsOf(people: readonly PersonUnit[]): Promise<Account[]> {
    const subjects = people.map(({ subject }) => subject);
    const [names, texts, standings] = await Promise.all([
      this.names.of(subjects),
      this.organisation.texts(subjects),
      this.identity.standings(subjects),
    ]);
    const accounts = await Promise.all(subjects.map((subject) => this.runner.load(accountDecider, subject)));
    return people.map(({ subject, department, position, roles }, index) => ({
      subject,
      name: names.get(subject) ?? null,
      department,
      position,
      ...stateOf(standings.get(subject), texts.get(subject)?.login !== null),
      lineRoles: [...roles],
      grantedRoles: [...(accounts[index]?.state.roles ?? [])],
      version: accounts[index]?.version ?? 0,
    }));
  }
}

function stateOf(standing: AccountStanding | undefined, hasLogin: boolean): { state: State; until: Account['until'] } {
  if (standing?.lockedUntil) return { state: 'locked', until: standing.lockedUntil };
  if (standing?.hasPassword === true) return { state: 'active', until: null };
  if (standing?.invitedUntil) return { state: 'invited', until: standing.invitedUntil };
  return { state: hasLogin ? 'none' : 'no-login', until: null };
}
