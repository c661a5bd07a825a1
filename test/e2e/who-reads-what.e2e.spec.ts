import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import { z } from 'zod';
import { DEMO_PASSWORD } from '#apps/assembly/demo';
import { formatToken } from '#libs/event-store';
import { type Answer, Asker } from './asking';
import { OPENAPI_FILE } from './open-api';
import { startTestProduct, type TestProduct } from './product';

jest.setTimeout(300_000);

/** Who may read what, as answered: a change of it is a change of this file, and is looked at. `CENTUM_WRITE_READS=yes` writes it. */
const MATRIX = path.join(__dirname, 'who-reads-what.json');

/** One of each: the person asked about is `rep`, whom `manager` scores; the other two belong to another region. */
const LOGINS = {
  rep: 'r222',
  manager: 'r220',
  otherRep: 'r111',
  otherManager: 'r110',
  hr: 'linxiaomei',
  finance: 'hezhiyuan',
  gm: 'shenguohua',
  planning: 'tangyutong',
  auditor: 'fangzheng',
  admin: 'luohao',
} as const;
type Who = keyof typeof LOGINS | 'nobody';

/** Answers that have no end are followed by tests of their own; an evidence file of the demo's appeals there is none. */
const NOT_ASKED = /\/live$|\/progress\/\{key\}$|\/evidence\/\{hash\}$|^\/api\/v1\/health\/live$/;

const zLooks = z.object({ items: z.array(z.looseObject({ question: z.string(), operation: z.string().nullable(), about: z.string() })) });
const zSchema = z.record(z.string(), z.unknown());
const zOperation = z.looseObject({
  operationId: z.string(),
  responses: z.record(z.string(), z.looseObject({ content: z.record(z.string(), z.looseObject({ schema: zSchema })).optional() })),
});
type Operation = z.infer<typeof zOperation>;
const zDocument = z.looseObject({
  paths: z.record(z.string(), z.looseObject({ get: zOperation.optional() })),
  components: z.looseObject({ schemas: z.record(z.string(), zSchema) }),
});

describe('every question that the API answers', () => {
  const document = zDocument.parse(JSON.parse(readFileSync(OPENAPI_FILE, 'utf8')));
  const asked = Object.entries(document.paths).flatMap(([address, { get }]) =>
    get && !NOT_ASKED.test(address) ? [{ address: address.replace('/api/v1', ''), operation: get }] : [],
  );
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema({ $id: 'document', components: document.components });

  let product: TestProduct;
  let values: Readonly<Record<string, string>>;
  /** Drawn by lot, anew with each demo. */
  let panel: readonly string[] = [];
  const people = new Map<Who, Asker>();
  const as = (who: Who): Asker => people.get(who) ?? new Asker(product.url, undefined);
  const list = async (who: Who, route: string): Promise<Record<string, unknown>[]> =>
    z.object({ items: z.array(z.record(z.string(), z.unknown())) }).parse((await as(who).get(route)).body).items;
  const first = async (who: Who, route: string, field: string): Promise<string> => String((await list(who, route))[0]?.[field]);

  beforeAll(async () => {
    product = await startTestProduct({ company: 'demo' });
    for (const [who, login] of Object.entries(LOGINS)) people.set(who as Who, await Asker.signIn(product.url, login, DEMO_PASSWORD));
    const { subject } = as('rep');
    const cycles = await list('hr', '/cycles');
    const closed = cycles.find(({ status }) => status === 'closed');
    const cycleId = String(closed?.['cycleId']);
    const period = String(closed?.['period']);
    values = {
      subject,
      cycleId,
      appraisalId: `${cycleId}.${subject}`,
      batchId: await first('finance', `/payouts?cycleId=${cycleId}`, 'batchId'),
      // The other region's: ids are drawn anew with each demo, so that the first of a list is now this one's and now that one's.
      planId: await first('hr', `/plans?subject=${as('otherRep').subject}`, 'planId'),
      appealId: await first('hr', '/appeals', 'appealId'),
      importId: await first('planning', '/imports/facts', 'importId'),
      factId: await first('rep', `/people/${subject}/facts?period=${period}`, 'factId'),
      schemeId: String((closed?.['scheme'] as { schemeId?: string } | undefined)?.schemeId),
      version: '1',
      position: '100',
      period,
      key: 'none-of-ours',
      phase: 'self-review',
      metrics: 'sales.amount',
      q: 'R222',
      first: '2026-10-01',
      last: '2026-10-09',
      start: '2026-10-01T01:00:00.000Z',
      workingDays: '5',
      from: '1',
      to: '500',
      as: 'panel',
    };
    const { body } = await as('hr').get(`/appeals/${value('appealId')}`);
    panel = z
      .looseObject({ panel: z.array(z.looseObject({ subject: z.string() })) })
      .parse(body)
      .panel.map(({ subject: member }) => member);
  });
  afterAll(() => product.stop());

  /** The address with its ids, and what must be said with it. */
  function filled(address: string): string {
    const parameters = document.paths[`/api/v1${address}`]?.get?.['parameters'];
    const required = z
      .array(z.looseObject({ name: z.string(), in: z.string(), required: z.boolean().optional() }))
      .parse(parameters ?? [])
      .filter((parameter) => parameter.in === 'query' && parameter.required === true);
    const query = new URLSearchParams(required.map(({ name }): [string, string] => [name, value(name)])).toString();
    return `${address.replaceAll(/\{(\w+)\}/g, (_, name: string) => value(name))}${query === '' ? '' : `?${query}`}`;
  }

  function value(name: string): string {
    const found = values[name];
    if (found === undefined) throw new Error(`nothing is known to ask about: ${name}`);
    return found;
  }

  const shapes = new Map<string, ValidateFunction>();
  function shapeOf({ operationId }: Operation, schema: Readonly<Record<string, unknown>>): ValidateFunction {
    const shape = shapes.get(operationId) ?? ajv.compile(rooted(schema));
    shapes.set(operationId, shape);
    return shape;
  }

  /** What an answer is that the document does not promise. */
  function unpromised(operation: Operation, { headers, body }: Pick<Answer, 'headers' | 'body'>): string | undefined {
    const type = headers.get('content-type') ?? '';
    const [kind, content] = Object.entries(operation.responses['200']?.content ?? {})[0] ?? [];
    if (kind === undefined || content === undefined || !type.startsWith(kind)) return `is ${type}, promised was ${kind ?? 'nothing'}`;
    if (kind !== 'application/json') return undefined;
    const shape = shapeOf(operation, content.schema);
    return shape(body) ? undefined : ajv.errorsText(shape.errors?.slice(0, 3));
  }

  it('is answered in the promised shape, by role as agreed, and refused with a problem otherwise', async () => {
    const matrix: Record<string, Record<string, number>> = {};
    const wrong: string[] = [];
    for (const { address, operation } of asked) {
      const answers: Record<string, number> = {};
      for (const who of [...Object.keys(LOGINS), 'nobody'] as Who[]) {
        const { status, body, headers } = await as(who).get(filled(address));
        const isSeated = address.includes('{appealId}') && panel.includes(as(who).subject);
        answers[who] = isSeated ? 403 : status;
        const fault = status === 200 ? unpromised(operation, { headers, body }) : untold({ status, headers, body });
        if (fault !== undefined) wrong.push(`${who} ${address}: ${fault}`);
      }
      matrix[address] = answers;
    }
    expect(wrong).toEqual([]);
    const seen = `${JSON.stringify(matrix, null, 2)}\n`;
    if (process.env['CENTUM_WRITE_READS'] === 'yes') writeFileSync(MATRIX, seen);
    expect(seen).toBe(readFileSync(MATRIX, 'utf8'));
  });

  it('is recorded where only the role of auditor lets one read it, about whom, and so is each file that was taken', async () => {
    const { subject, batchId } = values;
    const after = formatToken(await product.core.log.head());
    const looksOf = async (who: Who) => {
      const { body } = await as('auditor').get(`/audit/reads?limit=200&auditor=${as(who).subject}`, { 'centum-after': after });
      return zLooks.parse(body).items;
    };
    const reads = (await looksOf('auditor')).filter(({ question }) => question === 'read');
    expect(reads.filter(({ about }) => about === subject).map(({ operation }) => operation)).toEqual(
      expect.arrayContaining(['people.read', 'targets.read', 'facts.read', 'appraisal.read', 'statement.read']),
    );
    expect(reads.filter(({ about }) => about === 'all').map(({ operation }) => operation)).toEqual(
      expect.arrayContaining(['appraisal.list', 'payout.read', 'people.read']),
    );
    // Asked for by several questions, recorded once.
    expect(new Set(reads.map(({ operation, about }) => `${operation} ${about}`)).size).toBe(reads.length);
    for (const who of ['rep', 'manager', 'hr', 'gm', 'planning', 'admin'] as const)
      expect((await looksOf(who)).filter(({ question }) => question === 'read')).toEqual([]);
    const taken = async (who: Who) => (await looksOf(who)).filter(({ question }) => question === 'export').map(({ about }) => about);
    expect(await taken('hr')).toEqual(expect.arrayContaining(['people', 'targets']));
    expect(await taken('finance')).toEqual(expect.arrayContaining([batchId]));
  });

  it('is refused to whoever has not signed in', () => {
    const matrix = z.record(z.string(), z.record(z.string(), z.number())).parse(JSON.parse(readFileSync(MATRIX, 'utf8')));
    const open = Object.entries(matrix).filter(([, { nobody }]) => nobody !== 401);
    expect(open.map(([address]) => address)).toEqual(['/health/ready']);
  });
});

/** What a refusal lacks. */
function untold({ status, headers, body }: Answer): string | undefined {
  const type = headers.get('content-type') ?? '';
  const isTold = type.startsWith('application/problem+json') && z.looseObject({ code: z.string() }).safeParse(body).success;
  return status < 500 && isTold ? undefined : `${status}, ${type}`;
}

/** References of the document, seen from a schema that is compiled alone. */
function rooted(schema: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/')) as Record<string, unknown>;
}
