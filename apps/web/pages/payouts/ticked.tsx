import { createContext, type ReactElement, type ReactNode, useContext, useMemo, useState } from 'react';
import type { Batch, Line } from './payout-queries';

interface Ticked {
  readonly ticked: readonly Line[];
  readonly tick: (lines: readonly Line[]) => void;
}

const TickedContext = createContext<Ticked>({ ticked: [], tick: () => undefined });

/** The lines that are ticked in the table: acts above it are about them. */
export function useTicked(): Ticked {
  return useContext(TickedContext);
}

/** What was ticked at another stage was ticked for another act, and is no longer as it was then. */
export function TickedLines({ stage, children }: { readonly stage: Batch['stage']; readonly children: ReactNode }): ReactElement {
  const [at, setAt] = useState<{ readonly stage: Batch['stage']; readonly lines: readonly Line[] }>({ stage, lines: [] });
  const value = useMemo(
    () => ({ ticked: at.stage === stage ? at.lines : [], tick: (lines: readonly Line[]) => setAt({ stage, lines }) }),
    [at, stage],
  );
  return <TickedContext value={value}>{children}</TickedContext>;
}
