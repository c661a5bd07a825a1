import { Body, Controller, Get, Inject, Param, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { SubjectId } from '#kernel';
import type { CommandContext, CommandResult } from '#libs/event-store';
import { zDecimalText, zSubjectId, zUuid } from '#libs/kernel/schema';
import { type DepositDesk, ReleaseDepositRequest } from '#libs/payout';
import { Access } from '../http/access';
import { type Caller, CallerParam, CommandParam } from '../http/caller';
import { receipt } from '../http/command-reply';
import { NameBook } from '../http/name-book';
import { type ReceiptBody, zReceipt } from '../http/page';
import { DEPOSITS } from '../tokens';

const zDeposit = z
  .strictObject({
    subject: zSubjectId,
    name: z.string().nullable(),
    opening: zDecimalText.describe('Held before the first month that was paid here'),
    withheld: zDecimalText,
    released: zDecimalText,
    held: zDecimalText,
    cycleId: zUuid.nullable().describe('The last cycle with a deposit line; its supplementary batch pays the release'),
  })
  .meta({ id: 'Deposit' });
type DepositBody = z.infer<typeof zDeposit>;
const zRelease = z.strictObject({ reason: z.string().trim().min(1).max(2_000) });

/** 押金: what schemes withheld of a person's pay. */
@ApiTags('payouts')
@Controller('deposits')
export class DepositsController {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(DEPOSITS) private readonly deposits: DepositDesk,
    @Inject(Access) private readonly access: Access,
    @Inject(NameBook) private readonly names: NameBook,
  ) {}

  @Get(':subject')
  @ApiOkResponse({ standardSchema: zDeposit })
  async held(@Param('subject', { schema: zSubjectId }) subject: SubjectId, @CallerParam() caller: Caller): Promise<DepositBody> {
    await this.access.require(caller, 'statement.read', { subject });
    const [held, names] = await Promise.all([this.deposits.held(subject), this.names.of([subject])]);
    return { ...held, name: names.get(subject) ?? null };
  }

  /** All that is held becomes a line of a supplementary batch; for who has left in good standing. */
  @Post(':subject/release')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: zReceipt })
  async release(
    @Param('subject', { schema: zSubjectId }) subject: SubjectId,
    @Body({ schema: zRelease }) { reason }: z.infer<typeof zRelease>,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    await this.access.require(caller, 'deposit.release', { subject });
    const result = await this.bus.execute<ReleaseDepositRequest, CommandResult>(new ReleaseDepositRequest(subject, reason, context));
    return receipt(reply, subject, result);
  }
}
