import { Inject, Injectable } from '@nestjs/common';
import type { Clock, IdSource, SubjectId } from '#kernel';
import { auditReadDecider, type RecordAuditRead } from '#libs/audit';
import { COMPANY_ZONE, dayAt } from '#libs/calendar';
import type { CommandRunner } from '#libs/event-store';
import { CLOCK, COMMAND_RUNNER, IDS } from '#libs/runtime';
import type { Caller } from './caller';

type Look = RecordAuditRead['data'];

/** The same thing read again by the same person within this time is one look: pages ask several times, live ones all the time. */
export const LOOK_LIMITS = { sameMs: 15 * 60_000, remembered: 10_000 } as const;

/** Who looked at whose data and history, when and why, is itself recorded (audit.md), and so is who took a file of it away. */
@Injectable()
export class AuditLooks {
  /** By person: one after another, since all looks of a day are one stream. */
  readonly #writing = new Map<SubjectId, Promise<void>>();
  /** What was recorded lately or is about to be, the oldest first. */
  readonly #seen = new Map<string, { readonly at: number; readonly recorded: Promise<void> }>();

  constructor(
    @Inject(COMMAND_RUNNER) private readonly runner: Pick<CommandRunner, 'run'>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
  ) {}

  /** Before anything is shown: a look that can't be recorded is not had. */
  async record(caller: Pick<Caller, 'subject'>, look: Pick<Look, 'question' | 'about'> & Partial<Look>): Promise<void> {
    const data = { operation: null, reason: null, ...look, auditor: caller.subject };
    const before = this.#writing.get(caller.subject) ?? Promise.resolve();
    const writing = before.then(() => this.#write(data));
    // Whoever comes next does not fail with this one.
    const settled = writing.catch(() => undefined);
    this.#writing.set(caller.subject, settled);
    await writing.finally(() => {
      if (this.#writing.get(caller.subject) === settled) this.#writing.delete(caller.subject);
    });
  }

  /** What only the role of auditor let somebody read: recorded once in a while, not with each question that a page asks. */
  async recordRead(caller: Pick<Caller, 'subject'>, operation: string, about: string): Promise<void> {
    const key = `${caller.subject} ${operation} ${about}`;
    const now = Date.parse(this.clock.now());
    const last = this.#seen.get(key);
    if (last !== undefined && now - last.at < LOOK_LIMITS.sameMs) return last.recorded;
    const recorded = this.record(caller, { question: 'read', operation, about });
    this.#seen.delete(key);
    this.#seen.set(key, { at: now, recorded });
    for (const [oldest] of this.#seen) {
      if (this.#seen.size <= LOOK_LIMITS.remembered) break;
      this.#seen.delete(oldest);
    }
    try {
      return await recorded;
    } catch (error) {
      this.#seen.delete(key);
      throw error;
    }
  }

  async #write(data: Look): Promise<void> {
    const now = this.clock.now();
    const context = { now, actor: data.auditor, requestKey: `audit/${data.auditor}/${this.ids.uuid()}` };
    const id = `${data.auditor}.${dayAt(now, COMPANY_ZONE)}`;
    await this.runner.run(auditReadDecider, id, { type: 'RecordAuditRead', data }, context);
  }
}
