// What an answer must look like before the rest of the gateway sees it. The shapes come from the OpenAPI document
// by operation, made lenient as the vendor is loose: unknown keys, unknown enum values and other formats pass, and
// any key may be missing or null except those in ESSENTIALS. The answer itself is never copied or changed.
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import type { JsonSchema } from '../../openapi/document.ts';
import { openApiDocument } from '../../openapi/document.ts';
import { lenientSchemas } from './lenient.ts';

/** Checks a parsed answer (undefined: no body) and gives it back under its type. */
export interface Shape<T> {
  /** @throws ShapeError */
  read(answer: unknown): T;
}

/** An answer of another shape. The message says where and what was expected, never what was there. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/** For answers that carry nothing, such as a 204; a body is ignored. */
export const nothing: Shape<void> = { read: () => undefined };

const answerSchemas = new Map<string, JsonSchema>();
for (const item of Object.values(openApiDocument.paths)) {
  for (const operation of [item.get, item.post, item.delete]) {
    const response = operation?.responses['200'] ?? operation?.responses['201'];
    const schema = response?.content?.['application/json']?.schema;
    if (operation !== undefined && schema !== undefined) answerSchemas.set(operation.operationId, schema);
  }
}

let validators: Ajv2020 | null = null;

/**
 * The shape of the good answer (200, or 201) of an operation of the OpenAPI document. Its check is compiled at first use.
 * @throws Error for an operation that the document doesn't have, or that answers without a body.
 */
export function answerOf<T>(operationId: string): Shape<T> {
  if (!answerSchemas.has(operationId)) throw new Error(`no answer is documented for ${operationId}`);
  let validate: ValidateFunction | null = null;
  return {
    read(answer) {
      if (answer === undefined) throw new ShapeError('the answer is empty');
      validate ??= validatorOf(operationId);
      if (!validate(answer)) throw new ShapeError(faultOf(validate));
      // The check above stands for the keys that are essential; all others are documented to be so.
      return answer as T;
    },
  };
}

function validatorOf(operationId: string): ValidateFunction {
  validators ??= new Ajv2020({ strict: false, validateFormats: false, validateSchema: false }).addSchema({
    $id: 'rest',
    $defs: lenientSchemas(openApiDocument.components.schemas, answerSchemas),
  });
  const validate = validators.getSchema(`rest#/$defs/${operationId}`);
  if (validate === undefined) throw new Error(`no answer is documented for ${operationId}`);
  return validate;
}

function faultOf(validate: ValidateFunction): string {
  const [fault] = validate.errors ?? [];
  const at = fault?.instancePath === '' ? 'the answer' : (fault?.instancePath ?? '');
  return `${at.slice(0, 200)} ${fault?.message ?? 'is of another shape'}`;
}
