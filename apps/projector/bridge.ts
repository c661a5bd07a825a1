import type { Pool } from 'pg';
import type { CommandRunner, EventStreams, RecordedEvent } from '#libs/event-store';
import {
  type AnyWorkflowRoute,
  type Consumer,
  type ConsumerLogger,
  type ConsumerParts,
  effectConsumer,
  errorCode,
  type EventDecoder,
  openReadDb,
  type ReadDb,
  type SignalData,
} from '#libs/projections';
import { TASK_QUEUE } from '#workflows/contracts';
import { BRIDGE_STREAM, type BridgeStreamRow } from './bridge-stream.projection';
import type { WorkflowPort } from './workflow-port';

const LIMITS = {
  /** Streams handled at the same time. */
  concurrency: 16,
  /** Streams asked for at once when looking for missing workflows. */
  streamsPage: 200,
  /** A lost workflow met by a signal makes the bridge look for others, this often at most. */
  lookAgainMs: 30_000,
  listTimeoutMs: 30_000,
  readsTimeoutMs: 2_000,
} as const;

/** Why a stream needs a person: its workflow ended while the stream goes on. */
export const WORKFLOW_ENDED_EARLY = 'workflow-ended-before-its-stream';

export interface BridgeParts {
  readonly workflows: WorkflowPort;
  readonly load: CommandRunner['load'];
  readonly log: EventStreams;
  readonly decoder: EventDecoder;
  /** Monotonic milliseconds. */
  readonly elapsedMs: () => number;
}

/** Follows the log for the streams of one category: committed first, started and signalled after. */
export function bridgeConsumer(route: AnyWorkflowRoute, bridge: BridgeParts, parts: ConsumerParts): Consumer {
  const worker = new Bridge(route, bridge, parts.pool, parts.logger);
  const types = new Set([...route.startsOn, ...route.endsOn, ...Object.keys(route.signals)]);
  const neighbours = new Set(Object.keys(route.neighbours ?? {}));
  return effectConsumer(
    {
      name: `bridge-${route.category}`,
      kind: 'bridge',
      version: 1,
      concurrency: LIMITS.concurrency,
      handles: ({ type, streamId }) => (isOf(route, streamId) ? types : neighbours).has(type),
      opened: (position) => worker.startMissing(position),
      handle: (event) => worker.handle(event),
    },
    parts,
  );
}

function isOf({ category }: AnyWorkflowRoute, streamId: string): boolean {
  return streamId.startsWith(`${category}-`);
}

class Bridge {
  private readonly read: ReadDb;
  private lookedAtMs = -Infinity;

  constructor(
    private readonly route: AnyWorkflowRoute,
    private readonly bridge: BridgeParts,
    private readonly pool: Pool,
    private readonly logger: ConsumerLogger,
  ) {
    this.read = openReadDb(pool);
  }

  async handle(event: RecordedEvent): Promise<void> {
    const { streamId, type } = event;
    if (!isOf(this.route, streamId)) {
      const told = this.route.neighbours?.[type]?.(event);
      if (told) await this.tell(told.streamId, event, told.data);
      return;
    }
    if (this.route.startsOn.includes(type) && !(await this.isTerminal(streamId))) await this.start(event);
    const data = this.route.signals[type]?.(event);
    if (data !== undefined) await this.tell(streamId, event, data);
    else if (this.route.endsOn.includes(type) && (await this.isTerminal(streamId))) await this.clearAlarm(streamId);
  }

  private async tell(streamId: string, { epoch, position, type }: RecordedEvent, data: SignalData): Promise<void> {
    await this.letReadModelsSee(position);
    if ((await this.bridge.workflows.signal(streamId, { epoch, position, type, data })) === 'delivered') return;
    const found = await this.restore(streamId, position);
    // It was started in between: it takes the rest from the record, and this tells it how far that goes.
    if (found === 'running') await this.bridge.workflows.signal(streamId, { epoch, position, type, data });
    if (found === 'restarted') await this.lookForOthers(position);
  }

  /** A hint that comes before its facts can be read would be wasted; a read model that stands still must not stop it. */
  private async letReadModelsSee(position: number): Promise<void> {
    for (const projection of this.route.reads ?? []) {
      try {
        await this.read.waitForProjection(projection, position, LIMITS.readsTimeoutMs);
      } catch (error) {
        this.logger.warn(
          { category: this.route.category, position, projection: projection.name, code: errorCode(error) },
          'signalled before a read model has seen the event',
        );
      }
    }
  }

  /** Starts the workflows that streams are owed and Temporal does not have; called whenever the bridge takes its place. */
  async startMissing(position: number): Promise<void> {
    await this.read.waitForProjection(BRIDGE_STREAM, position, LIMITS.listTimeoutMs);
    this.lookedAtMs = this.bridge.elapsedMs();
    let restarted = 0;
    for (let after = 0; ;) {
      const rows = await this.openStreams(after, position);
      for (let index = 0; index < rows.length; index += LIMITS.concurrency) {
        const found = await Promise.all(rows.slice(index, index + LIMITS.concurrency).map((row) => this.check(row)));
        restarted += found.filter((one) => one === 'restarted').length;
      }
      const last = rows.at(-1);
      if (!last || rows.length < LIMITS.streamsPage) break;
      after = last.start_position;
    }
    if (restarted > 0) this.logger.warn({ category: this.route.category, restarted }, 'workflows that were missing are started again');
  }

  private openStreams(after: number, upTo: number): Promise<readonly BridgeStreamRow[]> {
    return this.read.query<BridgeStreamRow>(
      `SELECT * FROM read.${BRIDGE_STREAM} WHERE category = $1 AND open AND start_position > $2 AND start_position <= $3
       ORDER BY start_position LIMIT ${LIMITS.streamsPage}`,
      [this.route.category, after, upTo],
    );
  }

  private async check(row: BridgeStreamRow): Promise<'running' | 'terminal' | 'restarted' | 'alarm'> {
    if ((await this.bridge.workflows.status(row.stream_id)) === 'running') return 'running';
    return this.restore(row.stream_id, row.start_position, row.start_version);
  }

  private async lookForOthers(position: number): Promise<void> {
    if (this.bridge.elapsedMs() - this.lookedAtMs < LIMITS.lookAgainMs) return;
    await this.startMissing(position);
  }

  /** For a stream whose workflow does not run: right when the stream is over, started again when it is missing, else an alarm. */
  private async restore(
    streamId: string,
    position: number,
    startVersion?: number,
  ): Promise<'running' | 'terminal' | 'restarted' | 'alarm'> {
    if (await this.isTerminal(streamId)) {
      await this.clearAlarm(streamId);
      return 'terminal';
    }
    const event = await this.startEvent(streamId, startVersion);
    // Its start is still ahead of this consumer, or the stream needs no workflow.
    if (!event) return 'terminal';
    if ((await this.start(event)) === 'started') {
      this.logger.warn({ streamId, position }, 'a missing workflow is started again');
      return 'restarted';
    }
    if ((await this.bridge.workflows.status(streamId)) === 'running') return 'running';
    await this.alarm(streamId, position);
    return 'alarm';
  }

  private async start(event: RecordedEvent): Promise<'started' | 'exists'> {
    const { workflowType, taskQueue = TASK_QUEUE } = this.route;
    const searchAttributes = this.route.searchAttributes?.(event) ?? {};
    return this.bridge.workflows.start({
      workflowId: event.streamId,
      workflowType,
      taskQueue,
      args: this.route.argsOf(event),
      searchAttributes,
    });
  }

  private isTerminal(streamId: string): Promise<boolean> {
    return this.route.isTerminal(this.bridge.load, streamId.slice(this.route.category.length + 1));
  }

  private async startEvent(streamId: string, startVersion?: number): Promise<RecordedEvent | undefined> {
    const options = startVersion === undefined ? {} : { fromVersion: startVersion, maxEvents: 1 };
    const { events } = await this.bridge.log.readStream(streamId, options);
    const stored = events.find(({ type }) => this.route.startsOn.includes(type));
    return stored && this.bridge.decoder.decode(stored);
  }

  private async alarm(streamId: string, position: number): Promise<void> {
    this.logger.error({ streamId, position, code: WORKFLOW_ENDED_EARLY }, 'a workflow ended although its stream goes on');
    await this.pool.query(
      `INSERT INTO read.bridge_alarms (stream_id, route, position, code) VALUES ($1, $2, $3, $4) ON CONFLICT (stream_id) DO NOTHING`,
      [streamId, this.route.category, position, WORKFLOW_ENDED_EARLY],
    );
  }

  private async clearAlarm(streamId: string): Promise<void> {
    await this.pool.query('DELETE FROM read.bridge_alarms WHERE stream_id = $1', [streamId]);
  }
}
