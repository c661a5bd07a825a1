import type { SubjectId } from '#kernel';
import { type AppraisalEvent, parseAppraisalId } from '#libs/appraisal/contracts';
import type { RecordedEvent } from '#libs/event-store';
import { defineProjection, type RowChange, type RowKey } from '#libs/projections';
import { completionOf } from '../domain/completion.policy';

/** One row a person and cycle: where they stand on its boards. Never pay. */
export type LeaderboardRow = {
  readonly cycle_id: string;
  readonly subject: SubjectId;
  readonly period: string;
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
  readonly position: number;
};

type BoardEvent = Extract<
  AppraisalEvent,
  { readonly type: 'AppraisalOpened' | 'AppraisalScored' | 'AppraisalPublished' | 'AppraisalAmended' | 'AppraisalCancelled' }
>;
type EventOf<T extends BoardEvent['type']> = Extract<BoardEvent, { readonly type: T }>;

function keysOf(event: RecordedEvent): readonly RowKey[] {
  const ids = parseAppraisalId(event.streamId.slice('appraisal-'.length));
  return ids ? [[ids.cycleId, ids.subject]] : [];
}

function changed<E extends BoardEvent>(
  next: (row: LeaderboardRow, data: E['data']) => Partial<LeaderboardRow>,
): RowChange<E, LeaderboardRow> {
  return { keys: keysOf, evolve: (row, event) => row && { ...row, ...next(row, event.data), position: event.position } };
}

const opened: RowChange<EventOf<'AppraisalOpened'>, LeaderboardRow> = {
  keys: keysOf,
  evolve: (row, { data, position }) =>
    row ?? {
      cycle_id: data.cycleId,
      subject: data.subject,
      period: data.period,
      team: data.unit.team ?? null,
      region: data.unit.region ?? null,
      published: false,
      score: null,
      completion: null,
      published_score: null,
      published_completion: null,
      amended: false,
      position,
    },
};

export const leaderboardProjection = defineProjection<LeaderboardRow, BoardEvent>({
  name: 'leaderboard',
  version: 1,
  columns: {
    cycle_id: 'text',
    subject: 'text',
    period: 'text',
    team: 'text',
    region: 'text',
    published: 'boolean',
    score: 'numeric',
    completion: 'numeric',
    published_score: 'numeric',
    published_completion: 'numeric',
    amended: 'boolean',
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
    AppraisalOpened: opened,
    AppraisalScored: changed((_row, { result, basis }) => ({ score: result.score, completion: completionOf(basis.facts) })),
    AppraisalPublished: changed((row) => ({ published: true, published_score: row.score, published_completion: row.completion })),
    AppraisalAmended: changed((_row, { result, basis }) => ({ score: result.score, completion: completionOf(basis.facts), amended: true })),
    AppraisalCancelled: changed(() => ({ published: false })),
  },
});
