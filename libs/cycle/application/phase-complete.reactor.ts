import { type AppraisalEvent, parseAppraisalId, type Step } from '#libs/appraisal/contracts';
import { defineReactor, dispatch, type ReactorCommand, type ReactorContext, type ReactorHandler } from '#libs/projections';
import type { CycleEvent, Phase } from '../contracts';
import { cycleDecider } from '../domain/cycle.decider';
import { cycleProgressProjection, type CycleProgressRow } from '../read/cycle-progress.projection';

type Recorded<T extends CycleEvent['type']> = Extract<CycleEvent, { readonly type: T }>;
type Acted<T extends AppraisalEvent['type']> = Extract<AppraisalEvent, { readonly type: T }>;
type Watched =
  | Recorded<'CycleSweepRecorded' | 'CyclePhaseOpened' | 'CyclePublished'>
  | Acted<
      | 'SelfReviewSubmitted'
      | 'ManagerScoreSubmitted'
      | 'SecondReviewApproved'
      | 'AppraisalStepSkipped'
      | 'PeerAnswersRecorded'
      | 'CustomerAnswersRecorded'
      | 'ResultConfirmed'
      | 'ResultObjected'
    >;

/** How far a phase was from its end when it was last looked at. */
interface Distance {
  /** Log position that the counts had seen. */
  readonly position: number;
  /** So many more have to be done: before that, looking again is of no use. */
  left: number;
}

/** Distances kept; the oldest is forgotten, which costs one query. */
const MOST_KEPT = 500;
const REVIEWS: readonly Phase[] = ['self-review', 'manager-review', 'second-review'];

/**
 * Reports that everyone is done before the deadline. It does not ask the counts at every submission: once it has seen that n are
 * missing it waits for n more, so a phase of 100 000 people costs a handful of queries.
 */
export function createPhaseCompleteReactor() {
  const distances = new Map<string, Distance>();

  const look = async (cycleId: string, phase: Phase, { read }: ReactorContext): Promise<readonly ReactorCommand[]> => {
    const row = await read.one<CycleProgressRow>('SELECT * FROM read.cycle_progress WHERE cycle_id = $1 AND phase = $2', [cycleId, phase]);
    if (!row) return [];
    const done = row.done + row.skipped;
    const isWatched = row.counted && row.state === 'open';
    const [oldest] = distances.keys();
    if (distances.size >= MOST_KEPT && oldest !== undefined) distances.delete(oldest);
    // One that is not open yet, or no more, is looked at again when the cycle's own events say so.
    distances.set(`${cycleId}/${phase}`, { position: row.position, left: isWatched ? row.members - done : Number.MAX_SAFE_INTEGER });
    if (!isWatched) return [];
    if (done < row.members) return [];
    return [dispatch(cycleDecider, cycleId, { type: 'RecordPhaseComplete', data: { phase, members: row.members, done } })];
  };

  /** One person's step: counted down from the last look. */
  const step =
    (phase: Phase): ReactorHandler<Acted<Watched['type'] & AppraisalEvent['type']>> =>
    async (event, context) => {
      const ids = parseAppraisalId(event.streamId.slice('appraisal-'.length));
      if (!ids) return [];
      const distance = distances.get(`${ids.cycleId}/${phase}`);
      if (distance) {
        if (event.position <= distance.position) return [];
        distance.left -= 1;
        if (distance.left > 0) return [];
      }
      return look(ids.cycleId, phase, context);
    };
  const phaseOf = (name: Step): Phase => name;

  return defineReactor<Watched>({
    name: 'phase-complete',
    version: 1,
    reads: [cycleProgressProjection],
    on: {
      CycleSweepRecorded: async ({ data }, context) => {
        if (data.step !== 'open') return [];
        const found = await Promise.all(REVIEWS.map((phase) => look(data.cycleId, phase, context)));
        return found.flat();
      },
      CyclePhaseOpened: ({ data }, context) => look(data.cycleId, data.phase, context),
      CyclePublished: ({ data }, context) => look(data.cycleId, 'confirmation', context),
      SelfReviewSubmitted: step('self-review'),
      ManagerScoreSubmitted: step('manager-review'),
      SecondReviewApproved: step('second-review'),
      AppraisalStepSkipped: async (event, context) => step(phaseOf(event.data.step))(event, context),
      PeerAnswersRecorded: step('manager-review'),
      CustomerAnswersRecorded: step('manager-review'),
      ResultConfirmed: step('confirmation'),
      ResultObjected: step('confirmation'),
    },
  });
}
