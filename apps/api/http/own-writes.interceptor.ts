import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { PRODUCT_PROJECTIONS } from '#apps/assembly';
import { EventStoreError, type LogToken, parseToken } from '#libs/event-store';
import { ProjectionError, type ReadDb } from '#libs/projections';
import { READ_DB } from '../tokens';
import { ProblemException } from './problem';

/** How long a read waits for the read models to reach what its caller wrote before. */
const WAIT_MS = 2_000;

/**
 * Read models follow the log by a moment. A GET with `centum-after: <centum-token of a command>` is answered from there or
 * later; when that takes too long it is answered as things stand, and `centum-behind` names what had not come so far.
 * Thrown: `http.centum-after-malformed`.
 */
@Injectable()
export class OwnWritesInterceptor implements NestInterceptor {
  constructor(@Inject(READ_DB) private readonly read: ReadDb) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const after = request.headers['centum-after'];
    if (request.method === 'GET' && typeof after === 'string') {
      const behind = await this.#behind(tokenOf(after).position);
      if (behind.length > 0) void http.getResponse<FastifyReply>().header('centum-behind', behind.join(' '));
    }
    return next.handle();
  }

  async #behind(position: number): Promise<string[]> {
    const waits = PRODUCT_PROJECTIONS.map(async ({ name }) => {
      try {
        await this.read.waitForProjection(name, position, WAIT_MS);
        return [];
      } catch (error) {
        if (error instanceof ProjectionError) return [name];
        throw error;
      }
    });
    return (await Promise.all(waits)).flat();
  }
}

function tokenOf(text: string): LogToken {
  try {
    return parseToken(text);
  } catch (error) {
    if (error instanceof EventStoreError) throw new ProblemException(400, 'http.centum-after-malformed');
    throw error;
  }
}
