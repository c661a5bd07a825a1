import { randomUUID } from 'node:crypto';
import { z } from 'zod';

/** An answer as it came, problems included: what the edge says is what is looked at. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface Question {
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly raw?: string | Uint8Array<ArrayBuffer>;
  readonly type?: string;
  /** Null: none is sent. */
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A person at the HTTP edge, without any client between. */
export class Asker {
  constructor(
    private readonly url: string,
    readonly token: string | undefined,
    readonly subject: string = '',
  ) {}

  static async signIn(url: string, login: string, password: string): Promise<Asker> {
    const { status, body } = await new Asker(url, undefined).post('/session', { json: { login, password }, key: null });
    if (status !== 201) throw new Error(`${login} can't sign in: ${JSON.stringify(body)}`);
    const { token, subject } = z.object({ token: z.string(), subject: z.string() }).parse(body);
    return new Asker(url, token, subject);
  }

  get(route: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.#ask('GET', route, { key: null, headers });
  }

  post(route: string, question: Question = {}): Promise<Answer> {
    return this.#ask('POST', route, question);
  }

  /** The raw response, for what never ends by itself. */
  open(route: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Response> {
    return fetch(`${this.url}/api/v1${route}`, { headers: { ...this.#bearer(), ...headers }, signal });
  }

  async #ask(method: string, route: string, { json, raw, type, key = `test-${randomUUID()}`, headers = {} }: Question): Promise<Answer> {
    const body = json === undefined ? raw : JSON.stringify(json);
    const contentType = type ?? (json === undefined ? undefined : 'application/json');
    const response = await fetch(`${this.url}/api/v1${route}`, {
      method,
      headers: {
        ...this.#bearer(),
        ...(key === null ? {} : { 'idempotency-key': key }),
        ...(contentType === undefined ? {} : { 'content-type': contentType }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: isJson && text !== '' ? (JSON.parse(text) as unknown) : text };
  }

  #bearer(): Record<string, string> {
    return this.token === undefined ? {} : { authorization: `Bearer ${this.token}` };
  }
}

/** What a refusal has to look like: a problem under its content type, with a stable code. */
export function isProblem({ status, headers, body }: Answer, expected: { status: number; code: string }): Record<string, unknown> {
  const problem = z.looseObject({}).parse(body);
  expect({ status, code: problem['code'], said: problem['status'], type: problem['type'] }).toEqual({
    ...expected,
    said: expected.status,
    type: `/problems/${expected.code}`,
  });
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(problem['instance']).toEqual(expect.any(String));
  return problem;
}
