import { createParamDecorator, type ExecutionContext, Inject, Injectable, type MessageEvent } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Observable } from 'rxjs';
import type { SubjectId } from '#kernel';
import type { IdentityService, Operation } from '#libs/identity';
import { IDENTITY, LOGGER } from '../tokens';
import { Access, type Concern } from './access';
import type { Caller } from './caller';
import { ProblemException } from './problem';

/**
 * A live answer is looked at this often and ends by itself; a browser's EventSource asks again with the last id. Nothing is
 * left unsaid for longer than `beatMs`: who hears nothing knows that the connection is gone. As often it is asked whether the
 * caller is still signed in and may still see it.
 */
export const LIVE_LIMITS = { lookMs: 500, beatMs: 10_000, longestMs: 15 * 60_000, openPerProcess: 500, openPerAccount: 12 } as const;

/** Parameter: what a reconnecting EventSource has seen last. */
export const LastEventId = createParamDecorator((_data: unknown, context: ExecutionContext): string | undefined => {
  const value = context.switchToHttp().getRequest<FastifyRequest>().headers['last-event-id'];
  return typeof value === 'string' ? value : undefined;
});

/** What is to be seen now. `id` names it and differs whenever `data` does; `last`: nothing comes after it. */
export interface LiveState<T extends object> {
  readonly id: string;
  readonly data: T;
  readonly last: boolean;
}

export interface LiveQuestion {
  readonly caller: Caller;
  readonly operation: Operation;
  readonly concern?: Concern;
  readonly lastSeen: string | undefined;
}

/** Answers that go on: server-sent events, so many per process and account. */
@Injectable()
export class LiveAnswers {
  #open = 0;
  readonly #ofAccount = new Map<SubjectId, number>();

  constructor(
    @Inject(Access) private readonly access: Pick<Access, 'require' | 'allows' | 'rolesOf'>,
    @Inject(IDENTITY) private readonly identity: Pick<IdentityService, 'subjectOf'>,
    @Inject(LOGGER) private readonly logger: Pick<Logger, 'error'>,
  ) {}

  /** Live answers that are open now. */
  get open(): number {
    return this.#open;
  }

  /**
   * Sends what `look` gives whenever its `id` differs from the last one sent: at once, then at most every `lookMs`. So a
   * reconnecting client with Last-Event-ID is sent nothing twice and misses nothing.
   * Where that state still holds, an event of type `beat` says so: at once, then every `beatMs`. It carries the same `id`, or the
   * client would forget what it has seen. An event of type `end` says that nothing comes after: who asks again hears no more.
   * A failed look, a session that ended and roles that changed end the answer without a word; asking again says why.
   * Thrown: Rejection `identity.not-allowed`, Problem `http.too-many-live-answers`.
   */
  async answer<T extends object>(question: LiveQuestion, look: () => Promise<LiveState<T>>): Promise<Observable<MessageEvent>> {
    const { caller, operation, concern } = question;
    await this.access.require(caller, operation, concern);
    if (!this.#hasRoom(caller.subject)) throw new ProblemException(503, 'http.too-many-live-answers');
    return new Observable((subscriber) => {
      // Between the question and the first look others may have come: whoever finds no place now asks again.
      if (!this.#hasRoom(caller.subject)) {
        subscriber.complete();
        return undefined;
      }
      this.#take(caller.subject, 1);
      let seen = question.lastSeen;
      let saidAt = Number.NEGATIVE_INFINITY;
      let askedAt = performance.now();
      let timer: NodeJS.Timeout | undefined;
      const until = askedAt + LIVE_LIMITS.longestMs;
      const turn = async (): Promise<void> => {
        if (performance.now() - askedAt >= LIVE_LIMITS.beatMs) {
          if (!(await this.#mayStill(question))) {
            subscriber.complete();
            return;
          }
          askedAt = performance.now();
        }
        const { id, data, last } = await look();
        if (subscriber.closed) return;
        const now = performance.now();
        if (id !== seen || now - saidAt >= LIVE_LIMITS.beatMs) {
          subscriber.next(id === seen ? { id, type: 'beat', data: 'ok' } : { id, data });
          saidAt = now;
        }
        seen = id;
        if (last) subscriber.next({ id, type: 'end', data: 'ok' });
        if (last || now > until) subscriber.complete();
        else schedule();
      };
      const fail = (error: unknown): void => {
        this.logger.error({ err: error, operation }, 'a live answer failed');
        subscriber.complete();
      };
      const schedule = (): void => {
        timer = setTimeout(() => {
          turn().catch(fail);
        }, LIVE_LIMITS.lookMs);
      };
      turn().catch(fail);
      return () => {
        clearTimeout(timer);
        this.#take(caller.subject, -1);
      };
    });
  }

  async #mayStill({ caller, operation, concern }: LiveQuestion): Promise<boolean> {
    const subject = await this.identity.subjectOf(caller.token);
    if (subject !== caller.subject) return false;
    const roles = await this.access.rolesOf(subject);
    // What is shown may depend on any of them: whoever has others now asks again as such.
    if (roles.length !== caller.roles.length || !roles.every((role) => caller.roles.includes(role))) return false;
    return this.access.allows({ ...caller, roles }, operation, concern);
  }

  #hasRoom(subject: SubjectId): boolean {
    return this.#open < LIVE_LIMITS.openPerProcess && (this.#ofAccount.get(subject) ?? 0) < LIVE_LIMITS.openPerAccount;
  }

  #take(subject: SubjectId, places: 1 | -1): void {
    this.#open += places;
    const own = (this.#ofAccount.get(subject) ?? 0) + places;
    if (own > 0) this.#ofAccount.set(subject, own);
    else this.#ofAccount.delete(subject);
  }
}
