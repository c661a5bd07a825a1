import { useNavigate, useRouterState } from '@tanstack/react-router';
import { useCallback } from 'react';

export type Address = Readonly<Record<string, string | undefined>>;

/** What stands in the address after `?`: filters, sorting, page, opened drawer. All of it is text. */
export function useAddress(): Address {
  return useRouterState({ select: ({ location }) => location.search as Address });
}

export interface ChangeOptions {
  /** Instead of a new entry in the history: for what is typed. */
  readonly replace?: boolean;
}

/** Changes some of it and leaves the rest; undefined takes a part out. */
export function useChangeAddress(): (change: Address, options?: ChangeOptions) => void {
  const navigate = useNavigate();
  return useCallback(
    (change, { replace = false } = {}) => {
      void navigate({ to: '.', replace, resetScroll: false, search: (now: Address) => ({ ...now, ...change }) });
    },
    [navigate],
  );
}
