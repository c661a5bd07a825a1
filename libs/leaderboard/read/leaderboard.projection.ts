import { isSubjectId, type SubjectId } from '#kernel';
import { type AppraisalEvent, parseAppraisalId } from '#libs/appraisal/contracts';
import type { RecordedEvent } from '#libs/event-store';
import { defineProjection, type RowChange, type RowKey } from '#libs/projections';
import { completionOf } from '../domain/completion.policy';

/** One row a person and cycle: where they stand on its boards. Never pay. */
export type LeaderboardRow = {
  readonly cycle_id: string;
  readonly subject: SubjectId;
  readonly team: string | null;
  readonly region: string | null;
  /** Of the ranking group: published, with a score where the board is by score. */
  readonly published: boolean;
  /** As it holds now: amended where there was an amendment. */
  readonly score: string | null;
  /** Percent, exact to 60 places. */
  readonly completion: string | null;
  /** As published: what the frozen places are by. */
  readonly published_score: string | null;
  readonly published_completion: string | null;
  readonly amended: boolean;
  /** Published after the others: not in the group that their places are by. */
  readonly late: boolean;
  readonly position: number;
};

type BoardEvent = Extract<AppraisalEvent, { readonly type: 'AppraisalScored' | 'AppraisalPublished' | 'AppraisalAmended' }>;
type EventOf<T extends BoardEvent['type']> = Extract<BoardEvent, { readonly type: T }>;

function keysOf(event: RecordedEvent): readonly RowKey[] {
  const ids = parseAppraisalId(event.streamId.slice('appraisal-'.length));
  return ids ? [[ids.cycleId, ids.subject]] : [];
}

function changed<E extends BoardEvent>(
  next: (row: LeaderboardRow, data: E['data'], actor: string) => Partial<LeaderboardRow>,
): RowChange<E, LeaderboardRow> {
  return {
    keys: keysOf,
    evolve: (row, event) => row && { ...row, ...next(row, event.data, event.metadata.actor), position: event.position },
  };
}

/** Rows begin with the first score: opening a cycle for everyone costs the boards nothing. */
const scored: RowChange<EventOf<'AppraisalScored'>, LeaderboardRow> = {
  keys: keysOf,
  evolve: (row, { streamId, data, position }) => {
    const ids = parseAppraisalId(streamId.slice('appraisal-'.length));
    if (!ids) return row;
    const values = { score: data.result.score, completion: completionOf(data.basis.facts), position };
    if (row) return { ...row, ...values };
    const unplaced = {
      team: null,
      region: null,
      published: false,
      published_score: null,
      published_completion: null,
      amended: false,
      late: false,
    };
    return { cycle_id: ids.cycleId, subject: ids.subject, ...unplaced, ...values };
  },
};

export const leaderboardProjection = defineProjection<LeaderboardRow, BoardEvent>({
  name: 'leaderboard',
  version: 2,
  columns: {
    cycle_id: 'text',
    subject: 'text',
    team: 'text',
    region: 'text',
    published: 'boolean',
    score: 'numeric',
    completion: 'numeric',
    published_score: 'numeric',
    published_completion: 'numeric',
    amended: 'boolean',
    late: 'boolean',
    position: 'bigint',
  },
  key: ['cycle_id', 'subject'],
  indexes: [
    { columns: ['cycle_id', 'score'] },
    { columns: ['cycle_id', 'completion'] },
    { columns: ['cycle_id', 'region', 'score'] },
    { columns: ['cycle_id', 'team', 'score'] },
  ],
  history: true,
  on: {
    AppraisalScored: scored,
    // A person publishes late; the sweep publishes everyone whom the ranking group is made of.
    AppraisalPublished: changed((row, { unit }, actor) => ({
      late: isSubjectId(actor),
      published: true,
      team: unit.team ?? null,
      region: unit.region ?? null,
      published_score: row.score,
      published_completion: row.completion,
    })),
    AppraisalAmended: changed((_row, { result, basis }) => ({ score: result.score, completion: completionOf(basis.facts), amended: true })),
  },
});
