import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { zInstant } from '#libs/kernel/schema';
import type { ProjectorHealth } from '#libs/projections';
import { Access } from '../http/access';
import { type Caller, CallerParam, Public } from '../http/caller';
import { HEALTH } from '../tokens';

export interface HealthSource {
  /** What is behind: each consumer of the log, the bridge. Thrown when the database does not answer. */
  report(): Promise<Pick<ProjectorHealth, 'ok' | 'position' | 'consumers' | 'alarms'>>;
}

const zLive = z.strictObject({ live: z.literal(true) });
const zReady = z.strictObject({ ready: z.boolean() });
const zParked = z.strictObject({ position: z.int(), type: z.string(), code: z.string(), attempts: z.int(), retryAt: zInstant });
const zConsumer = z.strictObject({
  name: z.string(),
  role: z.string(),
  kind: z.string(),
  version: z.int(),
  epoch: z.int(),
  position: z.int(),
  behind: z.int(),
  state: z.enum(['following', 'building', 'parked', 'other-epoch', 'ahead-of-log']),
  parked: zParked.nullable(),
  rejections: z.int(),
  lastRejection: z.string().nullable(),
});
const zAlarm = z.strictObject({ streamId: z.string(), route: z.string(), position: z.int(), code: z.string(), raisedAt: z.string() });
const zReport = z.strictObject({
  ok: z.boolean(),
  position: z.int(),
  consumers: z.array(zConsumer),
  alarms: z.array(zAlarm),
});

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(
    @Inject(HEALTH) private readonly health: HealthSource,
    @Inject(Access) private readonly access: Access,
  ) {}

  @Get('live')
  @Public()
  @ApiOkResponse({ standardSchema: zLive })
  live(): z.infer<typeof zLive> {
    return { live: true };
  }

  /** 503 while the database does not answer. */
  @Get('ready')
  @Public()
  @ApiOkResponse({ standardSchema: zReady })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<z.infer<typeof zReady>> {
    const ready = await this.health.report().then(
      () => true,
      () => false,
    );
    if (!ready) void reply.status(503);
    return { ready };
  }

  @Get()
  @ApiOkResponse({ standardSchema: zReport })
  async report(@CallerParam() caller: Caller): Promise<z.infer<typeof zReport>> {
    await this.access.require(caller, 'health.read');
    const { ok, position, consumers, alarms } = await this.health.report();
    return { ok, position, consumers: consumers.map((consumer) => ({ ...consumer })), alarms: [...alarms] };
  }
}
