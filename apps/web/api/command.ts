import { type QueryKey, type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type CommandHeaders, Intents } from './intent';
import { ProblemError } from './problem';

export interface CommandOptions<I, O> {
  /** Sends the command with these headers. */
  readonly send: (input: I, headers: CommandHeaders) => Promise<O>;
  /** What may read differently afterwards; asked again when the command succeeded, or somebody else changed it meanwhile. */
  readonly touches?: readonly QueryKey[];
  readonly onDone?: (answer: O, input: I) => void;
}

const ONLY = 'command';

/**
 * One intent of a person as a mutation. The key stays the same while the same input is sent again after an answer that never
 * came, so nothing happens twice; a refusal or a success ends the intent.
 */
export function useCommand<I, O>({ send, touches = [], onDone }: CommandOptions<I, O>): UseMutationResult<O, ProblemError, I> {
  const [intents] = useState(() => new Intents());
  const queries = useQueryClient();
  const readAgain = async (): Promise<void> => {
    await Promise.all(touches.map((queryKey) => queries.invalidateQueries({ queryKey })));
  };
  return useMutation<O, ProblemError, I>({
    mutationFn: async (input) => {
      try {
        const answer = await send(input, intents.headers(ONLY, input));
        intents.end(ONLY);
        return answer;
      } catch (error) {
        if (error instanceof ProblemError && !error.isPassing) intents.end(ONLY);
        throw error;
      }
    },
    onSuccess: async (answer, input) => {
      onDone?.(answer, input);
      await readAgain();
    },
    onError: async (error) => {
      if (error.isConflict) await readAgain();
    },
  });
}
