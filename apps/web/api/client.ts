import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from '#api-schema';
import { ProblemError, problemOf } from './problem';
import { rememberToken, tokenForReads } from './own-writes';

/** How long the page waits for an answer before it says that there is none. */
const ANSWER_MS = 30_000;

/** Every answer that is not a success becomes a ProblemError; reads wait for what this page wrote itself. */
const edge: Middleware = {
  onRequest({ request }) {
    if (request.method === 'GET') {
      const token = tokenForReads();
      if (token !== undefined) request.headers.set('centum-after', token);
    }
    return request;
  },
  async onResponse({ response }) {
    rememberToken(response.headers.get('centum-token'));
    if (response.ok) return undefined;
    throw await problemOf(response);
  },
  onError({ error }) {
    return error instanceof ProblemError ? error : ProblemError.unreachable(error);
  },
};

/** The client of the API, typed by its OpenAPI document. Thrown by every call: ProblemError. */
export const api = createClient<paths>({
  baseUrl: '/',
  credentials: 'same-origin',
  fetch: (request) => fetch(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(ANSWER_MS)]) }),
});
api.use(edge);

/** The answer's body: what a call gives when it succeeded. */
export async function bodyOf<T>(call: Promise<{ readonly data?: T }>): Promise<NonNullable<T>> {
  const { data } = await call;
  if (data === undefined || data === null) throw ProblemError.empty();
  return data;
}
