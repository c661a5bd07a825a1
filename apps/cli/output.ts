/** Exit codes of every command; documented in docs/operations/command-line.md. */
export const EXIT = { ok: 0, failed: 1, usage: 2, unreachable: 3 } as const;

/** A failure that a person can act on: one clear line and an exit code. */
export class CliError extends Error {
  override readonly name = 'CliError';

  constructor(
    message: string,
    readonly exitCode: number = EXIT.failed,
  ) {
    super(message);
  }
}

/** The one way a command writes what it was asked for. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Beside the answer: progress and what went wrong. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

export function sayJson(value: unknown): void {
  say(JSON.stringify(value, undefined, 2));
}
