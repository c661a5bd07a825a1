import { Body, Controller, Inject, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type IdSource, Rejection, type SubjectId } from '#kernel';
import type { CommandContext, CommandRunner } from '#libs/event-store';
import { accountDecider, type IdentityService } from '#libs/identity';
import { zInstant, zSubjectId } from '#libs/kernel/schema';
import { type OrganisationReader, zRole } from '#libs/organisation/contracts';
import type { PersonalTexts } from '#libs/privacy/contracts';
import { COMMAND_RUNNER, IDS } from '#libs/runtime';
import { Access } from '../http/access';
import { type Caller, CallerParam, CommandParam } from '../http/caller';
import { receipt } from '../http/command-reply';
import { type ReceiptBody, zReceipt } from '../http/page';
import { IDENTITY, ORGANISATION, PRIVACY } from '../tokens';

const MOST_INVITED = 200;

const zInvite = z.strictObject({ subjects: z.array(zSubjectId).min(1).max(MOST_INVITED) });
const zInvited = z.strictObject({
  items: z.array(
    z.strictObject({
      subject: zSubjectId,
      token: z.string().describe('Shown this once: for POST /session/invitation'),
      expiresAt: zInstant,
    }),
  ),
  notInvited: z.array(z.strictObject({ subject: zSubjectId, reason: z.enum(['unknown-person', 'no-login', 'account-active']) })),
});
type Invited = z.infer<typeof zInvited>;
const zGrant = z.strictObject({ subject: zSubjectId, roles: z.array(zRole).max(11).describe('The whole list, not a difference') });

/** Accounts of people who are in the organisation, and roles beside those of their lines. */
@ApiTags('identity')
@Controller('identity')
export class IdentityController {
  constructor(
    @Inject(COMMAND_RUNNER) private readonly runner: CommandRunner,
    @Inject(IDENTITY) private readonly identity: IdentityService,
    @Inject(ORGANISATION) private readonly organisation: OrganisationReader,
    @Inject(PRIVACY) private readonly privacy: PersonalTexts,
    @Inject(IDS) private readonly ids: IdSource,
    @Inject(Access) private readonly access: Access,
  ) {}

  /**
   * Opens an account for each person with a login and gives one-time tokens. Only their hashes are kept, so whoever asks again
   * gets new ones; the last one given to a person is as good as those before it.
   */
  @Post('invitations')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: zInvited })
  async invite(
    @Body({ schema: zInvite }) body: z.infer<typeof zInvite>,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
  ): Promise<Invited> {
    await this.access.require(caller, 'identity.manage');
    const { accounts, notInvited } = await this.#accountsOf([...new Set(body.subjects)]);
    await this.identity.openAccounts(accounts);
    const items: Invited['items'] = [];
    for (const { subject } of accounts) {
      if (await this.identity.isActive(subject)) {
        notInvited.push({ subject, reason: 'account-active' });
        continue;
      }
      const { token, expiresAt } = await this.identity.invite(subject, `${context.requestKey}/${subject}/${this.ids.uuid()}`);
      items.push({ subject, token, expiresAt });
    }
    return { items, notInvited };
  }

  /** Roles beside those of the organisation's lines. Thrown: `identity.own-roles`, `identity.person-unknown`. */
  @Post('roles')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: zReceipt })
  async grant(
    @Body({ schema: zGrant }) { subject, roles }: z.infer<typeof zGrant>,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    await this.access.require(caller, 'identity.manage', { subject });
    const known = await this.organisation.texts([subject]);
    if (!known.has(subject)) throw new Rejection('identity.person-unknown', { subject });
    const result = await this.runner.run(accountDecider, subject, { type: 'GrantRoles', data: { subject, roles } }, context);
    return receipt(reply, subject, result);
  }

  async #accountsOf(subjects: readonly SubjectId[]) {
    const texts = await this.organisation.texts(subjects);
    const accounts: { subject: SubjectId; loginKey: string }[] = [];
    const notInvited: Invited['notInvited'] = [];
    for (const subject of subjects) {
      const login = texts.get(subject)?.login;
      const [opened] = login ? await this.privacy.open([login]) : [];
      if (opened?.kind === 'text') accounts.push({ subject, loginKey: this.privacy.lookupKey('login', opened.text) });
      else notInvited.push({ subject, reason: texts.has(subject) ? 'no-login' : 'unknown-person' });
    }
    return { accounts, notInvited };
  }
}
