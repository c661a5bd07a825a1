import type { z } from 'zod';

/** Texts that the contracts' own checks know; the first one a schema takes stands for it. */
const TEXTS = [
  'sample',
  '0190a000-0000-7000-8000-000000000001',
  '2026-11-02T01:00:00.000Z',
  '2026-11-02',
  '2026-11',
  'system:cycle-workflow',
  '12.5',
  '0a'.repeat(32),
  'Sample',
  '#sample',
  'sample/text',
  'sample@example.org',
];
const NUMBERS = [1, 0, 2, 2026, -1];

/** Stored JSON of a personal text as libs/privacy writes it. */
const SEALED = {
  at: 'sample#0/text',
  keyVersion: 1,
  sealed: 'AAECAwQFBgcICQoLb3BhcXVlYnl0ZXNvZmFzYW1wbGU',
  subject: '0190a000-0000-7000-8000-000000000001',
  tag: 'c2FtcGxldGFnMTIzNDU2Nz',
};

/** What a schema looks like from inside; only the parts that lead to a sample. */
interface Shape {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly element?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly items?: readonly z.ZodType[];
  readonly entries?: Readonly<Record<string, string | number>>;
  readonly values?: readonly unknown[];
  readonly keyType?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly in?: z.ZodType;
}

/**
 * Stored JSON that the schema takes, with every optional part present: the same for the same schema.
 * Thrown when none of the candidates fits: Error naming the place.
 */
export function sampleOf(schema: z.ZodType, place = ''): unknown {
  const fitting = candidates(schema, place).find((candidate) => schema.safeParse(candidate).success);
  if (fitting === undefined) throw new Error(`no sample for ${place || '/'} (${shapeOf(schema).type})`);
  return fitting;
}

function shapeOf(schema: z.ZodType): Shape {
  return schema.def;
}

function candidates(schema: z.ZodType, place: string): readonly unknown[] {
  const shape = shapeOf(schema);
  const inner = (of: z.ZodType | undefined, at: string): unknown => (of ? sampleOf(of, `${place}/${at}`) : undefined);
  switch (shape.type) {
    case 'object':
      return [Object.fromEntries(Object.entries(shape.shape ?? {}).map(([key, member]) => [key, inner(member, key)]))];
    case 'array':
      return arraysOf(inner(shape.element, '0'));
    case 'tuple':
      return [(shape.items ?? []).map((item, index) => inner(item, String(index)))];
    case 'record':
      return [Object.fromEntries([[String(inner(shape.keyType, 'key')), inner(shape.valueType, 'value')]]), recordOfAll(shape, inner)];
    case 'optional':
    case 'nullable':
    case 'default':
    case 'readonly':
      return [inner(shape.innerType, '')];
    case 'union':
      return (shape.options ?? []).map((option, index) => inner(option, `|${index}`));
    case 'enum':
      return Object.values(shape.entries ?? {});
    case 'literal':
      return shape.values ?? [];
    case 'boolean':
      return [true];
    case 'null':
      return [null];
    case 'number':
      return NUMBERS;
    default:
      return [SEALED, ...TEXTS, ...NUMBERS];
  }
}

function arraysOf(element: unknown): readonly unknown[] {
  return [1, 2, 3, 5].map((length) => Array.from({ length }, () => element));
}

/** A record over an enum wants all of its keys. */
function recordOfAll({ keyType, valueType }: Shape, inner: (of: z.ZodType | undefined, at: string) => unknown): unknown {
  const keys = keyType ? Object.values(shapeOf(keyType).entries ?? {}) : [];
  return Object.fromEntries(keys.map((key) => [key, inner(valueType, String(key))]));
}
