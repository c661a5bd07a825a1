import { createParamDecorator, type ExecutionContext, type MessageEvent } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Observable } from 'rxjs';

/**
 * A live answer is looked at this often and ends by itself; a browser's EventSource asks again with the last id. Nothing is
 * left unsaid for longer than `beatMs`: who hears nothing knows that the connection is gone.
 */
export const LIVE_LIMITS = { lookMs: 500, beatMs: 10_000, longestMs: 15 * 60_000, openPerProcess: 500 } as const;

/** Parameter: what a reconnecting EventSource has seen last. */
export const LastEventId = createParamDecorator((_data: unknown, context: ExecutionContext): string | undefined => {
  const value = context.switchToHttp().getRequest<FastifyRequest>().headers['last-event-id'];
  return typeof value === 'string' ? value : undefined;
});

let open = 0;

/** How many more live answers this process takes. */
export function liveRoom(): number {
  return LIVE_LIMITS.openPerProcess - open;
}

/**
 * Sends what `look` gives whenever its `id` differs from the last one sent: at once, then at most every `lookMs`.
 * `id` names the state (a log position), so a reconnecting client with Last-Event-ID is sent nothing twice and misses nothing.
 * Where that state still holds, an event of type `beat` says so: at once, then every `beatMs`. It carries the same `id`, or the
 * client would forget what it has seen.
 * A failed look ends the answer: what went wrong is for `failed`, never for the stream.
 */
export function liveAnswer<T extends object>(
  look: () => Promise<{ readonly id: string; readonly data: T; readonly last: boolean }>,
  { lastSeen, failed }: { readonly lastSeen: string | undefined; readonly failed: (error: unknown) => void },
): Observable<MessageEvent> {
  return new Observable((subscriber) => {
    open += 1;
    let seen = lastSeen;
    let saidAt = Number.NEGATIVE_INFINITY;
    let timer: NodeJS.Timeout | undefined;
    const until = performance.now() + LIVE_LIMITS.longestMs;
    const turn = async (): Promise<void> => {
      const { id, data, last } = await look();
      if (subscriber.closed) return;
      const now = performance.now();
      if (id !== seen || now - saidAt >= LIVE_LIMITS.beatMs) {
        subscriber.next(id === seen ? { id, type: 'beat', data: 'ok' } : { id, data });
        saidAt = now;
      }
      seen = id;
      if (last || now > until) subscriber.complete();
      else schedule();
    };
    const fail = (error: unknown): void => {
      failed(error);
      subscriber.complete();
    };
    const schedule = (): void => {
      timer = setTimeout(() => {
        turn().catch(fail);
      }, LIVE_LIMITS.lookMs);
    };
    turn().catch(fail);
    return () => {
      open -= 1;
      clearTimeout(timer);
    };
  });
}
