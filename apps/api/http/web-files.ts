import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ProblemException } from './problem';

const NONCE_BYTES = 16;
const NONCE_PLACE = '__CSP_NONCE__';
/** Names of built files hold a hash of their content: one that was loaded never changes. */
const ASSET_AGE = '365d';

export interface WebOptions {
  readonly webDir: string;
  /** Of an address, in characters: what is longer is no id of ours. */
  readonly longestPart: number;
  readonly refuse: (error: Error, request: FastifyRequest, reply: FastifyReply) => void;
}

/** Where the build leaves the pages, seen from dist/apps/api/http and from apps/api/http alike. */
export function builtPages(): string {
  const root = path.resolve(__dirname, '..', '..', '..');
  return path.join(path.basename(root) === 'dist' ? root : path.join(root, 'dist'), 'web');
}

/**
 * Serves the pages: every address that is not the API's and not a file is the one page, whose router knows the rest. Scripts come
 * from here only; the styles that Ant Design adds at run time carry the nonce of their page.
 */
export async function serveWeb(fastify: FastifyInstance, { webDir, longestPart, refuse }: WebOptions): Promise<void> {
  const page = path.join(webDir, 'index.html');
  if (!existsSync(page)) throw new Error(`the pages are not built: ${page} is missing; run npm run build`);
  const html = readFileSync(page, 'utf8');
  await fastify.register(fastifyStatic, {
    root: path.join(webDir, 'assets'),
    prefix: '/assets/',
    preCompressed: true,
    immutable: true,
    maxAge: ASSET_AGE,
    index: false,
    decorateReply: false,
  });
  const icon = readFileSync(path.join(webDir, 'icon.svg'));
  fastify.get('/icon.svg', (_request, reply) => reply.header('cache-control', 'public, max-age=86400').type('image/svg+xml').send(icon));
  fastify.get('/*', (request, reply) => {
    // An address that no route takes for its length comes here as any other would.
    if (request.url.startsWith('/api/') && pathOf(request.url).some((part) => part.length > longestPart)) {
      refuse(new ProblemException(414, 'http.address-too-long'), request, reply);
      return reply;
    }
    if (request.url === '/api' || request.url.startsWith('/api/') || request.url.startsWith('/assets/')) {
      reply.callNotFound();
      return reply;
    }
    const nonce = randomBytes(NONCE_BYTES).toString('base64');
    return reply
      .header('cache-control', 'no-cache')
      .header('content-security-policy', contentSecurityPolicy(nonce))
      .type('text/html; charset=utf-8')
      .send(html.replace(NONCE_PLACE, nonce));
  });
}

function pathOf(url: string): readonly string[] {
  return (url.split('?')[0] ?? '').split('/');
}

function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
