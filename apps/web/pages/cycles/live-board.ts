import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLive } from '../../api/live';
import { type BoardFilters, type BoardMoving, type Cycle, type CycleOnBoard, liveBoardUrl, type Moving } from './queries';

/** The page's cycles with what has moved since they were read; a cycle that is new to the list is asked for. */
export function useLiveBoard(filters: BoardFilters, items: readonly CycleOnBoard[] | undefined) {
  const { data, freshness } = useLive<BoardMoving>({ url: liveBoardUrl(filters) });
  const queries = useQueryClient();
  const known = items?.map(({ cycle }) => cycle.cycleId).join(' ');
  const isFirst = filters.after === undefined;
  const news = data?.items.map(({ cycleId }) => cycleId).join(' ');
  useEffect(() => {
    if (!isFirst || known === undefined || news === undefined || known === news) return;
    void queries.invalidateQueries({ queryKey: ['cycles', 'board'] });
  }, [isFirst, known, news, queries]);
  const moves = new Map(data?.items.map((item) => [item.cycleId, item]));
  return { freshness, items: (items ?? []).map((item) => moved(item, moves.get(item.cycle.cycleId))) };
}

function moved(item: CycleOnBoard, now: Moving | undefined): CycleOnBoard {
  return now ? { cycle: cycleNow(item.cycle, now), progress: [...now.progress] } : item;
}

/** A cycle as it was read, with the state that the stream sent since. */
export function cycleNow(cycle: Cycle, now: Moving): Cycle {
  const phases = new Map(now.phases.map((phase) => [phase.phase, phase]));
  return {
    ...cycle,
    status: now.status,
    published: now.published,
    phases: cycle.phases.map((phase) => ({ ...phase, ...phases.get(phase.phase) })),
  };
}
