import { HttpException } from '@nestjs/common';
import { z } from 'zod';
import { Rejection } from '#kernel';
import { EventStoreError, type EventStoreErrorCode } from '#libs/event-store';
import { PrivacyError } from '#libs/privacy';

/** An error as RFC 9457 writes it. `code` is stable and part of the API; `details` hold ids and numbers, never a person's words. */
export const zProblem = z
  .object({
    type: z.string().describe('/problems/<code>'),
    title: z.string(),
    status: z.int(),
    code: z.string().describe('Stable; never reworded'),
    details: z.record(z.string(), z.unknown()).optional(),
    errors: z
      .array(
        z.strictObject({
          path: z.string(),
          code: z.string(),
          message: z.string(),
          row: z.int().optional().describe('Of a file, as a spreadsheet counts: the header is 1, 0 is the file itself'),
          column: z.string().optional().describe('Of a file, as it names it'),
          value: z.string().optional().describe('What stands there, where that can be no word of a person'),
        }),
      )
      .optional()
      .describe('For input that was refused: what is wrong where'),
    instance: z.string().optional().describe('The id under which the request stands in the logs'),
  })
  .meta({ id: 'Problem' });
export type Problem = Readonly<z.infer<typeof zProblem>>;

/** Thrown at the edge for what the request itself gets wrong. */
export class ProblemException extends Error {
  constructor(
    readonly status: number,
    readonly code: `${string}.${string}`,
    readonly details: Readonly<Record<string, unknown>> = {},
    readonly errors?: Problem['errors'],
  ) {
    super(code);
  }
}

const STORE_STATUS: Readonly<Partial<Record<EventStoreErrorCode, number>>> = {
  'version-conflict': 409,
  'request-key-reused': 422,
  'event-too-large': 413,
  'request-too-large': 413,
  'too-many-events': 413,
  'wait-timed-out': 503,
  'outcome-unknown': 503,
  'store-unavailable': 503,
  closed: 503,
};

/** Rejections by the form of their code; a rule that fits none is a conflict with the state of the thing: 409. */
const REJECTION_STATUS: readonly (readonly [RegExp, number])[] = [
  [/^identity\.(wrong-login-or-password|not-signed-in)$/, 401],
  [/^identity\.locked$/, 429],
  [/^identity\.(not-allowed|own-roles)$/, 403],
  [/(^|[.-])(not-found|unknown)$/, 404],
  [/\.not-the-/, 403],
  [/\.evidence-(type|size)$/, 422],
  [/\.(invalid|malformed|too-|missing)/, 422],
];

/** `ifMatch`: the caller said which version they decided on, so that a newer one is a failed precondition. */
export function problemOf(error: unknown, { ifMatch = false }: { readonly ifMatch?: boolean } = {}): Problem {
  if (error instanceof Rejection) return problem(rejectionStatus(error.code), error.code, error.details);
  if (error instanceof ProblemException)
    return { ...problem(error.status, error.code, error.details), ...(error.errors ? { errors: error.errors } : {}) };
  if (error instanceof EventStoreError) {
    const failed = ifMatch && error.code === 'version-conflict';
    return problem(failed ? 412 : (STORE_STATUS[error.code] ?? 500), `event-store.${error.code}`, withoutReason(error.details));
  }
  if (error instanceof PrivacyError) return problem(privacyStatus(error), `privacy.${error.code}`, error.details);
  if (error instanceof HttpException) return problem(error.getStatus(), httpCode(error.getStatus()), {});
  const status = fastifyStatus(error);
  return problem(status, httpCode(status), {});
}

/** The reason is the database's or the socket's own message: it stands in the logs, where it belongs. */
function withoutReason(details: object): object {
  return Object.fromEntries(Object.entries(details).filter(([name]) => name !== 'reason'));
}

function problem(status: number, code: string, details: object): Problem {
  const shown = { ...details };
  return { type: `/problems/${code}`, title: titleOf(code), status, code, ...(Object.keys(shown).length > 0 ? { details: shown } : {}) };
}

/** `appraisal.not-awaiting-manager` → `Appraisal: not awaiting manager`; pages and the command line translate by code. */
function titleOf(code: string): string {
  const [feature = '', ...rest] = code.split('.');
  return `${feature.charAt(0).toUpperCase()}${feature.slice(1).replaceAll('-', ' ')}: ${rest.join(' ').replaceAll('-', ' ')}`;
}

function rejectionStatus(code: string): number {
  return REJECTION_STATUS.find(([form]) => form.test(code))?.[1] ?? 409;
}

function privacyStatus(error: PrivacyError): number {
  if (error.code === 'text-too-long' || error.code === 'file-too-large') return 413;
  if (error.code === 'file-not-found') return 404;
  if (error.code === 'erased') return 410;
  return 503;
}

/** Errors that Fastify raises before Nest is asked (body too large, malformed JSON, bad URL) carry their status. */
function fastifyStatus(error: unknown): number {
  if (
    error instanceof Error &&
    'statusCode' in error &&
    typeof error.statusCode === 'number' &&
    error.statusCode >= 400 &&
    error.statusCode < 600
  )
    return error.statusCode;
  return 500;
}

const HTTP_CODES: Readonly<Record<number, string>> = {
  400: 'http.malformed-request',
  401: 'http.not-signed-in',
  403: 'http.not-allowed',
  404: 'http.not-found',
  405: 'http.method-not-allowed',
  406: 'http.not-acceptable',
  408: 'http.timed-out',
  412: 'http.precondition-failed',
  413: 'http.body-too-large',
  414: 'http.address-too-long',
  415: 'http.unsupported-media-type',
  429: 'http.too-many-requests',
  503: 'http.unavailable',
};

function httpCode(status: number): string {
  return HTTP_CODES[status] ?? (status < 500 ? 'http.bad-request' : 'http.internal-error');
}
