import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import type { CommandHeaders } from '../../api/command';
import { ProblemError } from '../../api/problem';

/** One of several acts that are sent together; each is a command of its own. */
export interface Act<I> {
  /** Whom it is about. */
  readonly key: string;
  readonly input: I;
  /** Of the appraisal as it was when the decision was made. */
  readonly version: number;
}

export interface Outcome {
  readonly key: string;
  /** Absent when it was done. */
  readonly problem?: ProblemError;
}

/** Commands under way at the same time. */
const AT_ONCE = 4;

/**
 * Sends several acts, each with a key and a version of its own: one that is refused takes nothing from the others, and one whose
 * answer never came is sent again under the same key.
 */
export function useEach<I>(
  send: (input: I, headers: CommandHeaders, key: string) => Promise<unknown>,
  touches: readonly QueryKey[],
): {
  readonly run: (acts: readonly Act<I>[]) => Promise<readonly Outcome[]>;
  readonly progress: { readonly done: number; readonly total: number } | undefined;
} {
  const queries = useQueryClient();
  const intents = useRef(new Map<string, { readonly written: string; readonly requestKey: string }>());
  const [progress, setProgress] = useState<{ readonly done: number; readonly total: number } | undefined>(undefined);

  const one = useCallback(
    async ({ key, input, version }: Act<I>): Promise<Outcome> => {
      const written = JSON.stringify({ input, version });
      const known = intents.current.get(key);
      const intent = known?.written === written ? known : { written, requestKey: `web-${crypto.randomUUID()}` };
      intents.current.set(key, intent);
      try {
        await send(input, { 'Idempotency-Key': intent.requestKey, 'If-Match': `"v${version}"` }, key);
        intents.current.delete(key);
        return { key };
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        if (!error.isPassing) intents.current.delete(key);
        return { key, problem: error };
      }
    },
    [send],
  );

  const run = useCallback(
    async (acts: readonly Act<I>[]): Promise<readonly Outcome[]> => {
      const outcomes: Outcome[] = [];
      setProgress({ done: 0, total: acts.length });
      for (let from = 0; from < acts.length; from += AT_ONCE) {
        outcomes.push(...(await Promise.all(acts.slice(from, from + AT_ONCE).map(one))));
        setProgress({ done: outcomes.length, total: acts.length });
      }
      setProgress(undefined);
      await Promise.all(touches.map((queryKey) => queries.invalidateQueries({ queryKey })));
      return outcomes;
    },
    // `touches` is a literal at every caller.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [one, queries],
  );
  return { run, progress };
}
