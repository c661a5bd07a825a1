import { createContext, type ReactElement, type ReactNode, useContext, useMemo, useState } from 'react';
import type { Line } from './payout-queries';

interface Ticked {
  readonly ticked: readonly Line[];
  readonly tick: (lines: readonly Line[]) => void;
}

const TickedContext = createContext<Ticked>({ ticked: [], tick: () => undefined });

/** The lines that are ticked in the table: acts above it are about them. */
export function useTicked(): Ticked {
  return useContext(TickedContext);
}

export function TickedLines({ children }: { readonly children: ReactNode }): ReactElement {
  const [ticked, tick] = useState<readonly Line[]>([]);
  const value = useMemo(() => ({ ticked, tick }), [ticked]);
  return <TickedContext value={value}>{children}</TickedContext>;
}
