import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { OPENAPI_FILE, servedOpenApi } from './open-api';

const zParameter = z.looseObject({ name: z.string(), in: z.enum(['path', 'query', 'header']), schema: z.record(z.string(), z.unknown()) });
const zContent = z.record(z.string(), z.looseObject({ schema: z.record(z.string(), z.unknown()) }));
const zOperation = z.looseObject({
  operationId: z.string(),
  parameters: z.array(zParameter).default([]),
  requestBody: z.looseObject({ content: zContent }).optional(),
  responses: z.record(z.string(), z.looseObject({ content: zContent.optional() })),
  security: z.array(z.unknown()).optional(),
});
const zDocument = z.looseObject({
  openapi: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  paths: z.record(z.string(), z.record(z.string(), zOperation)),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
});

/** Recorded events and rows are shown as they are, and a JSON Schema describes itself: nothing is promised of their fields. */
const AS_RECORDED = new Set(['audit.timeline', 'audit.difference', 'schemeTools.jsonSchema']);
/** What writes but is no command on the log: looking, checking, rehearsing, signing in, and a file that is known by its content. */
const NO_COMMANDS = /(\.preview|\.previewPeople|^session\..*|^appeals\.evidence|^schemeTools\.check|^schemeRehearsal\..*)$/;

describe('the OpenAPI document', () => {
  let served: string;
  let document: z.infer<typeof zDocument>;
  let operations: (z.infer<typeof zOperation> & { method: string; path: string })[];

  beforeAll(async () => {
    served = await servedOpenApi();
    if (process.env['CENTUM_WRITE_OPENAPI'] === 'yes') writeFileSync(OPENAPI_FILE, served);
    document = zDocument.parse(JSON.parse(served));
    operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ ...operation, method, path })),
    );
  });

  it('is committed as it is served; `npm run openapi` writes it', () => {
    expect(readFileSync(OPENAPI_FILE, 'utf8') === served).toBe(true);
  });

  it('is OpenAPI 3.1 with one name per operation', () => {
    const ids = operations.map(({ operationId }) => operationId);
    expect(document.openapi).toBe('3.1.0');
    expect(ids.length).toBeGreaterThan(60);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('asks for signing in everywhere but where nobody can be signed in yet', () => {
    expect(document.security).toEqual([{ bearer: [] }, { cookie: [] }]);
    const open = operations.filter(({ security }) => security !== undefined).map(({ operationId }) => operationId);
    expect(open.sort()).toEqual(['health.live', 'health.ready', 'session.acceptInvitation', 'session.signIn']);
  });

  it('says of each operation how it fails, and what it answers', () => {
    for (const { operationId, responses } of operations) {
      expect([operationId, Object.keys(responses['default']?.content ?? {})]).toEqual([operationId, ['application/problem+json']]);
      const [success] = Object.entries(responses).filter(([status]) => status.startsWith('2'));
      if (success?.[0] !== '204') expect([operationId, Object.keys(success?.[1].content ?? {}).length]).toEqual([operationId, 1]);
    }
  });

  it('takes an Idempotency-Key, and If-Match, with each command', () => {
    for (const { operationId, method, parameters } of operations.filter(({ method }) => method !== 'get')) {
      const headers = parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name);
      expect([method, operationId, headers]).toEqual([
        method,
        operationId,
        NO_COMMANDS.test(operationId) ? [] : ['Idempotency-Key', 'If-Match'],
      ]);
    }
  });

  it('names each part of a path, and ids as what they are', () => {
    for (const { path, operationId, parameters } of operations) {
      const inPath = parameters.filter((parameter) => parameter.in === 'path');
      expect(inPath.map(({ name }) => name).sort()).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort());
      for (const { name, schema } of parameters) {
        const isUuid = /^(cycleId|batchId|planId|appealId|importId|factId|subject|coach)$/.test(name);
        if (isUuid) expect([operationId, name, schema['format']]).toEqual([operationId, name, 'uuid']);
        expect([operationId, name, Object.keys(schema).length > 0]).toEqual([operationId, name, true]);
      }
    }
  });

  it('leaves no shape open that is known, and no reference without its component', () => {
    for (const operation of operations.filter(({ operationId }) => !AS_RECORDED.has(operationId))) {
      expect([operation.operationId, ...openShapes(operation)]).toEqual([operation.operationId]);
    }
    const named = Object.keys(document.components.schemas);
    expect(named.filter((name) => !/^[A-Z][A-Za-z]+$/.test(name))).toEqual([]);
    for (const [, name] of served.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) expect(named).toContain(name);
    expect(served).not.toContain('$defs');
  });

  it('documents live progress as an event stream that is taken up again', () => {
    const live = operations.find(({ operationId }) => operationId === 'cycles.live');
    expect(Object.keys(live?.responses['200']?.content ?? {})).toEqual(['text/event-stream']);
    expect(live?.parameters.map(({ name }) => name)).toContain('Last-Event-ID');
  });
});

/** Places where a schema is `{}`: anything at all. */
function openShapes(node: unknown, place = ''): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const entries = Object.entries(node);
  if (entries.length === 0 && !Array.isArray(node) && !place.endsWith('/default')) return [place];
  return entries.flatMap(([key, value]) => openShapes(value, `${place}/${key}`));
}
