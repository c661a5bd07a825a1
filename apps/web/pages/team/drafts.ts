import { useCallback } from 'react';
import { useDraft } from '../../pieces/draft';
import type { Draft } from './sheets';

type Drafts = Readonly<Record<string, Draft>>;

/** What a rater has written about each of their people. `place` names the rater and the cycle. */
export function useDrafts(place: string): {
  readonly drafts: Drafts;
  readonly set: (person: string, draft: Draft) => void;
  readonly drop: (people: readonly string[]) => void;
} {
  const { draft: drafts, change } = useDraft<Drafts>(place, {});
  const set = useCallback((person: string, draft: Draft) => change((now) => ({ ...now, [person]: draft })), [change]);
  const drop = useCallback(
    (people: readonly string[]) => change((now) => Object.fromEntries(Object.entries(now).filter(([person]) => !people.includes(person)))),
    [change],
  );
  return { drafts, set, drop };
}
