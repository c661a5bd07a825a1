import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Access } from '../http/access';
import { type Caller, CallerParam, Public } from '../http/caller';
import { HEALTH } from '../tokens';

/** What is behind: each consumer of the log, the bridge, Temporal. */
export interface HealthReport {
  readonly ok: boolean;
  readonly position: number;
  readonly consumers: readonly {
    readonly name: string;
    readonly position: number;
    readonly behind: number;
    readonly state: string;
    readonly parked: unknown;
  }[];
  readonly alarms: readonly unknown[];
}

export interface HealthSource {
  /** Thrown when the database does not answer. */
  report(): Promise<HealthReport>;
}

const zLive = z.strictObject({ live: z.literal(true) });
const zReady = z.strictObject({ ready: z.boolean() });
const zReport = z.strictObject({
  ok: z.boolean(),
  position: z.int(),
  consumers: z.array(z.strictObject({ name: z.string(), position: z.int(), behind: z.int(), state: z.string(), parked: z.unknown() })),
  alarms: z.array(z.unknown()),
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
  async report(@CallerParam() caller: Caller): Promise<HealthReport> {
    await this.access.require(caller, 'health.read');
    return this.health.report();
  }
}
