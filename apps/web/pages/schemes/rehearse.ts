import type { components } from '#api-schema';
import { ProblemError, problemOf } from '../../api/problem';

export type Question = components['schemas']['RehearsalQuestion'];
export type Summary = components['schemas']['RehearsalSummary'];
export interface Progress {
  readonly done: number;
  readonly of: number;
}

/**
 * Asks what a text would have come to, and tells how far that is. Read as it comes, as long as it takes: the client of the API
 * waits for whole answers only, and not for that long. Thrown: ProblemError.
 */
export async function rehearse(
  question: Question,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (at: Progress) => void },
): Promise<Summary> {
  const response = await ask('/api/v1/schemes/rehearsals', question, { signal, accept: 'text/event-stream' });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw ProblemError.empty();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) throw ProblemError.empty();
    text += value;
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const told = parsed(event);
      if (told.name === 'summary') return told.data as Summary;
      if (told.name === 'problem') throw new ProblemError(told.data as ProblemError['problem']);
      const at = told.name === 'progress' ? progressOf(told.data) : undefined;
      if (at) onProgress(at);
    }
  }
}

/** Everyone's difference as a file. Thrown: ProblemError. */
export async function rehearsalFile(question: Question): Promise<Blob> {
  return (await ask('/api/v1/schemes/rehearsals/csv', question, { accept: 'text/csv' })).blob();
}

async function ask(
  address: string,
  question: Question,
  { accept, signal }: { readonly accept: string; readonly signal?: AbortSignal },
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify(question),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    throw ProblemError.unreachable(error);
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

function parsed(event: string): { readonly name: string; readonly data: unknown } {
  const lines = event.split('\n');
  const of = (field: string): string => lines.find((line) => line.startsWith(`${field}: `))?.slice(field.length + 2) ?? '';
  return { name: of('event'), data: JSON.parse(of('data') || 'null') };
}

function progressOf(data: unknown): Progress | undefined {
  if (typeof data !== 'object' || data === null || !('done' in data) || !('of' in data)) return undefined;
  return typeof data.done === 'number' && typeof data.of === 'number' ? { done: data.done, of: data.of } : undefined;
}
