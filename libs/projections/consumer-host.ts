import type { Pool } from 'pg';
import type { SequencedLog } from '#libs/event-store';
import { CheckpointLane } from './checkpoint-lane';
import type { Consumer, ConsumerLogger } from './consumer';
import { readConsumers } from './consumer-store';
import { errorCode, errorFrames, ProjectionError } from './errors';
import { Leases } from './leases';
import { PROJECTION_LIMITS } from './limits';
import { type EventDecoder, type PageReader, pageReader } from './page-reader';
import { TailWatcher } from './tail-watcher';

/** What every kind of consumer is built from; one of each for a process. */
export interface ConsumerParts {
  readonly pool: Pool;
  readonly log: SequencedLog;
  readonly reader: PageReader;
  readonly lane: CheckpointLane;
  readonly logger: ConsumerLogger;
}

export interface HostOptions {
  readonly pool: Pool;
  readonly log: SequencedLog;
  readonly decoder: EventDecoder;
  readonly logger: ConsumerLogger;
  /** Made with the shared parts; names must differ. */
  readonly consumers: (parts: ConsumerParts) => readonly Consumer[];
  /** Events a page; for tests. */
  readonly pageEvents?: number;
}

/** Runs consumers, each in a loop of its own: one that fails or waits keeps no other. */
export interface ConsumerHost {
  start(): void;
  /** Lets every turn under way finish, within a bound, then gives the leases back. Safe to repeat. */
  stop(): Promise<void>;
  /** Names of consumers whose loop runs and whose lease is held here. */
  owned(): readonly string[];
}

/** Thrown when two consumers share a name: ProjectionError `invalid-definition`. */
export function createConsumerHost(options: HostOptions): ConsumerHost {
  return new Host(options);
}

interface Running {
  readonly consumer: Consumer;
  /** Must read its checkpoint again before the next turn. */
  stale: boolean;
  owned: boolean;
  wake: (() => void) | undefined;
}

class Host implements ConsumerHost {
  private readonly leases: Leases;
  private readonly tail: TailWatcher;
  private readonly running: readonly Running[];
  private loops: Promise<unknown> | undefined;
  private control: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(private readonly options: HostOptions) {
    const { pool, log, decoder, logger } = options;
    this.leases = new Leases(pool);
    const reader = pageReader(log, decoder, options.pageEvents);
    this.tail = new TailWatcher(log, logger, () => {
      reader.forget();
      for (const one of this.running) this.refresh(one);
    });
    const consumers = options.consumers({ pool, log, reader, lane: new CheckpointLane(pool), logger });
    const names = new Set<string>();
    for (const { name } of consumers) {
      if (names.has(name)) throw new ProjectionError('invalid-definition', { consumer: name, reason: 'declared twice' });
      names.add(name);
    }
    this.running = consumers.map((consumer) => ({ consumer, stale: true, owned: false, wake: undefined }));
  }

  start(): void {
    this.tail.start();
    this.loops = Promise.all(this.running.map((one) => this.loop(one)));
    this.scheduleControl();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.control);
    for (const one of this.running) one.wake?.();
    await this.tail.stop();
    await this.settled();
    this.leases.close();
  }

  /** A turn that hangs on a server that is gone is left behind: whoever takes over is guarded by the checkpoint. */
  private async settled(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        this.options.logger.warn({}, 'a consumer did not finish in time and is left behind');
        resolve();
      }, PROJECTION_LIMITS.stopMaxMs);
    });
    await Promise.race([this.loops, limit]);
    clearTimeout(timer);
  }

  owned(): readonly string[] {
    return this.running.filter(({ owned }) => owned).map(({ consumer }) => consumer.name);
  }

  private refresh(one: Running): void {
    one.stale = true;
    one.wake?.();
  }

  private async loop(one: Running): Promise<void> {
    let failures = 0;
    while (!this.stopping) {
      try {
        await this.turn(one);
        failures = 0;
      } catch (error) {
        one.stale = true;
        failures += 1;
        this.report(one.consumer, error, failures);
        await this.rest(
          one,
          Math.min(PROJECTION_LIMITS.transientRetryMaxMs, PROJECTION_LIMITS.transientRetryMinMs * 2 ** Math.min(failures, 20)),
        );
      }
    }
    one.owned = false;
  }

  private async turn(one: Running): Promise<void> {
    const held = await this.leases.hold(one.consumer.lease);
    // A lease that was lost and won again may come with a checkpoint that another process has moved.
    if (held && !one.owned) one.stale = true;
    one.owned = held;
    if (!held) return this.rest(one, PROJECTION_LIMITS.leaseRetryMs);
    if (one.stale) {
      one.stale = false;
      await one.consumer.open();
    }
    const turn = await one.consumer.turn();
    if (turn.kind === 'parked') await this.rest(one, Math.min(turn.retryInMs, PROJECTION_LIMITS.controlPollMs));
    else if (turn.kind === 'idle')
      await this.restAtTail(one, turn.position, Math.min(turn.withinMs ?? Infinity, PROJECTION_LIMITS.pollMaxMs * 30));
  }

  private async restAtTail(one: Running, position: number, withinMs: number): Promise<void> {
    if (this.stopping || one.stale) return;
    const woken = new Promise<void>((resolve) => {
      one.wake = resolve;
    });
    await Promise.race([this.tail.beyond(position, withinMs), woken]);
    one.wake = undefined;
  }

  private async rest(one: Running, ms: number): Promise<void> {
    if (this.stopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      one.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    one.wake = undefined;
  }

  private report(consumer: Consumer, error: unknown, failures: number): void {
    const fields = { consumer: consumer.name, kind: consumer.kind, code: errorCode(error), failures };
    if (error instanceof ProjectionError && error.code === 'fenced')
      this.options.logger.info(fields, 'checkpoint moved elsewhere, reading it again');
    else if (failures <= 3) this.options.logger.warn({ ...fields, frames: errorFrames(error) }, 'consumer will try again');
    else this.options.logger.error(fields, 'consumer keeps failing');
  }

  private scheduleControl(): void {
    this.control = setTimeout(() => {
      void this.lookForRequests().finally(() => {
        if (!this.stopping) this.scheduleControl();
      });
    }, PROJECTION_LIMITS.controlPollMs);
  }

  /** A rebuild is asked for by a row without a table. */
  private async lookForRequests(): Promise<void> {
    try {
      const asked = (await readConsumers(this.options.pool)).filter((row) => row.role === 'building' && row.tableName === null);
      const names = new Set(asked.map(({ name }) => name));
      for (const one of this.running) if (names.has(one.consumer.name)) this.refresh(one);
    } catch (error) {
      this.options.logger.warn({ code: errorCode(error) }, 'rebuild requests could not be read');
    }
  }
}
