import type { RecordedEvent, SequencedLog } from '#libs/event-store';
import type { Consumer, Turn } from './consumer';
import type { ConsumerParts } from './consumer-host';
import { advanceMarks, type ConsumerKind, type ConsumerRow, type Mark, markId, park, putConsumer, readConsumers } from './consumer-store';
import { errorCode, errorFrames, isTransient, ProjectionError } from './errors';
import type { PageEvent } from './fold';
import { PROJECTION_LIMITS } from './limits';
import { READ_SCHEMA } from './sql-names';

/** A consumer whose effect is outside its checkpoint's transaction: at least once, so the effect must bear repetition. */
export interface EffectDefinition {
  readonly name: string;
  readonly kind: Exclude<ConsumerKind, 'projection'>;
  readonly version: number;
  /** Events of different streams handled at the same time; those of one stream always in order. */
  readonly concurrency: number;
  handles(event: Pick<PageEvent, 'type' | 'streamId'>): boolean;
  /** Once after each taking of the checkpoint, before the first event. */
  opened?(position: number): Promise<void>;
  /** Before events up to that position are handled. */
  before?(lastPosition: number): Promise<void>;
  handle(event: RecordedEvent): Promise<void>;
}

export function effectConsumer(definition: EffectDefinition, parts: ConsumerParts): Consumer {
  return new EffectConsumer(definition, parts);
}

class EventFailed extends Error {
  override readonly name = 'EventFailed';

  constructor(
    readonly event: PageEvent,
    cause: unknown,
  ) {
    super('an event could not be handled', { cause });
  }
}

class EffectConsumer implements Consumer {
  readonly name: string;
  readonly kind: EffectDefinition['kind'];
  readonly lease: string;
  private epoch = 0;
  private position = 0;
  private parked = false;
  private attempts = 0;

  constructor(
    private readonly definition: EffectDefinition,
    private readonly parts: ConsumerParts,
  ) {
    this.name = definition.name;
    this.kind = definition.kind;
    this.lease = definition.name;
  }

  async open(): Promise<void> {
    const { pool, log } = this.parts;
    const head = await log.head();
    const row = await this.ownRow();
    const position = row ? await positionInEpoch(log, row, head.epoch) : 0;
    if (row?.epoch === head.epoch && position > head.position) {
      throw new ProjectionError('checkpoint-ahead-of-log', { consumer: this.name, position, head: head.position });
    }
    const { name, kind, version } = this.definition;
    if (!row || row.epoch !== head.epoch) {
      await putConsumer(pool, {
        name,
        role: 'live',
        kind,
        version,
        build: 1,
        tableName: null,
        signature: null,
        epoch: head.epoch,
        position,
      });
    } else if (row.version !== version) {
      await pool.query(`UPDATE ${READ_SCHEMA}.consumers SET version = $2 WHERE name = $1`, [name, version]);
    }
    this.epoch = head.epoch;
    this.position = position;
    this.parked = row?.epoch === head.epoch && row.parked !== null;
    this.attempts = row?.attempts ?? 0;
    await this.definition.opened?.(position);
  }

  async turn(): Promise<Turn> {
    if (this.parked) {
      const row = await this.ownRow();
      if (row?.position !== this.position || row.epoch !== this.epoch) throw new ProjectionError('fenced', { consumer: this.name });
      this.attempts = row.attempts;
      if (row.parked && row.retryInMs > 0) return { kind: 'parked', retryInMs: row.retryInMs };
    }
    const page = await this.parts.reader.read(this.position);
    const last = page.at(-1);
    if (!last) return { kind: 'idle', position: this.position };
    const mine = page.filter((event) => this.definition.handles(event));
    const failure = mine.length > 0 ? await this.handleAll(mine) : undefined;
    const done = failure ? failure.event.position - 1 : last.position;
    if (done > this.position) await this.advance(done, mine.length === 0);
    return failure ? this.failed(failure) : { kind: 'more' };
  }

  private async ownRow(): Promise<ConsumerRow | undefined> {
    return (await readConsumers(this.parts.pool, this.name)).find(({ role }) => role === 'live');
  }

  /** Streams side by side, each in order. Answers the earliest event that failed; later ones are handled again another time. */
  private async handleAll(events: readonly PageEvent[]): Promise<EventFailed | undefined> {
    await this.definition.before?.(events.at(-1)?.position ?? this.position);
    const lanes = lanesByStream(events, this.definition.concurrency);
    const failures = await Promise.all(lanes.map((lane) => this.handleInOrder(lane)));
    let earliest: EventFailed | undefined;
    for (const failure of failures) if (failure && (!earliest || failure.event.position < earliest.event.position)) earliest = failure;
    return earliest;
  }

  private async handleInOrder(events: readonly PageEvent[]): Promise<EventFailed | undefined> {
    for (const item of events) {
      try {
        await this.definition.handle(item.event());
      } catch (error) {
        return new EventFailed(item, error);
      }
    }
    return undefined;
  }

  private mark(): Mark {
    return { name: this.name, role: 'live', build: 1, epoch: this.epoch, position: this.position };
  }

  private async advance(to: number, quiet: boolean): Promise<void> {
    const advance = { mark: this.mark(), to };
    const moved = quiet
      ? await this.parts.lane.advance(advance)
      : (await advanceMarks(this.parts.pool, [advance])).has(markId(advance.mark));
    if (!moved) throw new ProjectionError('fenced', { consumer: this.name });
    this.position = to;
    this.parked = false;
    this.attempts = 0;
  }

  private async failed(failure: EventFailed): Promise<Turn> {
    if (isTransient(failure.cause)) throw failure;
    const { position, type } = failure.event;
    const code = errorCode(failure.cause);
    const retryInMs = await park(this.parts.pool, this.mark(), { position, type, code }, this.attempts);
    this.attempts += 1;
    this.parked = true;
    this.parts.logger.error(
      { consumer: this.name, position, type, code, retryInMs, frames: errorFrames(failure.cause) },
      'consumer parked',
    );
    return { kind: 'parked', retryInMs };
  }
}

/** At most `concurrency` lanes; all events of a stream fall into the same one. */
function lanesByStream(events: readonly PageEvent[], concurrency: number): readonly (readonly PageEvent[])[] {
  const count = Math.min(Math.max(1, concurrency), PROJECTION_LIMITS.reactorConcurrency);
  if (count === 1) return [events];
  const lanes: PageEvent[][] = Array.from({ length: count }, () => []);
  const laneOf = new Map<string, PageEvent[]>();
  let next = 0;
  for (const event of events) {
    let lane = laneOf.get(event.streamId);
    if (!lane) {
      lane = lanes[next % count] ?? [];
      next += 1;
      laneOf.set(event.streamId, lane);
    }
    lane.push(event);
  }
  return lanes.filter((lane) => lane.length > 0);
}

/**
 * Where to go on after a restore: not beyond what the log still holds of the epoch the checkpoint was made in, since
 * the positions after that were given again to other events.
 */
export async function positionInEpoch(
  log: SequencedLog,
  mark: { readonly epoch: number; readonly position: number },
  epoch: number,
): Promise<number> {
  if (mark.epoch === epoch) return mark.position;
  let low = 0;
  let high = Math.min(mark.position, (await log.head()).position);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const [event] = await log.readAll(middle - 1, { maxEvents: 1 });
    if (event && event.epoch <= mark.epoch) low = middle;
    else high = middle - 1;
  }
  return low;
}
