import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Clock } from '#kernel';
import type { IdentityService } from '#libs/identity';
import { CLOCK } from '#libs/runtime';
import { IDENTITY } from '../tokens';
import { Access } from './access';
import { PUBLIC_ROUTE, rememberEdge } from './caller';
import { ProblemException } from './problem';
import { sessionOf } from './session-of';

/** Finds out who asks, from `Authorization: Bearer` or the session cookie, and stamps the request with the one clock. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    @Inject(IDENTITY) private readonly identity: IdentityService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Access) private readonly access: Access,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const isPublic =
      this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC_ROUTE, [context.getHandler(), context.getClass()]) === true;
    const session = await sessionOf(request, this.identity);
    const caller = session && { ...session, roles: await this.access.rolesOf(session.subject) };
    rememberEdge(request, { caller, now: this.clock.now() });
    if (!caller && !isPublic) throw new ProblemException(401, 'identity.not-signed-in');
    return true;
  }
}
