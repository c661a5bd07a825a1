import { useCallback, useState } from 'react';
import type { Draft } from './sheets';

const PREFIX = 'centum.draft.';
type Drafts = Readonly<Record<string, Draft>>;

/**
 * What a rater has written about each of their people, kept on this device until it is sent or they sign out. `place` names
 * the rater and the cycle. Written at once: going on to the next person must lose nothing.
 */
export function useDrafts(place: string): {
  readonly drafts: Drafts;
  readonly set: (person: string, draft: Draft) => void;
  readonly drop: (people: readonly string[]) => void;
} {
  const [state, setState] = useState<{ readonly place: string; readonly drafts: Drafts }>(() => ({ place, drafts: read(place) }));
  const current = state.place === place ? state : { place, drafts: read(place) };
  if (current !== state) setState(current);
  const change = useCallback(
    (next: (now: Drafts) => Drafts) => {
      setState((now) => {
        const drafts = next(now.place === place ? now.drafts : read(place));
        localStorage.setItem(PREFIX + place, JSON.stringify(drafts));
        return { place, drafts };
      });
    },
    [place],
  );
  const set = useCallback((person: string, draft: Draft) => change((now) => ({ ...now, [person]: draft })), [change]);
  const drop = useCallback(
    (people: readonly string[]) => change((now) => Object.fromEntries(Object.entries(now).filter(([person]) => !people.includes(person)))),
    [change],
  );
  return { drafts: current.drafts, set, drop };
}

function read(place: string): Drafts {
  const stored = localStorage.getItem(PREFIX + place);
  if (stored === null) return {};
  try {
    return JSON.parse(stored) as Drafts;
  } catch {
    return {};
  }
}
