import 'reflect-metadata';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { HttpException, StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiModule, type ApiParts } from './api.module';
import { ProblemException } from './http/problem';
import { ProblemFilter, sendProblem } from './http/problem.filter';
import { countedAs } from './http/session-of';
import { serveWeb } from './http/web-files';
import { openApiDocument } from './openapi';

/** Limits of the edge. Files stream and have limits of their own where they are read. */
export const HTTP_LIMITS = { jsonBytes: 1024 * 1024, fileBytes: 64 * 1024 * 1024, requestTimeoutMs: 60_000, maxParamChars: 300 } as const;

const MOST_ISSUES = 100;

/** What Standard Schema says of a wrong input; zod's unknown keys stand beside it. */
interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

export interface RunningApi {
  readonly url: string;
  stop(): Promise<void>;
}

/** Thrown when the port is busy: the error of `listen`, with code EADDRINUSE. */
export async function startApi(parts: ApiParts): Promise<RunningApi> {
  const app = await createApi(parts);
  await app.listen(parts.settings.port, parts.settings.host);
  return { url: (await app.getUrl()).replace('[::1]', 'localhost'), stop: () => app.close() };
}

/** The application without a port; tests and the OpenAPI document use it as it is. */
export async function createApi(parts: ApiParts): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: HTTP_LIMITS.jsonBytes,
    requestTimeout: HTTP_LIMITS.requestTimeoutMs,
    routerOptions: { maxParamLength: HTTP_LIMITS.maxParamChars },
    // Bad URLs never reach Nest's filters.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      sendProblem(error, request, reply, parts.core.logger);
    },
    genReqId: () => parts.core.ids.uuid(),
    trustProxy: parts.settings.trustedProxies ?? false,
  });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.with(parts), adapter, {
    bodyParser: false,
    logger: false,
    abortOnError: false,
  });
  await registerPlugins(adapter.getInstance<FastifyInstance>(), parts);
  app.setGlobalPrefix('api/v1');
  app.useGlobalFilters(new ProblemFilter(parts.core.logger));
  app.useGlobalPipes(
    new StandardSchemaValidationPipe({
      exceptionFactory: (issues) => new ProblemException(400, 'http.invalid-input', {}, issues.flatMap(issueLines).slice(0, MOST_ISSUES)),
    }),
  );
  app.enableShutdownHooks([]);
  await app.init();
  serveOpenApi(app, adapter.getInstance<FastifyInstance>());
  const { webDir } = parts.settings;
  if (webDir !== undefined) {
    await serveWeb(adapter.getInstance<FastifyInstance>(), {
      webDir,
      longestPart: HTTP_LIMITS.maxParamChars,
      refuse: (error, request, reply) => {
        sendProblem(error, request, reply, parts.core.logger);
      },
    });
  }
  await adapter.getInstance<FastifyInstance>().ready();
  return app;
}

/** Where it is wrong, by path; a field that nobody asked for stands at its own. */
function issueLines(issue: Issue): { path: string; code: string; message: string }[] {
  const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
  const unknown = 'keys' in issue && Array.isArray(issue.keys) ? issue.keys.map(String) : [];
  if (unknown.length === 0) return [{ path: path.join('.'), code: 'invalid', message: issue.message }];
  return unknown.map((key) => ({ path: [...path, key].join('.'), code: 'unknown-field', message: issue.message }));
}

async function registerPlugins(fastify: FastifyInstance, parts: ApiParts): Promise<void> {
  await fastify.register(helmet, { contentSecurityPolicy: { directives: { defaultSrc: ["'self'"], frameAncestors: ["'none'"] } } });
  await fastify.register(cookie);
  // Scores, pay and names are nobody's to keep: no browser, no proxy.
  fastify.addHook('onSend', (request, reply, payload, done) => {
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control')) void reply.header('cache-control', 'private, no-store');
    done(null, payload);
  });
  await fastify.register(rateLimit, {
    max: parts.settings.rateLimitPerMinute,
    timeWindow: '1 minute',
    // The pages' own files are no questions: one first load is dozens of them.
    allowList: (request) => !request.url.startsWith('/api/'),
    keyGenerator: (request) => countedAs(request, parts.core.identity),
    errorResponseBuilder: (_request, context) => new HttpException({ retryAfterSeconds: Math.ceil(context.ttl / 1000) }, 429),
  });
  // Live streams must not wait in a compressor's buffer: SSE has its own content type and is left alone.
  await fastify.register(compress, { customTypes: /^(application\/(problem\+)?json|text\/(html|css|csv|javascript|plain))/ });
  // Forms are refused: only JSON and files come in, so that no other site's form can post here.
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: HTTP_LIMITS.jsonBytes },
    fastify.getDefaultJsonParser('error', 'error'),
  );
  for (const type of ['text/csv', 'application/octet-stream']) {
    fastify.addContentTypeParser(type, { bodyLimit: HTTP_LIMITS.fileBytes }, (_request, payload, done) => {
      done(null, payload);
    });
  }
}

function serveOpenApi(app: NestFastifyApplication, fastify: FastifyInstance): void {
  const document = JSON.stringify(openApiDocument(app));
  fastify.get('/api/v1/openapi.json', (_request, reply) => reply.header('content-type', 'application/json; charset=utf-8').send(document));
}
