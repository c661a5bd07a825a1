import type { CommandOutcome, FollowInput } from './recorded';

export interface PayoutBatchInput extends FollowInput {
  readonly batchId: string;
}

export interface RecordedPayout {
  readonly cycleId: string;
  readonly region: string;
  readonly stage: string;
  readonly terminal: boolean;
  readonly round: number;
  readonly duty: 'compute' | null;
  /** When whoever has the next act (check, approve, release, acknowledge) is reminded; null when nobody is waited for. */
  readonly remindAt: string | null;
}

export interface PayoutActivities {
  loadPayout(input: { readonly batchId: string }): Promise<RecordedPayout>;
  /** The stage lasts too long: shows it to those who watch. */
  remindPayout(input: { readonly batchId: string; readonly stage: string; readonly requestKey: string }): Promise<CommandOutcome>;
}

export interface PayoutBatchActivities {
  /** Writes the lines in chunks and completes the batch; heartbeats its cursor and goes on from it. */
  computePayout(input: { readonly batchId: string; readonly requestKey: string }): Promise<CommandOutcome>;
}
