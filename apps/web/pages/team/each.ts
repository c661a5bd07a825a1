import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { type CommandHeaders, ifMatch, Intents } from '../../api/intent';
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
  const [intents] = useState(() => new Intents());
  // A literal at every caller.
  const [touched] = useState(touches);
  const [progress, setProgress] = useState<{ readonly done: number; readonly total: number } | undefined>(undefined);

  const one = useCallback(
    async ({ key, input, version }: Act<I>): Promise<Outcome> => {
      try {
        await send(input, { ...intents.headers(key, { input, version }), ...ifMatch(version) }, key);
        intents.end(key);
        return { key };
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        if (!error.isPassing) intents.end(key);
        return { key, problem: error };
      }
    },
    [send, intents],
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
      await Promise.all(touched.map((queryKey) => queries.invalidateQueries({ queryKey })));
      return outcomes;
    },
    [one, queries, touched],
  );
  return { run, progress };
}
