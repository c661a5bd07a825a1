import { Readable } from 'node:stream';
import { Body, Controller, Headers, HttpCode, Inject, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import type { z } from 'zod';
import {
  REHEARSAL_LIMITS,
  type RehearsalProgress,
  rehearsalCsv,
  type RehearsalRow,
  type Rehearsals,
  type RehearsalSummary,
} from '#libs/scheme';
import { Access } from '../http/access';
import { type Caller, CallerParam } from '../http/caller';
import { ProblemException, problemOf } from '../http/problem';
import { LOGGER, REHEARSALS } from '../tokens';
import {
  type RehearsalBody,
  rehearsalInput,
  type RowsBody,
  type SummaryBody,
  zRehearsal,
  zRehearsalPage,
  zRows,
  zSummary,
} from './scheme-rehearsal.shapes';

/** Progress is told at most this often. */
const TELL_MS = 200;

/** A draft tried on past periods: nothing is recorded, nobody is named. Questions, not commands: no key, and the same again asks again. */
@ApiTags('schemes')
@Controller('schemes/rehearsals')
export class SchemeRehearsalController {
  #running = 0;

  constructor(
    @Inject(REHEARSALS) private readonly rehearsals: Rehearsals,
    @Inject(Access) private readonly access: Access,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * What it would have come to, by period and in all. With `Accept: text/event-stream` it tells how far it is (`progress`) until
   * the answer (`summary`) or what went wrong (`problem`).
   */
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: zSummary })
  async rehearse(
    @Body({ schema: zRehearsal }) body: RehearsalBody,
    @CallerParam() caller: Caller,
    @Headers('accept') accept: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.access.require(caller, 'scheme-rehearsal.use');
    const input = rehearsalInput(body);
    const leave = this.#enter();
    if (accept?.includes('text/event-stream') !== true) {
      await reply.send(summaryBody(await this.rehearsals.summary(input).finally(leave)));
      return;
    }
    const told = this.#told((progress) => this.rehearsals.summary(input, progress).finally(leave));
    await reply.header('content-type', 'text/event-stream').header('cache-control', 'no-cache').send(Readable.from(told));
  }

  /** By period and person; pay of single people for whoever may read it, totals for everyone. `next` also keeps the moment, so that pages fit together. */
  @Post('people')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: zRows })
  async people(
    @Body({ schema: zRehearsal }) body: RehearsalBody,
    @Query({ schema: zRehearsalPage }) page: z.infer<typeof zRehearsalPage>,
    @CallerParam() caller: Caller,
  ): Promise<RowsBody> {
    await this.access.require(caller, 'scheme-rehearsal.use');
    // What is refused takes nobody's place: first the question, then the place.
    const input = rehearsalInput(body);
    const leave = this.#enter();
    const seesPay = await this.access.allows(caller, 'payout.read');
    const { asOf, items, next } = await this.rehearsals.page(input, page).finally(leave);
    return { asOf, items: items.map((row) => rowBody(seesPay ? row : withoutPay(row))), ...(next === undefined ? {} : { next }) };
  }

  /** All of them as CSV (pay as above), UTF-8 with byte order mark, as they are computed. */
  @Post('csv')
  @HttpCode(200)
  @ApiOkResponse({ content: { 'text/csv': { schema: { type: 'string' } } } })
  async csv(@Body({ schema: zRehearsal }) body: RehearsalBody, @CallerParam() caller: Caller, @Res() reply: FastifyReply): Promise<void> {
    await this.access.require(caller, 'scheme-rehearsal.use');
    const input = rehearsalInput(body);
    const leave = this.#enter();
    const seesPay = await this.access.allows(caller, 'payout.read');
    const batches = this.rehearsals.rows(input);
    const pieces = rehearsalCsv(seesPay ? batches : batchesWithoutPay(batches));
    reply.raw.once('close', leave);
    // What can be refused is refused before the first piece is sent.
    const first = await pieces.next();
    await reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="rehearsal.csv"')
      .send(Readable.from(following(first.value ?? '', pieces)));
  }

  #enter(): () => void {
    if (this.#running >= REHEARSAL_LIMITS.running)
      throw new ProblemException(429, 'scheme.too-many-rehearsals', { most: REHEARSAL_LIMITS.running });
    this.#running += 1;
    let inside = true;
    return () => {
      if (inside) this.#running -= 1;
      inside = false;
    };
  }

  /** Server-sent events: progress now and then, and the answer. */
  async *#told(work: (progress: (at: RehearsalProgress) => void) => Promise<RehearsalSummary>): AsyncGenerator<string, void, undefined> {
    let latest: RehearsalProgress | undefined;
    let over = false;
    const answer = work((at) => {
      latest = at;
    }).finally(() => {
      over = true;
    });
    // Awaited below; until then a refusal is nobody's surprise.
    answer.catch(() => undefined);
    while (!over) {
      await Promise.race([answer.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, TELL_MS))]);
      if (latest) yield event('progress', latest);
      latest = undefined;
    }
    try {
      yield event('summary', summaryBody(await answer));
    } catch (error) {
      const problem = problemOf(error);
      if (problem.status >= 500) this.logger.error({ err: error }, 'rehearsal failed');
      yield event('problem', problem);
    }
  }
}

function event(name: string, data: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

async function* following(first: string, rest: AsyncGenerator<string, void, undefined>): AsyncGenerator<string, void, undefined> {
  yield first;
  yield* rest;
}

/** A person's code leads to the person for whoever may list people: what one of them is paid stays with whoever may read pay. */
function withoutPay(row: RehearsalRow): RehearsalRow {
  return {
    ...row,
    published: row.published && { ...row.published, pay: null },
    again: row.again && { ...row.again, pay: null },
    draft: { ...row.draft, pay: null },
    difference: { ...row.difference, pay: null },
  };
}

async function* batchesWithoutPay(
  batches: AsyncIterable<readonly RehearsalRow[]>,
): AsyncGenerator<readonly RehearsalRow[], void, undefined> {
  for await (const rows of batches) yield rows.map(withoutPay);
}

function rowBody(row: RehearsalRow): RowsBody['items'][number] {
  const trial = ({ errors, ...standing }: RehearsalRow['draft']) => ({ ...standing, errors: [...errors] });
  return { ...row, again: row.again && trial(row.again), draft: trial(row.draft), defaulted: [...row.defaulted] };
}

function summaryBody({ periods, ...summary }: RehearsalSummary): SummaryBody {
  return { ...summary, periods: periods.map((period) => ({ ...period, grades: [...period.grades], errors: [...period.errors] })) };
}
