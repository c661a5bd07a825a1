import type { Pool } from 'pg';
import { type Advance, advanceMarksAtEase, markId } from './consumer-store';

interface Waiting {
  readonly advance: Advance;
  readonly resolve: (moved: boolean) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Checkpoints of consumers that a page does not concern: whatever waits goes as one statement, the first at once.
 * Thirty quiet consumers cost one small update a page, not thirty.
 */
export class CheckpointLane {
  private waiting: Waiting[] = [];
  private flushing = false;

  constructor(private readonly pool: Pool) {}

  /** False when another owner has moved it. */
  advance(advance: Advance): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ advance, resolve, reject });
      if (!this.flushing) void this.flush();
    });
  }

  private async flush(): Promise<void> {
    this.flushing = true;
    // Consumers woken by the same commit reach this in the same turn of the loop.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      try {
        const moved = await advanceMarksAtEase(
          this.pool,
          batch.map(({ advance }) => advance),
        );
        for (const { advance, resolve } of batch) resolve(moved.has(markId(advance.mark)));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.flushing = false;
  }
}
