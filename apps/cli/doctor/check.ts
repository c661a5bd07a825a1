/** `note` is true and worth knowing, but nothing to repair. */
export type CheckState = 'ok' | 'note' | 'warning' | 'failed' | 'skipped';

/** One part looked at: what was found, and what to do where it is not well. */
export interface Check {
  readonly part: string;
  readonly state: CheckState;
  readonly found: string;
  readonly todo?: string;
}

export function ok(part: string, found: string): Check {
  return { part, state: 'ok', found };
}

export function note(part: string, found: string): Check {
  return { part, state: 'note', found };
}

export function warning(part: string, found: string, todo: string): Check {
  return { part, state: 'warning', found, todo };
}

export function failed(part: string, found: string, todo: string): Check {
  return { part, state: 'failed', found, todo };
}

export function skipped(part: string, found: string): Check {
  return { part, state: 'skipped', found };
}

export function reasonOf(error: unknown): string {
  const text =
    error instanceof AggregateError ? error.errors.map(String).join('; ') : error instanceof Error ? error.message : String(error);
  return (text.split('\n')[0] ?? '').slice(0, 200) || 'no reason was given';
}
