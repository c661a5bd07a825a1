import { finished, Readable } from 'node:stream';
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
import { AuditLooks } from '../http/audit-looks';
import { type Caller, CallerParam } from '../http/caller';
import { ProblemException, problemOf } from '../http/problem';
import { LOGGER, REHEARSALS } from '../tokens';
import {
  PEOPLE_FOR_PAY,
  type RehearsalBody,
  rehearsalInput,
  type RowsBody,
  type SummaryBody,
  zRehearsal,
  zRehearsalPage,
  zRows,
  zSummary,
} from './scheme-rehearsal.shapes';

/** What of pay may be shown to who asks. */
interface Sight {
  readonly seesPay: boolean;
  readonly isScoped: boolean;
}

/** A rehearsal on its way, whether or not anybody still listens. */
interface Begun {
  readonly answer: Promise<RehearsalSummary>;
  /** Never rejected. */
  readonly settled: Promise<void>;
  readonly isOver: () => boolean;
  /** How far it is, where that was not told yet. */
  readonly progress: () => RehearsalProgress | undefined;
}

/** Progress is told at most this often. */
const TELL_MS = 200;

/** A draft tried on past periods: nothing is recorded, nobody is named. Questions, not commands: no key, and the same again asks again. */
@ApiTags('schemes')
@Controller('schemes/rehearsals')
export class SchemeRehearsalController {
  #running = 0;

  constructor(
    @Inject(REHEARSALS) private readonly rehearsals: Rehearsals,
    @Inject(Access) private readonly access: Pick<Access, 'require' | 'allows'>,
    @Inject(AuditLooks) private readonly looks: Pick<AuditLooks, 'record'>,
    @Inject(LOGGER) private readonly logger: Pick<Logger, 'error'>,
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
    const sight: Sight = { seesPay: await this.access.allows(caller, 'payout.read'), isScoped: body.scope !== undefined };
    const leave = this.#enter();
    if (accept?.includes('text/event-stream') !== true) {
      await reply.send(summaryBody(await this.rehearsals.summary(input).finally(leave), sight));
      return;
    }
    // Begun here, not when the first piece is asked for: whoever left by then never asks.
    const work = begun((progress) => this.rehearsals.summary(input, progress).finally(leave));
    await reply
      .header('content-type', 'text/event-stream')
      .header('cache-control', 'no-cache')
      .send(Readable.from(this.#told(work, sight)));
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
    const seesPay = await this.access.allows(caller, 'payout.read');
    const leave = this.#enter();
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
    const seesPay = await this.access.allows(caller, 'payout.read');
    await this.looks.record(caller, { question: 'export', about: 'rehearsal' });
    const leave = this.#enter();
    const batches = this.rehearsals.rows(input);
    const pieces = rehearsalCsv(seesPay ? batches : batchesWithoutPay(batches));
    // What can be refused is refused before the first piece is sent.
    const first = await pieces.next().catch((error: unknown) => {
      leave();
      throw error;
    });
    const file = Readable.from(following(first.value ?? '', pieces));
    // Of the file, not of the connection, which may be gone by now without anybody having heard it close.
    finished(file, leave);
    await reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="rehearsal.csv"')
      .send(file);
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
  async *#told({ answer, settled, isOver, progress }: Begun, sight: Sight): AsyncGenerator<string, void, undefined> {
    while (!isOver()) {
      await Promise.race([settled, new Promise((resolve) => setTimeout(resolve, TELL_MS))]);
      const at = progress();
      if (at) yield event('progress', at);
    }
    try {
      yield event('summary', summaryBody(await answer, sight));
    } catch (error) {
      const problem = problemOf(error);
      if (problem.status >= 500) this.logger.error({ err: error }, 'rehearsal failed');
      yield event('problem', problem);
    }
  }
}

function begun(start: (progress: (at: RehearsalProgress) => void) => Promise<RehearsalSummary>): Begun {
  let latest: RehearsalProgress | undefined;
  let over = false;
  const answer = start((at) => {
    latest = at;
  });
  const end = (): void => {
    over = true;
  };
  const progress = (): RehearsalProgress | undefined => {
    const at = latest;
    latest = undefined;
    return at;
  };
  return { answer, settled: answer.then(end, end), isOver: () => over, progress };
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

function summaryBody({ periods, cost, ...summary }: RehearsalSummary, { seesPay, isScoped }: Sight): SummaryBody {
  const showsPay = ({ people }: { readonly people: number }): boolean => seesPay || (!isScoped && people >= PEOPLE_FOR_PAY);
  return {
    ...summary,
    periods: periods.map((period) => ({
      ...period,
      grades: [...period.grades],
      errors: [...period.errors],
      pay: showsPay(period) ? period.pay : null,
    })),
    cost: periods.every((period) => showsPay(period) || period.people === 0) && (seesPay || !isScoped) ? cost : null,
  };
}
