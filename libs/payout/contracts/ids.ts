import { derivedUuid, type SubjectId } from '#kernel';

/** Batches of a cycle are numbered by round, whatever their kind: the same round can't be there twice. */
export function payoutBatchId(cycleId: string, round: number): string {
  return derivedUuid('payout', cycleId, String(round));
}

export function payLineId(line: {
  readonly cycleId: string;
  readonly subject: SubjectId;
  readonly key: string;
  readonly round: number;
}): string {
  return `${line.cycleId}.${line.subject}.${line.key}.${line.round}`;
}

/** The id of a chunk's stream, without its category `payoutlines`. */
export function payoutChunkId(batchId: string, chunk: number): string {
  return `${batchId}.${chunk}`;
}

export function holdKey(
  cause: { readonly kind: 'appeal'; readonly appealId: string } | { readonly kind: 'finance'; readonly holdId: string },
): string {
  return cause.kind === 'appeal' ? `appeal/${cause.appealId}` : `finance/${cause.holdId}`;
}
