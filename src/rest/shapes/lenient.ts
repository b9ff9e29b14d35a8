// Lenient versions of the OpenAPI document's schemas, for the check of answers: rules about values are dropped, rules
// about structure are kept. Any key may be missing or null, except those that the resource declares as essential.
import type { JsonSchema } from '../../openapi/document.ts';
import { OWNER_ID_PATTERN, TOKEN_PATTERN, VENDOR_ID_PATTERN } from './vendor-id.ts';

/**
 * Essential keys: an answer without them is refused. An essential key must be present and not null; a key written with a
 * trailing `?` must be present but may be null. They are grouped by the name of their schema in the OpenAPI document,
 * by operation id for an answer without a named schema, or by `Schema.key` for the object under that key.
 */
export type Essentials = Readonly<Record<string, readonly string[]>>;

const REF = '#/components/schemas/';
/** Optional keys that name an object of the graph; the vendor leaves them empty where there is no such object. */
const REFERENCE = /^(id|(room|session|template|job)_id)$/;
const OWNERS = /^(Room|Template)\.id$|\.(room|template)_id$/;
const LEAST_INT = -(2 ** 31);
const MOST_INT = 2 ** 31 - 1;
const NULLABLE = '.nullable';
/** The keywords under which a schema has other schemas. */
const PARTS = ['$ref', 'properties', 'items', 'additionalProperties', 'allOf', 'anyOf', 'oneOf'];

/**
 * Builds the lenient schemas of some operations' answers.
 * @param answers the documented schema of each answer, by operation id
 * @returns schemas by operation id and by the name of each schema that they refer to; each named schema has a second
 * version that also accepts null
 * @throws Error if `essentials` names a schema that no answer refers to
 */
export function lenientSchemas(
  schemas: Readonly<Record<string, JsonSchema>>,
  answers: ReadonlyMap<string, JsonSchema>,
  essentials: Essentials,
): Record<string, JsonSchema> {
  const lenient: Record<string, JsonSchema> = {};
  const common = { essentials, schemas };
  for (const [operationId, schema] of answers) {
    lenient[operationId] = loosened(schema, { name: operationId, isNullable: false, ...common });
  }
  for (const name of namedIn([...answers.values()], schemas)) {
    const schema = schemas[name] ?? {};
    lenient[name] = loosened(schema, { name, isNullable: false, ...common });
    lenient[`${name}${NULLABLE}`] = loosened(schema, { name, isNullable: true, ...common });
  }
  const unknown = Object.keys(essentials).filter((name) => !Object.hasOwn(lenient, name.split('.')[0] ?? ''));
  if (unknown.length > 0) throw new Error(`no schema of these answers is named ${unknown.join(', ')}`);
  return lenient;
}

/** The names of the schemas that `roots` refer to, directly or through others. */
function namedIn(
  roots: readonly JsonSchema[],
  schemas: Readonly<Record<string, JsonSchema>>,
): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (schema: unknown): void => {
    for (const [, name = ''] of JSON.stringify(schema).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (names.has(name)) continue;
      names.add(name);
      visit(schemas[name] ?? {});
    }
  };
  for (const root of roots) visit(root);
  return names;
}

/** The context of one schema. */
interface Loosening {
  /** Its name in `Essentials`; empty for a schema without a name. */
  readonly name: string;
  readonly isNullable: boolean;
  readonly essentials: Essentials;
  /** The named schemas of the OpenAPI document, in which references are looked up. */
  readonly schemas: Readonly<Record<string, JsonSchema>>;
}

function loosened(schema: JsonSchema, context: Loosening): JsonSchema {
  const { $ref, type, properties, items, additionalProperties, allOf, anyOf, oneOf } = schema;
  if (typeof $ref === 'string') return loosenedReference($ref.slice(REF.length), context);
  const { name, isNullable } = context;
  const part = { ...context, name: '', isNullable: false };
  const loose: Record<string, unknown> = {};
  if (type !== undefined)
    Object.assign(loose, { type: looseType(type, isNullable) }, integerRule(schema, name));
  if (isSchema(properties)) Object.assign(loose, looseProperties(properties, context));
  if (isSchema(items)) loose['items'] = loosened(items, part);
  if (isSchema(additionalProperties)) loose['additionalProperties'] = loosened(additionalProperties, part);
  // Without rules about values several alternatives may match one answer. `oneOf` would refuse that, so `anyOf` is used.
  const either = anyOf ?? oneOf;
  const parts = (list: readonly unknown[]) =>
    list.filter(isSchema).map((each) => loosened(each, { ...part, isNullable }));
  if (Array.isArray(allOf)) loose['allOf'] = parts(allOf);
  if (Array.isArray(either)) loose['anyOf'] = parts(either);
  const required = (context.essentials[name] ?? []).map((key) => key.replace('?', ''));
  if (required.length > 0) loose['required'] = required;
  // The parts of a schema do not know which of their keys are essential to the whole.
  if (Array.isArray(allOf)) loose['properties'] = essentialIds(required, name);
  return loose;
}

function essentialIds(required: readonly string[], name: string): JsonSchema {
  const rules = required.map((key) => [key, idRule(name, key, true)] as const);
  return Object.fromEntries(
    rules.flatMap(([key, rule]) => ('pattern' in rule ? [[key, { type: 'string', ...rule }]] : [])),
  );
}

/**
 * A reference to a named schema, or that schema itself if it has no parts. ajv inlines a schema without references where it is
 * referred to; other references are calls, for which ajv escapes the path of each element of a map, also of valid ones.
 */
function loosenedReference(name: string, context: Loosening): JsonSchema {
  const schema = context.schemas[name] ?? {};
  const hasParts = PARTS.some((keyword) => schema[keyword] !== undefined);
  if (!hasParts) return loosened(schema, { ...context, name });
  return { $ref: `#/$defs/${name}${context.isNullable ? NULLABLE : ''}` };
}

function looseProperties(properties: JsonSchema, { name, ...common }: Loosening): JsonSchema {
  const { essentials } = common;
  const ofSchema = new Set(essentials[name]);
  const loose: Record<string, JsonSchema> = {};
  for (const [key, schema] of Object.entries(properties)) {
    if (!isSchema(schema)) continue;
    const isEssential = ofSchema.has(key);
    loose[key] = loosened(schema, { ...common, name: `${name}.${key}`, isNullable: !isEssential });
    Object.assign(loose[key], idRule(name, key, isEssential));
  }
  // A page may lack its data, but it must have at least one key of a page: an error is not a page.
  const isPage = 'data' in properties && 'last' in properties;
  if (isPage) Object.assign(loose['last'] ?? {}, { pattern: `^$|${VENDOR_ID_PATTERN}` });
  const keys = Object.keys(properties);
  return isPage
    ? { properties: loose, anyOf: keys.map((key) => ({ required: [key] })) }
    : { properties: loose };
}

/**
 * The rule for an id: a value that no global id and no URL can hold is invalid. An empty id would match everything if
 * it were used as a filter.
 */
function idRule(parent: string, key: string, isEssential: boolean): JsonSchema {
  const pattern = OWNERS.test(`${parent}.${key}`) ? OWNER_ID_PATTERN : VENDOR_ID_PATTERN;
  if (key === 'next') return { pattern: TOKEN_PATTERN };
  if (isEssential) return /(^|_)id$|^code$/.test(key) ? { pattern } : {};
  return REFERENCE.test(key) ? { pattern: `^$|${pattern}` } : {};
}

/** A documented integer is one that GraphQL can show, of 32 bits; sizes of files and instants are larger. */
function integerRule({ type, format }: JsonSchema, name: string): JsonSchema {
  const isInteger = [type].flat().includes('integer') && format !== 'int64' && !name.endsWith('.size');
  return isInteger ? { multipleOf: 1, minimum: LEAST_INT, maximum: MOST_INT } : {};
}

function looseType(type: unknown, isNullable: boolean): string[] {
  const types = (Array.isArray(type) ? type : [type]).map((each) =>
    each === 'integer' ? 'number' : String(each),
  );
  return isNullable && !types.includes('null') ? [...types, 'null'] : types;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
