import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Instant, SubjectId } from '#kernel';
import type { CommandContext } from '#libs/event-store';
import type { Role } from '#libs/organisation/contracts';
import { ProblemException } from './problem';

/** Who asks, as the guard found out. */
export interface Caller {
  readonly subject: SubjectId;
  readonly roles: readonly Role[];
  readonly token: string;
}

interface Edge {
  readonly caller: Caller | undefined;
  readonly now: Instant;
}

const edges = new WeakMap<FastifyRequest, Edge>();

export function rememberEdge(request: FastifyRequest, edge: Edge): void {
  edges.set(request, edge);
}

export const PUBLIC_ROUTE = 'centum:public';
/** Marks a route that needs no signing in. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(PUBLIC_ROUTE, true);

function callerOf(request: FastifyRequest): Caller {
  const caller = edges.get(request)?.caller;
  if (!caller) throw new ProblemException(401, 'identity.not-signed-in');
  return caller;
}

/** Parameter: the signed-in person. */
export const CallerParam = createParamDecorator((_data: unknown, context: ExecutionContext): Caller =>
  callerOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

export const IDEMPOTENCY_KEY = /^[A-Za-z0-9][A-Za-z0-9._:/-]{7,149}$/;

/**
 * Parameter: the context of a command. The request key is the caller's Idempotency-Key under the caller's id, so that
 * two people's keys never meet. Thrown: `http.idempotency-key-missing`, `http.idempotency-key-malformed`, `http.if-match-malformed`.
 */
export const CommandParam = createParamDecorator((_data: unknown, context: ExecutionContext): CommandContext =>
  commandContext(context.switchToHttp().getRequest<FastifyRequest>()),
);

export function commandContext(request: FastifyRequest): CommandContext {
  const caller = callerOf(request);
  const edge = edges.get(request);
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string') throw new ProblemException(400, 'http.idempotency-key-missing');
  if (!IDEMPOTENCY_KEY.test(key)) throw new ProblemException(400, 'http.idempotency-key-malformed', { form: IDEMPOTENCY_KEY.source });
  if (!edge) throw new ProblemException(401, 'identity.not-signed-in');
  const expectedVersion = ifMatch(request);
  return {
    now: edge.now,
    actor: caller.subject,
    requestKey: `http/${caller.subject}/${key}`,
    correlationId: request.id,
    ...(expectedVersion === undefined ? {} : { expectedVersion }),
  };
}

function ifMatch(request: FastifyRequest): number | undefined {
  const value = request.headers['if-match'];
  if (value === undefined || value === '*') return undefined;
  const version = /^"v(\d{1,9})"$/.exec(value)?.[1];
  if (version === undefined) throw new ProblemException(400, 'http.if-match-malformed', { form: '"v<version>"' });
  return Number(version);
}

/** The entity tag of a stream's version; If-Match takes it back. */
export function etag(version: number): string {
  return `"v${version}"`;
}
