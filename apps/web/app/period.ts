import { useRouterState } from '@tanstack/react-router';
import { useState } from 'react';

/** Lists that the period in the address narrows; on other pages it would do nothing. */
const NARROWED: ReadonlySet<string> = new Set([
  '/me/appraisals',
  '/me/statement',
  '/leaderboard',
  '/team',
  '/cycles',
  '/calibration',
  '/appeals',
  '/targets',
  '/payouts',
]);
const PERSON = /^\/people\/[^/]+$/;
const STATEMENT = /^\/me\/statement\/([^/]+)$/;

export function isOfPeriod(path: string): boolean {
  return NARROWED.has(path) || PERSON.test(path);
}

/** The period that a page itself is of, by its path. */
export function periodOfPath(path: string): string | undefined {
  return STATEMENT.exec(path)?.[1];
}

/** The period that was chosen last, for links to pages that are of one; each such page says anew which it is. */
export function useKeptPeriod(): string | undefined {
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const now = useRouterState({ select: ({ location }) => (location.search as { period?: string }).period });
  const [kept, setKept] = useState(now);
  if (isOfPeriod(path) && kept !== now) setKept(now);
  return kept;
}
