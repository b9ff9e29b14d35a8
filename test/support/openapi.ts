// Compares answers strictly with the OpenAPI document: a key that no schema names is a fault too.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'vitest';
import { openApiDocument, type JsonSchema, type ResponseObject } from '../../src/openapi/document.ts';
import { operations } from '../../src/sandbox/http/operations.ts';

const ajv = new Ajv2020({ strict: true, strictTypes: false, allowUnionTypes: true, allErrors: true });
addFormats.default(ajv);
ajv.addVocabulary(['x-documented', 'example', 'discriminator']);

const compiled = new Map<string, ValidateFunction>();

/**
 * Fails unless `body` (undefined: the answer has no body) is an answer that the document allows for the operation and this
 * status. A 4xx that the document does not list for the operation must have the shape of its general error.
 */
export function expectDocumentedAnswer(operationId: string, status: number, body: unknown): void {
  const schema = schemaOf(operationId, status);
  if (schema === undefined) {
    expect(body, `${operationId} ${status} has no body`).toBeUndefined();
    return;
  }
  expectValid(`${operationId} ${status}`, schema, body);
}

/** Fails unless `event` is a documented webhook of the session, peer, room or role families. */
export function expectDocumentedWebhook(event: unknown): void {
  expectValid('webhook', openApiDocument.components.schemas['WebhookEvent'] ?? {}, event);
}

/**
 * Fails unless `content` is a documented webhook of the media families without its envelope, with the data of its type.
 */
export function expectDocumentedMediaWebhook(content: { type: string; data: unknown }): void {
  const schema = openApiDocument.components.schemas[mediaDataOf(content.type)];
  expect(schema, content.type).toBeDefined();
  expectValid(content.type, schema ?? {}, content.data);
}

/**
 * The name of the schema: `hls.started.success` has `WebhookHlsStartedData`; all transcription types share one schema.
 */
function mediaDataOf(type: string): string {
  const [family = '', kind = ''] = type.split('.');
  const name = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
  return `Webhook${name(family)}${family === 'transcription' ? '' : name(kind)}Data`;
}

function expectValid(key: string, schema: JsonSchema, value: unknown): void {
  const check = compiled.get(key) ?? ajv.compile(sealed(schema));
  compiled.set(key, check);
  const errors = check(value) ? [] : (check.errors ?? []);
  const faults = errors.map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
  expect(faults, `${key}: ${JSON.stringify(value)?.slice(0, 2000)}`).toEqual([]);
}

function schemaOf(operationId: string, status: number): JsonSchema | undefined {
  const responses = operations.get(operationId)?.object.responses;
  const response = responses?.[status] ?? responses?.[`${String(status).charAt(0)}XX`];
  if (response !== undefined) return resolvedResponse(response).content?.['application/json']?.schema;
  if (status >= 400 && status < 500) return openApiDocument.components.schemas['Error'];
  throw new Error(`${operationId} is not documented to answer ${status}`);
}

function resolvedResponse(response: ResponseObject): ResponseObject {
  const name = response.$ref?.split('/').at(-1) ?? '';
  return openApiDocument.components.responses[name] ?? response;
}

/** The schema with its references resolved. Objects that list their keys allow no others. */
function sealed(schema: JsonSchema, isBranch = false): JsonSchema {
  const { $ref, ...own } = schema;
  const name = typeof $ref === 'string' ? $ref.replace('#/components/schemas/', '') : '';
  const whole: JsonSchema = { ...openApiDocument.components.schemas[name], ...own };
  if (whole['$ref'] !== undefined) return sealed(whole, isBranch);
  const open = whole['additionalProperties'] === undefined && !isBranch && listsKeys(whole);
  return {
    ...Object.fromEntries(
      Object.entries(whole).map(([key, value]) => [key, sealedKeyword(key, value, isBranch)]),
    ),
    ...(open && { unevaluatedProperties: false }),
  };
}

function sealedKeyword(keyword: string, value: unknown, isBranch: boolean): unknown {
  // By the JSON Schema standard, the values of these keywords are schemas.
  switch (keyword) {
    case 'properties':
      return Object.fromEntries(
        Object.entries(value as Record<string, JsonSchema>).map(([key, one]) => [key, sealed(one)]),
      );
    case 'items':
    case 'additionalProperties':
      return typeof value === 'boolean' ? value : sealed(value as JsonSchema);
    case 'allOf':
      return (value as JsonSchema[]).map((one) => sealed(one, true));
    case 'anyOf':
    case 'oneOf':
      return (value as JsonSchema[]).map((one) => sealed(one, isBranch));
    default:
      return value;
  }
}

function listsKeys(schema: JsonSchema): boolean {
  const branches = (schema['allOf'] ?? []) as JsonSchema[];
  return schema['properties'] !== undefined || branches.some((branch) => listsKeys(sealed(branch, true)));
}
