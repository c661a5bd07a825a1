import { isDeepStrictEqual } from 'node:util';
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { IDEMPOTENCY_KEY } from './http/caller';
import { zProblem } from './http/problem';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Named = Record<string, object>;

/** Operations of people who are not signed in. */
const PUBLIC_OPERATIONS: ReadonlySet<string> = new Set(['session.signIn', 'session.acceptInvitation', 'health.live', 'health.ready']);

/** OpenAPI 3.1 of the application as it is; committed at docs/openapi.json and held equal by a test. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Centum')
    .setDescription(
      'Sales performance appraisal in one event-sourced history. Commands take an Idempotency-Key: the same key with the same content is answered with the first receipt. ' +
        'If-Match with a stream version (ETag) refuses a decision on anything newer. Errors are application/problem+json with a stable code.',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'opaque', description: 'The token of POST /session' })
    .addCookieAuth('centum_session')
    .addSecurityRequirements('bearer')
    .addSecurityRequirements('cookie')
    .build();
  const named: Named = {};
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) =>
      `${controller.replace(/Controller$/, '').replace(/^./, (first) => first.toLowerCase())}.${method}`,
    standardSchemaConverter: (schema, { schemaType }) =>
      schema instanceof z.ZodType ? { schema: jsonSchema(schema, schemaType, named) } : undefined,
  });
  const problem = jsonSchema(zProblem, 'output', named);
  for (const path of Object.values(document.paths)) {
    for (const operation of [path.get, path.post, path.put, path.delete, path.patch]) if (operation) complete(operation, problem);
  }
  const schemas = Object.fromEntries(Object.entries(named).sort(([one], [other]) => (one < other ? -1 : 1)));
  return { ...document, components: { ...document.components, schemas: { ...document.components?.schemas, ...schemas } } };
}

/** What holds for every operation, said at each. */
function complete(operation: Operation, problem: object): void {
  operation.responses['default'] = { description: 'A problem', content: { 'application/problem+json': { schema: problem } } };
  if (operation.operationId !== undefined && PUBLIC_OPERATIONS.has(operation.operationId)) operation.security = [];
  for (const parameter of operation.parameters ?? []) {
    if (!('name' in parameter) || parameter.name !== 'Idempotency-Key') continue;
    parameter.description =
      'Made by the caller, new for each command; the same again with the same content is answered with the first receipt';
    parameter.schema = { type: 'string', pattern: IDEMPOTENCY_KEY.source };
    operation.parameters?.push({
      name: 'If-Match',
      in: 'header',
      required: false,
      description: 'The ETag that was decided on: 412 when the stream has moved on',
      schema: { type: 'string' },
    });
    break;
  }
}

/** Schemas with an id become components, shared by all who name them. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output', named: Named): object {
  const { $schema: _, $defs, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any' });
  for (const [name, definition] of Object.entries($defs ?? {})) {
    pointIntoComponents(definition);
    const known = named[name];
    if (known && !isDeepStrictEqual(known, definition)) throw new Error(`two schemas are named ${name}`);
    named[name] = definition;
  }
  pointIntoComponents(rest);
  return rest;
}

function pointIntoComponents(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  if ('$ref' in node && typeof node.$ref === 'string') node.$ref = node.$ref.replace('#/$defs/', '#/components/schemas/');
  Object.values(node).forEach(pointIntoComponents);
}
