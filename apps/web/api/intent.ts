/** Headers of a command: the key makes sending it twice the same as sending it once. */
export interface CommandHeaders {
  readonly 'Idempotency-Key': string;
  readonly 'If-Match'?: string;
}

/** Refuses the command when the thing is newer than the version that was looked at; the one place that writes its form. */
export function ifMatch(version: number): { readonly 'If-Match': string } {
  return { 'If-Match': `"v${version}"` };
}

/**
 * Keys of what a person means to do, one a place. The same input at the same place keeps its key until it is answered, so that
 * sending it again after an answer that never came does nothing twice; another input is another intent.
 */
export class Intents {
  readonly #open = new Map<string, { readonly written: string; readonly key: string }>();

  headers(place: string, input: unknown): CommandHeaders {
    const written = JSON.stringify(input, withFiles) ?? '';
    const known = this.#open.get(place);
    const intent = known?.written === written ? known : { written, key: `web-${crypto.randomUUID()}` };
    this.#open.set(place, intent);
    return { 'Idempotency-Key': intent.key };
  }

  /** Answered: done, or refused for good. */
  end(place: string): void {
    this.#open.delete(place);
  }
}

/** A file is the same file when its name, size and time are. */
function withFiles(_key: string, value: unknown): unknown {
  return value instanceof File ? `${value.name} ${value.size} ${value.lastModified}` : value;
}
