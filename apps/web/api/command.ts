import { type QueryKey, type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { ProblemError } from './problem';

/** Headers of a command: the key makes sending it twice the same as sending it once. */
export interface CommandHeaders {
  readonly 'Idempotency-Key': string;
  readonly 'If-Match'?: string;
}

export interface CommandOptions<I, O> {
  /** Sends the command with these headers. */
  readonly send: (input: I, headers: CommandHeaders) => Promise<O>;
  /** What may read differently afterwards; asked again when the command succeeded. */
  readonly touches?: readonly QueryKey[];
  readonly onDone?: (answer: O, input: I) => void;
}

/**
 * One intent of a person as a mutation. The key stays the same while the same input is sent again after an answer that never
 * came, so nothing happens twice; a refusal or a success ends the intent.
 */
export function useCommand<I, O>({ send, touches = [], onDone }: CommandOptions<I, O>): UseMutationResult<O, ProblemError, I> {
  const intent = useRef<{ readonly input: string; readonly key: string } | undefined>(undefined);
  const queries = useQueryClient();
  return useMutation<O, ProblemError, I>({
    mutationFn: async (input) => {
      const written = JSON.stringify(input, withFiles) ?? '';
      if (intent.current?.input !== written) intent.current = { input: written, key: `web-${crypto.randomUUID()}` };
      try {
        const answer = await send(input, { 'Idempotency-Key': intent.current.key });
        intent.current = undefined;
        return answer;
      } catch (error) {
        if (error instanceof ProblemError && !error.isPassing) intent.current = undefined;
        throw error;
      }
    },
    onSuccess: async (answer, input) => {
      onDone?.(answer, input);
      await Promise.all(touches.map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  });
}

/** A file is the same file when its name, size and time are. */
function withFiles(_key: string, value: unknown): unknown {
  return value instanceof File ? `${value.name} ${value.size} ${value.lastModified}` : value;
}
