import { useCallback, useEffect, useState } from 'react';

const PREFIX = 'centum.draft.';
const LATER_MS = 400;

/**
 * What somebody is writing, kept on this device until it is sent or they sign out: closing the page loses nothing.
 * `place` names the thing and the person, so that two people on one device never meet each other's.
 */
export function useDraft<T>(
  place: string,
  empty: T,
): { readonly draft: T; readonly set: (next: T) => void; readonly drop: () => void; readonly kept: boolean } {
  const key = `${PREFIX}${place}`;
  const [state, setState] = useState<{ readonly key: string; readonly draft: T; readonly kept: boolean }>(() => read(key, empty));
  const current = state.key === key ? state : read(key, empty);
  if (current !== state) setState(current);
  useEffect(() => {
    if (!current.kept) return undefined;
    const timer = window.setTimeout(() => {
      localStorage.setItem(key, JSON.stringify(current.draft));
    }, LATER_MS);
    return () => window.clearTimeout(timer);
  }, [key, current]);
  const set = useCallback((draft: T) => setState({ key, draft, kept: true }), [key]);
  const drop = useCallback(() => {
    localStorage.removeItem(key);
    setState({ key, draft: empty, kept: false });
    // `empty` is a literal at every caller: a new one each time would make `drop` new, too.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
  return { draft: current.draft, set, drop, kept: current.kept };
}

function read<T>(key: string, empty: T): { readonly key: string; readonly draft: T; readonly kept: boolean } {
  const stored = localStorage.getItem(key);
  if (stored === null) return { key, draft: empty, kept: false };
  try {
    return { key, draft: JSON.parse(stored) as T, kept: true };
  } catch {
    return { key, draft: empty, kept: false };
  }
}
