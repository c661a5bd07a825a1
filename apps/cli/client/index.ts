import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { environment } from '../environment';
import { CliError, EXIT } from '../output';

/** Where the command line speaks to, and as whom: options, then CENTUM_CLI_URL / CENTUM_CLI_TOKEN, then what `centum login` kept. */
export interface ApiTarget {
  readonly url: string;
  readonly token: string | undefined;
}

const REQUEST_TIMEOUT_MS = 120_000;
/** Of an answer that tells how far it is. */
const STREAM_TIMEOUT_MS = 60 * 60_000;
const zProblem = z.object({
  code: z.string(),
  status: z.number(),
  details: z.record(z.string(), z.unknown()).optional(),
  errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).optional(),
});
const zKept = z.object({ url: z.string(), token: z.string() });

/** An answer that was no success: the problem's stable code and what it says. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly body: unknown,
  ) {
    super(`${code} (${status})`);
  }
}

export interface RequestOptions {
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  /** Sent as it is, streamed. */
  readonly file?: { readonly path: string; readonly type: 'text/csv' | 'application/octet-stream' };
  /** Commands: made anew where none is given; give one to be able to try again. */
  readonly idempotencyKey?: string;
  readonly accept?: string;
}

/** The one HTTP client of the command line. */
export class ApiClient {
  constructor(private readonly target: ApiTarget) {}

  get<T>(route: string, schema: z.ZodType<T>, query?: RequestOptions['query']): Promise<T> {
    return this.#send('GET', route, schema, query ? { query } : {});
  }

  post<T>(route: string, schema: z.ZodType<T>, options: RequestOptions = {}): Promise<T> {
    return this.#send('POST', route, schema, options);
  }

  put<T>(route: string, schema: z.ZodType<T>, options: RequestOptions = {}): Promise<T> {
    return this.#send('PUT', route, schema, options);
  }

  /** A file or anything else that is no JSON. */
  async text(route: string): Promise<string> {
    return (await this.#fetch('GET', route, {})).text();
  }

  /** What a question streams, as it comes. */
  async *pieces(route: string, options: RequestOptions, accept = '*/*'): AsyncGenerator<string, void, undefined> {
    const { body } = await this.#fetch('POST', route, { ...options, accept });
    const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = body?.getReader();
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read())
      yield decoder.decode(read.value, { stream: true });
  }

  /** Server-sent events of a question, each with its data. */
  async *events(route: string, options: RequestOptions): AsyncGenerator<{ event: string; data: unknown }, void, undefined> {
    let rest = '';
    for await (const piece of this.pieces(route, options, 'text/event-stream')) {
      const blocks = (rest + piece).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const found = /^event: (.+)\ndata: (.+)$/s.exec(block);
        if (found) yield { event: found[1] ?? '', data: JSON.parse(found[2] ?? 'null') };
      }
    }
  }

  /** A problem that came as an event. */
  problem(body: unknown): ApiProblem {
    const parsed = zProblem.safeParse(body);
    return parsed.success
      ? new ApiProblem(parsed.data.status, parsed.data.code, parsed.data)
      : new ApiProblem(500, 'http.unreadable-answer', '');
  }

  /** The same address as somebody else. */
  as(token: string): ApiClient {
    return new ApiClient({ ...this.target, token });
  }

  async #send<T>(method: string, route: string, schema: z.ZodType<T>, options: RequestOptions): Promise<T> {
    const response = await this.#fetch(method, route, options);
    const text = await response.text();
    const parsed = schema.safeParse(text === '' ? undefined : JSON.parse(text));
    if (!parsed.success) throw new CliError(`unexpected answer from ${method} ${route}: ${z.prettifyError(parsed.error)}`);
    return parsed.data;
  }

  async #fetch(method: string, route: string, options: RequestOptions): Promise<Response> {
    const url = new URL(`/api/v1${route}`, this.target.url);
    for (const [name, value] of Object.entries(options.query ?? {})) if (value !== undefined) url.searchParams.set(name, String(value));
    const headers: Record<string, string> = {};
    if (this.target.token !== undefined) headers['authorization'] = `Bearer ${this.target.token}`;
    if (method !== 'GET') headers['idempotency-key'] = options.idempotencyKey ?? `cli-${randomUUID()}`;
    if (options.accept !== undefined) headers['accept'] = options.accept;
    const body = bodyOf(options, headers);
    const response = await fetch(url, {
      method,
      headers,
      ...body,
      signal: AbortSignal.timeout(options.accept === undefined ? REQUEST_TIMEOUT_MS : STREAM_TIMEOUT_MS),
    }).catch((cause: unknown) => {
      throw new CliError(`nothing answers at ${this.target.url}: is it running ("npm start")? ${reasonOf(cause)}`, EXIT.unreachable);
    });
    if (!response.ok) throw await problemOf(response);
    return response;
  }
}

function bodyOf(options: RequestOptions, headers: Record<string, string>): object {
  if (options.file) {
    headers['content-type'] = options.file.type;
    return { body: Readable.toWeb(createReadStream(options.file.path)), duplex: 'half' };
  }
  if (options.body === undefined) return {};
  headers['content-type'] = 'application/json';
  return { body: JSON.stringify(options.body) };
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const text = await response.text();
  const parsed = zProblem.safeParse(jsonOrText(text));
  return parsed.success
    ? new ApiProblem(response.status, parsed.data.code, parsed.data)
    : new ApiProblem(response.status, 'http.unreadable-answer', text.slice(0, 500));
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function reasonOf(error: unknown): string {
  if (!isErrorLike(error)) return String(error);
  const cause = 'cause' in error ? error.cause : undefined;
  return isErrorLike(cause) ? cause.message : error.message;
}

/** One clear line of a problem, with every named error under it. */
export function explainProblem(problem: ApiProblem): string {
  const parsed = zProblem.safeParse(problem.body);
  const details = parsed.success && parsed.data.details ? ` ${JSON.stringify(parsed.data.details)}` : '';
  const errors = parsed.success ? (parsed.data.errors ?? []).map((error) => `\n  ${error.path}: ${error.message} (${error.code})`) : [];
  return `${problem.code} (${problem.status})${details}${errors.join('')}`;
}

function keptFile(): string {
  return path.join(environment()['XDG_CONFIG_HOME'] ?? path.join(homedir(), '.config'), 'centum', 'session.json');
}

export async function keepSession(url: string, token: string): Promise<void> {
  const file = keptFile();
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, JSON.stringify({ url, token }), { mode: 0o600 });
}

export async function apiTarget(options: { readonly url?: string; readonly token?: string }): Promise<ApiTarget> {
  const kept = zKept.safeParse(await readFile(keptFile(), 'utf8').then(jsonOrText, () => undefined));
  const url = options.url ?? environment()['CENTUM_CLI_URL'] ?? (kept.success ? kept.data.url : 'http://127.0.0.1:8100');
  const token = options.token ?? environment()['CENTUM_CLI_TOKEN'] ?? (kept.success && kept.data.url === url ? kept.data.token : undefined);
  return { url, token };
}

function isErrorLike(value: unknown): value is { readonly message: string } {
  return typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string';
}
