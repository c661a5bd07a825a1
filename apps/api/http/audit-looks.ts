import { Inject, Injectable } from '@nestjs/common';
import type { Clock, IdSource } from '#kernel';
import { auditReadDecider, type RecordAuditRead } from '#libs/audit';
import type { CommandRunner } from '#libs/event-store';
import { CLOCK, COMMAND_RUNNER, IDS } from '#libs/runtime';
import type { Caller } from './caller';

/** Who looked at whose history, when and why, is itself recorded (audit.md). */
@Injectable()
export class AuditLooks {
  constructor(
    @Inject(COMMAND_RUNNER) private readonly runner: CommandRunner,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
  ) {}

  /** Before anything is shown: a look that can't be recorded is not had. */
  async record(caller: Caller, look: Omit<RecordAuditRead['data'], 'auditor'>): Promise<void> {
    const context = { now: this.clock.now(), actor: caller.subject, requestKey: `audit/${caller.subject}/${this.ids.uuid()}` };
    await this.runner.run(
      auditReadDecider,
      caller.subject,
      { type: 'RecordAuditRead', data: { auditor: caller.subject, ...look } },
      context,
    );
  }
}
