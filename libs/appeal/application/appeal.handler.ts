import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { SubjectId } from '#kernel';
import type { CommandContext, CommandResult } from '#libs/event-store';
import type { AppealAct, AppealDesk, FileAppealInput } from './appeal.service';

/** Bound to `createAppealDesk` by the module. */
export const APPEAL_DESK = Symbol('AppealDesk');

export class StoreEvidenceRequest {
  constructor(
    readonly subject: SubjectId,
    readonly content: Uint8Array,
  ) {}
}
type Stored = Awaited<ReturnType<AppealDesk['storeEvidence']>>;

@CommandHandler(StoreEvidenceRequest)
export class StoreEvidenceHandler implements ICommandHandler<StoreEvidenceRequest, Stored> {
  constructor(@Inject(APPEAL_DESK) private readonly desk: AppealDesk) {}

  execute({ subject, content }: StoreEvidenceRequest): Promise<Stored> {
    return this.desk.storeEvidence(subject, content);
  }
}

export class FileAppealRequest {
  constructor(
    readonly input: FileAppealInput,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(FileAppealRequest)
export class FileAppealHandler implements ICommandHandler<FileAppealRequest, CommandResult & { readonly appealId: string }> {
  constructor(@Inject(APPEAL_DESK) private readonly desk: AppealDesk) {}

  execute({ input, context }: FileAppealRequest): Promise<CommandResult & { readonly appealId: string }> {
    return this.desk.file(input, context);
  }
}

/** Everything that people do with an appeal once it is filed. */
export class ActOnAppealRequest {
  constructor(
    readonly appealId: string,
    readonly act: AppealAct,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(ActOnAppealRequest)
export class ActOnAppealHandler implements ICommandHandler<ActOnAppealRequest, CommandResult> {
  constructor(@Inject(APPEAL_DESK) private readonly desk: AppealDesk) {}

  execute({ appealId, act, context }: ActOnAppealRequest): Promise<CommandResult> {
    return this.desk.act(appealId, act, context);
  }
}
