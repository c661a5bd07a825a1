import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { IdentityService } from '#libs/identity';
import { zInstant, zSubjectId } from '#libs/kernel/schema';
import { zRole } from '#libs/organisation/contracts';
import type { PersonalTexts } from '#libs/privacy/contracts';
import { SESSION_COOKIE } from '../http/session-of';
import { type Caller, CallerParam, Public } from '../http/caller';
import { EDGE_SETTINGS, IDENTITY, PRIVACY } from '../tokens';
import type { EdgeSettings } from '../settings';
import { NameBook } from '../http/name-book';

const zSignIn = z.strictObject({ login: z.string().min(1).max(200), password: z.string().min(1).max(200) });
const zSession = z.strictObject({ token: z.string(), subject: zSubjectId, expiresAt: zInstant });
const zMe = z.strictObject({ subject: zSubjectId, name: z.string().nullable(), roles: z.array(zRole) });
const zAcceptInvitation = z.strictObject({ token: z.string().min(20).max(200), password: z.string().min(1).max(200) });

@ApiTags('session')
@Controller('session')
export class SessionController {
  constructor(
    @Inject(IDENTITY) private readonly identity: IdentityService,
    @Inject(PRIVACY) private readonly privacy: PersonalTexts,
    @Inject(EDGE_SETTINGS) private readonly settings: EdgeSettings,
    @Inject(NameBook) private readonly names: NameBook,
  ) {}

  @Post()
  @Public()
  @ApiCreatedResponse({
    standardSchema: zSession,
    description: 'Signed in: the token for Authorization: Bearer; browsers get it as a cookie, too',
  })
  async signIn(
    @Body({ schema: zSignIn }) body: z.infer<typeof zSignIn>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof zSession>> {
    const session = await this.identity.signIn(this.privacy.lookupKey('login', body.login), body.password);
    // Strict: the browser never sends it along with another site's request, so no command can be forged from there.
    void reply.setCookie(SESSION_COOKIE, session.token, {
      httpOnly: true,
      sameSite: 'strict',
      path: '/',
      secure: this.settings.secureCookies,
      expires: new Date(session.expiresAt),
    });
    return session;
  }

  @Get()
  @ApiOkResponse({ standardSchema: zMe })
  async me(@CallerParam() caller: Caller): Promise<z.infer<typeof zMe>> {
    const names = await this.names.of([caller.subject]);
    return { subject: caller.subject, name: names.get(caller.subject) ?? null, roles: [...caller.roles] };
  }

  @Delete()
  @HttpCode(204)
  @ApiNoContentResponse()
  async signOut(@CallerParam() caller: Caller, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.identity.signOut(caller.token);
    void reply.clearCookie(SESSION_COOKIE, { path: '/' });
  }

  @Post('invitation')
  @Public()
  @ApiCreatedResponse({ standardSchema: z.strictObject({ subject: zSubjectId }) })
  async acceptInvitation(@Body({ schema: zAcceptInvitation }) body: z.infer<typeof zAcceptInvitation>): Promise<{ subject: string }> {
    return { subject: await this.identity.acceptInvitation(body.token, body.password) };
  }
}
