import { Link } from '@tanstack/react-router';
import type { ReactElement, ReactNode } from 'react';

/** A link to an address of another area, with what stands after `?` and `#`: areas know each other by address only. */
export function Go({ to, children }: { readonly to: string; readonly children: ReactNode }): ReactElement {
  const { pathname, searchParams, hash } = new URL(to, window.location.origin);
  const path: string = pathname;
  return (
    <Link to={path} search={Object.fromEntries(searchParams)} {...(hash === '' ? {} : { hash: hash.slice(1) })}>
      {children}
    </Link>
  );
}
