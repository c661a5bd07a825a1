import type { LogHead, SequencedLog } from '#libs/event-store';
import type { ConsumerLogger } from './consumer';
import { errorCode } from './errors';
import { PROJECTION_LIMITS } from './limits';

/**
 * Watches the end of the log for all consumers of a process. Asking is the truth, faster while things happen and slower
 * when quiet; the log's hint after a commit only makes it ask at once. Consumers at the end cost nothing while they wait.
 */
export class TailWatcher {
  private head: LogHead | undefined;
  private readonly sleepers = new Set<() => void>();
  private nudge: (() => void) | undefined;
  private nudged = false;
  private stopping = false;
  private running: Promise<void> | undefined;
  private stopListening: (() => Promise<void>) | undefined;

  constructor(
    private readonly log: SequencedLog,
    private readonly logger: ConsumerLogger,
    private readonly onNewEpoch: () => void,
  ) {}

  start(): void {
    this.running = this.watch();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    this.wakeAll();
    await this.running;
    const stopListening = this.stopListening;
    this.stopListening = undefined;
    await stopListening?.().catch(() => undefined);
  }

  /** Resolves when the log may have gone beyond that position, after `withinMs`, or when everything stops. */
  async beyond(position: number, withinMs: number): Promise<void> {
    if (this.stopping || (this.head && this.head.position > position)) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.sleepers.delete(check);
        resolve();
      };
      const check = (): void => {
        if (this.stopping || !this.head || this.head.position > position) done();
      };
      const timer = setTimeout(done, withinMs);
      this.sleepers.add(check);
    });
  }

  private async watch(): Promise<void> {
    let waitMs: number = PROJECTION_LIMITS.pollMinMs;
    while (!this.stopping) {
      try {
        this.stopListening ??= await this.log.onCommit(() => this.wake());
        waitMs = (await this.look()) ? PROJECTION_LIMITS.pollMinMs : Math.min(PROJECTION_LIMITS.pollMaxMs, waitMs * 2);
      } catch (error) {
        this.logger.warn({ code: errorCode(error) }, 'the end of the log could not be read');
        waitMs = PROJECTION_LIMITS.pollMaxMs;
      }
      await this.pause(waitMs);
    }
  }

  /** True when the log has grown. */
  private async look(): Promise<boolean> {
    const head = await this.log.head();
    const before = this.head;
    this.head = head;
    if (before && before.epoch !== head.epoch) this.onNewEpoch();
    if (before && before.epoch === head.epoch && before.position === head.position) return false;
    this.wakeAll();
    return true;
  }

  private async pause(ms: number): Promise<void> {
    if (this.stopping) return;
    if (!this.nudged) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.nudge = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.nudge = undefined;
    this.nudged = false;
  }

  private wake(): void {
    this.nudged = true;
    this.nudge?.();
  }

  private wakeAll(): void {
    for (const check of [...this.sleepers]) check();
  }
}
