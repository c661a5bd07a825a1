import type { CorrectionCause } from './correction-events';
import type { ScoreBasis, ScoreResult } from './score-shapes';

/** By the system: what the score would be with the facts as they are recorded now. */
export interface CorrectScore {
  readonly type: 'CorrectScore';
  readonly data: {
    readonly cause: CorrectionCause;
    readonly changed: { readonly facts: readonly string[]; readonly history: boolean };
    readonly result: ScoreResult;
    readonly basis: ScoreBasis;
  };
}
