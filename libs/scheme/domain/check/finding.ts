import type { Title } from '../../contracts/document';
import { problemSentence } from '../words/problem-words';
import type { PathPart, SchemeProblem, SchemeSource } from '../reading/scheme-text';

export type Severity = 'error' | 'warning';

/** Something about a scheme that a person should know: where it stands, and a sentence in both languages. */
export interface SchemeFinding {
  /** A scheme with errors can't be used; a warning says what is probably not meant. */
  readonly severity: Severity;
  readonly code: string;
  /** Members and indexes joined by dots: the field that a form shows it beside. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly sentence: Title;
  readonly detail: string;
}

export function findingOf(severity: Severity, problem: SchemeProblem): SchemeFinding {
  const { code, path, line, column, detail } = problem;
  return { severity, code, path, line, column, sentence: problemSentence(problem), detail };
}

interface Place {
  readonly code: string;
  readonly path: readonly PathPart[];
  readonly detail: string;
}

/** Collects what is found over all kinds of period, each once. */
export class Findings {
  private readonly found = new Map<string, SchemeFinding>();
  private readonly considered = new Map<string, Place & { happens: boolean }>();

  constructor(private readonly source: SchemeSource) {}

  error(code: string, path: readonly PathPart[], detail = '', offset = 0): void {
    this.add('error', { code, path, detail }, offset);
  }

  warning(code: string, path: readonly PathPart[], detail = '', offset = 0): void {
    this.add('warning', { code, path, detail }, offset);
  }

  /** A part that is worth a warning only when it never happens in any kind of period. */
  consider(place: Place, happens: boolean): void {
    const key = keyOf(place);
    const before = this.considered.get(key);
    if (before) before.happens ||= happens;
    else this.considered.set(key, { ...place, happens });
  }

  all(): readonly SchemeFinding[] {
    for (const { code, path, detail, happens } of this.considered.values()) if (!happens) this.warning(code, path, detail);
    return [...this.found.values()];
  }

  private add(severity: Severity, place: Place, offset: number): void {
    const key = keyOf(place);
    if (this.found.has(key)) return;
    const { code, path, detail } = place;
    this.found.set(key, findingOf(severity, { code, path: path.join('.'), ...this.source.locate(path, offset), detail }));
  }
}

function keyOf({ code, path, detail }: Place): string {
  return `${code}|${path.join('.')}|${detail}`;
}
