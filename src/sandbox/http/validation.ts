// Checks bodies and queries against the OpenAPI document. Exception: the vendor clamps a `limit` beyond the documented
// bounds instead of refusing it, so any whole number passes here and paging.ts clamps it.
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { openApiDocument, type JsonSchema, type ParameterObject } from '../../openapi/document.ts';
import { ApiError, invalidBody, invalidQuery } from './errors.ts';
import type { Operation } from './operations.ts';

const DOCUMENT = 'hms';

const bodies = validator({});
const queries = validator({ coerceTypes: true });
const compiledBodies = new Map<string, ValidateFunction>();
const compiledQueries = new Map<string, ValidateFunction>();

function validator(options: { coerceTypes?: boolean }): Ajv2020 {
  // That the document's schemas are valid is tested, so a start does not check them.
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false, ...options });
  // The package is CommonJS; for its types the function is the property `default`.
  addFormats.default(ajv);
  // The document gives peer ids this format, but client SDKs make them, and not all are UUIDs.
  ajv.addFormat('uuid', true);
  return ajv.addSchema({ ...openApiDocument }, DOCUMENT);
}

/** Throws a 400 if `body` does not match the operation's schema. Undefined means that the request has no body. */
export function checkBody({ operationId, object, route, method }: Operation, body: unknown): void {
  const content = object.requestBody;
  if (content === undefined) return;
  if (body === undefined) {
    if (content.required === true) throw new ApiError(400, 'request body must not be empty');
    return;
  }
  const pointer = ['paths', route, method, 'requestBody', 'content', 'application/json', 'schema']
    .map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const check = compiled(compiledBodies, operationId, bodies, { $ref: `${DOCUMENT}#/${pointer}` });
  if (!check(body)) throw invalidBody(...texts(check.errors));
}

/** The query with its values converted to their documented types; throws a 400 if a value cannot be converted. */
export function checkQuery(operation: Operation, query: URLSearchParams): Record<string, unknown> {
  const properties = operation.parameters
    .filter((parameter) => parameter.in === 'query')
    .map((parameter) => [parameter.name, schemaOf(parameter)] as const);
  const check = compiled(compiledQueries, operation.operationId, queries, {
    type: 'object',
    properties: Object.fromEntries(properties),
  });
  const values: Record<string, unknown> = Object.fromEntries(query);
  // A list is sent by repeating its key.
  for (const [name, { type }] of properties)
    if (type === 'array' && query.has(name)) values[name] = query.getAll(name);
  if (!check(values)) throw invalidQuery(...texts(check.errors));
  return values;
}

function schemaOf({ name, schema }: ParameterObject): JsonSchema {
  return name === 'limit' ? { type: 'integer' } : withAbsoluteRefs(schema);
}

/** The schema with absolute references, also in `items`: ajv knows the document by its name only. */
function withAbsoluteRefs({ $ref, items, ...own }: JsonSchema): JsonSchema {
  if (typeof $ref === 'string') return { $ref: DOCUMENT + $ref };
  // The value of `items` is a schema, by the JSON Schema standard.
  return items === undefined ? own : { ...own, items: withAbsoluteRefs(items as JsonSchema) };
}

function compiled(
  cache: Map<string, ValidateFunction>,
  operationId: string,
  ajv: Ajv2020,
  schema: JsonSchema,
): ValidateFunction {
  const check = cache.get(operationId) ?? ajv.compile(schema);
  cache.set(operationId, check);
  return check;
}

function texts(errors: readonly ErrorObject[] | null | undefined): string[] {
  return (errors ?? []).map(({ instancePath, message }) => {
    const field = instancePath.slice(1).replaceAll('/', '.');
    return `${field} ${message ?? 'is invalid'}`.trim();
  });
}
