import type { components } from '#api-schema';

export type Problem = components['schemas']['Problem'];

/** What the API answered instead of a success (RFC 9457), or why there was no answer. */
export class ProblemError extends Error {
  constructor(
    readonly problem: Problem,
    options?: ErrorOptions,
  ) {
    super(problem.code, options);
    this.name = 'ProblemError';
  }

  static unreachable(cause: unknown): ProblemError {
    return new ProblemError({ type: '/problems/web.unreachable', title: 'No answer', status: 0, code: 'web.unreachable' }, { cause });
  }

  static empty(): ProblemError {
    return new ProblemError({ type: '/problems/web.empty-answer', title: 'Empty answer', status: 502, code: 'web.empty-answer' });
  }

  get code(): string {
    return this.problem.code;
  }

  get status(): number {
    return this.problem.status;
  }

  /** True when the same request may well succeed later: no answer, or the server could not. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }

  /** True when a part of the address can't name anything: the API names fields of what was filled in, and none of those. */
  get isNoAddress(): boolean {
    const { code, errors = [] } = this.problem;
    return code === 'http.invalid-input' && errors.length > 0 && errors.every(({ path }) => path === '');
  }

  /** True when somebody changed the thing meanwhile. */
  get isConflict(): boolean {
    return this.status === 412 || this.code === 'event-store.version-conflict';
  }
}

export async function problemOf(response: Response): Promise<ProblemError> {
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') === true;
  const body: unknown = isProblem ? await response.json() : undefined;
  if (isProblemBody(body)) return new ProblemError(body);
  const code = `http.status-${response.status}`;
  return new ProblemError({ type: `/problems/${code}`, title: response.statusText, status: response.status, code });
}

function isProblemBody(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string' && 'status' in body;
}
