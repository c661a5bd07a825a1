import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import { z } from 'zod';
import { ENCODINGS, type ImportProblem, type ProblemReport } from '#libs/tabular';
import { type Caller, IDEMPOTENCY_KEY } from '../http/caller';
import { type Problem, ProblemException } from '../http/problem';

/** Files come as the body, streamed; what they are is said in the address. */
export const zFileQuery = z.strictObject({
  encoding: z.enum(ENCODINGS).optional().describe('Told, never guessed; UTF-8 with or without a byte order mark when absent'),
  profile: z.string().max(100).optional().describe('Name of a saved import profile'),
});

/** The key under which the progress of a file is told: the Idempotency-Key of an import, or one made for a preview. */
export const zProgressKey = z.string().regex(IDEMPOTENCY_KEY);
export const zPreviewKey = { progress: zProgressKey.optional().describe('Made by the caller, for GET /imports/progress/{key}') };

/** A caller's key of a file, apart from everybody else's; the same as the request key of a command. */
export function progressKey(caller: Caller, key: string): string;
export function progressKey(caller: Caller, key: string | undefined): string | undefined;
export function progressKey({ subject }: Caller, key: string | undefined): string | undefined {
  return key === undefined ? undefined : `http/${subject}/${key}`;
}

/** Documents a route whose body is a file. */
export const ApiFileBody = (...types: readonly string[]): MethodDecorator =>
  applyDecorators(ApiConsumes(...types), ApiBody({ required: true, schema: { type: 'string', format: 'binary' } }));

/** The body of a file request: a stream of bytes. Thrown: `http.file-expected`. */
export function fileBody(body: unknown): AsyncIterable<Uint8Array> {
  if (typeof body === 'object' && body !== null && Symbol.asyncIterator in body) return readBytes(body as AsyncIterable<unknown>);
  throw new ProblemException(415, 'http.file-expected', { types: ['text/csv', 'application/octet-stream'] });
}

async function* readBytes(source: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    if (!(chunk instanceof Uint8Array)) throw new ProblemException(415, 'http.file-expected');
    yield chunk;
  }
}

/** A file that was refused: every problem by row and column, nothing of it recorded. */
export function refusedFile(problems: ProblemReport): ProblemException {
  return new ProblemException(
    422,
    'import.refused',
    { problems: problems.total, listed: problems.listed.length },
    problems.listed.map(problemLine),
  );
}

function problemLine({ row, column, code, value }: ImportProblem): NonNullable<Problem['errors']>[number] {
  const place = column === null ? (row === 0 ? 'file' : `row ${row}`) : `row ${row}, column ${column}`;
  return {
    path: place,
    code,
    message: value === undefined ? code : `${code}: ${value}`,
    row,
    ...(column === null ? {} : { column }),
    ...(value === undefined ? {} : { value }),
  };
}
