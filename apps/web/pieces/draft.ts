import { useCallback, useState } from 'react';

const PREFIX = 'centum.draft.';

/** Nobody's words stay on a device that they signed out of. */
export function forgetDrafts(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
}

interface Kept<T> {
  readonly place: string;
  readonly draft: T;
  /** True when it stands on the device. */
  readonly kept: boolean;
}

export interface DraftInHand<T> {
  readonly draft: T;
  readonly kept: boolean;
  /** From what stands there now, so that two changes in a row are both kept. */
  readonly change: (next: (now: T) => T) => void;
  readonly set: (next: T) => void;
  readonly drop: () => void;
}

/**
 * What somebody is writing, kept on this device until it is sent or they sign out. Written at once: closing the page or going
 * on to the next loses nothing. `place` names the thing and the person, so that two people on one device never meet each other's.
 */
export function useDraft<T>(place: string, empty: T): DraftInHand<T> {
  // A literal at every caller: the first stands for all.
  const [blank] = useState(empty);
  const [state, setState] = useState<Kept<T>>(() => read(place, blank));
  const current = state.place === place ? state : read(place, blank);
  if (current !== state) setState(current);
  const change = useCallback(
    (next: (now: T) => T) => {
      setState((now) => {
        const draft = next((now.place === place ? now : read(place, blank)).draft);
        localStorage.setItem(PREFIX + place, JSON.stringify(draft));
        return { place, draft, kept: true };
      });
    },
    [place, blank],
  );
  const set = useCallback((next: T) => change(() => next), [change]);
  const drop = useCallback(() => {
    localStorage.removeItem(PREFIX + place);
    setState({ place, draft: blank, kept: false });
  }, [place, blank]);
  return { draft: current.draft, kept: current.kept, change, set, drop };
}

function read<T>(place: string, empty: T): Kept<T> {
  const stored = localStorage.getItem(PREFIX + place);
  if (stored === null) return { place, draft: empty, kept: false };
  try {
    return { place, draft: JSON.parse(stored) as T, kept: true };
  } catch {
    return { place, draft: empty, kept: false };
  }
}
