/** As much of JSON Schema 2020-12 as the scheme language uses; anything else in a schema is an error of the test. */

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const objects = (value: unknown): Json => (isObject(value) ? value : {});

const ANNOTATIONS = new Set(['$schema', '$defs', 'title', 'description', 'default']);

/** Places and reasons where a value does not fit; empty when it does. */
export function misfits(root: Json, value: unknown): readonly string[] {
  return check(root, value, { root, path: '' });
}

interface Place {
  readonly root: Json;
  readonly path: string;
}

function check(schema: unknown, value: unknown, place: Place): readonly string[] {
  if (schema === true) return [];
  if (schema === false || !isObject(schema)) return [`${place.path} is not allowed`];
  return Object.entries(schema).flatMap(([keyword, rule]) => {
    const rules = KEYWORDS[keyword];
    if (rules) return rules(rule, value, { ...place, schema });
    if (ANNOTATIONS.has(keyword)) return [];
    throw new Error(`keyword ${keyword} is not known here`);
  });
}

type Keyword = (rule: unknown, value: unknown, place: Place & { readonly schema: Json }) => readonly string[];

const fails = (holds: boolean, { path }: Place, reason: string): readonly string[] => (holds ? [] : [`${path} ${reason}`]);

const KEYWORDS: Readonly<Record<string, Keyword>> = {
  $ref(rule, value, place) {
    const steps = String(rule).replace(/^#\//, '').split('/');
    return check(
      steps.reduce<unknown>((at, step) => objects(at)[step], place.root),
      value,
      place,
    );
  },
  type(rule, value, place) {
    const type = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
    return fails((Array.isArray(rule) ? rule : [rule]).includes(type), place, `is ${type}, not ${String(rule)}`);
  },
  const: (rule, value, place) => fails(rule === value, place, `is not ${String(rule)}`),
  enum: (rule, value, place) => fails(list(rule).includes(value), place, `is none of ${list(rule).join(' ')}`),
  pattern: (rule, value, place) =>
    fails(typeof value !== 'string' || new RegExp(String(rule), 'u').test(value), place, `does not match ${String(rule)}`),
  minLength: (rule, value, place) => fails(typeof value !== 'string' || [...value].length >= Number(rule), place, 'is too short'),
  maxLength: (rule, value, place) => fails(typeof value !== 'string' || [...value].length <= Number(rule), place, 'is too long'),
  minItems: (rule, value, place) => fails(!Array.isArray(value) || value.length >= Number(rule), place, 'has too few'),
  maxItems: (rule, value, place) => fails(!Array.isArray(value) || value.length <= Number(rule), place, 'has too many'),
  items: (rule, value, place) => list(value).flatMap((item, index) => check(rule, item, { ...place, path: `${place.path}.${index}` })),
  required: (rule, value, place) =>
    isObject(value) ? list(rule).flatMap((member) => fails(Object.hasOwn(value, String(member)), place, `lacks ${String(member)}`)) : [],
  properties: (rule, value, place) =>
    Object.entries(objects(rule)).flatMap(([member, of]) =>
      isObject(value) && Object.hasOwn(value, member) ? check(of, value[member], { ...place, path: `${place.path}.${member}` }) : [],
    ),
  propertyNames: (rule, value, place) =>
    Object.keys(objects(value)).flatMap((member) => check(rule, member, { ...place, path: `${place.path}.${member}` })),
  additionalProperties: (rule, value, place) =>
    Object.entries(objects(value)).flatMap(([member, of]) =>
      Object.hasOwn(objects(place.schema['properties']), member) ? [] : check(rule, of, { ...place, path: `${place.path}.${member}` }),
    ),
  anyOf(rule, value, place) {
    const tried = list(rule).map((one) => check(one, value, place));
    return tried.some(({ length }) => length === 0) ? [] : ([...tried].sort((a, b) => a.length - b.length)[0] ?? []);
  },
  oneOf(rule, value, place) {
    const tried = list(rule).map((one) => check(one, value, place));
    const fitting = tried.filter(({ length }) => length === 0).length;
    if (fitting === 1) return [];
    return fitting > 1 ? [`${place.path} fits several`] : ([...tried].sort((a, b) => a.length - b.length)[0] ?? []);
  },
  allOf: (rule, value, place) => list(rule).flatMap((one) => check(one, value, place)),
  not: (rule, value, place) => fails(check(rule, value, place).length > 0, place, 'is what it must not be'),
};
